"""One test per exit of what can be done with sessions, seats and presence."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from training import actions
from training.errors import (
    Refused,
    SessionFull,
    SessionNotOver,
    SheetChanged,
    SheetClosed,
    TrainerBusy,
)
from training.models import Seat, Session
from workflows import lifecycle
from workflows.models import AuditEvent, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def seated(count: int = 1, **session: Any) -> tuple[Session, list[Any]]:
    held = make.make_session(**session)
    firms = [make.invite(make.refer(), held) for _n in range(count)]
    return held, firms


def mark(held: Session, firm: Any, is_here: bool, *, by: Any) -> int:
    seat = held.seats.get(vendor=firm)
    return actions.mark_attendance(held, present={seat.pk: is_here}, reason="Contoh", by=by)


# --- planning -------------------------------------------------------------------------------------
def test_a_planned_session_is_on_the_trail() -> None:
    held = make.make_session()
    assert held.state == Session.State.PLANNED
    assert AuditEvent.objects.filter(act="plan_session", detail__session=held.pk).exists()


def test_a_trainer_cannot_plan_sessions() -> None:
    with pytest.raises(Refused, match="cannot plan"):
        make.make_session(by=make.make_user(roles.TRAINER))


def test_a_session_cannot_be_planned_in_the_past() -> None:
    with pytest.raises(Refused, match="in the past"):
        make.make_session(days=-1)


def test_a_trainer_cannot_lead_two_sessions_at_once() -> None:
    first = make.make_session()
    with pytest.raises(TrainerBusy, match="Bimtek Contoh"):
        make.make_session(trainer=first.trainer)


def test_a_trainer_may_lead_again_when_the_first_session_was_cancelled() -> None:
    first = make.make_session()
    actions.cancel_session(first, reason="Aula dipakai", by=make.make_user(roles.OFFICER))
    assert make.make_session(trainer=first.trainer).pk


# --- cancelling -----------------------------------------------------------------------------------
def test_cancelling_releases_every_seat_uncounted_and_keeps_the_reason() -> None:
    held, [firm] = seated()
    actions.cancel_session(held, reason="Aula dipakai", by=make.make_user(roles.OFFICER))
    firm = firm.refresh()
    assert (firm.status, firm.no_shows) == (Status.ELIGIBLE, 0)
    assert Seat.objects.get(vendor=firm).state == Seat.State.RELEASED
    assert AuditEvent.objects.get(act="cancel_session").reason == "Aula dipakai"
    assert Message.objects.filter(vendor=firm, kind="session_cancelled").exists()


def test_a_trainer_cannot_cancel_a_session() -> None:
    held = make.make_session()
    with pytest.raises(Refused, match="cannot cancel"):
        actions.cancel_session(held, reason="Sakit", by=held.trainer)


def test_a_closed_session_cannot_be_cancelled() -> None:
    held = make.begin(make.make_session())
    actions.close_sheet(held, by=held.trainer)
    with pytest.raises(SheetClosed):
        actions.cancel_session(held, reason="Salah", by=make.make_user(roles.OFFICER))


# --- seats ----------------------------------------------------------------------------------------
def test_never_more_seats_than_chairs_and_the_sentence_says_how_many_are_left() -> None:
    held = make.make_session(capacity=1)
    firms = [make.refer(), make.refer()]
    with pytest.raises(SessionFull, match="Only 1 seat"):
        actions.give_seats(
            held, vendor_ids=[firm.pk for firm in firms], by=make.make_user(roles.OFFICER)
        )
    assert not held.seats.exists()


def test_a_full_session_says_so() -> None:
    held, _firms = seated(capacity=1)
    with pytest.raises(SessionFull, match="All seats"):
        actions.give_seats(held, vendor_ids=[make.refer().pk], by=make.make_user(roles.OFFICER))


def test_no_seats_for_businesses_in_a_session_for_government_users() -> None:
    held = make.make_session()
    Session.objects.filter(pk=held.pk).update(audience=Session.Audience.GOVERNMENT)
    with pytest.raises(Refused, match="government users"):
        actions.give_seats(held, vendor_ids=[make.refer().pk], by=make.make_user(roles.OFFICER))


def test_nobody_is_invited_to_a_session_that_has_begun() -> None:
    held = make.begin(make.make_session())
    with pytest.raises(Refused, match="already begun"):
        actions.give_seats(held, vendor_ids=[make.refer().pk], by=make.make_user(roles.OFFICER))


def test_a_released_seat_is_given_again_not_doubled() -> None:
    held, [firm] = seated()
    officer = make.make_user(roles.OFFICER)
    actions.release_seat(held.seats.get(), declined=True, by=officer)
    actions.give_seats(held, vendor_ids=[firm.pk], by=officer)
    assert held.seats.get().state == Seat.State.INVITED


def test_a_seat_is_given_back_once() -> None:
    held, _firms = seated()
    officer = make.make_user(roles.OFFICER)
    seat = actions.release_seat(held.seats.get(), declined=False, by=officer)
    assert seat.state == Seat.State.RELEASED
    with pytest.raises(Refused, match="already given back"):
        actions.release_seat(seat, declined=False, by=officer)


# --- attendance -----------------------------------------------------------------------------------
def test_ticking_twice_changes_nothing_the_second_time() -> None:
    held, [firm] = seated()
    make.begin(held)
    assert mark(held, firm, True, by=held.trainer) == 1
    assert mark(held, firm, True, by=held.trainer) == 0
    assert mark(held, firm, False, by=held.trainer) == 1
    assert not held.seats.get().is_present


def test_attendance_cannot_be_taken_on_an_earlier_day() -> None:
    held, [firm] = seated()
    with pytest.raises(SessionNotOver, match="from the day"):
        mark(held, firm, True, by=held.trainer)


def test_an_approver_cannot_take_attendance() -> None:
    held, [firm] = seated()
    with pytest.raises(Refused, match="cannot take attendance"):
        mark(held, firm, True, by=make.make_user(roles.APPROVER))


def test_a_walk_in_gets_a_seat_and_is_present() -> None:
    held = make.begin(make.make_session())
    seat = actions.add_walk_in(
        held, vendor_id=make.refer().pk, reason="Datang bersama tetangga", by=held.trainer
    )
    assert (seat.is_walk_in, seat.is_present) == (True, True)


def test_a_walk_in_does_not_get_a_second_seat() -> None:
    held, [firm] = seated()
    make.begin(held)
    with pytest.raises(Refused, match="already has a seat"):
        actions.add_walk_in(held, vendor_id=firm.pk, reason="Datang", by=held.trainer)


def test_a_walk_in_needs_a_free_chair() -> None:
    held, _firms = seated(capacity=1)
    make.begin(held)
    with pytest.raises(SessionFull):
        actions.add_walk_in(held, vendor_id=make.refer().pk, reason="Datang", by=held.trainer)


def test_a_walk_in_cannot_come_on_an_earlier_day() -> None:
    held = make.make_session()
    with pytest.raises(SessionNotOver):
        actions.add_walk_in(held, vendor_id=make.refer().pk, reason="Datang", by=held.trainer)


def test_an_approver_cannot_seat_a_walk_in() -> None:
    held = make.begin(make.make_session())
    with pytest.raises(Refused, match="cannot take attendance"):
        actions.add_walk_in(
            held, vendor_id=make.refer().pk, reason="x", by=make.make_user(roles.APPROVER)
        )


# --- closing --------------------------------------------------------------------------------------
def test_closing_guides_those_who_came_and_counts_those_who_did_not() -> None:
    held, [came, stayed] = seated(2)
    make.begin(held)
    mark(held, came, True, by=held.trainer)
    actions.close_sheet(held, seen_present=1, by=held.trainer)
    assert came.refresh().status == Status.GUIDED
    stayed = stayed.refresh()
    assert (stayed.status, stayed.no_shows) == (Status.ELIGIBLE, 1)


def test_a_sheet_that_changed_since_it_was_shown_is_not_closed() -> None:
    held, [firm] = seated()
    make.begin(held)
    mark(held, firm, True, by=held.trainer)
    with pytest.raises(SheetChanged, match="1 are present"):
        actions.close_sheet(held, seen_present=0, by=held.trainer)
    held.refresh_from_db()
    assert held.is_open


def test_a_sheet_cannot_be_closed_before_the_session_begins() -> None:
    held = make.make_session()
    with pytest.raises(SessionNotOver, match="once the session has begun"):
        actions.close_sheet(held, by=held.trainer)


def test_a_sheet_is_closed_once() -> None:
    held = make.begin(make.make_session())
    actions.close_sheet(held, by=held.trainer)
    with pytest.raises(SheetClosed):
        actions.close_sheet(held, by=held.trainer)


def test_an_approver_cannot_close_the_sheet() -> None:
    held = make.begin(make.make_session())
    with pytest.raises(Refused, match="cannot close"):
        actions.close_sheet(held, by=make.make_user(roles.APPROVER))


def test_a_walk_in_seated_by_mistake_is_not_a_missed_session() -> None:
    held = make.begin(make.make_session())
    firm = make.refer()
    actions.add_walk_in(held, vendor_id=firm.pk, reason="Salah orang", by=held.trainer)
    mark(held, firm, False, by=held.trainer)
    actions.close_sheet(held, by=held.trainer)
    firm = firm.refresh()
    assert (firm.status, firm.no_shows) == (Status.ELIGIBLE, 0)


# --- correcting -----------------------------------------------------------------------------------
def test_a_correction_to_present_guides_the_firm_and_takes_the_missed_session_back() -> None:
    held, [firm] = seated()
    make.begin(held)
    actions.close_sheet(held, by=held.trainer)
    assert firm.refresh().no_shows == 1
    actions.correct_attendance(
        held.seats.get(), present=True, reason="Ada di foto", by=make.make_user(roles.OFFICER)
    )
    firm = firm.refresh()
    assert (firm.status, firm.no_shows) == (Status.GUIDED, 0)
    assert AuditEvent.objects.get(act="correct_attendance").reason == "Ada di foto"


def test_a_correction_to_absent_takes_guidance_back() -> None:
    firm = make.guide(make.refer())
    actions.correct_attendance(
        firm.seats.get(), present=False, reason="Titip absen", by=make.make_user(roles.OFFICER)
    )
    assert firm.refresh().status == Status.ELIGIBLE


def test_a_correction_after_submission_changes_only_the_record() -> None:
    firm = make.guide(make.refer())
    officer = make.make_user(roles.OFFICER)
    lifecycle.move(firm, "submit", by=officer)
    actions.correct_attendance(firm.seats.get(), present=False, reason="Salah", by=officer)
    assert firm.refresh().status == Status.SUBMITTED
    assert AuditEvent.objects.filter(vendor=firm, act="no_move").exists()


def test_an_open_sheet_is_ticked_not_corrected() -> None:
    held, _firms = seated()
    with pytest.raises(SheetClosed, match="still open"):
        actions.correct_attendance(
            held.seats.get(), present=True, reason="x", by=make.make_user(roles.OFFICER)
        )


def test_a_correction_must_change_something() -> None:
    firm = make.guide(make.refer())
    with pytest.raises(Refused, match="already says so"):
        actions.correct_attendance(
            firm.seats.get(), present=True, reason="x", by=make.make_user(roles.OFFICER)
        )


def test_a_trainer_cannot_correct_a_closed_sheet() -> None:
    firm = make.guide(make.refer())
    seat = firm.seats.get()
    with pytest.raises(Refused, match="cannot correct"):
        actions.correct_attendance(seat, present=False, reason="x", by=seat.session.trainer)


def test_a_session_that_is_over_can_still_be_marked_until_it_is_closed() -> None:
    held, [firm] = seated()
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(pk=held.pk).update(
        starts_at=yesterday, ends_at=yesterday + timedelta(hours=4)
    )
    assert mark(held, firm, True, by=held.trainer) == 1
