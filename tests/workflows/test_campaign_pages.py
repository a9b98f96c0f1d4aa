"""The officer's pages of a request: drafted by kind, sent, the silent reminded, taken as a file."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from onboarding import roles
from onboarding.models import Agency, Campaign, User
from tests import factories as make
from tests.workflows import campaigns as ask
from workflows.models import Job, Letter, LetterRun

pytestmark = pytest.mark.django_db


def signed_in(role: str = roles.OFFICER) -> tuple[Client, User]:
    client, person = Client(), make.make_user(role)
    client.force_login(person)
    return client, person


def typed(**changes: object) -> dict[str, object]:
    return {
        "title": "Permintaan contoh",
        "question": "Mohon daftar UMKM.",
        "criteria": "",
        "dated_on": timezone.localdate().isoformat(),
        "days": "5",
        **changes,
    }


def test_an_officer_asks_all_governments_and_one_more_office_with_one_form() -> None:
    client, _by = signed_in()
    education = Agency.objects.get(code="dindik")
    assert client.post("/permintaan/baru/", typed()).status_code == 200  # no office was ticked
    assert client.post("/permintaan/baru/", typed(kinds="government", days="0")).status_code == 200
    client.post("/permintaan/baru/", typed(kinds="government", agencies=education.pk))
    campaign = Campaign.objects.get()
    assert campaign.requests.count() == 39
    client.post(f"/permintaan/{campaign.pk}/kirim/")
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.SENT
    again = client.post(f"/permintaan/{campaign.pk}/kirim/")
    assert again.status_code == 409


def test_the_silent_are_found_reminded_and_counted_on_one_page() -> None:
    client, _by = signed_in()
    campaign = ask.late()
    page = client.get(f"/permintaan/{campaign.pk}/?show=silent")
    assert len(page.context["rows"]) == 3
    body = {"requests": [request.pk for request in campaign.requests.all()]}
    client.post(f"/permintaan/{campaign.pk}/ingatkan/", body)
    assert ask.asked(campaign).reminders == 1
    assert client.get(f"/permintaan/{campaign.pk}/surat/?reminder=1").status_code == 200
    answer = client.get(f"/permintaan/{campaign.pk}/rekap.xlsx")
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (len(rows), rows[1][8]) == (4, 1.0)


def test_letters_are_ordered_numbered_and_shown_with_their_progress() -> None:
    client, _by = signed_in()
    campaign = ask.draft("dindik")
    url = f"/permintaan/{campaign.pk}/surat/"
    client.post(url, {"act": "write"})
    run = LetterRun.objects.get()
    assert run.is_working
    assert Job.objects.get(kind="write_letters").subject_id == run.pk
    make.run_jobs()
    body = {"act": "number", "number-first": "027/5/2026"}
    today = timezone.localdate().isoformat()
    assert client.post(url, body | {"number-dated_on": ""}).status_code == 200
    assert client.post(url, body | {"number-dated_on": today}).status_code == 302
    assert Letter.objects.get().number == "027/5/2026"
    assert client.post(url, body | {"number-dated_on": today}).status_code == 409
    run.refresh_from_db()
    bundle = client.get(f"/permintaan/berkas/{run.pk}/")
    assert b"".join(bundle.streaming_content).startswith(b"%PDF")


def test_an_auditor_reads_everything_and_changes_nothing() -> None:
    campaign = ask.late()
    client, _auditor = signed_in(roles.AUDITOR)
    page = client.get(f"/permintaan/{campaign.pk}/").content.decode()
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]
    request = ask.asked(campaign)
    assert client.post(f"/permintaan/kantor/{request.pk}/", {"act": "link"}).status_code == 403
    assert client.post(f"/permintaan/{campaign.pk}/tutup/").status_code == 403
