"""What offices, people and firms have done, and what it means for the road."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from onboarding import events as onboarding_events
from onboarding.actions import TELLING
from workflows import actions, audit
from workflows.models import Job
from workflows.receivers.ordering import order
from workflows.signin import tell_of_invitation, tell_of_reset


@receiver(onboarding_events.sheet_received)
def on_sheet_received(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("receive_sheet", by=by, sheet=sheet.pk, sha256=sheet.sha256)
    order(Job.Kind.READ_SHEET, sheet.pk)


@receiver(onboarding_events.list_refused)
def on_list_refused(door: str, code: str, by: Any, **_: Any) -> None:
    actions.refuse_file(door=door, code=code, by=by)


@receiver(onboarding_events.sheet_read)
def on_sheet_read(sheet: Any, by: Any, **_: Any) -> None:
    audit.record(
        "read_sheet", by=by, sheet=sheet.pk, state=sheet.state, rows=sheet.rows_read,
        refusal=sheet.refusal, **({"flags": flags} if (flags := sheet.layout.get("flags")) else {}),
    )  # fmt: skip


@receiver(onboarding_events.sheet_confirmed)
def on_sheet_confirmed(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("confirm_sheet", by=by, sheet=sheet.pk)
    order(Job.Kind.ENTER_SHEET, sheet.pk)


@receiver(onboarding_events.sheet_entered)
def on_sheet_entered(sheet: Any, vendor_ids: Any, counts: Any, by: Any, **_: Any) -> None:
    audit.record("enter_sheet", by=by, sheet=sheet.pk, sha256=sheet.sha256, **counts)
    if sheet.is_streamed:  # of any length
        order(Job.Kind.SCREEN_SHEET, sheet.pk)
    else:
        actions.screen_vendors(vendor_ids, by=by)
    first = sheet.referrals.order_by("pk").values_list("pk", flat=True).first()
    if first is not None:
        order(Job.Kind.LOOK_FOR_TWINS, first)


@receiver(onboarding_events.sheet_cancelled)
def on_sheet_cancelled(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("cancel_sheet", by=by, sheet=sheet.pk)


@receiver(onboarding_events.columns_confirmed)
def on_columns_confirmed(sheet: Any, by: Any, **_: Any) -> None:
    audit.record("confirm_columns", by=by, sheet=sheet.pk, agency=sheet.agency.code)
    order(Job.Kind.READ_SHEET, sheet.pk)


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
    actions.take_in_referral(referral, by=by)
    if referral.verdict != "linked":
        order(Job.Kind.LOOK_FOR_TWINS, referral.pk)


@receiver(onboarding_events.twins_looked_for)
def on_twins_looked_for(firms: int, counts: Any, sure_ids: Any, by: Any, **_: Any) -> None:
    audit.record("look_for_twins", by=by, firms=firms, **counts)
    actions.judge_waiting(sure_ids, by=by)  # who had ended is not named again by this


@receiver(onboarding_events.vendor_corrected)
def on_vendor_corrected(vendor: Any, fields: Any, reason: str, by: Any, **_: Any) -> None:
    audit.record("correct_vendor", by=by, vendor=vendor, reason=reason, fields=fields)
    actions.take_in_correction(vendor, by=by)
    if TELLING.intersection(fields):
        order(Job.Kind.LOOK_AGAIN, vendor.pk)


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
def on_person_invited(invitation: Any, token: str, ended: list[int], by: Any, **_: Any) -> None:
    about: dict[str, Any] = {"ended": ended} if ended else {}
    audit.record("invite_person", by=by, invitation=invitation.pk, to_role=invitation.role, **about)
    tell_of_invitation(invitation, token)


@receiver(onboarding_events.invitation_withdrawn)
def on_invitation_withdrawn(invitation: Any, by: Any, **_: Any) -> None:
    audit.record("withdraw_invitation", by=by, invitation=invitation.pk, to_role=invitation.role)


@receiver(onboarding_events.account_changed)
def on_account_changed(user: Any, act: str, by: Any, reason: str = "", **_: Any) -> None:
    audit.record(act, by=by, reason=reason, person=user.pk, of_role=user.role)
    if act == "reset_factors":
        tell_of_reset(user)


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
    order(Job.Kind.PREVIEW_RULES, preview.pk)


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
    order(Job.Kind.JUDGE_AGAIN, version.pk)


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


@receiver(onboarding_events.joining_changed)
def on_joining_changed(steps: Any, act: str, reason: str, by: Any, **_: Any) -> None:
    for step in steps:
        audit.record(
            act, by=by, reason=reason, agency=step.agency.code, step=step.step,
            on=step.taken_on.isoformat(),
        )  # fmt: skip
