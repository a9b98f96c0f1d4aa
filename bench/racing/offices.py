"""Races over lists, requests to offices, rules and accounts: the acts themselves, each time as if
from a tab of its own, so that nothing but the act holds the second press back."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from functools import cache

from allauth.mfa.models import Authenticator
from django.utils import timezone

import onboarding.actions
from bench.racing.desk import a_number, invited_seat
from bench.racing.races import Race, on, race
from bench.racing.road import officer
from onboarding import roles
from onboarding.models import (
    Agency,
    Invitation,
    JoiningStep,
    Membership,
    Referral,
    ReferralRequest,
    ReferralSheet,
    RulePreview,
    RuleVersion,
    User,
)
from tests import factories as make
from tests.workflows import campaigns, firms
from workflows import actions
from workflows.models import Letter


# --- lists ---
def _list(state: str, by: User | None = None) -> ReferralSheet:
    by = by or make.make_user(roles.AGENCY)
    return ReferralSheet.objects.create(
        agency=by.agency, original_name="contoh.csv", stored_as=f"sheets/{next(make.count)}",
        sha256=secrets.token_hex(32), size=1, state=state, received_by=by,
    )  # fmt: skip


@race("confirm_sheet")
def list_confirmed() -> Race:
    sheet = _list(ReferralSheet.State.READ)
    do = on(sheet, onboarding.actions.confirm_sheet)
    return Race("confirm_sheet", [sheet.received_by], do=do)


@race("cancel_sheet")
def list_cancelled() -> Race:
    sheet = _list(ReferralSheet.State.READ)
    do = on(sheet, onboarding.actions.cancel_sheet)
    return Race("cancel_sheet", [sheet.received_by], do=do)


@race("confirm_columns")
def columns_confirmed() -> Race:
    sheet = _list(ReferralSheet.State.COLUMNS)
    sheet.layout = {"sheets": [{"signature": sheet.sha256, "titles": ["Nama"], "count": 1}]}
    sheet.save()
    do = on(sheet, onboarding.actions.confirm_columns, places={sheet.sha256: {"name": 0}})
    return Race("confirm_columns", [sheet.received_by], do=do)


@race("undo_sheet", "withdraw_sheet")
def list_taken_back() -> Race:
    vendor = firms.eligible()
    named = Referral.objects.get(vendor=vendor)
    by = make.make_user(roles.AGENCY)
    sheet = _list(ReferralSheet.State.ENTERED, by)
    Referral.objects.filter(pk=named.pk).update(sheet=sheet)
    return Race("undo_sheet", [officer()], do=on(sheet, actions.undo_sheet, reason="Contoh"))


# --- requests to offices ---
@cache
def asked_office() -> str:
    """An office with one person, however many the other races put into theirs."""
    make.make_user(roles.AGENCY, agency="dinkes")
    return "dinkes"


@race("send_campaign", "tell_offices")
def campaign_sent() -> Race:
    do = on(campaigns.draft(asked_office()), actions.send_campaign)
    return Race("send_campaign", [officer()], do=do)


@race("close_campaign")
def campaign_closed() -> Race:
    do = on(campaigns.sent("dindik"), onboarding.actions.close_campaign)
    return Race("close_campaign", [officer()], do=do)


@race("remind_offices", "tell_reminded")
def offices_reminded() -> Race:
    campaign = campaigns.late(asked_office())
    said = {
        "request_ids": [campaigns.asked(campaign, asked_office()).pk],
        "today": timezone.localdate(),
    }
    do = on(campaign, onboarding.actions.remind_offices, **said)
    return Race("remind_offices", [officer()], do=do)


@race("give_time")
def time_given() -> Race:
    request = ReferralRequest.objects.get(campaign=campaigns.sent("dindik"))
    later = timezone.localdate() + timedelta(days=60)
    do = on(request, onboarding.actions.give_time, due_on=later)
    return Race("give_time", [officer()], do=do)


@race("number_run")
def letters_numbered_together() -> Race:
    seat, said = invited_seat(), {"first": a_number(), "dated_on": timezone.localdate()}
    Letter.objects.filter(session=seat.session).update(vendor=seat.vendor)
    do = on(seat.session, actions.number_run, **said)
    return Race("number_letter", [officer()], do=do)


# --- rules ---
def _no_draft() -> None:
    RuleVersion.objects.filter(state=RuleVersion.State.DRAFT).update(
        state=RuleVersion.State.DROPPED
    )


def _draft() -> RuleVersion:
    _no_draft()
    return onboarding.actions.draft_rules(by=make.make_user(roles.ADMIN))


@race("draft_rules")
def rules_drafted() -> Race:
    _no_draft()
    rivals = [make.make_user(roles.MANAGER) for _one in range(8)]
    return Race("draft_rules", rivals, do=lambda by: onboarding.actions.draft_rules(by=by))


@race("onboarding.drop_draft")
def draft_dropped() -> Race:
    head = make.make_user(roles.MANAGER)
    return Race("drop_draft", [head], do=on(_draft(), onboarding.actions.drop_draft))


@race("switch_on_rules")
def rules_switched_on() -> Race:
    draft, today = _draft(), timezone.localdate()
    RulePreview.objects.create(
        version=draft, against=RuleVersion.objects.in_force(today), digest=draft.digest, day=today,
        state=RulePreview.State.DONE, ordered_by=draft.made_by,
    )  # fmt: skip
    do = on(draft, onboarding.actions.switch_on_rules, reason="Contoh")
    return Race("switch_on_rules", [make.make_user(roles.MANAGER)], do=do)


@race("finish_judging")
def judging_finished() -> Race:
    version = RuleVersion.objects.in_force(timezone.localdate())
    RuleVersion.objects.filter(pk=version.pk).update(judged_at=None)
    do = on(version, onboarding.actions.finish_judging)
    return Race("judge_again", [User.objects.system()], do=do)


# --- accounts ---
@race("prove_membership")
def firm_proved() -> Race:
    vendor, owner = firms.eligible(), make.make_user(roles.VENDOR)
    membership = Membership.objects.create(user=owner, vendor=vendor)
    do = on(membership, onboarding.actions.prove_membership, number=vendor.nib)
    return Race("prove_membership", [owner], do=do)


def _invitation() -> Invitation:
    number = next(make.count)
    return Invitation.objects.create(
        token_hash=secrets.token_hex(32), email=f"undangan{number}@contoh.test",
        full_name=f"Contoh {number}", role=roles.OFFICER, created_by=make.make_user(roles.ADMIN),
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip


@race("accept_invitation")
def invitation_accepted() -> Race:
    invitation = _invitation()
    accept = onboarding.actions.accept_invitation
    do = on(invitation, lambda one, by: accept(one, password=make.PASSWORD))
    return Race("accept_invitation", [invitation.created_by], do=do)


@race("withdraw_invitation")
def invitation_withdrawn() -> Race:
    invitation = _invitation()
    do = on(invitation, onboarding.actions.withdraw_invitation)
    return Race("withdraw_invitation", [invitation.created_by], do=do)


@race("set_person_active")
def account_switched_off() -> Race:
    do = on(officer(), onboarding.actions.set_person_active, active=False)
    return Race("switch_off_account", [make.make_user(roles.ADMIN)], do=do)


@race("reset_factors")
def second_step_taken_away() -> Race:
    person = officer()
    Authenticator.objects.create(user=person, type="totp", data={})
    do = on(person, onboarding.actions.reset_factors, reason="Contoh")
    return Race("reset_factors", [make.make_user(roles.ADMIN)], do=do)


def _owned() -> Membership:
    vendor = firms.eligible()
    return Membership.objects.get(vendor=vendor, user=make.owner_of(vendor))


def _phone() -> str:
    return f"08139{next(make.count):07d}"


@race("move_owner")
def owner_moved() -> Race:
    do = on(_owned(), actions.move_owner, phone=_phone())
    return Race("move_owner", [officer()], do=do)


@race("move_owner")
def owners_moved_to_one_number() -> Race:
    owned, phone = [_owned() for _one in range(8)], _phone()
    return Race(
        "move_owner",
        [officer()],
        do=lambda by: actions.move_owner(owned.pop(), phone=phone, by=by),
    )


# --- how offices join ---
def _step(**more: object) -> JoiningStep:
    return JoiningStep.objects.create(
        agency=Agency.objects.get(code="dindik"), step=JoiningStep.Step.COMMITTED,
        taken_on=_day(), evidence="Contoh", written_by=officer(), **more,
    )  # fmt: skip


def _day() -> date:
    return timezone.localdate() - timedelta(days=next(make.count))


@race("write_joining_step")
def joining_written() -> Race:
    said = {"step": JoiningStep.Step.values[-1], "taken_on": _day(), "evidence": "Contoh"}
    office = Agency.objects.get(code="dinkes")
    do = on(office, onboarding.actions.write_joining_step, **said)
    return Race("write_joining_step", [officer()], do=do)


@race("confirm_joining_step")
def joining_confirmed() -> Race:
    do = on(_step(is_proposed=True), onboarding.actions.confirm_joining_step)
    return Race("confirm_joining_step", [officer()], do=do)


@race("withdraw_joining_step")
def joining_withdrawn() -> Race:
    do = on(_step(), onboarding.actions.withdraw_joining_step, reason="Contoh")
    return Race("withdraw_joining_step", [officer()], do=do)
