"""Budgets: a page asks as many questions of a full database as of an empty one, ten at most, and
never grows heavier than a phone on a slow network can carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onboarding import roles
from onboarding.models import Vendor
from tests.access import crowd
from tests.access.doors import pages_of
from tests.access.world import World, standing_world

MOST_QUERIES = 12
MOST_BYTES = 100_000
WRITES = ("INSERT", "UPDATE")
NO_QUESTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield from standing_world()


@pytest.fixture(scope="module")
def counted_when_empty(world: World) -> dict[tuple[str, str], int]:
    """What every page asked of a small office, once what is kept in memory is there."""
    for role in roles.ROLES:
        world.ask(role, "GET", addresses(world, role)[0])
    return {
        (role, url): asked(world, role, url)[0]
        for role in roles.ROLES
        for url in addresses(world, role)
    }


@pytest.fixture(scope="module")
def full_world(counted_when_empty: dict[tuple[str, str], int], world: World) -> World:
    crowd.fill(world)
    return world


def addresses(world: World, role: str) -> list[str]:
    return pages_of(role, lambda word: world.thing(word, role, own=True))


def asked(world: World, role: str, url: str) -> tuple[int, int, list[str]]:
    """Return how many queries a page costs once it is warm, its weight, and the queries."""
    for _visit in range(2):
        with CaptureQueriesContext(connection) as captured:
            response = world.ask(role, "GET", url)
        queries = [one["sql"] for one in captured if not one["sql"].startswith(NO_QUESTION)]
        if not any(query.startswith(WRITES) for query in queries):
            break  # else a look was noted, which the next visit within the hour does not
    is_page = "html" in response.headers.get("Content-Type", "")
    return len(queries), len(response.sent) if is_page else 0, queries  # type: ignore[attr-defined]


# Everybody in one test: a full office takes long to lay, and is laid for each process that has one.
@pytest.mark.django_db
def test_a_page_costs_twelve_queries_at_most_however_full_the_office_is(
    counted_when_empty: dict[tuple[str, str], int], full_world: World
) -> None:
    problems = []
    for (role, url), before in counted_when_empty.items():
        count, weight, queries = asked(full_world, role, url)
        if count > MOST_QUERIES or count != before:
            asks = "\n  ".join(queries)
            problems.append(f"{role} {url}: {before} queries, then {count}\n  {asks}")
        if weight > MOST_BYTES:
            problems.append(f"{role} {url}: {weight} bytes")
    assert not problems, "\n".join(problems)


@pytest.mark.django_db
def test_a_search_among_ten_thousand_firms_costs_what_any_page_costs(full_world: World) -> None:
    wanted = Vendor.objects.get(email="ramai123@contoh.test")
    for by in ("name", "nib", "phone", "number"):
        with CaptureQueriesContext(connection) as captured:
            said = {"wanted": getattr(wanted, by)}
            answer = full_world.ask(roles.OFFICER, "POST", "/usaha/", said)
        queries = [one for one in captured if not one["sql"].startswith(NO_QUESTION)]
        assert answer.context["rows"], by
        assert len(queries) <= MOST_QUERIES, by
        assert len(answer.sent) <= MOST_BYTES, by  # type: ignore[attr-defined]  # set by `ask`
