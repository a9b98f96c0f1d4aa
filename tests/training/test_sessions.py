"""The list of sessions, one session's page, and cancelling it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from onboarding.models import Status
from tests import factories as make
from training.models import Session
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
LIST = "/bimtek/"


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make.make_user(roles.OFFICER))
    return client


def page(session: Session) -> str:
    return reverse("training:session", args=[session.pk])


@time_machine.travel("2026-11-23 10:00 +0700")
def test_today_comes_first_then_unclosed_sheets_then_what_is_to_come(client: Client) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    later = make.make_session(days=5)
    forgotten = make.make_session()
    yesterday = timezone.now() - timedelta(days=1)
    Session.objects.filter(pk=forgotten.pk).update(
        starts_at=yesterday, ends_at=yesterday + timedelta(hours=2)
    )
    today = make.begin(make.make_session())
    shown = client.get(LIST).context["groups"]
    assert [[row.pk for row in rows] for _title, rows in shown] == [
        [today.pk],
        [forgotten.pk],
        [later.pk],
    ]


def test_closed_and_cancelled_sessions_are_under_past(officer: Client) -> None:
    held = make.begin(make.make_session())
    make.guide(make.refer())
    response = officer.get(LIST, {"tab": "past"})
    assert [rows[0].state for _title, rows in response.context["groups"]] == ["CLOSED"]
    assert held.pk in [row.pk for _t, rows in officer.get(LIST).context["groups"] for row in rows]


def test_a_long_list_has_a_second_page(officer: Client) -> None:
    for day in range(27):
        make.make_session(days=2 + day)
    first = officer.get(LIST)
    assert len(first.context["groups"][0][1]) == 25
    second = officer.get(LIST + first.context["next_url"])
    assert len(second.context["groups"][0][1]) == 2


def test_a_trainer_sees_their_own_sessions_only(client: Client) -> None:
    own, other = make.make_session(), make.make_session()
    client.force_login(own.trainer)
    rows = [row.pk for _title, rows in client.get(LIST).context["groups"] for row in rows]
    assert rows == [own.pk]
    assert client.get(page(own)).status_code == 200
    assert client.get(page(other)).status_code == 404


@pytest.mark.parametrize("role", [roles.AGENCY, roles.VENDOR, roles.ADMIN])
def test_sessions_are_for_those_who_work_with_them(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(LIST).status_code == 403
    assert client.get(page(make.make_session())).status_code == 403


def test_the_list_is_only_read(officer: Client) -> None:
    assert officer.post(LIST).status_code == 405


def test_an_officer_sees_whole_phone_numbers_and_others_only_the_end(client: Client) -> None:
    session = make.make_session()
    vendor = make.invite(make.refer(phone="081298765432"), session)
    client.force_login(make.make_user(roles.OFFICER))
    assert vendor.phone in client.get(page(session)).content.decode()
    for user in (session.trainer, make.make_user(roles.AUDITOR), make.make_user(roles.MANAGER)):
        client.force_login(user)
        text = client.get(page(session)).content.decode()
        assert vendor.name in text
        assert vendor.phone[4:] not in text
        assert "•••• 5432" in text


def test_the_letter_of_the_session_is_linked_for_those_who_read_letters(client: Client) -> None:
    session = make.make_session()
    make.invite(make.refer(), session)
    url = reverse("workflows:letter_pdf", args=[session.letters.get().pk])
    client.force_login(make.make_user(roles.OFFICER))
    assert url in client.get(page(session)).content.decode()
    client.force_login(session.trainer)
    assert url not in client.get(page(session)).content.decode()


def test_the_page_offers_only_what_may_be_done_now(client: Client) -> None:
    session = make.make_session()
    invite = reverse("workflows:invite_vendors", args=[session.pk])
    sheet = reverse("training:attendance_sheet", args=[session.pk])
    client.force_login(make.make_user(roles.OFFICER))
    before = client.get(page(session)).content.decode()
    assert invite in before
    assert sheet not in before
    make.begin(session)
    during = client.get(page(session)).content.decode()
    assert invite not in during
    assert sheet in during
    client.force_login(make.make_user(roles.MANAGER))
    assert sheet not in client.get(page(session)).content.decode()


def test_cancelling_needs_a_reason_and_keeps_the_page(officer: Client) -> None:
    session = make.make_session()
    url = reverse("training:cancel_session", args=[session.pk])
    assert officer.post(url, {"reason": " "}).status_code == 400
    session.refresh_from_db()
    assert session.is_open


def test_cancelling_gives_every_seat_back(officer: Client) -> None:
    session = make.make_session()
    vendor = make.invite(make.refer(), session)
    response = officer.post(
        reverse("training:cancel_session", args=[session.pk]), {"reason": "Aula dipakai"}
    )
    assert response.status_code == 302
    assert vendor.refresh().status == Status.ELIGIBLE
    assert AuditEvent.objects.get(act="cancel_session").reason == "Aula dipakai"


def test_cancelling_twice_is_refused_with_a_sentence(officer: Client) -> None:
    url = reverse("training:cancel_session", args=[make.make_session().pk])
    officer.post(url, {"reason": "Aula dipakai"})
    response = officer.post(url, {"reason": "Aula dipakai"})
    assert response.status_code == 409


def test_only_officers_cancel_and_only_by_post(client: Client) -> None:
    session = make.make_session()
    url = reverse("training:cancel_session", args=[session.pk])
    client.force_login(session.trainer)
    assert client.post(url, {"reason": "Sakit"}).status_code == 403
    client.force_login(make.make_user(roles.OFFICER))
    assert client.get(url).status_code == 405


def test_the_pages_cost_few_queries_with_many_seats(
    client: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    session = make.make_session(capacity=60)
    for _n in range(55):
        make.invite(make.refer(), session)
    client.force_login(make.make_user(roles.OFFICER))
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        response = client.get(page(session))
    assert len(response.context["people"]) == 50
    assert len(response.content) < 100_000
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        rest = client.get(page(session) + response.context["next_url"])
    assert len(rest.context["people"]) == 5
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(LIST)
