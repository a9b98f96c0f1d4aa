"""The world of the access tests, built once for all of them and never kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.access.world import World, standing_world


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker does them all, so that the world and its pages are laid once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("access"))


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two of everything."""
    with django_db_blocker.unblock():
        yield from standing_world()
