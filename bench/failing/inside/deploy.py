"""What the old version said to people while it was replaced, and what the new one makes of the
cases and the work that it takes over."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from bench.failing.deploy import CASES
from bench.failing.ground import people
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import factories as make, worker as programs
from tests.workflows import firms
from workflows.models import AuditEvent, Case, Job, Letter, Listing, Message, Round
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation
    from bench.failing.ground.web import Answer

MOVES = ("submit", "verify", "approve", "register", "go_live")
STEPS = {
    "VERIFY": make.verify,
    "DECIDE": make.approve,
    "HAND_OVER": make.hand_over,
    "CONFIRM_LISTING": make.go_live,
}


def figures(place: Installation, answers: list[tuple[str, Answer]]) -> Iterator[Figure]:
    """``answers`` are what people asked, and what the old version answered."""
    yield from _answered(answers)
    yield from _finish_cases()
    yield from _finish_held_work(place)


def _answered(answers: list[tuple[str, Answer]]) -> Iterator[Figure]:
    seen = Counter((what, answer.status) for what, answer in answers)
    bare = [answer for _what, answer in answers if not _is_page(answer)]
    told = ", ".join(f"{what} {status}: {count}" for (what, status), count in sorted(seen.items()))
    yield Figure("people asked the old version meanwhile", "more than 20", told, len(answers) > 20)
    yield none_of("answers other than a page, or *come back* in words", len(bare), of=len(answers))
    taken = seen["send", 302]
    kept = Paper.objects.filter(document_type__slug="ktp", vendor__cases=None).count()
    yield all_of("papers *taken* meanwhile that are there", kept, of=taken)


def _finish_cases() -> Iterator[Figure]:
    people.hurry()
    make.count = iter(range(1_000_000, 2_000_000))  # the old code began at 1
    cases = list(Case.objects.select_related("vendor").order_by("pk"))
    whole = firms.submitted()  # goes the whole way on this code, for comparison
    for case in [*cases, whole]:
        _finish(case)
    active = sum(case.vendor.refresh().status == "ACTIVE" for case in cases)
    yield all_of("cases finished on the new code", active, of=CASES)
    wanted = _left_by(whole)
    other = [case.pk for case in cases if (left := _left_by(case)) != wanted and _say(case, left)]
    what = f"cases that left another set than one from its beginning here ({len(wanted)} kinds)"
    yield none_of(what, len(other), of=CASES)
    yield all_of("the chain of the trail holds", int(verify_trail().ok), of=1)


def _finish(case: Case) -> None:
    for stage, step in STEPS.items():
        case.refresh_from_db()
        if case.stage == stage:
            step(case)


def _left_by(case: Case) -> Counter[str]:
    """How many of everything that a case leaves: each once, or something is lost or doubled."""
    vendor: dict[str, Any] = {"vendor": case.vendor_id}
    events = AuditEvent.objects.filter(**vendor, act__in=MOVES).values_list("act", flat=True)
    letters = Letter.objects.filter(**vendor).values_list("kind", flat=True)
    told = Message.objects.filter(**vendor).values_list("kind", "channel")
    return Counter(
        [
            *events,
            *(f"letter {kind}" for kind in letters),
            *(f"message {kind} {channel}" for kind, channel in told),
            *(f"round {one.decision}" for one in Round.objects.filter(case=case.pk)),
            *(f"listing {one.state}" for one in Listing.objects.filter(**vendor)),
        ]
    )


def _say(case: Case, left: Counter[str]) -> bool:
    sys.stderr.write(f"case {case.pk}: {dict(left)}\n")
    return True


def _finish_held_work(place: Installation) -> Iterator[Figure]:
    env = programs.surroundings(place.data, "")
    with programs.running_worker(env) as worker:
        with programs.sending_to(place.data, ""):
            paper = people.hand_in_deed(place.data, 1)
        running = Job.objects.filter(subject_id=paper.pk, kind="read_paper", state="RUNNING")
        programs.wait_until(running.exists, seconds=60)
        os.kill(worker.process.pid, signal.SIGTERM)
        worker.process.wait(90)
    job = Job.objects.get(subject_id=paper.pk, kind="read_paper")
    is_read = Paper.objects.get(pk=paper.pk).state != "RECEIVED"
    found = f"{job.state} at try {job.attempts} {job.error}"
    yield Figure("work in hand of a worker that was asked to end", "DONE at try 1", found,
                 is_read and (job.state, job.attempts) == ("DONE", 1))  # fmt: skip


def _is_page(answer: Answer) -> bool:
    """A page, or one that says when to come back."""
    says_when = b"<h1>" in answer.body and "Retry-After" in answer.headers
    return answer.status in (200, 302) or (answer.status == 503 and says_when)
