"""The form that plans a session: errors in words, nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from onboarding import roles
from tests import factories as make
from training.models import Session, Syllabus, Venue

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


# --- halls and links ------------------------------------------------------------------------------
def hall(**changes: Any) -> Venue:
    facts = {"name": "Pendopo Contoh", "region_id": "35.25", "address": "Jalan Contoh 9"}
    return Venue.objects.create(**facts | {"chairs": 30} | changes)


def test_a_hall_that_is_chosen_gives_its_place_address_and_region(officer: Client) -> None:
    venue = hall(map_url="https://peta.contoh.test/9")
    officer.post(URL, typed(venue=venue.pk, region="", place=""))
    session = Session.objects.get()
    assert (session.venue, session.region_id, session.place) == (venue, "35.25", "Pendopo Contoh")
    assert (session.address, session.map_url) == (venue.address, venue.map_url)


def test_more_seats_than_chairs_is_planned_with_a_warning(officer: Client) -> None:
    answer = officer.post(URL, typed(venue=hall().pk, region="", place=""), follow=True)
    assert "the hall has 30 chairs" in answer.content.decode()


def test_a_typed_place_becomes_a_hall_and_is_known_again_by_its_name(officer: Client) -> None:
    officer.post(URL, typed(keep_hall="on", chairs="50"))
    venue = Venue.objects.get()
    assert (venue.name, venue.region_id, venue.chairs) == ("Aula Contoh", "35.78", 50)
    answer = officer.post(URL, typed(place="aula contoh"))
    assert answer.status_code == 409
    assert "Aula Contoh is taken by “Bimtek Contoh”" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"place": ""}, "place", "Choose a hall, or type the place."),
        ({"region": ""}, "region", "Choose the region of the place."),
        ({"way": "online"}, "online_url", "Type the link"),
        ({"way": "both"}, "online_url", "Type the link"),
        ({"map_url": "javascript:alert(1)"}, "map_url", "valid URL"),
        ({"cost": "-1"}, "cost", "cannot be below zero"),
        ({"chairs": "0"}, "chairs", "at least 1 chair"),
    ],
)
def test_what_is_wrong_of_place_link_or_cost_is_said_at_its_field(
    officer: Client, changes: dict[str, Any], field: str, sentence: str
) -> None:
    response = officer.post(URL, typed(**changes))
    with translation.override("en"):
        errors = response.context["form"].errors
        assert list(errors) == [field]
        assert sentence in str(errors[field])


def test_a_hall_of_another_region_and_a_trainer_twice_are_said(officer: Client) -> None:
    facts = typed(venue=hall().pk)
    facts["co_trainers"] = [facts["trainer"]]
    errors = officer.post(URL, facts).context["form"].errors
    assert sorted(errors) == ["co_trainers", "region"]


def test_a_session_for_government_users_may_be_online_only(officer: Client) -> None:
    officer.post(
        URL, typed(audience="government", way="online", place="", online_url="https://r.test/a")
    )
    session = Session.objects.get()
    assert (session.place, session.venue, session.is_in_hall) == ("Daring", None, False)


def test_halls_are_changed_by_officers_and_a_name_stands_once_a_region(officer: Client) -> None:
    first, second = hall(), hall(name="Aula Lain")
    url = reverse("training:keep_venue", args=[second.pk])
    facts = {"name": "pendopo contoh", "region": "35.25", "chairs": "20"}
    assert officer.post(url, facts).status_code == 409
    assert officer.post(url, facts | {"name": "Aula Baru"}).status_code == 302
    second.refresh_from_db()
    assert (second.name, second.chairs) == ("Aula Baru", 20)
    assert first.name in officer.get(reverse("training:venues")).content.decode()


def test_a_version_of_the_syllabus_gets_materials_that_the_session_shows(officer: Client) -> None:
    facts = {"version": "2027.1", "title": "Bimtek baru", "in_force_on": "2027-01-01"}
    url = reverse("training:add_syllabus")
    assert [officer.post(url, facts).status_code for _n in range(2)] == [302, 409]
    syllabus = Syllabus.objects.get(version="2027.1")
    at = reverse("training:add_material", args=[syllabus.pk])
    name = f"of{syllabus.pk}"
    assert officer.post(at, {f"{name}-title": "Buku"}).status_code == 400
    officer.post(at, {f"{name}-title": "Buku", f"{name}-url": "contoh.test/buku.pdf"})
    session = make.make_session(syllabus=syllabus)
    page = officer.get(reverse("training:session", args=[session.pk])).content.decode()
    assert "https://contoh.test/buku.pdf" in page
