"""The world of the access tests, built once for all of them and never kept."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.access.world import World, standing_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two of everything."""
    with django_db_blocker.unblock():
        yield from standing_world()
