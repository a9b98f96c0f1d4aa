"""The manager's page: every number is what the database holds, in few queries."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from onboarding import roles
from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.trail import forging
from workflows import actions, audit, lifecycle, reports
from workflows.models import AuditEvent, Case, Reckoning, Stage

pytestmark = pytest.mark.django_db
URL = "/ringkasan/"


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(make.make_user(roles.MANAGER))
    client.cookies["django_language"] = "en"
    return client


def case_of(name: str, *, late_by: int = 0) -> Case:
    """A case waiting to be verified, with the date that is wanted."""
    by = make.make_user(roles.OFFICER)
    case = actions.open_case(lifecycle.move(make.guide(make.refer(name=name)), "submit", by=by))
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=late_by))
    return case


def look(manager: Client) -> Any:
    """The page, after the worker has counted."""
    actions.count_figures(
        Reckoning.objects.create().pk, by=User.objects.system(), beat=lambda: None
    )
    return manager.get(URL)


def row_of(response: Any, region: str) -> reports.RegionRow:
    return next(row for row in response.context["regions"] if row.region == region)


def test_before_the_first_count_the_page_says_so(manager: Client) -> None:
    assert "Nothing was counted yet" in manager.get(URL).content.decode()


def test_an_empty_office_shows_zeros_for_all_regions(manager: Client) -> None:
    response = look(manager)
    assert len(response.context["regions"]) == 38
    assert response.context["tiles"][0]["number"] == 0
    assert "No case is past its date." in response.content.decode()
    assert "nothing to measure" in response.content.decode()


def test_firms_are_counted_where_they_are_and_how_far_they_got(manager: Client) -> None:
    make.refer()
    make.refer(region="Kab. Malang")
    make.guide(make.refer())
    for status in (Status.SUBMITTED, Status.ACTIVE, Status.WITHDRAWN):
        Vendor.objects.filter(pk=make.refer().pk).update(status=status)
    response = look(manager)
    city = row_of(response, "Kota Surabaya")
    assert (city.named, city.eligible, city.guided) == (5, 4, 3)
    assert (city.casework, city.approved, city.on_sale, city.sessions) == (1, 1, 1, 1)
    assert row_of(response, "Kab. Malang").named == 1
    numbers = [step["count"] for step in response.context["funnel"]]
    assert sum(numbers) == 6
    assert numbers[Status.values.index(Status.ACTIVE)] == 1


def test_the_speed_of_the_road_is_the_median_of_first_steps(manager: Client) -> None:
    by, now = make.make_user(roles.OFFICER), timezone.now()
    for factor in (1, 2, 9):
        vendor = make.refer()
        Vendor.objects.filter(pk=vendor.pk).update(created_at=now - timedelta(days=10 * factor))
        steps = (("verify", 3 * factor), ("approve", factor), ("approve", 0), ("go_live", 0))
        for act, days in steps:
            event = audit.record(act, by=by, vendor=vendor)
            with forging():
                AuditEvent.objects.filter(pk=event.pk).update(at=now - timedelta(days=days))
    found, whole = reports.speed(make.make_user(roles.MANAGER))
    days_of = {(step.since, step.until): step.days for step in found}
    assert days_of["verify", "approve"] == pytest.approx(4)
    assert whole == pytest.approx(20)
    assert look(manager).context["tiles"][-1]["number"] == "20.0"


def test_cases_past_their_date_are_shown_oldest_first(manager: Client) -> None:
    late, later = case_of("Contoh Telat", late_by=5), case_of("Contoh Agak Telat", late_by=1)
    case_of("Contoh Tepat", late_by=-1)
    response = look(manager)
    assert [row["case"].pk for row in response.context["oldest"]] == [late.pk, later.pk]
    with translation.override("en"):
        assert [(str(stage), count) for stage, count in response.context["late"]] == [
            (str(Stage.VERIFY.label), 2)
        ]
    assert "Contoh Tepat" not in response.content.decode()


def test_only_sessions_of_this_year_count(manager: Client) -> None:
    with time_machine.travel("2025-06-01"):
        make.guide(make.refer())
    assert row_of(look(manager), "Kota Surabaya").sessions == 0


def test_the_page_costs_few_queries_and_says_as_of_when(
    manager: Client, django_assert_max_num_queries: Any
) -> None:
    case = case_of("Contoh Telat", late_by=2)
    audit.record("go_live", by=make.make_user(roles.OFFICER), vendor=case.vendor)
    look(manager)
    with django_assert_max_num_queries(10):
        response = manager.get(URL)
    assert len(response.content) < 100_000
    assert "as of" in response.content.decode()


@pytest.mark.parametrize(
    "role", [roles.OFFICER, roles.APPROVER, roles.AGENCY, roles.VENDOR, roles.AUDITOR]
)
def test_the_overview_is_the_managers(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403


def test_the_overview_is_only_read(manager: Client) -> None:
    assert manager.post(URL).status_code == 405
