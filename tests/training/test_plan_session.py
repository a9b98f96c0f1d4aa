"""The form that plans a session: errors in words, nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from onboarding import roles
from tests import factories as make
from training.models import Session, Syllabus

pytestmark = pytest.mark.django_db
URL = "/bimtek/baru/"


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Bimtek Contoh",
        "audience": "vendors",
        "region": "35.78",
        "place": "Aula Contoh",
        "address": "",
        "day": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "starts": "09:00",
        "ends": "12:00",
        "capacity": "40",
        "trainer": make.make_user(roles.TRAINER).pk,
        "syllabus": Syllabus.objects.get(version="2026.1").pk,
        **changes,
    }


def test_a_session_is_planned_in_the_time_of_the_office(officer: Client) -> None:
    response = officer.post(URL, typed())
    session = Session.objects.get()
    assert response["Location"] == reverse("training:session", args=[session.pk])
    starts = timezone.localtime(session.starts_at)
    assert (starts.hour, str(starts.tzinfo), session.capacity) == (9, "Asia/Jakarta", 40)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"day": "2020-01-01"}, "day", "This date has passed."),
        ({"ends": "08:00"}, "ends", "The end must be later than the start."),
        ({"capacity": "0"}, "capacity", "A session without seats"),
        ({"capacity": "301"}, "capacity", "At most 300 seats"),
        ({"title": ""}, "title", "required"),
    ],
)
def test_what_is_wrong_is_said_in_words_at_its_field(
    officer: Client, changes: dict[str, Any], field: str, sentence: str
) -> None:
    response = officer.post(URL, typed(**changes))
    with translation.override("en"):
        errors = response.context["form"].errors
        assert list(errors) == [field]
        assert sentence in str(errors[field])
    assert not Session.objects.exists()


def test_a_time_that_has_passed_today_is_said(officer: Client) -> None:
    response = officer.post(
        URL, typed(day=timezone.localdate().isoformat(), starts="00:00", ends="23:59")
    )
    assert "starts" in response.context["form"].errors


def test_a_busy_trainer_is_an_error_and_what_was_typed_stays(officer: Client) -> None:
    first = typed()
    officer.post(URL, first)
    again = officer.post(URL, first | {"title": "Bimtek kedua", "starts": "11:00", "ends": "13:00"})
    assert again.status_code == 409
    text = again.content.decode()
    assert "Bimtek Contoh" in text
    assert "Bimtek kedua" in text


def test_only_officers_plan_sessions(client: Client) -> None:
    for role in (roles.TRAINER, roles.APPROVER, roles.MANAGER, roles.AUDITOR):
        client.force_login(make.make_user(role))
        assert client.get(URL).status_code == 403
        assert client.post(URL, typed()).status_code == 403
    client.force_login(make.make_user(roles.OFFICER))
    assert client.get(URL).status_code == 200
