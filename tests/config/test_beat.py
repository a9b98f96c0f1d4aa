"""Of two schedulers one gives the orders; the other takes over when that is gone."""

import pytest
from django.core.cache import cache

from config.beat import NAME, is_ours

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shared_cache(settings):
    """A cache of this test's own; it stands for the one that all hosts share."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.delete(NAME)


def test_the_first_keeps_the_lease_and_the_second_stands_by():
    assert is_ours("satu")
    assert is_ours("satu")
    assert not is_ours("dua")


def test_the_second_takes_over_when_the_first_is_gone():
    assert is_ours("satu")
    cache.delete(NAME)  # it ended, or its lease ran out
    assert is_ours("dua")
    assert not is_ours("satu")


def test_without_the_cache_each_goes_on_by_itself(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    assert is_ours("satu")
    assert is_ours("dua")
