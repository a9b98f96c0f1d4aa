"""Casework up to the recommendation: who may take a case, what may be sent back, what may not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.actions import confirm_contact
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions, deadlines
from workflows.errors import (
    ConflictOfInterest,
    ItemsStillOpen,
    MoveNotAllowed,
    NotAllowed,
    Refused,
    SamePerson,
    TakenByAnother,
)
from workflows.models import CorrectionItem, Message, Round, Setting, Stage

pytestmark = pytest.mark.django_db


def later(**span: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**span))


# --- taking a case in hand ---
def test_an_officer_takes_a_case_in_hand() -> None:
    officer = make.make_user(roles.OFFICER)
    case = actions.claim_case(firms.submitted(), by=officer)
    assert (case.owner, case.stage) == (officer, Stage.VERIFY)
    assert firms.acts_on(case.vendor)[-1] == "claim_case"


def test_taking_the_own_case_again_changes_nothing() -> None:
    officer = make.make_user(roles.OFFICER)
    first = actions.claim_case(firms.submitted(), by=officer)
    again = actions.claim_case(first, by=officer)
    assert again.claimed_at == first.claimed_at
    assert firms.acts_on(first.vendor).count("claim_case") == 1


def test_a_case_in_a_colleagues_hands_cannot_be_taken_nor_worked_on() -> None:
    case = firms.submitted()
    colleague = make.make_user(roles.OFFICER)
    actions.claim_case(case, by=colleague)
    other = make.make_user(roles.OFFICER)
    for act in (
        lambda: actions.claim_case(case, by=other),
        lambda: make.verify(case, by=other),
        lambda: firms.ask(case, by=other),
        lambda: actions.return_case(case, by=other),
    ):
        with pytest.raises(TakenByAnother, match=colleague.full_name):
            act()


@pytest.mark.parametrize(
    "role", [roles.AGENCY, roles.VENDOR, roles.TRAINER, roles.AUDITOR, roles.MANAGER, roles.ADMIN]
)
def test_only_the_desk_takes_cases(role: str) -> None:
    case = firms.submitted()
    with pytest.raises(NotAllowed):
        actions.claim_case(case, by=make.make_user(role))


def test_an_approver_takes_no_case_that_waits_to_be_verified() -> None:
    with pytest.raises(NotAllowed):
        actions.claim_case(firms.submitted(), by=make.make_user(roles.APPROVER))


def test_an_officer_takes_no_case_that_waits_for_a_decision() -> None:
    with pytest.raises(NotAllowed):
        actions.claim_case(firms.verified(), by=make.make_user(roles.OFFICER))


def test_an_approver_takes_no_case_that_waits_for_hand_over() -> None:
    with pytest.raises(NotAllowed):
        actions.claim_case(firms.approved(), by=make.make_user(roles.APPROVER))


def test_a_case_that_waits_for_its_owner_cannot_be_taken() -> None:
    with pytest.raises(TakenByAnother):
        actions.claim_case(firms.returned(), by=make.make_user(roles.OFFICER))


def test_the_owner_as_an_officer_cannot_take_the_own_firm() -> None:
    case = firms.submitted()
    officer = make.make_user(roles.OFFICER)
    confirm_contact(case.vendor, officer, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        actions.claim_case(case, by=officer)


def test_a_case_given_back_can_be_taken_by_a_colleague() -> None:
    first, second = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    case = actions.claim_case(firms.submitted(), by=first)
    assert actions.give_back_case(case, by=first).owner is None
    assert actions.claim_case(case, by=second).owner == second


def test_only_who_holds_a_case_gives_it_back() -> None:
    case = actions.claim_case(firms.submitted(), by=make.make_user(roles.OFFICER))
    with pytest.raises(TakenByAnother):
        actions.give_back_case(case, by=make.make_user(roles.OFFICER))


def test_a_case_left_lying_goes_back_to_the_queue_after_the_claim_time() -> None:
    system = make.User.objects.system()
    case = actions.claim_case(firms.submitted(), by=make.make_user(roles.OFFICER))
    with later(minutes=Setting.value_of("claim_minutes") - 1):
        assert actions.release_stale_claims(by=system) == 0
    with later(minutes=Setting.value_of("claim_minutes") + 1):
        assert actions.release_stale_claims(by=system) == 1
    assert firms.again(case).owner is None
    assert firms.acts_on(case.vendor)[-1] == "release_claim"


def test_verifying_puts_the_case_into_nobodys_hands() -> None:
    officer = make.make_user(roles.OFFICER)
    case = actions.claim_case(firms.submitted(), by=officer)
    assert make.verify(case, by=officer).owner is None


# --- the list of corrections ---
def test_the_list_is_numbered_as_it_is_written() -> None:
    case = firms.submitted()
    officer = firms.ask(case)
    firms.ask(case, slug=None, by=officer)
    items = CorrectionItem.objects.filter(request__case=case)
    assert [item.number for item in items] == [1, 2]
    assert firms.status_of(case) == Status.SUBMITTED


def test_taking_a_thing_off_the_list_numbers_the_others_anew() -> None:
    case = firms.submitted()
    officer = firms.ask(case)
    firms.ask(case, slug=None, by=officer)
    first, second = CorrectionItem.objects.filter(request__case=case)
    actions.remove_correction_item(first, by=officer)
    assert CorrectionItem.objects.get(request__case=case).pk == second.pk
    assert CorrectionItem.objects.get(request__case=case).number == 1
    with pytest.raises(TakenByAnother):
        actions.remove_correction_item(first, by=officer)


def test_a_thing_that_was_sent_cannot_be_taken_off_any_more() -> None:
    case = firms.resubmitted()
    item = CorrectionItem.objects.get(request__case=case)
    with pytest.raises(TakenByAnother):
        actions.remove_correction_item(item, by=make.make_user(roles.OFFICER))


def test_only_officers_write_the_list() -> None:
    case = firms.submitted()
    with pytest.raises(NotAllowed):
        firms.ask(case, by=make.make_user(roles.APPROVER))
    with pytest.raises(NotAllowed):
        firms.ask(case, by=make.owner_of(case.vendor))


def test_the_list_is_written_only_while_the_case_waits_to_be_verified() -> None:
    with pytest.raises(TakenByAnother):
        firms.ask(firms.verified())


def test_sending_the_list_returns_the_case_with_a_date() -> None:
    case = firms.submitted()
    officer = firms.ask(case)
    request = actions.return_case(case, by=officer)
    case = firms.again(case)
    assert (firms.status_of(case), case.stage) == (Status.RETURNED, Stage.CORRECT)
    assert (case.returns, request.sent_by) == (1, officer)
    assert request.due_on == timezone.localdate(deadlines.due_for(Stage.CORRECT))
    assert timezone.localdate(case.due_at) == request.due_on
    assert Paper.objects.get(vendor=case.vendor, document_type="ktp").state == Paper.State.RETURNED
    told = Message.objects.filter(vendor=case.vendor, kind="correction")
    assert {message.channel for message in told} == {"email", "whatsapp"}
    assert all("KTP" in message.body for message in told)


def test_an_empty_list_is_not_sent() -> None:
    case = firms.submitted()
    officer = make.make_user(roles.OFFICER)
    with pytest.raises(Refused):
        actions.return_case(case, by=officer)
    firms.ask(case, by=officer)
    actions.remove_correction_item(CorrectionItem.objects.get(request__case=case), by=officer)
    with pytest.raises(Refused):
        actions.return_case(case, by=officer)
    assert firms.status_of(case) == Status.SUBMITTED


def test_only_officers_return_a_case() -> None:
    case = firms.submitted()
    firms.ask(case)
    for role in (roles.APPROVER, roles.VENDOR, roles.COOPERATIVE):
        with pytest.raises(NotAllowed):
            actions.return_case(case, by=make.make_user(role))


def test_a_list_is_sent_once() -> None:
    case = firms.submitted()
    officer = firms.ask(case)
    actions.return_case(case, by=officer)
    with pytest.raises(TakenByAnother):
        actions.return_case(case, by=officer)
    assert firms.again(case).returns == 1


def test_a_case_is_not_returned_more_often_than_the_rules_allow() -> None:
    Setting.objects.update_or_create(pk="max_returns", defaults={"value": 1, "explanation": "-"})
    case = firms.resubmitted()
    officer = firms.ask(case)
    with pytest.raises(MoveNotAllowed):
        actions.return_case(case, by=officer)
    assert firms.status_of(case) == Status.SUBMITTED


# --- the owner's answer ---
def test_corrections_open_a_new_round_for_the_officer() -> None:
    case = firms.resubmitted()
    assert (firms.status_of(case), case.stage, case.round_number) == (
        Status.SUBMITTED,
        Stage.VERIFY,
        2,
    )
    assert not CorrectionItem.objects.filter(resolved_at__isnull=True).exists()


def test_a_paper_that_was_asked_for_must_come_before_the_corrections_are_sent() -> None:
    case = firms.returned()
    owner = make.owner_of(case.vendor)
    with pytest.raises(ItemsStillOpen):
        actions.resubmit_case(case.vendor.refresh(), by=owner)
    firms.put_paper(case.vendor, "npwp")
    with pytest.raises(ItemsStillOpen):
        actions.resubmit_case(case.vendor.refresh(), by=owner)
    assert firms.status_of(case) == Status.RETURNED


def test_a_point_without_a_paper_is_confirmed_by_sending() -> None:
    case = firms.returned(slug=None)
    owner = make.owner_of(case.vendor)
    actions.resubmit_case(case.vendor.refresh(), by=owner)
    item = CorrectionItem.objects.get(request__case=case)
    assert item.resolved_by == owner


def test_corrections_wait_until_the_new_paper_is_read() -> None:
    case = firms.returned()
    make.hand_in(case.vendor, "ktp")
    owner = make.owner_of(case.vendor)
    with pytest.raises(ItemsStillOpen):
        actions.resubmit_case(case.vendor.refresh(), by=owner)
    make.run_jobs()
    assert actions.resubmit_case(case.vendor.refresh(), by=owner).stage == Stage.VERIFY


def test_nobody_but_the_owner_sends_the_corrections() -> None:
    case = firms.returned(slug=None)
    for person in (make.make_user(roles.OFFICER), firms.make.owner_of(firms.eligible())):
        with pytest.raises(NotAllowed):
            actions.resubmit_case(case.vendor.refresh(), by=person)


def test_sending_corrections_that_nobody_asked_for_is_a_refusal_not_a_fault() -> None:
    for vendor in (firms.guided(), firms.submitted().vendor):
        with pytest.raises(MoveNotAllowed):
            actions.resubmit_case(vendor.refresh(), by=make.owner_of(vendor))


# --- verifying ---
def test_verifying_names_the_officer_freezes_the_papers_and_keeps_their_hashes() -> None:
    case, officer = firms.submitted(), make.make_user(roles.OFFICER)
    make.verify(case, by=officer)
    case = firms.again(case)
    assert (firms.status_of(case), case.stage) == (Status.VERIFIED, Stage.DECIDE)
    assert (case.round.verified_by, case.round.recommendation) == (
        officer,
        "Semua dokumen sesuai.",
    )
    papers = Paper.objects.filter(vendor=case.vendor)
    assert {paper.state for paper in papers} == {Paper.State.ACCEPTED}
    assert all(paper.frozen_at for paper in papers)
    event = case.vendor.events.get(act="verify")
    assert event.detail["papers"] == {paper.document_type_id: paper.digest for paper in papers}


def test_verifying_is_impossible_while_a_thing_is_on_the_list() -> None:
    case = firms.submitted()
    officer = firms.ask(case)
    with pytest.raises(ItemsStillOpen):
        make.verify(case, by=officer)
    assert Round.objects.get(case=case).verified_by is None


def test_verifying_is_impossible_while_a_paper_is_being_read() -> None:
    case = firms.submitted()
    Paper.objects.filter(vendor=case.vendor, document_type="ktp").update(state="RECEIVED")
    with pytest.raises(ItemsStillOpen):
        make.verify(case)


@pytest.mark.parametrize("role", [roles.APPROVER, roles.VENDOR, roles.AUDITOR, roles.ADMIN])
def test_only_officers_verify(role: str) -> None:
    case = firms.submitted()
    person = make.owner_of(case.vendor) if role == roles.VENDOR else make.make_user(role)
    with pytest.raises(NotAllowed):
        make.verify(case, by=person)


def test_a_case_is_verified_once() -> None:
    stale = firms.submitted()
    make.verify(stale)
    with pytest.raises(TakenByAnother):
        make.verify(stale)


def test_an_appeal_is_checked_by_another_officer_than_the_first_time() -> None:
    first, second = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    case = firms.appealed(make.reject(make.verify(firms.submitted(), by=first)))
    for act in (
        lambda: make.verify(case, by=first),
        lambda: actions.claim_case(case, by=first),
        lambda: firms.ask(case, by=first),
    ):
        with pytest.raises(SamePerson):
            act()
    assert make.verify(case, by=second).stage == Stage.DECIDE


def test_the_same_officer_may_check_again_what_was_returned_or_sent_back() -> None:
    officer = make.make_user(roles.OFFICER)
    case = make.verify(firms.resubmitted(), by=officer)
    actions.send_back_case(case, reason="Periksa NIB", by=make.make_user(roles.APPROVER))
    assert make.verify(firms.again(case), by=officer).stage == Stage.DECIDE
