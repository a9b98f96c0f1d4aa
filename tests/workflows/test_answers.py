"""Invitations answered: by link, on the owner's page, by telephone; and who gets the freed seat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

import training.actions
from onboarding import roles
from onboarding.models import Agency, Status, User
from tests import factories as make
from tests.workflows import firms
from training.actions import cancel_session, close_sheet, seat_token
from training.errors import InvitationOver, LinkNotValid, SessionFull
from training.models import Seat, Session
from workflows import actions
from workflows.errors import ConflictOfInterest, MoveNotAllowed, NotAllowed
from workflows.models import AuditEvent, Message, Setting

pytestmark = pytest.mark.django_db
HERE = "/jawab/"
YES, NO, OTHER = "yes", "no", "other"


def seat_of(vendor: Any = None, session: Session | None = None, **kwargs: Any) -> Seat:
    vendor = make.invite(vendor or firms.eligible(), session or make.make_session(**kwargs))
    return Seat.objects.filter(vendor=vendor).latest("pk")


def waits(session: Session) -> Seat:
    officer = make.make_user(roles.OFFICER)
    (seat,) = actions.put_on_waiting_list(session, vendor_ids=[firms.eligible().pk], by=officer)
    return again(seat)


def again(seat: Seat) -> Seat:
    return Seat.objects.select_related("session", "vendor").get(pk=seat.pk)


def say(seat: Seat, answer: str, **more: Any) -> Seat:
    return actions.answer_invitation(
        again(seat), answer=answer, via=Seat.AnsweredVia.LINK, by=User.objects.system(), **more
    )


def opened(seat: Seat) -> Client:
    client = Client()
    response = client.get(f"/h/{seat_token(seat)}/")
    assert (response.status_code, response["Location"]) == (302, HERE)
    return client


# --- the link ---
def test_the_invitation_has_a_link_that_stands_in_no_kept_text_and_says_what_to_bring() -> None:
    seat = seat_of()
    message = Message.objects.get(seat=seat, channel="whatsapp")
    assert seat_token(seat) not in message.body
    assert "Kartu Tanda Penduduk" in message.body or "KTP" in message.body
    client = Client()
    client.force_login(make.make_user(roles.OFFICER))
    assert f"/h/{seat_token(seat)}/" in client.get("/pesan/?state=BY_HAND").content.decode()


def test_opening_the_link_changes_nothing_and_pressing_yes_keeps_the_seat() -> None:
    seat = seat_of()
    client = opened(seat)
    page = client.get(HERE).content.decode()
    assert seat.session.title in page
    assert seat_token(seat) not in page
    assert again(seat).answered_at is None
    assert client.post(HERE, {"act": "yes"}).status_code == 302
    seat = again(seat)
    assert (seat.state, seat.answered_via) == ("CONFIRMED", "link")
    assert seat.answered_by == User.objects.system()
    assert AuditEvent.objects.get(act="answer_invitation").vendor == seat.vendor
    calendar = client.get(f"{HERE}bimtek.ics")
    assert calendar["Content-Type"].startswith("text/calendar")


def test_no_gives_the_seat_back_uncounted_and_the_mind_may_be_changed_until_it_begins() -> None:
    seat = seat_of()
    client = opened(seat)
    client.post(HERE, {"act": "no"})
    vendor = seat.vendor.refresh()
    assert (again(seat).state, vendor.status, vendor.no_shows) == ("DECLINED", "ELIGIBLE", 0)
    client.post(HERE, {"act": "yes"})
    assert (again(seat).state, seat.vendor.refresh().status) == ("CONFIRMED", Status.INVITED)
    make.begin(seat.session)
    assert client.post(HERE, {"act": "no"}).status_code == 409
    assert again(seat).state == "CONFIRMED"


def test_a_delegate_is_named_and_can_be_taken_back() -> None:
    client = opened(seat := seat_of())
    assert client.post(HERE, {"act": "delegate"}).status_code == 400
    body = {
        "act": "delegate",
        "delegate-person_name": "Contoh Wakil",
        "delegate-person_role": "Staf",
    }
    client.post(HERE, body)
    assert (again(seat).attendee, again(seat).state) == ("Contoh Wakil", "CONFIRMED")
    client.post(HERE, {"act": "yes"})
    assert again(seat).attendee == seat.vendor.owner_name


def test_another_date_moves_the_guest_to_the_session_that_was_chosen() -> None:
    seat, other = seat_of(), make.make_session(days=9, capacity=1)
    client = opened(seat)
    assert "Aula Contoh" in client.get(HERE).content.decode()
    response = client.post(HERE, {"act": "other", "other-other": other.pk})
    assert response.status_code == 302
    moved = Seat.objects.get(session=other)
    assert (again(seat).state, moved.state) == ("DECLINED", "CONFIRMED")
    assert seat.vendor.refresh().status == Status.INVITED
    page = client.get(response["Location"], follow=True)  # the link goes on with the new seat
    assert page.context["session"] == other
    late = seat_of()
    with pytest.raises(SessionFull, match="Kursi terakhir"):
        say(late, OTHER, other=other)
    assert again(late).state == "INVITED"


def test_a_wish_in_words_is_read_by_the_office() -> None:
    client = opened(seat := seat_of())
    assert client.post(HERE, {"act": "other"}).status_code == 400
    client.post(HERE, {"act": "other", "other-wish": "Hari Sabtu"})
    assert seat.vendor.refresh().status == Status.ELIGIBLE
    client.force_login(make.make_user(roles.OFFICER))
    assert "Hari Sabtu" in client.get(f"/bimtek/{seat.session_id}/").content.decode()


@pytest.mark.parametrize("wrong", ["-", "1-", "999999-aa", "x" * 60, "1-" + "0" * 32])
def test_a_link_that_is_not_ours_opens_nothing(wrong: str) -> None:
    seat_of()
    with pytest.raises(LinkNotValid):
        training.actions.find_seat(wrong)
    assert Client().get(f"/h/{wrong}/").status_code == 404
    assert Client().get(HERE).status_code == 404
    assert Client().post(HERE, {"act": "yes"}).status_code == 404


def test_the_link_of_one_seat_is_not_the_link_of_another_and_a_replaced_one_is_over() -> None:
    one, other = seat_of(), seat_of()
    stolen = seat_token(one).replace(f"{one.pk}-", f"{other.pk}-")
    with pytest.raises(LinkNotValid):
        training.actions.find_seat(stolen)
    client = opened(one)
    actions.renew_answer_link(one, by=make.make_user(roles.OFFICER))
    assert client.post(HERE, {"act": "yes"}).status_code == 404
    assert again(one).state == "INVITED"
    assert Message.objects.filter(seat=one, kind="invitation").count() == 4
    opened(again(one))


@pytest.mark.parametrize("end", ["cancelled", "closed", "taken_back"])
def test_what_is_over_says_so_in_a_sentence(end: str) -> None:
    seat, officer = seat_of(), make.make_user(roles.OFFICER)
    client = opened(seat)
    if end == "cancelled":
        cancel_session(seat.session, reason="Aula dipakai", by=officer)
    elif end == "closed":
        close_sheet(make.begin(seat.session), by=seat.session.trainer)
    else:
        actions.release_seat(seat, declined=False, by=officer)
    page = client.get(HERE)
    assert (page.status_code, bool(page.context["over"])) == (200, True)
    assert client.post(HERE, {"act": "yes"}).status_code == 409
    with pytest.raises(InvitationOver):
        say(seat, YES)


def test_a_firm_that_may_not_come_any_more_keeps_its_status_and_gets_the_sentence() -> None:
    seat = seat_of()
    say(seat, NO)
    actions.waive_guidance(
        seat.vendor.refresh(), reason="Dilatih", by=make.make_user(roles.OFFICER)
    )
    with pytest.raises(MoveNotAllowed):
        say(seat, YES)
    assert again(seat).state == "DECLINED"


# --- the owner's page, the telephone ---
def test_the_owner_answers_on_their_own_page_and_nobody_elses() -> None:
    seat, client = seat_of(), Client()
    owner = make.owner_of(seat.vendor)
    client.force_login(owner)
    url = f"/saya/{seat.vendor_id}/undangan/"
    assert url in client.get(f"/saya/{seat.vendor_id}/").content.decode()
    assert client.post(url, {"act": "no"}).status_code == 302
    assert (again(seat).state, again(seat).answered_via) == ("DECLINED", "page")
    assert again(seat).answered_by == owner
    foreign = seat_of()
    assert client.post(f"/saya/{foreign.vendor_id}/undangan/", {"act": "no"}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.answer_invitation(foreign, answer=NO, via="page", by=owner)


def test_an_officer_writes_down_what_was_said_on_the_telephone_but_not_for_their_own_firm() -> None:
    seat, officer = seat_of(), make.make_user(roles.OFFICER)
    client = Client()
    client.force_login(officer)
    assert client.post(f"/bimtek/kursi/{seat.pk}/jawaban/", {"act": "yes"}).status_code == 302
    assert (again(seat).answered_via, again(seat).answered_by) == ("phone", officer)
    tied = make.make_user(roles.OFFICER, phone=seat.vendor.phone)
    with pytest.raises(ConflictOfInterest):
        actions.answer_invitation(again(seat), answer=NO, via="phone", by=tied)


def test_a_person_of_an_office_answers_by_the_same_page() -> None:
    session, agency = make.make_session(), Agency.objects.get(code="dindik")
    seat = Seat.objects.create(
        session=session, agency=agency, person_name="Contoh Staf",
        given_by=make.make_user(roles.OFFICER),
    )  # fmt: skip
    client = opened(seat)
    assert "Contoh Staf" in client.get(HERE).content.decode()
    client.post(HERE, {"act": "yes"})
    assert (again(seat).state, again(seat).person_name) == ("CONFIRMED", "Contoh Staf")


# --- the waiting list ---
def test_a_freed_seat_is_held_for_the_first_who_waits_and_goes_on_when_nobody_answers() -> None:
    session = make.make_session(capacity=1)
    seat, first, second = seat_of(session=session), waits(session), waits(session)
    assert (first.state, first.vendor.refresh().status) == ("WAITING", Status.ELIGIBLE)
    say(seat, NO)
    first = again(first)
    assert (first.state, first.vendor.refresh().status) == ("INVITED", Status.INVITED)
    hold = timedelta(hours=Setting.value_of("seat_hold_hours"))
    assert abs(first.hold_until - timezone.now() - hold) < timedelta(minutes=1)
    assert Message.objects.filter(seat=first, kind="seat_offered").exists()
    system = User.objects.system()
    assert actions.pass_on_seats(by=system) == 0  # its time is not over
    with time_machine.travel(first.hold_until + timedelta(minutes=1), tick=False):
        assert actions.pass_on_seats(by=system) == 1
        assert actions.pass_on_seats(by=system) == 0
    assert (again(first).state, first.vendor.refresh().status) == ("RELEASED", Status.ELIGIBLE)
    assert again(second).state == "INVITED"
    assert say(first, YES).state == "WAITING"  # after all: at the end of the list
    assert say(second, YES).hold_until is None


def test_a_hold_ends_when_the_session_begins_and_never_after() -> None:
    session = make.make_session(days=0.1, capacity=1)
    seat, first = seat_of(session=session), waits(session)
    say(seat, NO)
    assert again(first).hold_until == session.starts_at


def test_who_may_not_come_any_more_is_passed_over() -> None:
    session = make.make_session(capacity=1)
    seat, gone, second = seat_of(session=session), waits(session), waits(session)
    make.invite(gone.vendor)  # elsewhere
    actions.release_seat(seat, declined=True, by=make.make_user(roles.OFFICER))
    assert (again(gone).state, again(second).state) == ("WAITING", "INVITED")


def test_a_seat_that_just_went_leads_to_the_waiting_list_with_a_sentence() -> None:
    session = make.make_session(capacity=1)
    client = opened(seat := seat_of(session=session))
    client.post(HERE, {"act": "no"})
    seat_of(session=session)
    page = client.post(HERE, {"act": "yes"}, follow=True).content.decode()
    assert again(seat).state == "WAITING"
    assert "daftar tunggu" in page or "waiting list" in page
    assert session.seats.filter(state__in=("INVITED", "CONFIRMED")).count() == 1


# --- reminders ---
def test_those_chosen_are_reminded_once_a_day_with_the_papers_that_are_missing() -> None:
    session, officer = make.make_session(), make.make_user(roles.OFFICER)
    silent, coming = seat_of(session=session), seat_of(session=session)
    firms.put_papers(coming.vendor)
    say(coming, YES)
    assert actions.remind_guests(session, whom="unanswered", by=officer) == 1
    assert actions.remind_guests(session, whom="all", by=officer) == 1
    assert actions.remind_guests(session, whom="all", by=officer) == 0
    told = {
        message.seat_id: message.body
        for message in Message.objects.filter(kind="session_reminder", channel="email")
    }
    assert "- " in told[silent.pk]
    assert "- " not in told[coming.pk]


def test_everybody_is_reminded_by_the_beat_some_days_before() -> None:
    seat, later = seat_of(days=2.01), seat_of(days=6)
    today = timezone.localdate(seat.session.starts_at) - timedelta(days=2)
    assert actions.remind_due_guests(today=today, by=User.objects.system()) == 1
    assert actions.remind_due_guests(today=today, by=User.objects.system()) == 0
    assert again(later).reminded_at is None
