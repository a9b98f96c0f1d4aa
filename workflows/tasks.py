"""What the worker does: one job by its id, the sweep, what is due, the outbox."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from celery import shared_task
from celery.signals import worker_ready
from django.db import transaction
from django.utils import timezone

import documents.actions
import onboarding.actions
import training.actions
from onboarding.models import User
from workflows import clock, counters, jobs, messages, orphans, posting, pulses, senders
from workflows.actions import (
    approve_many,
    check_trail,
    count_due,
    count_figures,
    count_flags,
    draw_certificates,
    erase_firm,
    erasures_due,
    finish,
    finish_due,
    give_up_allocation,
    give_up_approving,
    give_up_check,
    give_up_flags,
    give_up_inviting,
    give_up_merging,
    give_up_notes,
    give_up_pack,
    give_up_run,
    give_up_telling,
    hand_over_leaves,
    invite_allocated,
    judge_again,
    lapse_due,
    leave_to_the_sweep,
    left_to_the_sweep,
    list_erasures,
    make_pack,
    merge_rest,
    note_due,
    open_expiring,
    pass_on_seats,
    release_stale_claims,
    remind_due_guests,
    remind_silent,
    remove_old_drafts,
    screen_sheet,
    sweep_files,
    tell_breach,
    tell_of_time,
    watch_browsing,
    watch_trail,
    work_of_rules,
    work_out_allocation,
    write_notes,
    write_run,
)
from workflows.apart import Apart, renew_connection
from workflows.errors import Refused
from workflows.models import Job, PendingAct, Setting

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from typing import Any

logger = logging.getLogger("mitra.tasks")

WORK = {
    Job.Kind.READ_SHEET: onboarding.actions.read_sheet,
    Job.Kind.ENTER_SHEET: onboarding.actions.enter_sheet,
    Job.Kind.SCREEN_SHEET: screen_sheet,
    Job.Kind.LOOK_FOR_TWINS: onboarding.actions.look_for_twins_of_referral,
    Job.Kind.LOOK_AGAIN: onboarding.actions.look_again,
    Job.Kind.MERGE_PAIRS: merge_rest,
    Job.Kind.APPROVE_MANY: approve_many,
    Job.Kind.VERIFY_TRAIL: check_trail,
    Job.Kind.LIST_ERASURES: list_erasures,
    Job.Kind.ERASE_FIRM: erase_firm,
    Job.Kind.TELL_BREACH: tell_breach,
    Job.Kind.READ_PAPER: documents.actions.read_paper,
    Job.Kind.REREAD_PAPER: documents.actions.reread_paper,
    Job.Kind.PREVIEW_RULES: onboarding.actions.work_out_preview,
    Job.Kind.JUDGE_AGAIN: judge_again,
    Job.Kind.ASK_REGISTER: onboarding.actions.ask_again,
    Job.Kind.COUNT_FIGURES: count_figures,
    Job.Kind.WRITE_LETTERS: write_run,
    Job.Kind.WRITE_NOTES: write_notes,
    Job.Kind.ISSUE_CERTIFICATES: draw_certificates,
    Job.Kind.ALLOCATE_SEATS: work_out_allocation,
    Job.Kind.INVITE_ALLOCATED: invite_allocated,
    Job.Kind.COUNT_FLAGS: count_flags,
    Job.Kind.MAKE_PACK: make_pack,
}


@shared_task(name="workflows.tasks.do_job")
def do_job(job_id: int) -> str:
    """Do one job, if it is still to be done; whatever goes wrong, the row knows."""
    claim = jobs.claim(job_id)
    if claim is None:
        return "not mine"
    work = WORK[Job.Kind(claim.job.kind)]
    try:
        work(claim.job.subject_id, by=User.objects.system(), beat=claim.beat)
    except jobs.LeaseLost:
        return "lease lost"
    except Exception as error:
        logger.error("job %s (%s) failed: %s", job_id, claim.job.kind, type(error).__name__)
        renew_connection()  # on one that broke the failure could not be written down either
        claim.fail(error)
        return "failed"
    claim.finish()
    return "done"


@shared_task(name="workflows.tasks.finish_act")
def finish_act(pending_id: int) -> bool:
    """Carry out an act of the desk whose seconds are over, if nobody took it back."""
    return finish(pending_id, by=User.objects.system())


def finish_later(pending: PendingAct) -> None:
    """Order the finish of an act for the moment from which it cannot be taken back."""
    seconds = max(0.0, (pending.final_at - clock.now()).total_seconds())
    finish_act.apply_async((pending.pk,), countdown=seconds + 0.2)


@shared_task(name="workflows.tasks.send_sign_in")
def send_sign_in() -> int:
    """Send the codes and links of those who are signing in now."""
    return messages.send_waiting(now=clock.now())


@shared_task(name="workflows.tasks.sweep")
def sweep() -> None:
    """Finish what can no longer be taken back, send again what was lost, give to a person what no
    worker can finish, empty the outbox, learn the words by which new firms are found, pass on
    seats that were held too long."""
    pulses.mark(pulses.WORKER)
    sweep_once()


def sweep_once() -> None:
    """The sweep itself, also asked by cron: then no worker was seen, only a sweep. A step that
    fails stops none of the others; raises ``Unfinished`` in the end."""
    apart, now, system = Apart(), clock.now(), User.objects.system()
    pulses.mark(pulses.SWEEP)
    with apart("acts whose seconds are over"):
        finish_due(now=now, by=system)
    with apart("hints"):
        for job in jobs.resend_stuck(do_job.delay):
            with apart(f"giving up {job.kind} {job.subject_id}"):
                give_up(job)
    with apart("codes and links"):
        messages.send_waiting(now=clock.now())
    with apart("held seats"):
        pass_on_seats(by=system)
    with apart("figures"):
        _order(count_due(now=now))
    with apart("outbox"):
        messages.deliver_due()
    with apart("words of names"):
        onboarding.actions.learn_words()
    apart.end()


@shared_task(name="workflows.tasks.run_due")
def run_due() -> None:
    """Let lapse what is over, free cases that were claimed and forgotten, remove photos that
    were never sent, sessions and files that are over, remind silent offices and guests of sessions,
    begin and end sanctions, order what the rules wait for, what was given up, and the note. Each
    apart, as in the sweep."""
    apart, now, system = Apart(), clock.now(), User.objects.system()
    today = timezone.localdate(now)
    steps: dict[str, Callable[[], object]] = {
        "lapses": lambda: lapse_due(by=system),
        "leaves": lambda: hand_over_leaves(today=today),
        "stale claims": lambda: release_stale_claims(by=system),
        "old drafts": lambda: remove_old_drafts(now=now, by=system),
        "files": lambda: _sweep_files_daily(now),
        "keys of forms": lambda: posting.forget_old(now=now),
        "sessions": lambda: onboarding.actions.forget_sessions(now=now),
        "files of the outbox": lambda: senders.forget_files(now=now),
        "counts of tries": lambda: counters.forget_over(now=now),
        "mails about time": lambda: tell_of_time(now=now),
        "browsing": lambda: watch_browsing(now=now),
        "expiring papers": lambda: open_expiring(
            by=system, within=Setting.value_of("expiry_notice_days")
        ),
        "silent offices": lambda: remind_silent(today=today, by=system),
        "guests": lambda: remind_due_guests(today=today, by=system),
        "sanctions": lambda: onboarding.actions.turn_blacklist(today=today, by=system),
        "trail": lambda: watch_trail(now=now, send=do_job.delay, by=system),
        "erasures": lambda: _order(erasures_due(now=now)),
        "rules": lambda: _order(work_of_rules(now=now)),
        "given up": lambda: _order(left_to_the_sweep(now=now)),
        "note": lambda: _order_note(today),
    }
    for name, step in steps.items():
        with apart(name):
            step()
    apart.end()


def _order(work: list[tuple[str, int]]) -> None:
    for kind, subject_id in work:
        jobs.order(kind, subject_id, send=do_job.delay, is_act=False)


def _order_note(today: date) -> None:
    month = note_due(today)
    if month is not None:
        _order([(Job.Kind.WRITE_NOTES, month)])


def _sweep_files_daily(now: datetime) -> None:
    """Once a day; too many are left where they are, and the keeper is told by the log."""
    before = pulses.last(pulses.FILES)
    if before is not None and now - before < orphans.OLD_ENOUGH:
        return
    pulses.mark(pulses.FILES)
    try:
        sweep_files(until=now - orphans.OLD_ENOUGH, by=User.objects.system())
    except Refused as refusal:
        logger.error("files were not swept: %s", refusal.sentence)


@transaction.atomic
def give_up(job: Job) -> None:
    """Close a job for good: a paper waits for a person, a sheet says that it was not read."""
    system = User.objects.system()
    if not jobs.give_up(job):
        return
    give_up_work = {
        Job.Kind.MERGE_PAIRS: give_up_merging,
        Job.Kind.APPROVE_MANY: give_up_approving,
        Job.Kind.VERIFY_TRAIL: give_up_check,
        Job.Kind.LIST_ERASURES: leave_to_the_sweep,
        Job.Kind.ERASE_FIRM: leave_to_the_sweep,
        Job.Kind.TELL_BREACH: give_up_telling,
        Job.Kind.READ_PAPER: documents.actions.give_up_reading,
        Job.Kind.REREAD_PAPER: documents.actions.give_up_rereading,
        Job.Kind.PREVIEW_RULES: onboarding.actions.give_up_preview,
        Job.Kind.SCREEN_SHEET: leave_to_the_sweep,
        Job.Kind.LOOK_FOR_TWINS: leave_to_the_sweep,
        Job.Kind.LOOK_AGAIN: leave_to_the_sweep,
        Job.Kind.JUDGE_AGAIN: leave_to_the_sweep,
        Job.Kind.ASK_REGISTER: leave_to_the_sweep,
        Job.Kind.COUNT_FIGURES: leave_to_the_sweep,
        Job.Kind.WRITE_LETTERS: give_up_run,
        Job.Kind.WRITE_NOTES: give_up_notes,
        Job.Kind.ISSUE_CERTIFICATES: training.actions.give_up_batch,
        Job.Kind.ALLOCATE_SEATS: give_up_allocation,
        Job.Kind.INVITE_ALLOCATED: give_up_inviting,
        Job.Kind.COUNT_FLAGS: give_up_flags,
        Job.Kind.MAKE_PACK: give_up_pack,
    }.get(Job.Kind(job.kind), onboarding.actions.give_up_sheet)
    give_up_work(job.subject_id, by=system)


@worker_ready.connect
def _say_hello(**_kwargs: Any) -> None:
    pulses.mark(pulses.WORKER)
