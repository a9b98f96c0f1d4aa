"""Guidance seen from the desk: invited, guided, missed, lapsed, released, corrected."""

import pytest

from onboarding import roles
from onboarding.actions import confirm_contact
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from training.actions import cancel_session, close_sheet, correct_attendance, mark_attendance
from training.errors import SessionFull, SheetClosed
from training.models import Seat
from workflows import actions
from workflows.errors import ConflictOfInterest, MoveNotAllowed, NotAllowed
from workflows.models import Case, Letter, Message, Setting

pytestmark = pytest.mark.django_db


def miss(vendor: make.Vendor) -> make.Vendor:
    """A session to which the firm was invited and did not come."""
    session = make.make_session()
    make.invite(vendor.refresh(), session)
    close_sheet(make.begin(session), by=session.trainer)
    return vendor.refresh()


# --- invite ---
def test_inviting_gives_a_seat_drafts_one_letter_and_writes_to_everybody() -> None:
    two, session = [firms.eligible(), firms.eligible()], make.make_session()
    officer = make.make_user(roles.OFFICER)
    ids = [vendor.pk for vendor in two]
    assert set(actions.invite_vendors(session, vendor_ids=[*ids, ids[0]], by=officer)) == set(ids)
    assert {firms.status_of(vendor) for vendor in two} == {Status.INVITED}
    assert session.seats.count() == 2
    letter = Letter.objects.get(session=session)
    assert [guest["name"] for guest in letter.content["guests"]] == [v.name for v in two]
    assert Message.objects.filter(kind="invitation", vendor__in=two).count() == 4
    assert two[0].events.get(act="invite").detail == {"session": session.pk}


def test_only_officers_invite() -> None:
    vendor = firms.eligible()
    with pytest.raises(NotAllowed):
        actions.invite_vendors(
            make.make_session(), vendor_ids=[vendor.pk], by=make.make_user(roles.TRAINER)
        )


def test_a_full_session_invites_nobody() -> None:
    two, session = [firms.eligible(), firms.eligible()], make.make_session(capacity=1)
    with pytest.raises(SessionFull):
        actions.invite_vendors(
            session, vendor_ids=[vendor.pk for vendor in two], by=make.make_user(roles.OFFICER)
        )
    assert {firms.status_of(vendor) for vendor in two} == {Status.ELIGIBLE}
    assert not Seat.objects.exists()


def test_one_firm_that_may_not_be_invited_stops_the_whole_batch() -> None:
    good, gone, session = firms.eligible(), firms.withdrawn(), make.make_session()
    with pytest.raises(MoveNotAllowed):
        actions.invite_vendors(
            session, vendor_ids=[good.pk, gone.pk], by=make.make_user(roles.OFFICER)
        )
    assert firms.status_of(good) == Status.ELIGIBLE
    assert not Letter.objects.exists()
    assert not Message.objects.filter(kind="invitation").exists()


def test_nobody_is_invited_to_a_session_that_is_over() -> None:
    session = make.make_session()
    close_sheet(make.begin(session), by=session.trainer)
    with pytest.raises(SheetClosed):
        make.invite(firms.eligible(), session)


# --- release ---
def test_a_declined_seat_is_not_counted_and_can_be_given_again() -> None:
    vendor = make.invite(firms.eligible(), session := make.make_session())
    seat = Seat.objects.get(vendor=vendor)
    released = actions.release_seat(seat, declined=True, by=make.make_user(roles.OFFICER))
    assert (released.status, released.no_shows) == (Status.ELIGIBLE, 0)
    assert make.invite(released, session).status == Status.INVITED
    assert Seat.objects.filter(vendor=vendor).count() == 1


def test_only_officers_release_a_seat() -> None:
    vendor = make.invite(firms.eligible())
    with pytest.raises(NotAllowed):
        actions.release_seat(
            Seat.objects.get(vendor=vendor), declined=False, by=make.make_user(roles.TRAINER)
        )


def test_a_cancelled_session_sends_everybody_back_uncounted_and_tells_them() -> None:
    vendor = make.invite(firms.eligible(), session := make.make_session())
    cancel_session(session, reason="Aula dipakai", by=make.make_user(roles.OFFICER))
    vendor = vendor.refresh()
    assert (vendor.status, vendor.no_shows) == (Status.ELIGIBLE, 0)
    assert Message.objects.filter(vendor=vendor, kind="session_cancelled").exists()


# --- the closed sheet ---
def test_presence_counts_when_the_sheet_is_closed_and_not_before() -> None:
    vendor = make.invite(firms.eligible(), session := make.make_session())
    make.begin(session)
    seat = session.seats.get(vendor=vendor)
    mark_attendance(session, present={seat.pk: True}, reason="Contoh", by=session.trainer)
    assert firms.status_of(vendor) == Status.INVITED
    close_sheet(session, by=session.trainer)
    assert firms.status_of(vendor) == Status.GUIDED
    assert Message.objects.filter(vendor=vendor, kind="guided").exists()


def test_a_missed_session_is_counted_and_the_firm_may_be_invited_again() -> None:
    vendor = miss(firms.eligible())
    assert (vendor.status, vendor.no_shows) == (Status.ELIGIBLE, 1)
    assert Message.objects.filter(vendor=vendor, kind="missed").exists()
    assert make.invite(vendor).status == Status.INVITED


