"""What every test may ask for: the real servers, and a run narrowed to what a database decides.

With MITRA_TEST_DATABASE=postgres only the tests that touch the database are run, because the others
have already given their answer on SQLite.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import timezone

from tests.servers import shared_postgres, start_redis, stop_shared
from workflows import chain, clock, witness
from workflows.models import Setting

#: What pages say and cost does not depend on the database; it is asked once, on SQLite. That every
#: page opens on PostgreSQL is asked by the access matrix, and the searches are asked on both.
ASKED_ONCE = {
    *("test_budgets", "test_every_page", "test_every_form"),
    *("test_side_doors", "test_strings"),
}
ASKED_TWICE = {"test_search", "test_queue", "test_trail", "test_twins"}
EMPTYING = {"transactional_db", "live_server"}
DATABASE_FIXTURES = {"db", "django_db_reset_sequences", *EMPTYING}


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Give a PostgreSQL of this run: user `mitra`, database `mitra`, shared by all workers."""
    return shared_postgres()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Give an empty Redis of this worker's own."""
    with start_redis() as url:
        yield url


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put them into their turns; leave out, on PostgreSQL, those that no database can change."""
    items.sort(key=_turn)
    if os.environ.get("MITRA_TEST_DATABASE") != "postgres":
        return
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (kept if _touches_the_database(item) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _turn(item: pytest.Item) -> int:
    """When a test comes. What empties tables comes after what is rolled back, as pytest-django has
    it, but nothing after that: of the last tests each process is given a few at a time, and those
    that wait for a worker are begun while the other process still has something to do."""
    names = set(getattr(item, "fixturenames", ()))
    marker = item.get_closest_marker("django_db")
    if EMPTYING & names or (marker and marker.kwargs.get("transaction")):
        return 2 if item.get_closest_marker("slow") else 3
    return 1 if marker or DATABASE_FIXTURES & names else 0


def pytest_unconfigure() -> None:
    """End the PostgreSQL that this process started, if it did."""
    stop_shared()


def _touches_the_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    is_of_pages = "client" in names and item.path.stem not in ASKED_TWICE
    if item.path.stem in ASKED_ONCE or (is_of_pages and "office" not in names):
        return False
    if item.get_closest_marker("embedded"):
        return False
    if item.get_closest_marker("django_db"):
        return True
    if DATABASE_FIXTURES & names:
        return True
    group = getattr(item, "cls", None)
    return group is not None and issubclass(group, TransactionTestCase)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Load the reference data once; every test starts from an office with empty desks."""
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)
        _decide_at_once()


@pytest.fixture(autouse=True)
def _emptied_trail(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits empties its tables in the end, which the trail refuses by itself."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server", "office"} & set(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    chain.unguard()


@pytest.fixture(scope="session", autouse=True)
def _the_database_travels_too() -> Iterator[None]:
    """A test that travels in time takes the clock of the database with it."""
    ask, is_away = clock.now, time_machine.escape_hatch.is_travelling
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: timezone.now() if is_away() else ask())
        yield


@pytest.fixture(autouse=True)
def _nobody_has_read_before() -> None:
    """A test that is rolled back gives its people's keys to the next, within the same hour."""
    witness._noted.clear()


@pytest.fixture
def office(transactional_db: None) -> None:
    """For tests with threads: a flushed database gets its reference data again."""
    call_command("load_reference", verbosity=0)
    _decide_at_once()


def _decide_at_once() -> None:
    """Only tests of taking back wait for the seconds in which an act can be taken back."""
    Setting.objects.update_or_create(pk="undo_seconds", defaults={"value": 0})
