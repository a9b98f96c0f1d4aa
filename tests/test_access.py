"""The access matrix: every door of the site, knocked at by nobody and by every role, for what is
one's own and for what is another's, with every method.

For roles that see everything, own and another's are the same, a part of a page is asked for as the
page is, and whom a door sends away knocks there by GET and POST: with MITRA_MATRIX=full (`./mitra
faults matrix`) everybody knocks in every way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, reverse

from onboarding import roles
from tests.access.doors import BY_NAME, SEE_THEIR_OWN, Door
from tests.access.world import World, digest, standing_world

NOBODY = ""
EVERYBODY = (NOBODY, *roles.ROLES)
FULL = os.environ.get("MITRA_MATRIX") == "full"
#: Who is sent away for the role, and what opens by no method, is no question of the database.
ON_POSTGRES = os.environ.get("MITRA_TEST_DATABASE") == "postgres"
METHODS = ("GET", "POST") if ON_POSTGRES else ("GET", "POST", "PUT", "DELETE")
METHODS = (*METHODS, "PATCH") if FULL else METHODS
#: For `./mitra faults matrix`.
COUNTED = {"doors": 0, "knocks": 0}
LOGIN = ("/akun/login/?", "/admin/login/")
#: Patterns of Django's own pages that have no name: an old address, and a page that is not there.
NAMELESS = {"<path:object_id>/": "/admin/workflows/platform/1/", "(?P<url>.*)$": "/admin/contoh/"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield from standing_world()


def patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """Every pattern of the site as (name, route)."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}" if entry.name else "", str(entry.pattern)


def test_every_door_of_the_site_stands_in_the_table_and_every_row_is_a_door() -> None:
    found = set(patterns(get_resolver()))
    assert {name for name, _route in found if name} == set(BY_NAME)
    assert {route for name, route in found if not name} == set(NAMELESS)


def outcome(response: HttpResponse) -> str:
    """Say in a word what came of a knock."""
    if response.status_code == 302 and response["Location"].startswith(LOGIN):
        return "login"
    words = {403: "forbidden", 404: "hidden", 405: "no such act"}
    return words.get(response.status_code, str(response.status_code))


def refusals(door: Door, role: str, method: str, *, own: bool) -> set[str]:
    """Return the outcomes with which the table sends this person away; empty: the door opens."""
    if role == NOBODY and NOBODY not in door.look:
        return {"login"}
    meant_for = {"GET": door.look, "POST": door.act}.get(method)
    if meant_for is None and door.is_packaged:
        meant_for = door.look
    if role in (meant_for or ()):
        return {"hidden"} if door.is_scoped and role in SEE_THEIR_OWN and not own else set()
    refusal = {"forbidden" if role == roles.ADMIN else door.refusal}
    return refusal if meant_for else refusal | {"no such act"}


def knocks_of(door: Door, role: str) -> list[tuple[bool, str, bool]]:
    """How this person knocks: (own, method, as a part of a page)."""
    knocks = [(True, method, False) for method in METHODS]
    if not FULL:
        knocks = [one for one in knocks if _is_asked(door, role, one[1])]
    if not FULL and not door.is_scoped:
        return knocks
    if FULL:
        knocks += [(True, method, True) for method in ("GET", "POST")]
    if door.is_scoped and (FULL or role in SEE_THEIR_OWN):
        knocks += [(False, "GET", True), (False, "POST", True)]
        knocks += [(False, method, False) for method in METHODS if FULL or method != "GET"]
    return knocks


def _is_asked(door: Door, role: str, method: str) -> bool:
    opens = any(not refusals(door, role, one, own=True) for one in ("GET", "POST"))
    if ON_POSTGRES:
        return not refusals(door, role, method, own=True)
    return opens or role == NOBODY or method in ("GET", "POST")


def knock(
    world: World, door: Door, role: str, method: str, *, own: bool, as_part: bool = False
) -> str:
    """Knock once and say what is wrong with the answer; a refused knock is not undone, so that
    what it may have changed is still there to be found."""

    def find(word: str) -> Any:
        return world.thing(word, role, own=own)

    url = reverse(door.name, kwargs=door.args(find))
    body = dict(door.filled(find)) if method == "POST" else None
    wanted = refusals(door, role, method, own=own)
    opens = not wanted and method in ("GET", "POST")
    response = world.ask(role, method, url, body, undone=opens, as_part=as_part)
    found = outcome(response)
    fits = found in wanted if wanted else response.status_code in door.answers
    whose = "own" if own else "another's"
    return "" if fits else f"{role or 'nobody'} {method} {whose}: {found}, not {wanted or 'open'}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", BY_NAME)
def test_a_door_opens_to_those_it_is_meant_for_and_to_nobody_else(name: str, world: World) -> None:
    before = digest()
    problems = []
    for door, role in product(BY_NAME[name], EVERYBODY):
        for own, method, as_part in knocks_of(door, role):
            problems.append(knock(world, door, role, method, own=own, as_part=as_part))
    assert not any(problems), "\n".join(filter(None, problems))
    assert digest() == before, "a refused request changed something"
    COUNTED["doors"] += 1
    COUNTED["knocks"] += len(problems)
    if path := os.environ.get("MITRA_FIGURES"):
        Path(path).write_text(json.dumps({"matrix": COUNTED}))


@pytest.mark.django_db
def test_pages_without_a_name_open_to_nobody_but_the_keeper(world: World) -> None:
    for role, url in product(EVERYBODY, NAMELESS.values()):
        found = outcome(world.ask(role, "GET", url))
        assert found in ({"302", "hidden"} if role == roles.ADMIN else {"login"})
