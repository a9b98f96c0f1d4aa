"""Decisions: by another person than the one who checked, once, with reasons, heard once again."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.actions import confirm_contact
from onboarding.models import Referral, Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions, deadlines
from workflows.errors import (
    ConflictOfInterest,
    MoveNotAllowed,
    NotAllowed,
    Refused,
    SamePerson,
    TakenByAnother,
)
from workflows.models import Letter, Message, Round, Stage

pytestmark = pytest.mark.django_db


# --- approve, reject ---
def test_an_approval_clears_the_firm_drafts_the_letter_and_tells_the_owner() -> None:
    approver = make.make_user(roles.APPROVER)
    case = make.approve(firms.verified(), by=approver)
    assert (firms.status_of(case), case.stage) == (Status.APPROVED, Stage.HAND_OVER)
    assert (case.round.decided_by, case.round.decision) == (approver, Round.Decision.APPROVED)
    letter = Letter.objects.get(vendor=case.vendor, kind=Letter.Kind.DECISION)
    assert letter.is_draft
    assert letter.content["approved"] is True
    assert Message.objects.filter(vendor=case.vendor, kind="approved").count() == 2


def test_a_refusal_carries_a_reason_and_the_date_until_which_it_can_be_appealed() -> None:
    case = make.reject(firms.verified())
    until = timezone.localdate(deadlines.due_for(Stage.APPEAL))
    assert (firms.status_of(case), case.stage) == (Status.REJECTED, Stage.APPEAL)
    assert case.vendor.refresh().rejected_on == timezone.localdate()
    assert case.round.reason_code_id == "NAME_MISMATCH"
    assert timezone.localdate(case.due_at) == until
    letter = Letter.objects.get(vendor=case.vendor, kind=Letter.Kind.DECISION)
    assert str(until.year) in letter.content["appeal_until"]
    assert case.vendor.events.get(act="reject").detail["code"] == "NAME_MISMATCH"


@pytest.mark.parametrize("missing", ["reason", "reason_code"])
def test_a_refusal_without_its_reason_is_not_taken(missing: str) -> None:
    case = firms.verified()
    words = {"reason": "Nama berbeda", "reason_code": firms.reason()}
    words[missing] = "" if missing == "reason" else None
    with pytest.raises(Refused):
        actions.decide_case(case, approve=False, **words, by=make.make_user(roles.APPROVER))
    assert firms.status_of(case) == Status.VERIFIED
    assert firms.again(case).round.decided_by is None


@pytest.mark.parametrize("role", [roles.OFFICER, roles.MANAGER, roles.ADMIN, roles.AUDITOR])
def test_only_approvers_decide(role: str) -> None:
    with pytest.raises(NotAllowed):
        make.approve(firms.verified(), by=make.make_user(role))


def test_approver_cannot_be_the_verifier() -> None:
    person = make.make_user(roles.OFFICER)
    case = make.verify(firms.submitted(), by=person)
    person.role = roles.APPROVER
    person.save()
    for act in (
        lambda: make.approve(case, by=person),
        lambda: make.reject(case, by=person),
        lambda: actions.send_back_case(case, reason="-", by=person),
        lambda: actions.claim_case(case, by=person),
    ):
        with pytest.raises(SamePerson):
            act()


def test_the_database_itself_refuses_a_decider_who_verified() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    make.verify(case, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(case=case).update(
            decided_by=officer, decided_at=timezone.now(), decision=Round.Decision.APPROVED
        )


def test_the_database_itself_refuses_a_decision_without_its_decider_and_hour() -> None:
    case = firms.verified()
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(case=case).update(decision=Round.Decision.APPROVED)


def test_the_referrer_may_not_decide() -> None:
    case, approver = firms.verified(), make.make_user(roles.APPROVER)
    Referral.objects.filter(vendor=case.vendor).update(created_by=approver)
    with pytest.raises(ConflictOfInterest):
        make.approve(case, by=approver)


@pytest.mark.parametrize("tie", ["membership", "phone", "email"])
def test_an_approver_tied_to_the_firm_may_not_decide(tie: str) -> None:
    case, approver = firms.verified(), make.make_user(roles.APPROVER)
    if tie == "membership":
        confirm_contact(case.vendor, approver, by=make.make_user(roles.OFFICER))
    elif tie == "phone":
        approver.phone = case.vendor.phone
    else:
        approver.email = case.vendor.email.upper()
    approver.save()
    with pytest.raises(ConflictOfInterest):
        make.approve(case, by=approver)


def test_a_stale_page_decides_nothing_a_second_time() -> None:
    stale = firms.verified()
    make.reject(stale)
    with pytest.raises(TakenByAnother):
        make.approve(stale)
    assert Letter.objects.filter(vendor=stale.vendor).count() == 1


def test_a_case_that_was_not_verified_cannot_be_decided() -> None:
    with pytest.raises(TakenByAnother):
        make.approve(firms.submitted())


def test_a_case_in_another_approvers_hands_is_theirs_to_decide() -> None:
    case = firms.verified()
    actions.claim_case(case, by=make.make_user(roles.APPROVER))
    with pytest.raises(TakenByAnother):
        make.approve(case)


# --- send back ---
def test_sending_back_begins_a_new_round_and_opens_the_papers() -> None:
    case = firms.verified()
    actions.send_back_case(case, reason="NIB belum dicocokkan", by=make.make_user(roles.APPROVER))
    case = firms.again(case)
    assert (firms.status_of(case), case.stage, case.round_number) == (
        Status.SUBMITTED,
        Stage.VERIFY,
        2,
    )
    first = Round.objects.get(case=case, number=1)
    assert (first.decision, first.reason) == (Round.Decision.SENT_BACK, "NIB belum dicocokkan")
    assert not Paper.objects.filter(vendor=case.vendor, frozen_at__isnull=False).exists()
    assert case.vendor.events.get(act="send_back").reason == "NIB belum dicocokkan"


def test_only_approvers_send_back_and_only_what_was_verified() -> None:
    case = firms.submitted()
    with pytest.raises(TakenByAnother):
        actions.send_back_case(case, reason="-", by=make.make_user(roles.APPROVER))
    with pytest.raises(NotAllowed):
        actions.send_back_case(make.verify(case), reason="-", by=make.make_user(roles.OFFICER))


# --- appeal ---
def test_an_appeal_puts_the_case_before_other_people() -> None:
    case = firms.appealed()
    assert (firms.status_of(case), case.stage, case.round_number) == (
        Status.SUBMITTED,
        Stage.VERIFY,
        2,
    )
    assert case.appealed_at
    assert not Paper.objects.filter(vendor=case.vendor, frozen_at__isnull=False).exists()


def test_an_appeal_is_decided_by_another_approver_than_the_first_time() -> None:
    first, second = make.make_user(roles.APPROVER), make.make_user(roles.APPROVER)
    case = make.verify(firms.appealed(make.reject(firms.verified(), by=first)))
    with pytest.raises(SamePerson):
        make.approve(case, by=first)
    assert firms.status_of(make.approve(case, by=second)) == Status.APPROVED


def test_another_approver_is_asked_also_when_the_appeal_was_sent_back_in_between() -> None:
    first, second = make.make_user(roles.APPROVER), make.make_user(roles.APPROVER)
    case = make.verify(firms.appealed(make.reject(firms.verified(), by=first)))
    actions.send_back_case(case, reason="Periksa lagi", by=second)
    case = make.verify(firms.again(case))
    with pytest.raises(SamePerson):
        make.approve(case, by=first)
    assert make.approve(case, by=second).stage == Stage.HAND_OVER


def test_an_appeal_is_heard_once_and_the_second_refusal_closes_the_case() -> None:
    case = make.reject(make.verify(firms.appealed()))
    assert (firms.status_of(case), case.stage, case.due_at) == (
        Status.REJECTED,
        Stage.CLOSED,
        None,
    )
    with pytest.raises(MoveNotAllowed):
        firms.appealed(case)
    letter = Letter.objects.filter(vendor=case.vendor).first()
    assert letter
    assert letter.content["appeal_until"] == ""
    told = Message.objects.filter(vendor=case.vendor, kind="rejected").first()
    assert told
    assert "keputusan ini tetap" in told.body


def test_an_appeal_comes_within_its_time() -> None:
    case = firms.rejected()
    with firms.in_time(case, days=0.1), pytest.raises(MoveNotAllowed):
        firms.appealed(case)
    with firms.in_time(case, days=-0.1):
        assert firms.appealed(case).stage == Stage.VERIFY


def test_an_officer_may_appeal_on_the_owners_word() -> None:
    case = firms.rejected()
    officer = make.make_user(roles.OFFICER)
    actions.appeal_case(case.vendor.refresh(), reason="Pemilik menelepon", by=officer)
    assert case.vendor.events.get(act="appeal").by == officer


@pytest.mark.parametrize("role", [roles.VENDOR, roles.APPROVER, roles.AGENCY])
def test_nobody_else_appeals(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.appeal_case(firms.rejected().vendor.refresh(), reason="-", by=make.make_user(role))


def test_what_was_not_refused_cannot_be_appealed() -> None:
    case = firms.verified()
    with pytest.raises(MoveNotAllowed):
        firms.appealed(case)
