"""The auditor's page: everything that was done, narrowed, and as a file."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from onboarding import roles
from tests import factories as make
from tests.trail import forging
from workflows import audit
from workflows.models import AuditEvent, ChainLink
from workflows.sentences import ACT_WORDS, act_words, detail_words, reason_words
from workflows.views import trail

pytestmark = pytest.mark.django_db
URL = "/jejak/"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make.make_user(roles.AUDITOR))
    client.cookies["django_language"] = "en"
    return client


def lines(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_acts_are_read_in_words_newest_first(auditor: Client) -> None:
    vendor = make.invite(make.refer())
    response = auditor.get(URL)
    shown = response.context["events"]
    assert [row["event"].pk for row in shown] == sorted(
        (row["event"].pk for row in shown), reverse=True
    )
    text = response.content.decode()
    assert "Invited to technical guidance" in text
    assert "Eligible → Invited" in text
    assert f'href="/usaha/{vendor.pk}/"' in text


def test_the_trail_is_narrowed_by_act_and_role(auditor: Client) -> None:
    make.invite(make.refer())
    for chosen in ({"act": "invite"}, {"role": roles.AGENCY}, {"act": "invite", "role": "officer"}):
        shown = auditor.get(URL, chosen).context["events"]
        assert shown
        assert {row["event"].act for row in shown} == {"invite"} or "act" not in chosen
        assert {row["event"].role for row in shown} <= {chosen.get("role", "officer"), "officer"}
    assert not auditor.get(URL, {"act": "reject"}).context["events"]


def test_the_period_includes_both_its_days_in_the_time_of_the_office(auditor: Client) -> None:
    make.refer()
    for at, day in (("2026-03-01T00:30+07:00", "first"), ("2026-03-02T23:30+07:00", "last")):
        event = audit.record("plan_session", by=make.make_user(roles.OFFICER), reason=day)
        with forging():
            AuditEvent.objects.filter(pk=event.pk).update(at=at)
    shown = auditor.get(URL, {"since": "2026-03-01", "until": "2026-03-02"}).context["events"]
    assert [row["reason"] for row in shown] == ["last", "first"]
    assert not auditor.get(URL, {"until": "2026-02-28"}).context["events"]


def test_a_period_that_runs_backward_is_said(auditor: Client) -> None:
    response = auditor.get(URL, {"since": "2026-03-02", "until": "2026-03-01"})
    assert response.status_code == 400
    assert "before its start" in response.content.decode()


def test_a_long_trail_is_read_page_by_page(
    auditor: Client, django_assert_max_num_queries: Any
) -> None:
    by, vendor = make.make_user(roles.OFFICER), make.refer()
    with forging():
        ChainLink.objects.all().delete()
        AuditEvent.objects.all().delete()
    audit.record_many("invite", by=by, moves=[(vendor.pk, "ELIGIBLE", "INVITED", {})] * 60)
    seen: list[int] = []
    url = ""
    for _page in range(3):
        with django_assert_max_num_queries(10):
            response = auditor.get(URL + url)
        assert len(response.content) < 100_000
        seen += [row["event"].pk for row in response.context["events"]]
        url = response.context["next_url"]
    assert (len(set(seen)), url) == (60, "")


def test_the_file_holds_the_chosen_acts_in_the_readers_words(auditor: Client) -> None:
    vendor = make.refer()
    make.invite(vendor)
    response = auditor.get(URL, {"act": "invite", "format": "csv"})
    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"].startswith('attachment; filename="jejak-')
    head, row, taken = lines(response)
    assert "Exported by" in taken[0]
    assert head[:3] == ["Number", "Time (WIB)", "Who"]
    assert row[4:10] == [
        "Invited to technical guidance", "invite", vendor.number, vendor.name, "Eligible",
        "Invited",
    ]  # fmt: skip


def test_no_cell_of_the_file_is_run_as_a_formula(auditor: Client) -> None:
    vendor = make.refer(name="=cmd|' /C calc'!A0")
    audit.record("withdraw", by=make.make_user(roles.OFFICER), vendor=vendor, reason="@SUM(1+1)")
    row = lines(auditor.get(URL, {"act": "withdraw", "format": "csv"}))[1]
    assert row[7].startswith("'=")
    assert row[10] == "'@SUM(1+1)"


def test_a_file_that_would_be_too_long_is_refused_with_a_sentence(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail, "MOST_ROWS", 1)
    make.invite(make.refer())
    response = auditor.get(URL, {"format": "csv"})
    assert response.status_code == 400
    assert "Choose a shorter period" in response.content.decode()


def test_the_trail_is_only_read(auditor: Client) -> None:
    assert auditor.post(URL).status_code == 405


@pytest.mark.parametrize(
    "role",
    [roles.OFFICER, roles.APPROVER, roles.MANAGER, roles.AGENCY, roles.VENDOR, roles.ADMIN],
)
def test_the_trail_is_the_auditors(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403
    assert client.get(URL, {"format": "csv"}).status_code == 403


def test_every_act_that_the_code_writes_has_words() -> None:
    written: set[str] = set()
    for path in Path(settings.BASE_DIR, "workflows").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        written |= set(re.findall(r"audit\.record(?:_many)?\(\s*\"([a-z_]+)\"", text))
        written |= set(re.findall(r"lifecycle\.move(?:_many)?\(\s*[^,]+,\s*\"([a-z_]+)\"", text))
    assert len(written) > 40
    assert written <= set(ACT_WORDS)
    assert act_words("something_new") == "something new"


def test_reasons_of_the_machine_are_said_in_words_and_others_stay_as_typed() -> None:
    with translation.override("en"):
        assert reason_words("3 missed sessions") == "Missed 3 sessions."
        assert reason_words("session cancelled") == "The session was cancelled."
        assert reason_words("Aula dipakai") == "Aula dipakai"
        assert detail_words({"session": 3, "present": [1, 2, 3, 4], "absent": []}) == (
            "session: 3 · present: 4 entries"
        )


def test_the_day_of_an_act_is_the_office_day() -> None:
    assert trail._midnight(date(2026, 3, 1)).utcoffset() == timedelta(hours=7)
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"
