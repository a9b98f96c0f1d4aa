"""Officers verify and approve while their database is stopped at once, again and again."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, connection

from bench.failing.ground import people
from bench.failing.ground.web import running_web, upload
from bench.failing.table import Figure, all_of, none_of
from onboarding import roles
from tests import factories as make
from tests.workflows import firms
from workflows.models import AuditEvent, Case, Letter, Message, Round
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation
    from bench.failing.ground.servers import Server

#: More cases than ten stops can use up; the rest is worked off when the server stays.
STOPS, CASES = 10, 40
#: A stop comes so soon after an act began, another moment of it each time.
LATEST = 0.12
#: So often a stop that fell between two acts is tried again.
TRIES = 5
#: An approved owner is told by e-mail and on the phone.
APPROVED_TOLD = 2


def figures(place: Installation, server: Server) -> Iterator[Figure]:
    """Stop, ask, start; then compare."""
    people.hurry()
    cases = [firms.submitted() for _n in range(CASES)]
    officer, approver = make.make_user(roles.OFFICER), make.make_user(roles.APPROVER)
    owner = people.Owner()
    browser = owner.headers
    with running_web(place) as web:
        desk = _Desk(cases, officer, approver)
        answers = []
        thread = threading.Thread(target=desk.work, daemon=True)
        thread.start()
        stops, hits = 0, 0
        while hits < STOPS and stops < STOPS * TRIES and thread.is_alive():
            desk.wait_for_an_act()
            time.sleep(LATEST * (stops % STOPS) / STOPS)
            server.stop(signal.SIGQUIT)
            hits += desk.was_hit()
            stops += 1
            answers += [web.get(owner.path, **browser), web.get("/akun/login/")]
            answers.append(web.post(owner.path, *_form(browser)))
            server.start()
            answers.append(_until_well(web, owner.path, browser))
        thread.join(180)
    statuses = Counter(answer.status for answer in answers)
    yield Figure(f"stops at once in the middle of an act, which failed (of {stops} stops)",
                 f">= {STOPS}", str(hits), hits >= STOPS)  # fmt: skip
    bare = statuses[500] + statuses[0]
    yield none_of(f"answers 500 or none ({dict(statuses)})", bare, of=len(answers))
    away = [answer for answer in answers if answer.status == 503]
    told = sum("Retry-After" in one.headers and b"<h1>" in one.body for one in away)
    yield all_of("answers 503 with Retry-After and a page in words", told, of=len(away))
    yield from _agreement(cases, officer, approver)


class _Desk:
    """Verifies and approves case after case, and does again what the database cut off."""

    def __init__(self, cases, officer, approver) -> None:
        self.cases, self.officer, self.approver = cases, officer, approver
        self.begun, self.failed = threading.Event(), threading.Event()

    def wait_for_an_act(self) -> None:
        """Until the next act begins; the ones of before have ended."""
        self.begun.clear()
        self.failed.clear()
        self.begun.wait(20)

    def was_hit(self) -> bool:
        """Whether the act at hand broke off; the server is gone by now."""
        return self.failed.wait(3)

    def work(self) -> None:
        for case in self.cases:
            while True:
                try:
                    found = Case.objects.get(pk=case.pk)
                except (OperationalError, InterfaceError):  # between two acts: none was hit
                    connection.close()
                    time.sleep(0.2)
                    continue
                if found.stage not in ("VERIFY", "DECIDE"):
                    break
                self.begun.set()
                try:
                    self._step(found)
                except (OperationalError, InterfaceError):
                    self.failed.set()
                    connection.close()
                    time.sleep(0.2)
                    continue
        connection.close()

    def _step(self, case) -> None:
        if case.stage == "VERIFY":
            make.verify(case, by=self.officer)
        else:
            make.approve(case, by=self.approver)


def _form(browser):
    body, headers = upload(people.photo())
    return body, {**browser, **headers}


def _until_well(web, path, browser):
    answer = web.get(path, **browser)
    deadline = time.monotonic() + 15
    while answer.status == 503 and time.monotonic() < deadline:
        time.sleep(0.1)
        answer = web.get(path, **browser)
    return answer


def _agreement(cases, officer, approver) -> Iterator[Figure]:
    """Each case: approved once in one round by two people, one event per act, one letter, each
    message once, a chain that holds."""
    connection.close()
    agreeing = 0
    for case in Case.objects.filter(pk__in=[case.pk for case in cases]).select_related("vendor"):
        acts = Counter(AuditEvent.objects.filter(vendor=case.vendor).values_list("act", flat=True))
        letters = Letter.objects.filter(vendor=case.vendor, kind="decision").count()
        told = Counter(Message.objects.filter(vendor=case.vendor).values_list("kind", flat=True))
        rounds = [
            (one.decision, one.verified_by_id == officer.pk, one.decided_by_id == approver.pk)
            for one in Round.objects.filter(case=case)
        ]
        found = (case.vendor.status, case.stage, acts["verify"], acts["approve"], letters,
                 rounds, told["approved"])  # fmt: skip
        wanted = ("APPROVED", "HAND_OVER", 1, 1, 1, [("APPROVED", True, True)], APPROVED_TOLD)
        agreeing += found == wanted
        if found != wanted:
            sys.stderr.write(f"case {case.pk}: {found}\n")
    what = "cases whose status, stage, trail, round, letter and messages agree"
    yield all_of(what, agreeing, of=len(cases))
    verdict = verify_trail()
    yield all_of("the chain of the trail holds", int(verdict.ok), of=1)
