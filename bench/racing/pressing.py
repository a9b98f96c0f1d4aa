"""Presses one button many times in the same instant, and compares what came of it with what comes
of one press: events, letters, messages, seats, owners, rows of every table."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models
from django.test import Client

from bench.racing.races import PRESSES
from workflows import posting
from workflows.models import AuditEvent, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.racing.races import Race, Scenario
    from onboarding.models import User

#: What somebody who was not first may be told: led on, asked to look again, or no longer there.
TOLD = frozenset({200, 302, 400, 403, 404, 409, 422})
#: Rows are told apart by these columns where a table has them, so that a doubled move shows too.
APART_BY = ("act", "kind", "status", "state", "stage")
HELD_BY = ("owner", "handler", "helper")
#: Kept per press or per person, not per act: keys of forms, sessions, looks, the chain's links.
NOT_COMPARED = {
    *("workflows.PostedForm", "workflows.Look", "workflows.ChainLink", "workflows.Setting"),
    *("usersessions.UserSession", "sessions.Session", "onboarding.Word"),
    "training.CertificateYear",  # one row a year
}
_sessions: dict[str, str] = {}


@dataclass(frozen=True)
class Told:
    """What came of one race: how often the act is on the trail, every answer, and which rows are
    others than one press would have left (only where that is known)."""

    done: int
    wanted: int
    answers: Counter[int]
    places: frozenset[str]
    faults: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """One act, and no answer that is a fault."""
        return self.done == self.wanted and not self.faults and set(self.answers) <= TOLD


def run(scenario: Scenario, *, has_one_form: bool, like: Counter[str] | None = None) -> Told:
    """Lay the race and let it run. ``has_one_form``: one person's presses are of one form;
    ``like``: what one press leaves (`left_by_one`), to be compared with."""
    told, left = _run(scenario, PRESSES, has_one_form=has_one_form)
    if like is None or left == like:
        return told
    names = {name for name in {*left, *like} if left[name] != like[name]}
    if not has_one_form:
        names = {name for name in names if not name.endswith(scenario.each or ("\n",))}
    differs = tuple(f"{name}: {left[name]}, not {like[name]}" for name in sorted(names))
    return Told(told.done, told.wanted, told.answers, told.places, (*told.faults, *differs))


def left_by_one(scenario: Scenario) -> Counter[str]:
    """The rows that are more or fewer after a single press of this button."""
    return _run(scenario, 1, has_one_form=True)[1]


def _run(scenario: Scenario, most: int, *, has_one_form: bool) -> tuple[Told, Counter[str]]:
    Setting.objects.filter(pk="undo_seconds").update(value=scenario.undo_seconds)
    laid = scenario.lay()
    answers: list[tuple[int, str]] = []
    presses = _presses(laid, answers, has_one_form=has_one_form)[: most if most == 1 else None]
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    before = _rows()
    faults = _all_at_once(presses)
    if laid.then is not None:
        faults += _all_at_once([laid.then] * most)
    after = _rows()
    events = AuditEvent.objects.filter(pk__gt=last, act=laid.act)
    if laid.owned is not None:
        faults += _told_apart(laid.owned, events)
    places = frozenset(place for status, place in answers if status == 302)
    codes = Counter(status for status, _place in answers)
    left = Counter({name: after[name] - before[name] for name in {*after, *before}})
    return Told(events.count(), laid.events, codes, places, tuple(faults)), left


def _all_at_once(acts: Sequence[Callable[[], Any]]) -> list[str]:
    """Do every act in a thread of its own from the same instant; gives what went wrong."""
    faults: list[str] = []
    barrier = threading.Barrier(len(acts))

    def do(act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            act()
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if any(thread.is_alive() for thread in threads):
        faults.append("a press has no end")
    return faults


def _told_apart(owned: Any, events: Any) -> list[str]:
    """Whoever the trail names has it, and nobody else."""
    owned.refresh_from_db()
    holder = next(getattr(owned, f"{name}_id") for name in HELD_BY if hasattr(owned, f"{name}_id"))
    named = set(events.values_list("by_id", flat=True))
    return [] if named == {holder} else [f"held by {holder}, the trail names {sorted(named)}"]


def _rows() -> Counter[str]:
    """How many rows there are of every table, state and kind, and how many are held by somebody."""
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor))
        return Counter({f"{table} {how}".strip(): count for table, how, count in cursor})


@cache
def _question(_vendor: str) -> str:
    parts = []
    for model in apps.get_models():
        meta = model._meta
        if meta.label in NOT_COMPARED or not meta.managed or meta.proxy:
            continue
        table = connection.ops.quote_name(meta.db_table)
        names = {field.name: field for field in meta.local_concrete_fields}
        kinds = [
            f"coalesce({connection.ops.quote_name(names[name].column)}, '')"
            for name in APART_BY
            if isinstance(names.get(name), models.CharField)
        ]
        how = " || ' ' || ".join(kinds) or "''"
        parts.append(f"SELECT '{meta.label}', {how}, count(*) FROM {table} GROUP BY 2")
        parts += [
            f"SELECT '{meta.label}', 'has {name}', count({names[name].column}) FROM {table}"
            for name in HELD_BY
            if name in names
        ]
    return " UNION ALL ".join(parts)  # names of the models alone, nothing that anybody typed


def _presses(
    laid: Race, answers: list[tuple[int, str]], *, has_one_form: bool
) -> list[Callable[[], None]]:
    people = laid.people if len(laid.people) > 1 else laid.people * PRESSES
    if laid.do is not None:
        return [_act(laid.do, by, answers) for by in people]
    one_form = posting.new_key()
    return [
        _press(laid, _session_of(by), one_form if has_one_form else posting.new_key(), answers)
        for by in people
    ]


def _session_of(by: User) -> str:
    """The session of a person, signed in once however often they press."""
    who = f"{by.pk} {by}"
    if who not in _sessions:
        client = Client()
        client.force_login(by)
        _sessions[who] = client.cookies["sessionid"].value
    return _sessions[who]


def _press(laid: Race, cookie: str, key: str, answers: list[tuple[int, str]]) -> Callable[[], None]:
    def press() -> None:
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = cookie
        answer = client.post(laid.url, {**laid.body, posting.FIELD: key})
        answers.append((answer.status_code, answer.headers.get("Location", "")))

    return press


def _act(do: Callable[[User], Any], by: User, answers: list[tuple[int, str]]) -> Callable[[], None]:
    """The act itself, without a form that would hold back the second press."""

    def act() -> None:
        try:
            do(by)
        except Exception as refusal:
            if not hasattr(refusal, "sentence"):
                raise
            answers.append((409, ""))
            return
        answers.append((200, ""))

    return act
