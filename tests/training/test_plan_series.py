"""The same session on several dates: all are planned or none, and each row says what is wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from training.models import Series, Session, Syllabus, Venue
from workflows.models import AuditEvent

pytestmark = pytest.mark.django_db
URL = "/bimtek/seri/baru/"


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    return client


def typed(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What is typed: what is the same, then the rows; a fourth row stays empty."""
    facts: dict[str, Any] = {
        "title": "Seri Contoh",
        "audience": "vendors",
        "capacity": "40",
        "way": "hall",
        "trainer": make.make_user(roles.TRAINER).pk,
        "syllabus": Syllabus.objects.get(version="2026.1").pk,
        "row-TOTAL_FORMS": str(len(rows) + 1),
        "row-INITIAL_FORMS": "0",
        **changes,
    }
    for number, row in enumerate(rows):
        facts |= {f"row-{number}-{name}": value for name, value in row.items()}
    return facts


def row(days: int, region: str = "35.78", **changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=days)
    return {
        "day": day.isoformat(), "starts": "09:00", "ends": "12:00", "region": region,
        "place": f"Aula {region}", **changes,
    }  # fmt: skip


def test_three_dates_in_three_regions_become_one_series(officer: Client) -> None:
    other = make.make_user(roles.TRAINER)
    rows = (row(7, "35.26"), row(8, "35.27"), row(9, "35.28", trainer=other.pk))
    answer = officer.post(URL, typed(*rows))
    series = Series.objects.get()
    assert answer["Location"] == reverse("training:series", args=[series.pk])
    planned = list(series.sessions.order_by("starts_at"))
    assert [one.region_id for one in planned] == ["35.26", "35.27", "35.28"]
    assert planned[2].trainer == other
    assert officer.get(answer["Location"]).context["rows"] == planned
    assert AuditEvent.objects.filter(act="plan_series").count() == 1


def test_one_row_that_clashes_leaves_nothing_planned_and_says_which(officer: Client) -> None:
    facts = typed(row(7), row(8), row(7, starts="11:00", ends="13:00", place="Aula lain"))
    answer = officer.post(URL, facts)
    assert answer.status_code == 409
    errors = [form.non_field_errors() for form in answer.context["rows"].forms]
    assert [bool(one) for one in errors] == [False, False, True, False]
    assert "Seri Contoh" in str(errors[2])
    assert not Session.objects.exists()
    assert not Series.objects.exists()
    assert "Aula lain" in answer.content.decode()


def test_a_row_with_a_wrong_time_is_said_at_its_field(officer: Client) -> None:
    answer = officer.post(URL, typed(row(7), row(8, ends="08:00", place="")))
    assert answer.status_code == 400
    assert sorted(answer.context["rows"].forms[1].errors) == ["ends", "place"]


def test_no_row_at_all_is_said(officer: Client) -> None:
    answer = officer.post(URL, typed())
    assert answer.status_code == 400
    assert "at least one date" in answer.content.decode()


def test_more_rows_keep_what_was_typed_and_plan_nothing(officer: Client) -> None:
    answer = officer.post(URL, typed(row(7, place="Aula yang diketik"), more="1"))
    assert answer.status_code == 200
    assert len(answer.context["rows"].forms) == 6
    assert "Aula yang diketik" in answer.content.decode()
    assert not Session.objects.exists()


@pytest.mark.parametrize("count", ["", "x", "-1", "99999999999"])
def test_a_forged_number_of_rows_is_no_fault(officer: Client, count: str) -> None:
    facts = typed(row(7)) | {"row-TOTAL_FORMS": count}
    assert officer.post(URL, facts).status_code in (302, 400)


def test_an_online_series_needs_a_link_and_no_hall(officer: Client) -> None:
    rows = (row(7, place=""), row(8, place=""))
    answer = officer.post(URL, typed(*rows, way="online"))
    assert "online_url" in answer.context["form"].errors
    answer = officer.post(URL, typed(*rows, way="online", online_url="rapat.contoh.test/a"))
    assert answer.status_code == 302
    found = Session.objects.values_list("place", "online_url", "way")
    assert set(found) == {("Daring", "https://rapat.contoh.test/a", "online")}


def test_the_page_costs_few_queries_with_many_halls(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    Venue.objects.bulk_create(Venue(name=f"Aula {n}", region_id="35.78") for n in range(50))
    with django_assert_max_num_queries(10):
        assert len(officer.get(URL).content) < 100_000


def test_a_trainer_opens_a_series_of_their_own_only(client: Client) -> None:
    trainer = make.make_user(roles.TRAINER)
    own, other = make.make_series(trainer=trainer), make.make_series()
    client.force_login(trainer)
    for series, status in ((own, 200), (other, 404)):
        assert client.get(reverse("training:series", args=[series.pk])).status_code == status
