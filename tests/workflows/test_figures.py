"""Figures of guidance: counted once, the same on every page, in files and on the map."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from onboarding import roles
from onboarding.models import JoiningStep, User
from tests import factories as make
from training.actions import close_sheet
from training.models import Session
from workflows import actions, coverage, tasks
from workflows.actions.counting import count_due
from workflows.models import AuditEvent, Job, Reckoning, RegionBase, Setting
from workflows.views.trend import history

pytestmark = pytest.mark.django_db
URL = "/pemerataan/"


def count() -> Reckoning:
    return actions.count_figures(
        Reckoning.objects.create().pk, by=User.objects.system(), beat=lambda: None
    )


def close_with(
    firms: int, *, region: str = "35.78", name: str = "Kota Surabaya", **facts: Any
) -> Session:
    """A closed session with so many firms of the region present."""
    session = make.make_session(region_id=region, capacity=40, **facts)
    vendors = [make.refer(region=name) for _firm in range(firms)]
    for vendor in vendors:
        make.invite(vendor, session)
    make.begin(session)
    Session.objects.get(pk=session.pk).seats.update(
        arrived_at=timezone.now(), marked_by=session.trainer
    )
    return close_sheet(session, by=session.trainer)


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make.make_user(roles.OFFICER))
    client.cookies["django_language"] = "en"
    return client


def test_only_sessions_that_are_long_and_full_enough_count(officer: Client) -> None:
    close_with(5)
    close_with(2, region="35.07", name="Kab. Malang")
    count()
    shown = coverage.picture(make.make_user(roles.OFFICER), today=timezone.localdate())
    city, regency = shown.by_code()["35.78"], shown.by_code()["35.07"]
    assert (city.numbers["sessions"], city.reached, city.cadence.state) == (1, 5, "in_time")
    assert (regency.numbers["sessions"], regency.numbers["tokens"]) == (0, 1)
    assert (regency.reached, regency.numbers["people"], regency.cadence.state) == (0, 2, "never")
    assert shown.consistent == 1
    page = officer.get(URL)
    assert page.status_code == 200
    assert len(page.context["rows"]) == 38
    assert page.context["tiles"][3]["number"] == 5
    assert "/bimtek/baru/?region=35.07" in page.content.decode()


def test_a_region_without_a_number_of_its_own_shows_a_marked_estimate(officer: Client) -> None:
    page = officer.get(URL)
    assert page.context["shown"].is_estimate
    whole = sum(row.base.msmes for row in page.context["shown"].rows)
    assert round(whole) == 1_153_576
    sent = "Wilayah;Tahun;UMKM;Sumber\n35.78;2025;200.000;Contoh Dinas\n"
    answer = officer.post(f"{URL}umkm/", {"file": SimpleUploadedFile("umkm.csv", sent.encode())})
    assert answer.status_code == 302
    base = (
        coverage.picture(make.make_user(roles.OFFICER), today=timezone.localdate())
        .by_code()["35.78"]
        .base
    )
    assert base is not None
    assert (base.msmes, base.year, base.is_estimate) == (200_000, 2025, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\x00\xff",
        b"region,year,msmes,source\n99.99,2025,5,x\n",
        b"region,year,msmes,source\n35.78,2031,5,x\n",
        b"region,year,msmes,source\n35.78,2025,-5,x\n",
        b"region,year,msmes,source\n35.78,2025,5,\n",
        b"kode,jumlah\n35.78,5\n",
    ],
)
def test_a_list_that_cannot_be_right_is_refused_with_a_sentence(
    officer: Client, content: bytes
) -> None:
    before = RegionBase.objects.count()
    answer = officer.post(f"{URL}umkm/", {"file": SimpleUploadedFile("umkm.csv", content)})
    assert answer.status_code in (409, 422)
    assert RegionBase.objects.count() == before


def test_files_run_no_formula_and_small_counts_stay_inside_when_published(officer: Client) -> None:
    RegionBase.objects.create(
        region_id="35.78", year=2025, msmes=1000, source="=HYPERLINK(1)",
        written_by=User.objects.system(),
    )  # fmt: skip
    Setting.objects.create(key="token_present", value=1, explanation="")
    close_with(3)
    count()
    inside = officer.get(f"{URL}tabel.csv").content.decode("utf-8-sig")
    outside = officer.get(f"{URL}tabel.csv?for=public").content.decode("utf-8-sig")
    row, public = (
        next(line for line in text.splitlines() if "35.78" in line) for text in (inside, outside)
    )
    assert "'=HYPERLINK" in row
    assert ";3;3;0;3;1000;2025;" in row
    assert ";<5;<5;0;<5;1000;2025;" in public
    assert "0.3" not in public
    assert officer.get(f"{URL}tabel.xlsx").content.startswith(b"PK")


def test_a_count_is_ordered_when_something_happened_and_done_by_the_worker(officer: Client) -> None:
    count()
    now = timezone.now()
    assert count_due(now=now + timedelta(minutes=5)) == []
    make.refer()
    assert count_due(now=now + timedelta(minutes=5)) == []
    assert count_due(now=now + timedelta(minutes=11))[0][0] == Job.Kind.COUNT_FIGURES
    assert officer.post(f"{URL}hitung/").status_code == 302
    job = Job.objects.get(kind=Job.Kind.COUNT_FIGURES)
    assert tasks.do_job(job.pk) == "done"
    assert Reckoning.objects.get().last_event == AuditEvent.objects.latest("pk").pk


def test_the_trend_tells_the_programme_from_638_vendors_on(officer: Client) -> None:
    told = {moment.day: (moment.vendors, moment.governments) for moment in history()}
    assert told[date(2021, 2, 23)][0] == 638
    assert [told[date(2021, 11, 22)][1], told[date(2021, 11, 30)]] == [21, (1659, 24)]
    assert told[date(2022, 11, 30)] == (4918, 32)
    close_with(5)
    count()
    page = officer.get("/perkembangan/")
    moments = [row["moment"] for row in page.context["moments"]]
    assert [m.vendors for m in moments if m.vendors] == [638, 1500, 1659, 1974, 4918]
    assert (moments[-1].is_ours, moments[-1].governments) == (True, 32)
    assert page.context["quarters"][-1]["quarter"].reached == 5


def test_a_forecast_is_refused_under_thirty_cases_and_given_with_them(officer: Client) -> None:
    wish = {"firms": "50", "by": str(timezone.localdate() + timedelta(days=300)), "seats": "40",
            "trainers": "2", "hours": "5"}  # fmt: skip
    page = officer.get("/perkiraan/", wish)
    assert [count for _words, count in page.context["short"]] == [0]
    Reckoning.objects.create(
        cut_at=timezone.now(),
        observed={
            "steps": {"present": [100, 60], "complete": [60, 40], "approved": [40, 36],
                      "active": [36, 30]},
            "rounds": [0, 1] * 20,
            "days": [float(day) for day in range(40, 72)],
        },
    )  # fmt: skip
    answer = officer.get("/perkiraan/", wish).context["answer"]
    assert answer.sessions.low <= answer.sessions.middle <= answer.sessions.high
    assert officer.get("/perkiraan/", wish | {"by": "2001-01-01"}).status_code == 422


def test_what_was_known_in_november_2022_is_not_told_as_of_today(officer: Client) -> None:
    steps = JoiningStep.objects.filter(as_of__isnull=False)
    assert steps.filter(step="not_joined", as_of=date(2022, 11, 30)).count() == 6
    assert steps.filter(step="committed").count() == 32
    assert steps.filter(step="committed", as_of=date(2021, 2, 24)).count() == 12
    assert officer.get("/usulan/kantor/").content.decode().count("as of November 2022") == 26