def test_the_last_missed_session_that_the_rules_allow_leads_to_lapse() -> None:
    vendor = firms.eligible()
    for _missed in range(Setting.value_of("max_no_shows") - 1):
        assert miss(vendor).status == Status.ELIGIBLE
    vendor = miss(vendor)
    assert (vendor.status, vendor.no_shows) == (Status.LAPSED, Setting.value_of("max_no_shows"))
    assert firms.acts_on(vendor)[-2:] == ["miss", "lapse"]


def test_a_firm_whose_papers_were_in_first_is_submitted_when_the_sheet_closes() -> None:
    vendor = firms.put_papers(firms.eligible())
    assert vendor.status == Status.ELIGIBLE
    assert make.guide(vendor).status == Status.SUBMITTED
    assert Case.objects.get(vendor=vendor).stage == "VERIFY"


def test_a_firm_that_withdrew_before_closing_stays_withdrawn() -> None:
    vendor = make.invite(firms.eligible(), session := make.make_session())
    firms.withdrawn(vendor)
    close_sheet(make.begin(session), by=session.trainer)
    assert firms.status_of(vendor) == Status.WITHDRAWN


# --- walk-ins ---
def test_a_walk_in_is_guided_when_the_sheet_closes() -> None:
    vendor, session = firms.eligible(), make.begin(make.make_session())
    actions.seat_walk_in(session, vendor=vendor, reason="Datang", by=session.trainer)
    close_sheet(session, by=session.trainer)
    assert firms.status_of(vendor) == Status.GUIDED


@pytest.mark.parametrize("point", ["guided", "withdrawn", "active"])
def test_a_firm_that_cannot_be_guided_now_gets_no_walk_in_seat(point: str) -> None:
    session = make.begin(make.make_session())
    with pytest.raises(MoveNotAllowed):
        actions.seat_walk_in(
            session, vendor=getattr(firms, point)(), reason="Datang", by=session.trainer
        )


def test_only_those_at_the_door_seat_a_walk_in() -> None:
    session = make.begin(make.make_session())
    with pytest.raises(NotAllowed):
        actions.seat_walk_in(
            session, vendor=firms.eligible(), reason="-", by=make.make_user(roles.AGENCY)
        )


# --- without a session ---
def test_guidance_elsewhere_is_counted_with_its_reason() -> None:
    vendor = firms.guided()
    event = vendor.events.get(act="guide")
    assert (vendor.status, event.reason, event.detail) == (
        Status.GUIDED,
        "Dilatih dinas",
        {"waived": True},
    )


def test_a_waiver_submits_a_firm_whose_papers_are_all_in() -> None:
    vendor = firms.put_papers(firms.eligible())
    waived = actions.waive_guidance(vendor, reason="-", by=make.make_user(roles.OFFICER))
    assert waived.status == Status.SUBMITTED


def test_only_officers_waive_and_never_for_their_own_firm() -> None:
    vendor, officer = firms.eligible(), make.make_user(roles.OFFICER)
    with pytest.raises(NotAllowed):
        actions.waive_guidance(vendor, reason="-", by=make.make_user(roles.TRAINER))
    confirm_contact(vendor, officer, by=make.make_user(roles.OFFICER))
    with pytest.raises(ConflictOfInterest):
        actions.waive_guidance(vendor, reason="-", by=officer)


def test_a_waiver_needs_a_firm_that_may_be_invited() -> None:
    with pytest.raises(MoveNotAllowed):
        actions.waive_guidance(firms.guided(), reason="-", by=make.make_user(roles.OFFICER))


# --- corrections ---
def test_guidance_is_taken_back_with_a_reason_before_submission_only() -> None:
    officer = make.make_user(roles.OFFICER)
    vendor = actions.unguide_vendor(firms.guided(), reason="Salah orang", by=officer)
    assert vendor.status == Status.ELIGIBLE
    with pytest.raises(MoveNotAllowed):
        actions.unguide_vendor(firms.submitted().vendor.refresh(), reason="-", by=officer)
    with pytest.raises(NotAllowed):
        actions.unguide_vendor(firms.guided(), reason="-", by=make.make_user(roles.TRAINER))


def test_a_corrected_absence_guides_the_firm_and_is_no_longer_counted() -> None:
    vendor = firms.put_papers(miss(firms.eligible()))
    seat = Seat.objects.get(vendor=vendor)
    correct_attendance(seat, present=True, reason="Lupa dicentang", by=make.make_user("officer"))
    vendor = vendor.refresh()
    assert (vendor.status, vendor.no_shows) == (Status.SUBMITTED, 0)


def test_a_corrected_presence_takes_guidance_back() -> None:
    vendor = make.guide(firms.eligible())
    seat = Seat.objects.get(vendor=vendor)
    correct_attendance(seat, present=False, reason="Salah orang", by=make.make_user("officer"))
    assert firms.status_of(vendor) == Status.ELIGIBLE


def test_a_correction_that_comes_too_late_is_recorded_and_moves_nobody() -> None:
    vendor = firms.put_papers(make.guide(firms.eligible()))
    seat = Seat.objects.get(vendor=vendor)
    correct_attendance(seat, present=False, reason="Salah orang", by=make.make_user("officer"))
    assert firms.status_of(vendor) == Status.SUBMITTED
    assert vendor.events.get(act="no_move").detail == {"wanted": "unguide"}
