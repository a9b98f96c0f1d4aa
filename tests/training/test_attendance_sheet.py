"""The sheet at the door: ticks of several phones, the search, closing it, correcting it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from training.models import Seat, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Session:
    session = make.make_session()
    for name in ("Contoh Batik", "Contoh Kue"):
        make.invite(make.refer(name=name), session)
    return make.begin(session)


@pytest.fixture
def trainer(client: Client, held: Session) -> Client:
    client.force_login(held.trainer)
    return client


def sheet(session: Session) -> str:
    return reverse("training:attendance_sheet", args=[session.pk])


def ids(session: Session) -> list[int]:
    return list(session.seats.order_by("vendor__name").values_list("pk", flat=True))


WHY = {"why": "no_pass"}


def test_one_post_saves_every_tick(trainer: Client, held: Session) -> None:
    response = trainer.post(sheet(held), {"shown": "", "present": ids(held), **WHY})
    assert response.status_code == 302
    assert held.seats.filter(arrived_at__isnull=False).count() == 2
    assert trainer.get(sheet(held)).context["present"] == 2


def test_a_tick_is_taken_away_again(trainer: Client, held: Session) -> None:
    first, second = ids(held)
    trainer.post(sheet(held), {"shown": "", "present": [first, second], **WHY})
    trainer.post(sheet(held), {"shown": f"{first},{second}", "present": [second], **WHY})
    assert held.seats.get(arrived_at__isnull=False).pk == second


def test_a_mark_by_hand_needs_a_reason_chosen_or_typed(trainer: Client, held: Session) -> None:
    first, second = ids(held)
    refused = trainer.post(sheet(held), {"shown": "", "present": [first]})
    assert refused.status_code == 400
    assert refused.context["seats"][0].is_ticked  # what was ticked is not lost
    trainer.post(sheet(held), {"shown": "", "present": [first], "why_text": "Tanpa telepon"})
    assert held.seats.get(pk=first).mark_reason == "Tanpa telepon"
    trainer.post(sheet(held), {"shown": str(first), "present": [first, second], "why": "paper"})
    assert held.seats.get(pk=second).arrived_via == "paper"


def test_two_phones_at_one_door_do_not_undo_each_other(trainer: Client, held: Session) -> None:
    first, second = ids(held)
    trainer.post(sheet(held), {"shown": "", "present": [first], **WHY})
    trainer.post(sheet(held), {"shown": "", "present": [second], **WHY})
    assert held.seats.filter(arrived_at__isnull=False).count() == 2


def test_searching_saves_first_and_then_shows_the_found_names(
    trainer: Client, held: Session
) -> None:
    first, _second = ids(held)
    response = trainer.post(
        sheet(held), {"shown": "", "present": [first], "then": "search", "q": "kue", **WHY}
    )
    found = trainer.get(response["Location"])
    assert [seat.vendor.name for seat in found.context["seats"]] == ["Contoh Kue"]
    assert (found.context["present"], found.context["total"]) == (1, 2)


def test_a_tick_for_a_firm_without_a_seat_is_ignored(trainer: Client, held: Session) -> None:
    stranger = make.refer()
    trainer.post(sheet(held), {"shown": "x,-1", "present": [str(stranger.pk), "abc"], **WHY})
    assert not Seat.objects.filter(vendor=stranger).exists()


def test_ticking_before_the_day_is_refused_with_a_sentence(client: Client) -> None:
    session = make.make_session()
    vendor = make.invite(make.refer(), session)
    client.force_login(session.trainer)
    assert client.get(sheet(session)).status_code == 200
    response = client.post(sheet(session), {"shown": "", "present": [vendor.pk], **WHY})
    assert response.status_code == 409


def test_closing_shows_who_will_be_counted_as_absent(trainer: Client, held: Session) -> None:
    first, _second = ids(held)
    response = trainer.post(sheet(held), {"shown": "", "present": [first], "then": "close", **WHY})
    confirm = trainer.get(response["Location"])
    assert confirm.context["present"] == 1
    assert [seat.vendor.name for seat in confirm.context["absent"]] == ["Contoh Kue"]
    held.refresh_from_db()
    assert held.is_open


def test_closing_counts_the_list(trainer: Client, held: Session) -> None:
    first, second = ids(held)
    trainer.post(sheet(held), {"shown": "", "present": [first], **WHY})
    close = reverse("training:close_sheet", args=[held.pk])
    assert trainer.post(close, {"present": "1"}).status_code == 400  # not sure yet
    assert trainer.post(close, {"present": "1", "sure": "on"}).status_code == 302
    seats = {seat.pk: seat.vendor for seat in held.seats.select_related("vendor")}
    assert seats[first].status == Status.GUIDED
    assert (seats[second].status, seats[second].no_shows) == (Status.ELIGIBLE, 1)


def test_counts_that_no_longer_hold_close_nothing(trainer: Client, held: Session) -> None:
    trainer.post(sheet(held), {"shown": "", "present": ids(held), **WHY})
    close = reverse("training:close_sheet", args=[held.pk])
    response = trainer.post(close, {"present": "0", "sure": "on"})
    assert response.status_code == 409
    assert sheet(held) in response.content.decode()
    held.refresh_from_db()
    assert held.is_open


def test_a_closed_sheet_is_read_on_the_page_of_the_session(trainer: Client, held: Session) -> None:
    close = reverse("training:close_sheet", args=[held.pk])
    trainer.post(close, {"present": "0", "sure": "on"})
    response = trainer.get(sheet(held))
    assert response["Location"] == reverse("training:session", args=[held.pk])
    assert trainer.post(sheet(held), {"shown": "", "present": ids(held), **WHY}).status_code == 409
    assert trainer.post(close, {"present": "0", "sure": "on"}).status_code == 409


@pytest.mark.parametrize("role", [roles.APPROVER, roles.AUDITOR, roles.MANAGER, roles.AGENCY])
def test_the_sheet_is_for_trainers_and_officers(client: Client, held: Session, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(sheet(held)).status_code == 403
    assert client.post(reverse("training:close_sheet", args=[held.pk])).status_code == 403


def test_another_trainer_does_not_find_the_sheet(client: Client, held: Session) -> None:
    client.force_login(make.make_user(roles.TRAINER))
    assert client.get(sheet(held)).status_code == 404
    assert client.post(sheet(held), {"present": ids(held)}).status_code == 404
    close = reverse("training:close_sheet", args=[held.pk])
    assert client.post(close, {"present": "0", "sure": "on"}).status_code == 404


def test_closing_is_an_act(trainer: Client, held: Session) -> None:
    assert trainer.get(reverse("training:close_sheet", args=[held.pk])).status_code == 405


def test_an_officer_corrects_a_closed_sheet_with_a_reason(client: Client) -> None:
    vendor = make.guide(make.refer())
    seat = vendor.seats.get()
    url = reverse("training:correct_attendance", args=[seat.pk])
    client.force_login(make.make_user(roles.OFFICER))
    assert url in client.get(reverse("training:session", args=[seat.session_id])).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url, {"present": "0", "reason": ""}).status_code == 400
    assert client.post(url, {"present": "0", "reason": "Titip absen"}).status_code == 302
    seat.refresh_from_db()
    assert (seat.is_present, seat.mark_reason) == (False, "Titip absen")
    assert client.post(url, {"present": "0", "reason": "Lagi"}).status_code == 409


def test_a_trainer_does_not_correct_a_closed_sheet(client: Client) -> None:
    seat: Any = make.guide(make.refer()).seats.get()
    url = reverse("training:correct_attendance", args=[seat.pk])
    client.force_login(seat.session.trainer)
    assert client.get(url).status_code == 403
    assert client.post(url, {"present": "0", "reason": "x"}).status_code == 403


def test_a_sheet_of_three_hundred_stays_a_page_for_a_phone(
    client: Client, held: Session, django_assert_max_num_queries: Any
) -> None:
    Session.objects.filter(pk=held.pk).update(capacity=300)
    first = held.seats.select_related("vendor").first()
    assert first
    firms = [make.refer() for _n in range(3)]
    for firm in firms:
        Seat.objects.create(session=held, vendor=firm, given_by=first.given_by)
    client.force_login(held.trainer)
    client.get(sheet(held))
    with django_assert_max_num_queries(10):
        small = client.get(sheet(held))
    row = len(small.content) - len(client.get(sheet(held), {"q": "Batik"}).content)
    assert 300 * row / 4 < 95_000
