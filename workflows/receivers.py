"""What each announcement means for the vendor: the trail, at most one action, at most one job.

One receiver per event. A receiver never refuses a fact: a move that does not apply is left, and the
room's work stands.
"""

from __future__ import annotations

import logging
from typing import Any

from django.dispatch import receiver

from documents import events as documents_events
from onboarding import events as onboarding_events
from onboarding.actions import TELLING
from training import events as training_events
from workflows import actions, audit, jobs, messages, tasks
from workflows.models import Job

logger = logging.getLogger("mitra.receivers")


def _order(kind: str, subject_id: int) -> None:
    jobs.order(kind, subject_id, send=tasks.do_job.delay)


# --- WHO ------------------------------------------------------------------------------------------
@receiver(onboarding_events.sheet_received)
def on_sheet_received(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("receive_sheet", by=by, sheet=sheet.pk, sha256=sheet.sha256)
    _order(Job.Kind.READ_SHEET, sheet.pk)


@receiver(onboarding_events.sheet_read)
def on_sheet_read(sheet: Any, by: Any, **_: Any) -> None:
    audit.record(
        "read_sheet", by=by, sheet=sheet.pk, state=sheet.state, rows=sheet.rows_read,
        refusal=sheet.refusal,
    )  # fmt: skip


@receiver(onboarding_events.sheet_confirmed)
def on_sheet_confirmed(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("confirm_sheet", by=by, sheet=sheet.pk)
    _order(Job.Kind.ENTER_SHEET, sheet.pk)


@receiver(onboarding_events.sheet_entered)
def on_sheet_entered(sheet: Any, vendor_ids: Any, counts: Any, by: Any, **_: Any) -> None:
    audit.record("enter_sheet", by=by, sheet=sheet.pk, sha256=sheet.sha256, **counts)
    if sheet.is_streamed:  # of any length
        _order(Job.Kind.SCREEN_SHEET, sheet.pk)
    else:
        actions.screen_vendors(vendor_ids, by=by)
    first = sheet.referrals.order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        _order(Job.Kind.LOOK_FOR_TWINS, first)


@receiver(onboarding_events.sheet_cancelled)
def on_sheet_cancelled(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("cancel_sheet", by=by, sheet=sheet.pk)


@receiver(onboarding_events.columns_confirmed)
def on_columns_confirmed(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("confirm_columns", by=by, sheet=sheet.pk, agency=sheet.agency.code)
    _order(Job.Kind.READ_SHEET, sheet.pk)


@receiver(onboarding_events.rows_fixed)
def on_rows_fixed(
    *, sheet: Any, rows: Any, columns: Any, code: str, is_overruled: bool, by: Any, **_: Any
) -> None:
    audit.record(
        "answer_doubt" if is_overruled else "fix_rows", by=by, sheet=sheet.pk, count=len(rows),
        rows=rows[:50], fields=columns, code=code,
    )  # fmt: skip


@receiver(onboarding_events.sheet_undone)
def on_sheet_undone(sheet: Any, counts: Any, by: Any, **_: Any) -> None:
    audit.record("undo_sheet", by=by, sheet=sheet.pk, reason=sheet.undo_reason, **counts)


@receiver(onboarding_events.vendor_referred)
def on_vendor_referred(referral: Any, by: Any, **_: Any) -> None:
    audit.record(
        "refer_vendor", by=by, vendor=referral.vendor, verdict=referral.verdict,
        agency=referral.agency.code if referral.agency else "", source=referral.source,
    )  # fmt: skip
    actions.screen_vendors([referral.vendor_id], by=by)
    if referral.verdict != "linked":
        _order(Job.Kind.LOOK_FOR_TWINS, referral.pk)


@receiver(onboarding_events.twins_looked_for)
def on_twins_looked_for(firms: int, counts: Any, sure_ids: Any, by: Any, **_: Any) -> None:
    audit.record("look_for_twins", by=by, firms=firms, **counts)
    actions.judge_waiting(sure_ids, by=by)  # who had ended is not named again by this


@receiver(onboarding_events.vendor_corrected)
def on_vendor_corrected(vendor: Any, fields: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record("correct_vendor", by=by, vendor=vendor, reason=reason, fields=fields)
    actions.take_in_correction(vendor, by=by)
    if TELLING.intersection(fields):
        _order(Job.Kind.LOOK_AGAIN, vendor.pk)


@receiver(onboarding_events.pair_judged)
def on_pair_judged(pair: Any, by: Any, **_: Any) -> None:
    # Each firm's own diary tells it; where they are the same, the merge already has.
    for firm in (pair.first, pair.second) if pair.verdict != "same" else ():
        audit.record(
            "judge_pair", by=by, vendor=firm, reason=pair.note, pair=pair.pk, verdict=pair.verdict
        )
    if pair.verdict == "different":  # nothing has to be waited for any more
        actions.judge_waiting([pair.first_id, pair.second_id], by=by)


@receiver(onboarding_events.membership_proved)
def on_membership_proved(membership: Any, by: Any, **_: Any) -> None:
    audit.record("prove_membership", by=by, vendor=membership.vendor, person=membership.user_id)


@receiver(onboarding_events.person_invited)
def on_person_invited(invitation: Any, token: str, by: Any, **_: Any) -> None:
    audit.record("invite_person", by=by, invitation=invitation.pk, to_role=invitation.role)
    messages.send_invitation(invitation, token)


@receiver(onboarding_events.account_changed)
def on_account_changed(user: Any, act: str, by: Any, **_: Any) -> None:
    audit.record(act, by=by, person=user.pk, of_role=user.role)


@receiver(onboarding_events.campaign_changed)
def on_campaign_changed(campaign: Any, act: str, by: Any, **_: Any) -> None:
    audit.record(act, by=by, campaign=campaign.pk, version=campaign.criteria_version)


@receiver(onboarding_events.campaign_sent)
def on_campaign_sent(campaign: Any, by: Any, **_: Any) -> None:
    audit.record(
        "send_campaign", by=by, campaign=campaign.pk, version=campaign.criteria_version,
        requests=campaign.requests.count(),
    )  # fmt: skip
    actions.tell_offices(campaign)


@receiver(onboarding_events.request_answered)
def on_request_answered(answer: Any, by: Any, **_: Any) -> None:
    audit.record(
        "answer_request", by=by, request=answer.request_id, agency=answer.request.agency.code,
        kind=answer.kind, via=answer.via, answer=answer.pk,
    )  # fmt: skip


@receiver(onboarding_events.request_changed)
def on_request_changed(request: Any, act: str, by: Any, **_: Any) -> None:
    audit.record(act, by=by, request=request.pk, agency=request.agency.code)


@receiver(onboarding_events.offices_reminded)
def on_offices_reminded(campaign: Any, requests: Any, by: Any, **_: Any) -> None:
    audit.record(
        "remind_offices", by=by, campaign=campaign.pk, requests=[one.pk for one in requests]
    )
    actions.tell_reminded(requests)


@receiver(onboarding_events.rules_changed)
def on_rules_changed(version: Any, act: str, detail: Any, by: Any, **_: Any) -> None:
    audit.record(act, by=by, digest=version.digest, **detail)


@receiver(onboarding_events.preview_ordered)
def on_preview_ordered(preview: Any, by: Any, **_: Any) -> None:
    audit.record(
        "order_preview", by=by, version=preview.version.number, digest=preview.digest,
        preview=preview.pk,
    )  # fmt: skip
    _order(Job.Kind.PREVIEW_RULES, preview.pk)


@receiver(onboarding_events.preview_finished)
def on_preview_finished(preview: Any, by: Any, **_: Any) -> None:
    up, down = preview.counts.get("all", {}).get("", (0, 0))
    audit.record(
        "finish_preview", by=by, preview=preview.pk, state=preview.state, digest=preview.digest,
        firms=preview.firms_judged, becoming=up, losing=down,
    )  # fmt: skip


@receiver(onboarding_events.rules_switched_on)
def on_rules_switched_on(version: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "switch_on_rules", by=by, reason=reason, version=version.number, digest=version.digest,
        since=version.from_on.isoformat(),
    )  # fmt: skip
    _order(Job.Kind.JUDGE_AGAIN, version.pk)


@receiver(onboarding_events.blacklist_changed)
def on_blacklist_changed(
    act: str, vendor_ids: Any, detail: Any, by: Any, reason: str = "", **_: Any
) -> None:
    audit.record(act, by=by, reason=reason, **detail)
    actions.screen_vendors(vendor_ids, by=by)


@receiver(onboarding_events.kbli_loaded)
def on_kbli_loaded(version: str, detail: Any, by: Any, **_: Any) -> None:
    audit.record("load_kbli", by=by, version=version, **detail)


@receiver(onboarding_events.register_asked)
def on_register_asked(answer: Any, by: Any, **_: Any) -> None:
    audit.record(
        "ask_register", by=by, vendor=answer.vendor, register=answer.register,
        outcome=answer.outcome, attempts=answer.attempts,
    )  # fmt: skip
    actions.screen_vendors([answer.vendor_id], by=by)


# --- PAPER ----------------------------------------------------------------------------------------
@receiver(documents_events.paper_received)
def on_paper_received(paper: Any, by: Any, **_: Any) -> None:
    audit.record(
        "hand_in_paper", by=by, vendor=paper.vendor, paper=paper.pk,
        kind=paper.document_type_id, version=paper.version, digest=paper.digest,
    )  # fmt: skip
    actions.take_in_paper(paper, by=by)
    _order(Job.Kind.READ_PAPER, paper.pk)


@receiver(documents_events.statement_received)
def on_statement_received(paper: Any, by: Any, **_: Any) -> None:
    audit.record(
        "agree_to_statement", by=by, vendor=paper.vendor, paper=paper.pk,
        kind=paper.document_type_id, version=paper.version, digest=paper.digest,
    )  # fmt: skip
    actions.take_in_paper(paper, by=by)


@receiver(documents_events.paper_read)
def on_paper_read(paper: Any, is_reused: bool, twins: Any, by: Any, **_: Any) -> None:
    audit.record(
        "read_paper", by=by, vendor=paper.vendor, paper=paper.pk, state=paper.state,
        reader=paper.reading.reader_version, reused=is_reused or "",
    )  # fmt: skip
    _flag_same_deed(paper, twins, by=by)
    actions.submit_if_complete(paper.vendor, by=by)


@receiver(documents_events.rereading_ordered)
def on_rereading_ordered(rereadings: Any, since: Any, until: Any, by: Any, **_: Any) -> None:
    audit.record(
        "order_rereading", by=by, since=since.isoformat(),
        until=until.isoformat() if until else "", papers=len(rereadings),
    )  # fmt: skip
    jobs.order_many(Job.Kind.REREAD_PAPER, [rereading.pk for rereading in rereadings])


@receiver(documents_events.paper_reread)
def on_paper_reread(rereading: Any, twins: Any, by: Any, **_: Any) -> None:
    audit.record(
        "reread_paper", by=by, vendor=rereading.paper.vendor, paper=rereading.paper_id,
        reader=rereading.to_version, differing=len(rereading.changes),
        in_force=rereading.is_in_force or "", refusal=rereading.refusal,
    )  # fmt: skip
    _flag_same_deed(rereading.paper, twins, by=by)


def _flag_same_deed(paper: Any, twins: Any, *, by: Any) -> None:
    """Each firm's trail says that another has the same deed; which one, only the case page says."""
    for one in (paper, *twins) if twins else ():
        audit.record("flag_same_deed", by=by, vendor=one.vendor, paper=one.pk)


# --- MEETING --------------------------------------------------------------------------------------
@receiver(training_events.session_planned)
def on_session_planned(session: Any, by: Any, **_: Any) -> None:
    audit.record("plan_session", by=by, session=session.pk)


@receiver(training_events.session_cancelled)
def on_session_cancelled(session: Any, vendor_ids: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record("cancel_session", by=by, reason=reason, session=session.pk)
    actions.release_vendors(vendor_ids, session=session, by=by)


@receiver(training_events.seats_given)
def on_seats_given(session: Any, vendor_ids: Any, by: Any, **_: Any) -> None:
    audit.record("give_seats", by=by, session=session.pk, seats=len(vendor_ids))


@receiver(training_events.seat_released)
def on_seat_released(seat: Any, by: Any, **_: Any) -> None:
    audit.record("release_seat", by=by, vendor=seat.vendor, session=seat.session_id)


@receiver(training_events.attendance_marked)
def on_attendance_marked(session: Any, marks: Any, by: Any, **_: Any) -> None:
    present = sorted(pk for pk, is_here in marks.items() if is_here)
    absent = sorted(pk for pk, is_here in marks.items() if not is_here)
    audit.record("mark_attendance", by=by, session=session.pk, present=present, absent=absent)


@receiver(training_events.sheet_closed)
def on_sheet_closed(session: Any, present_ids: Any, absent_ids: Any, by: Any, **_: Any) -> None:
    audit.record(
        "close_sheet", by=by, session=session.pk, present=len(present_ids), absent=len(absent_ids)
    )
    actions.apply_attendance(session, present_ids=present_ids, absent_ids=absent_ids, by=by)


@receiver(training_events.attendance_corrected)
def on_attendance_corrected(seat: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record(
        "correct_attendance", by=by, vendor=seat.vendor, reason=reason, session=seat.session_id
    )
    actions.apply_correction_of_attendance(seat, reason=reason, by=by)
