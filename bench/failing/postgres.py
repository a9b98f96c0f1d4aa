"""PostgreSQL is stopped at once ten times in the middle of acts: each act is whole or was not.

Officers verify and approve while people look at pages; what the database says of status, stage,
trail, round and messages must agree afterwards, and nobody may have been shown a bare error 500.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from bench.failing.ground.installation import stand
from bench.failing.ground.servers import mortal_postgres
from bench.failing.ground.web import running_web
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

STOPS, CASES = 10, 24


def figures() -> Iterator[Figure]:
    """Stop, ask, start; then compare."""
    with mortal_postgres() as (url, server), stand(database_url=url) as place:
        from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
        from onboarding import roles  # noqa: PLC0415 - once Django is set up
        from tests import factories as make  # noqa: PLC0415 - once Django is set up
        from tests.workflows import firms  # noqa: PLC0415 - once Django is set up

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
            stops = 0
            for number in range(STOPS):
                # In the middle of some act, another point of it each time.
                desk.wait_for_progress()
                time.sleep(0.037 * number)
                server.stop(signal.SIGQUIT)
                stops += 1
                answers += [web.get(owner.path, **browser), web.get("/akun/login/")]
                answers.append(web.post(owner.path, *_form(browser)))
                server.start()
                answers.append(_until_well(web, owner.path, browser))
            desk.is_last = True
            thread.join(120)
        statuses = Counter(answer.status for answer in answers)
        yield all_of("PostgreSQL stopped at once, in the middle of an act", stops, of=STOPS)
        yield Figure("acts that failed and were done again", "more than 0", str(desk.failed),
                     desk.failed > 0)  # fmt: skip
        bare = statuses[500] + statuses[0]
        yield none_of(f"answers 500 or none ({dict(statuses)})", bare, of=len(answers))
        away = [answer for answer in answers if answer.status == 503]
        told = sum("Retry-After" in one.headers and b"<h1>" in one.body for one in away)
        yield all_of("answers 503 with Retry-After and a page in words", told, of=len(away))
        yield from _agreement(cases)


class _Desk:
    """Verifies and approves case after case, and does again what the database cut off."""

    def __init__(self, cases, officer, approver) -> None:
        self.cases, self.officer, self.approver = cases, officer, approver
        self.failed = self.done = 0
        self.is_last = False
        self.moved = threading.Event()

    def wait_for_progress(self) -> None:
        self.moved.clear()
        self.moved.wait(20)

    def work(self) -> None:
        from django.db import InterfaceError, OperationalError, connection  # noqa: PLC0415 - once Django is set up

        from workflows.models import Case  # noqa: PLC0415 - once Django is set up

        for case in self.cases:
            while True:
                try:
                    stage = Case.objects.get(pk=case.pk).stage
                    if not self._step(Case.objects.get(pk=case.pk), stage):
                        break
                    self.done += 1
                except (OperationalError, InterfaceError):
                    self.failed += 1
                    connection.close()
                    time.sleep(0.2)
                self.moved.set()
        connection.close()

    def _step(self, case, stage) -> bool:
        from tests import factories as make  # noqa: PLC0415 - once Django is set up

        if stage == "VERIFY":
            make.verify(case, by=self.officer)
        elif stage == "DECIDE":
            make.approve(case, by=self.approver)
        else:
            return False
        return True


def _form(browser):
    from bench.failing.ground.people import photo  # noqa: PLC0415 - once Django is set up
    from bench.failing.ground.web import upload  # noqa: PLC0415 - once Django is set up

    body, headers = upload(photo())
    return body, {**browser, **headers}


def _until_well(web, path, browser):
    answer = web.get(path, **browser)
    deadline = time.monotonic() + 15
    while answer.status == 503 and time.monotonic() < deadline:
        time.sleep(0.1)
        answer = web.get(path, **browser)
    return answer


def _agreement(cases) -> Iterator[Figure]:
    """Each case: approved once, one event per act, one decision letter, a chain that holds."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from workflows.models import AuditEvent, Case, Letter  # noqa: PLC0415 - once Django is set up
    from workflows.verifying import verify_trail  # noqa: PLC0415 - once Django is set up

    connection.close()
    agreeing = 0
    for case in Case.objects.filter(pk__in=[case.pk for case in cases]).select_related("vendor"):
        acts = Counter(AuditEvent.objects.filter(vendor=case.vendor).values_list("act", flat=True))
        letters = Letter.objects.filter(vendor=case.vendor, kind="decision").count()
        found = (case.vendor.status, case.stage, acts["verify"], acts["approve"], letters)
        agreeing += found == ("APPROVED", "HAND_OVER", 1, 1, 1)
        if found != ("APPROVED", "HAND_OVER", 1, 1, 1):
            sys.stderr.write(f"case {case.pk}: {found}\n")
    yield all_of("cases whose status, stage, trail and letter agree", agreeing, of=len(cases))
    verdict = verify_trail()
    yield all_of("the chain of the trail holds", int(verdict.ok), of=1)
