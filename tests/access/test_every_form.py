"""Every form of the site, found by its door: it reads what it asks for, and pages write no rows."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.http import QueryDict
from django.urls import reverse

from tests.access.doors import BY_NAME, Door
from tests.access.test_mass_assignment import HOSTILE
from tests.access.world import World, rolled_back

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

ROOMS = ("onboarding", "documents", "training", "workflows")
#: No person would write this; where it stands in a row, a form took what it did not ask for.
STRANGE = "derau-31337"
#: Tables that Django and its packages keep for themselves, the cache, and the log of what was
#: looked at, which a page keeps when it shows a person's facts.
NOT_OURS = ("django_", "account_", "auth_", "mfa_", "usersessions_", "cache", "workflows_look")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
ACTS = [
    pytest.param(door, id=f"{name}-{place}")
    for name, doors in BY_NAME.items()
    for place, door in enumerate(doors)
    if door.act and ":" in name and name.partition(":")[0] in ROOMS
]


def every_field() -> dict[str, str]:
    """Every column of every table of the rooms, filled in by a person with bad intentions."""
    every: dict[str, str] = {}
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for one in model._meta.concrete_fields:
            dated = isinstance(one, models.DateField)
            value = "1931-03-17" if dated else "31337" if one.is_relation else STRANGE
            every[one.name] = every[one.attname] = value
    return every | HOSTILE


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Give the names that are read of what was sent, and what is written: SQL with its values,
    and the modules that led to it."""
    names: set[str] = set()
    written: list[tuple[str, str]] = []
    of_every_kind = {"__getitem__": QueryDict.__getitem__, "getlist": QueryDict.getlist,
                     "__contains__": QueryDict.__contains__}  # fmt: skip

    def watching(method: Any) -> Any:
        def read(self: QueryDict, name: str, *rest: Any) -> Any:
            names.add(name)
            return method(self, name, *rest)

        return read

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES) and not any(f'"{table}' in sql[:60] for table in NOT_OURS):
            written.append((f"{sql} {params!r}", " ".join(_callers())))
        return execute(sql, params, many, context)

    with monkeypatch.context() as patched, connection.execute_wrapper(look):
        for name, method in of_every_kind.items():
            patched.setattr(QueryDict, name, watching(method))
        yield names, written


def _callers() -> Iterator[str]:
    frame = sys._getframe(2)
    while frame is not None:
        yield frame.f_globals.get("__name__", "")
        frame = frame.f_back  # type: ignore[assignment]  # the last has none


@pytest.mark.parametrize("door", ACTS)
def test_a_form_reads_nothing_but_what_it_asks_for_and_its_page_writes_through_actions(
    door: Door, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = sorted(door.act)[-1]

    def find(word: str) -> Any:
        return world.thing(word, role, own=True)

    url, body = reverse(door.name, kwargs=door.args(find)), dict(door.filled(find))
    with rolled_back(), watched(monkeypatch) as (asked, written):
        world.client(role).post(url, body)
    by_pages = [sql for sql, callers in written if not is_an_act(callers)]
    assert by_pages == []
    noise = {name: value for name, value in every_field().items() if name not in asked}
    with rolled_back(), watched(monkeypatch) as (read, told):
        answer = world.client(role).post(url, noise | body)
    assert answer.status_code < 500
    # What goes through everything (a log that blanks it out) takes no single field.
    assert read & set(noise) in (set(), set(noise)), "the form takes more than it asks for"
    assert not [sql for sql, _callers in told if STRANGE in sql or "1931-03-17" in sql]


def is_an_act(callers: str) -> bool:
    """Whether an action, or what keeps a sign-in, a session or a job, stands behind a write."""
    return any(
        f"{part} " in f"{callers} " or f"{part}." in callers
        for part in ("onboarding.actions", "documents.actions", "training.actions",
                     "workflows.actions", "workflows.jobs", "workflows.posting")
    )  # fmt: skip
