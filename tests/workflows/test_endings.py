"""Stopping and coming back: suspended, withdrawn, lapsed after a reminder, named again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from documents.models import Paper
from onboarding import roles
from onboarding.actions import confirm_contact, refer_vendor
from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.workflows import firms
from training.models import Seat
from workflows import actions, flows
from workflows.errors import ConflictOfInterest, MoveNotAllowed, NotAllowed, SamePerson
from workflows.models import Case, Message, Setting, Stage

pytestmark = pytest.mark.django_db


def in_days(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def lapse_due() -> dict[str, int]:
    return actions.lapse_due(by=User.objects.system())


def name_again(vendor: Vendor) -> Vendor:
    """Another office names the same firm."""
    by = make.make_user(roles.AGENCY)
    assert by.agency
    again = make.values(name=vendor.name, nib=vendor.nib, phone=vendor.phone, email=vendor.email)
    return refer_vendor(values=again, agency=by.agency, by=by).vendor.refresh()


# --- suspend and reinstate ---
@pytest.mark.parametrize("point", ["approved", "registered", "active"])
def test_a_suspended_firm_comes_back_to_where_it_was(point: str) -> None:
    here = getattr(firms, point)()
    vendor = here if isinstance(here, Vendor) else here.vendor.refresh()
    before = vendor.status
    vendor = actions.suspend_vendor(vendor, reason="Laporan", by=make.make_user(roles.APPROVER))
    assert (vendor.status, vendor.status_before_suspension) == (Status.SUSPENDED, before)
    assert Message.objects.filter(vendor=vendor, kind="suspended").exists()
    vendor = actions.reinstate_vendor(vendor, reason="Jelas", by=make.make_user(roles.APPROVER))
    assert (vendor.status, vendor.status_before_suspension) == (before, "")
    assert vendor.suspended_by is None


def test_the_suspender_may_not_reinstate() -> None:
    approver = make.make_user(roles.APPROVER)
    vendor = firms.suspended(by=approver)
    with pytest.raises(SamePerson):
        actions.reinstate_vendor(vendor, reason="-", by=approver)
    assert firms.status_of(vendor) == Status.SUSPENDED


def test_a_page_from_before_the_second_suspension_does_not_let_the_suspender_reinstate() -> None:
    first, second = make.make_user(roles.APPROVER), make.make_user(roles.APPROVER)
    stale = firms.suspended(by=first)
    vendor = actions.reinstate_vendor(stale.refresh(), reason="Jelas", by=second)
    actions.suspend_vendor(vendor, reason="Laporan lagi", by=second)
    with pytest.raises(SamePerson):
        actions.reinstate_vendor(stale, reason="-", by=second)


def test_only_approvers_suspend_and_reinstate() -> None:
    vendor = firms.active()
    with pytest.raises(NotAllowed):
        actions.suspend_vendor(vendor, reason="-", by=make.make_user(roles.OFFICER))
    vendor = firms.suspended()
    with pytest.raises(NotAllowed):
        actions.reinstate_vendor(vendor, reason="-", by=make.make_user(roles.OFFICER))


def test_an_approver_tied_to_the_firm_neither_suspends_nor_reinstates() -> None:
    vendor, approver = firms.active(), make.make_user(roles.APPROVER)
    confirm_contact(vendor, approver, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        actions.suspend_vendor(vendor, reason="-", by=approver)
    vendor = actions.suspend_vendor(vendor, reason="-", by=make.make_user(roles.APPROVER))
    with pytest.raises(ConflictOfInterest):
        actions.reinstate_vendor(vendor, reason="-", by=approver)


def test_what_is_not_approved_cannot_be_suspended() -> None:
    with pytest.raises(MoveNotAllowed):
        firms.suspended(firms.verified())


def test_a_suspended_firm_is_not_handed_over_until_it_is_reinstated() -> None:
    case = firms.approved()
    vendor = firms.suspended(case)
    with pytest.raises(MoveNotAllowed):
        make.hand_over(case)
    actions.reinstate_vendor(vendor, reason="Jelas", by=make.make_user(roles.APPROVER))
    assert make.hand_over(case).stage == Stage.CONFIRM_LISTING


# --- withdraw ---
@pytest.mark.parametrize(
    "point", ["submitted", "returned", "verified", "approved", "registered", "resubmitted"]
)
def test_withdrawing_closes_the_case_wherever_it_stands(point: str) -> None:
    case = getattr(firms, point)()
    vendor = firms.withdrawn(case.vendor.refresh())
    case = firms.again(case)
    assert (vendor.status, case.stage, case.due_at) == (Status.WITHDRAWN, Stage.CLOSED, None)
    assert flows.stage_of(case) == Stage.CLOSED


def test_withdrawing_takes_the_case_out_of_the_officers_hands() -> None:
    case = actions.claim_case(firms.submitted(), by=make.make_user(roles.OFFICER))
    firms.withdrawn(case.vendor.refresh())
    assert firms.again(case).owner is None


@pytest.mark.parametrize("point", ["eligible", "guided", "active", "suspended"])
def test_a_firm_without_a_case_withdraws_too(point: str) -> None:
    assert firms.withdrawn(getattr(firms, point)()).status == Status.WITHDRAWN


def test_withdrawing_gives_the_seat_back() -> None:
    vendor = make.invite(firms.eligible(), session := make.make_session(capacity=1))
    firms.withdrawn(vendor)
    assert Seat.objects.get(vendor=vendor).state == Seat.State.DECLINED
    assert make.invite(firms.eligible(), session).status == Status.INVITED


def test_withdrawing_acts_on_the_firm_as_it_is_now() -> None:
    case = firms.submitted()
    stale = case.vendor.refresh()
    make.verify(case)
    assert firms.withdrawn(stale).status == Status.WITHDRAWN


@pytest.mark.parametrize("point", ["rejected", "withdrawn"])
def test_an_ended_firm_cannot_withdraw(point: str) -> None:
    here = getattr(firms, point)()
    vendor = here if isinstance(here, Vendor) else here.vendor.refresh()
    with pytest.raises(MoveNotAllowed):
        firms.withdrawn(vendor)


def test_an_officer_withdraws_on_the_owners_word_but_not_the_own_firm() -> None:
    vendor, officer = firms.eligible(), make.make_user(roles.OFFICER)
    confirm_contact(vendor, officer, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        actions.withdraw_vendor(vendor, reason="-", by=officer)
    other = make.make_user(roles.OFFICER)
    withdrawn = actions.withdraw_vendor(vendor, reason="Pemilik menelepon", by=other)
    assert withdrawn.status == Status.WITHDRAWN


@pytest.mark.parametrize("role", [roles.APPROVER, roles.AGENCY, roles.VENDOR, roles.TRAINER])
def test_nobody_else_withdraws_a_firm(role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.withdraw_vendor(firms.eligible(), reason="-", by=make.make_user(role))


# --- named again ---
def test_a_withdrawn_firm_that_is_named_again_comes_back_with_its_history() -> None:
    vendor = firms.withdrawn()
    Vendor.objects.filter(pk=vendor.pk).update(no_shows=2)
    vendor = name_again(vendor)
    assert (vendor.status, vendor.no_shows) == (Status.ELIGIBLE, 0)
    assert vendor.referrals.count() == 2
    assert firms.acts_on(vendor)[-2:] == ["refer", "find_eligible"]


def test_a_refused_firm_that_is_named_again_waits_first() -> None:
    vendor = firms.rejected().vendor
    assert name_again(vendor).status == Status.REJECTED
    event = vendor.events.get(act="no_move")
    assert (event.detail, event.reason) == ({"wanted": "refer"}, "waiting time")
    with in_days(Setting.value_of("wait_after_rejection_days") - 1):
        assert name_again(vendor).status == Status.REJECTED
    with in_days(Setting.value_of("wait_after_rejection_days")):
        assert name_again(vendor).status == Status.ELIGIBLE


def test_coming_back_closes_the_old_case_and_opens_the_papers_for_better_ones() -> None:
    case = firms.rejected()
    with in_days(Setting.value_of("wait_after_rejection_days")):
        vendor = name_again(case.vendor)
        assert firms.again(case).stage == Stage.CLOSED
        firms.put_paper(vendor, "ktp")
    newest = Paper.objects.get(vendor=vendor, document_type="ktp", version=2)
    assert newest.state == Paper.State.READ


def test_a_firm_that_came_back_gets_a_new_case() -> None:
    case = firms.approved()
    vendor = name_again(firms.withdrawn(case.vendor.refresh()))
    actions.waive_guidance(vendor, reason="Sudah", by=make.make_user(roles.OFFICER))
    assert firms.status_of(vendor) == Status.SUBMITTED
    assert Case.objects.filter(vendor=vendor).count() == 2
    assert Case.objects.filter(vendor=vendor).is_open().get().round_number == 1


# --- out of time ---
def test_a_correction_that_never_comes_lapses_and_closes_the_case() -> None:
    case = firms.returned()
    with firms.in_time(case):
        assert lapse_due()["timers"] == 0
    with firms.in_time(case, days=0.5):
        assert lapse_due()["timers"] == 1
    case = firms.again(case)
    assert (firms.status_of(case), case.stage) == (Status.LAPSED, Stage.CLOSED)
    event = case.vendor.events.get(act="lapse")
    assert (event.role, event.reason) == ("system", "correction window passed")


def test_a_refusal_that_is_not_appealed_closes_its_case() -> None:
    case = firms.rejected()
    with firms.in_time(case, days=0.5):
        lapse_due()
    assert (firms.status_of(case), firms.again(case).stage) == (Status.REJECTED, Stage.CLOSED)


def test_a_window_that_was_used_does_not_close_later() -> None:
    corrected, heard = firms.resubmitted(), firms.appealed()
    with in_days(60):
        assert lapse_due()["timers"] == 0
    assert firms.status_of(corrected) == firms.status_of(heard) == Status.SUBMITTED


def test_a_guided_firm_without_papers_is_reminded_once_and_then_lapses() -> None:
    vendor = firms.guided()
    over, notice = Setting.value_of("submit_days"), Setting.value_of("reminder_days")
    with in_days(over - notice - 1):
        assert lapse_due()["reminded"] == 0
    with in_days(over - notice + 0.1):
        assert lapse_due()["reminded"] == 1
        assert lapse_due()["reminded"] == 0
    reminders = Message.objects.filter(vendor=vendor, kind="reminder")
    assert {message.channel for message in reminders} == {"email", "whatsapp"}
    with in_days(over - 1):
        assert lapse_due()["lapsed"] == 0
    with in_days(over + 0.2):
        assert lapse_due()["lapsed"] == 1
    assert firms.status_of(vendor) == Status.LAPSED


def test_nobody_who_can_be_reached_lapses_without_a_reminder_before() -> None:
    vendor = firms.guided()
    notice = Setting.value_of("reminder_days")
    with in_days(300):
        assert lapse_due() == {"timers": 0, "reminded": 1, "lapsed": 0}
    with in_days(300 + notice + 0.1):
        assert lapse_due()["lapsed"] == 1
    assert firms.status_of(vendor) == Status.LAPSED


def test_a_firm_that_nobody_can_reach_lapses_when_the_date_has_passed() -> None:
    vendor = firms.guided(email="", phone="081299990000")
    Vendor.objects.filter(pk=vendor.pk).update(phone="")
    with in_days(Setting.value_of("submit_days") + 0.1):
        assert lapse_due()["lapsed"] == 1


def test_a_firm_that_never_moved_lapses_after_its_idle_time() -> None:
    vendor = firms.eligible()
    idle, notice = Setting.value_of("idle_days"), Setting.value_of("reminder_days")
    with in_days(idle - notice + 0.1):
        lapse_due()
    with in_days(idle + 0.2):
        lapse_due()
    assert firms.status_of(vendor) == Status.LAPSED
    assert vendor.events.get(act="lapse").reason == "idle_days passed"


def test_a_firm_with_an_open_case_never_lapses_for_being_idle() -> None:
    case = firms.submitted()
    with in_days(400):
        assert lapse_due() == {"timers": 0, "reminded": 0, "lapsed": 0}
    assert firms.status_of(case) == Status.SUBMITTED
