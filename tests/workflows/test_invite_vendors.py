"""Inviting, giving a seat back, and the guest at the door."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from onboarding import roles
from onboarding.models import Status, Vendor
from tests import factories as make
from training.models import Seat, Session
from workflows.models import AuditEvent, Letter, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    return client


def invite_page(session: Session) -> str:
    return reverse("workflows:invite_vendors", args=[session.pk])


def door(session: Session) -> str:
    return reverse("workflows:seat_walk_in", args=[session.pk])


def waiting(vendor: Vendor, days: int, **changes: Any) -> Vendor:
    Vendor.objects.filter(pk=vendor.pk).update(
        status_at=timezone.now() - timedelta(days=days), **changes
    )
    return vendor


# --- inviting -------------------------------------------------------------------------------------
def test_the_region_of_the_session_comes_first_then_the_longest_wait(officer: Client) -> None:
    far = waiting(make.refer(region="Kab. Malang"), 200)
    near = make.refer()
    nearer = waiting(make.refer(), 50)
    make.refer(nib="", npwp="")  # not eligible: not on the list
    response = officer.get(invite_page(make.make_session()))
    assert [firm.pk for firm in response.context["firms"]] == [nearer.pk, near.pk, far.pk]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"region": "35.07"}, ["Contoh Jauh"]),
        ({"category": "batik"}, ["Contoh Batik"]),
        ({"waiting": "90"}, ["Contoh Jauh"]),
        ({"missed": "yes"}, ["Contoh Mangkir"]),
        ({"missed": "no", "waiting": "30"}, ["Contoh Jauh"]),
        ({"region": "99.99"}, ["Contoh Batik", "Contoh Mangkir", "Contoh Jauh"]),
    ],
)
def test_the_list_can_be_narrowed(
    officer: Client, chosen: dict[str, str], found: list[str]
) -> None:
    waiting(make.refer(name="Contoh Jauh", region="Kab. Malang"), 200)
    waiting(make.refer(name="Contoh Batik", category="Batik tulis"), 20)
    waiting(make.refer(name="Contoh Mangkir"), 10, no_shows=1)
    response = officer.get(invite_page(make.make_session()), chosen)
    assert [firm.name for firm in response.context["firms"]] == found


def test_ticked_firms_are_invited_together_with_letter_and_messages(officer: Client) -> None:
    session = make.make_session()
    firms = [make.refer(), make.refer()]
    response = officer.post(invite_page(session), {"vendors": [firm.pk for firm in firms]})
    assert response["Location"] == reverse("training:session", args=[session.pk])
    assert {firm.refresh().status for firm in firms} == {Status.INVITED}
    assert Letter.objects.get(session=session).state == Letter.State.DRAFT
    assert Message.objects.filter(kind="invitation", vendor__in=firms).exists()


def test_too_many_ticks_invite_nobody_say_how_many_are_left_and_stay_ticked(
    officer: Client,
) -> None:
    session = make.make_session(capacity=1)
    firms = [make.refer(), make.refer()]
    response = officer.post(invite_page(session), {"vendors": [firm.pk for firm in firms]})
    assert response.status_code == 409
    assert "Only 1 seat is left" in response.content.decode()
    page = response.content.decode()
    assert all(f'value="{firm.pk}" checked' in page for firm in firms)
    assert {firm.refresh().status for firm in firms} == {Status.ELIGIBLE}
    assert not Seat.objects.filter(session=session).exists()


def test_a_firm_that_somebody_else_just_invited_stops_the_whole_batch(officer: Client) -> None:
    session = make.make_session()
    taken, free = make.invite(make.refer()), make.refer()
    response = officer.post(invite_page(session), {"vendors": [taken.pk, free.pk]})
    assert response.status_code == 409
    assert "somebody else just now" in response.content.decode()
    assert free.refresh().status == Status.ELIGIBLE
    assert not session.letters.exists()


def test_nothing_ticked_is_said(officer: Client) -> None:
    response = officer.post(invite_page(make.make_session()), {})
    assert response.status_code == 400
    assert "Tick at least one business." in response.content.decode()


def test_a_firm_that_does_not_exist_is_not_a_crash(officer: Client) -> None:
    response = officer.post(invite_page(make.make_session()), {"vendors": ["999999", "abc"]})
    assert response.status_code == 400


def test_a_closed_session_invites_nobody(officer: Client) -> None:
    session = make.make_session()
    vendor = make.refer()
    make.begin(session)
    page = officer.get(invite_page(session)).content.decode()
    assert "Nobody can be invited to this session any more" in page
    assert officer.post(invite_page(session), {"vendors": [vendor.pk]}).status_code == 409


def test_the_first_seats_can_be_ticked_without_a_script(officer: Client) -> None:
    session = make.make_session(capacity=2)
    for _n in range(3):
        make.refer()
    assert len(officer.get(invite_page(session), {"tick": "1"}).context["ticked"]) == 2


def test_a_long_list_is_read_page_by_page_with_few_queries(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    first = make.refer()
    copies = [
        Vendor(
            name=f"Contoh {n:04}", folded_name=f"{n}", legal_form="perorangan", region_id="35.78",
            owner_name=f"Contoh {n}", status=Status.ELIGIBLE, category="Makanan",
        )
        for n in range(120)
    ]  # fmt: skip
    Vendor.objects.bulk_create(copies)
    session = make.make_session()
    seen: list[int] = []
    url = ""
    for _page in range(3):
        with django_assert_max_num_queries(10):
            response = officer.get(invite_page(session) + url)
        assert len(response.content) < 100_000
        seen += [firm.pk for firm in response.context["firms"]]
        url = response.context["next_url"]
    assert (len(seen), len(set(seen)), url) == (121, 121, "")
    assert first.pk in seen


@pytest.mark.parametrize("role", [roles.TRAINER, roles.APPROVER, roles.AUDITOR, roles.AGENCY])
def test_only_officers_invite(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(invite_page(make.make_session())).status_code == 403


# --- giving back ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("declined", "state"), [("1", "DECLINED"), ("0", "RELEASED")])
def test_a_seat_given_back_is_not_counted(officer: Client, declined: str, state: str) -> None:
    vendor = make.invite(make.refer())
    seat = vendor.seats.get()
    url = reverse("workflows:release_seat", args=[seat.pk])
    assert officer.get(url).status_code == 200
    assert officer.post(url, {}).status_code == 400
    assert officer.post(url, {"declined": declined}).status_code == 302
    seat.refresh_from_db()
    vendor = vendor.refresh()
    assert (seat.state, vendor.status, vendor.no_shows) == (state, Status.ELIGIBLE, 0)
    assert officer.post(url, {"declined": declined}).status_code == 409


def test_the_seat_of_a_guest_is_given_back_without_moving_the_firm(officer: Client) -> None:
    session = make.begin(make.make_session())
    vendor = make.refer()
    officer.post(door(session), {"number": vendor.nib, "reason": "Salah", "sure": "1"})
    seat = vendor.seats.get()
    url = reverse("workflows:release_seat", args=[seat.pk])
    assert officer.post(url, {"declined": "0"}).status_code == 302
    assert vendor.refresh().status == Status.ELIGIBLE


def test_only_officers_give_seats_back(client: Client) -> None:
    seat = make.invite(make.refer()).seats.get()
    url = reverse("workflows:release_seat", args=[seat.pk])
    client.force_login(seat.session.trainer)
    assert client.post(url, {"declined": "1"}).status_code == 403


# --- guests ---------------------------------------------------------------------------------------
def test_a_guest_is_shown_before_the_seat_is_given(client: Client) -> None:
    session = make.begin(make.make_session())
    vendor = make.refer()
    client.force_login(session.trainer)
    for number in (vendor.nib, vendor.number, vendor.phone, vendor.number.lower()):
        response = client.post(door(session), {"number": number, "reason": "Datang"})
        assert response.context["found"] == vendor, number
    assert not Seat.objects.exists()
    done = client.post(
        door(session), {"number": vendor.number, "reason": "Datang", "sure": "1"}, follow=True
    )
    assert vendor.name in done.content.decode()
    seat = vendor.seats.get()
    assert (seat.is_walk_in, seat.is_present, seat.mark_reason) == (True, True, "Datang")
    assert AuditEvent.objects.filter(act="mark_attendance").exists()


def test_an_unknown_guest_is_said(officer: Client) -> None:
    session = make.begin(make.make_session())
    for number in ("0099999999999", "VO-2026-999999", "bukan nomor", "0811000000"):
        response = officer.post(door(session), {"number": number, "reason": "Datang"})
        assert response.status_code == 400
        assert "No business is known by this number" in response.content.decode()


def test_a_phone_lent_to_several_firms_names_none_of_them(officer: Client) -> None:
    session = make.begin(make.make_session())
    firms = [make.refer(phone="081298765432") for _n in range(2)]
    response = officer.post(door(session), {"number": "081298765432", "reason": "Datang"})
    assert response.status_code == 400
    assert "Several businesses use this phone number" in response.content.decode()
    assert firms[0].name not in response.content.decode()


def test_a_guest_who_was_guided_before_is_refused_with_a_sentence(officer: Client) -> None:
    vendor = make.guide(make.refer())
    session = make.begin(make.make_session())
    response = officer.post(
        door(session), {"number": vendor.number, "reason": "Datang", "sure": "1"}
    )
    assert response.status_code == 409
    with translation.override("en"):
        assert "cannot be guided now" in str(response.context["form"].errors)


def test_a_guest_waits_for_the_day_of_the_session(officer: Client) -> None:
    vendor = make.refer()
    response = officer.post(
        door(make.make_session()), {"number": vendor.number, "reason": "Datang", "sure": "1"}
    )
    assert response.status_code == 409


def test_guests_come_to_ones_own_session(client: Client) -> None:
    session = make.begin(make.make_session())
    client.force_login(make.make_user(roles.TRAINER))
    assert client.get(door(session)).status_code == 404
    client.force_login(make.make_user(roles.APPROVER))
    assert client.get(door(session)).status_code == 403
