"""Presses one button many times in the same instant, through the real pages, and counts."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client

from workflows import posting
from workflows.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.racing.races import Race, Scenario
    from onboarding.models import User

PRESSES = 8
#: What somebody who was not first may be told: led on, asked to look again, or no longer there.
TOLD = frozenset({200, 302, 400, 403, 404, 409, 422})


@dataclass(frozen=True)
class Told:
    """What came of one race: how often the act is on the trail, and every answer."""

    done: int
    wanted: int
    answers: Counter[int]
    places: frozenset[str]
    faults: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """One act, and no answer that is a fault."""
        return self.done == self.wanted and not self.faults and set(self.answers) <= TOLD


def run(scenario: Scenario, *, has_one_form: bool) -> Told:
    """Lay the race and let it run. ``has_one_form``: one person's presses are of one form."""
    laid = scenario.lay()
    before = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    answers: list[tuple[int, str]] = []
    faults: list[str] = []
    presses = _presses(laid, answers, has_one_form=has_one_form)
    barrier = threading.Barrier(len(presses))

    def press(act: Callable[[], None]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            act()
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(one,)) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    if any(thread.is_alive() for thread in threads):
        faults.append("a press has no end")
    done = AuditEvent.objects.filter(pk__gt=before, act=laid.act).count()
    places = frozenset(place for status, place in answers if status == 302)
    codes = Counter(status for status, _place in answers)
    return Told(done, laid.events, codes, places, tuple(faults))


def _presses(
    laid: Race, answers: list[tuple[int, str]], *, has_one_form: bool
) -> list[Callable[[], None]]:
    people = laid.people if len(laid.people) > 1 else laid.people * PRESSES
    if laid.do is not None:
        return [lambda: laid.do() and None] * PRESSES  # type: ignore[misc]  # it is there
    one_form = posting.new_key()
    clients: dict[int, str] = {}
    return [
        _press(laid, _cookie(by, clients), one_form if has_one_form else posting.new_key(), answers)
        for by in people
    ]


def _cookie(by: User, known: dict[int, str]) -> str:
    """The session of a person, signed in once however often they press."""
    if by.pk not in known:
        client = Client()
        client.force_login(by)
        known[by.pk] = client.cookies["sessionid"].value
    return known[by.pk]


def _press(laid: Race, cookie: str, key: str, answers: list[tuple[int, str]]) -> Callable[[], None]:
    def press() -> None:
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = cookie
        answer = client.post(laid.url, {**laid.body, posting.FIELD: key})
        answers.append((answer.status_code, answer.headers.get("Location", "")))

    return press
