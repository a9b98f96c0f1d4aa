"""Uploading a list: taken in at once, or a clear sentence why not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onboarding import imports, roles
from onboarding.models import Agency, ReferralSheet
from onboarding.sentences import say
from tests import factories as make
from tests.onboarding import lists

pytestmark = pytest.mark.django_db
URL = reverse("onboarding:upload_sheet")


def upload(client: Client, file: SimpleUploadedFile | None = None, **fields: Any) -> Any:
    return client.post(URL, {"file": file or lists.file_of([make.values()]), **fields})


def test_an_office_uploads_in_its_own_name(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    client.force_login(office)
    response = upload(client, letter_reference="B/7/2026", agency=Agency.objects.last().pk)
    sheet = ReferralSheet.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("onboarding:sheet", args=[sheet.pk])
    assert (sheet.agency, sheet.letter_reference) == (office.agency, "B/7/2026")


def test_an_officer_says_for_which_office(client: Client) -> None:
    client.force_login(make.make_user(roles.OFFICER))
    agency = Agency.objects.get(code="dindik")
    assert agency.name in client.get(URL).content.decode()
    assert upload(client).status_code == 200
    assert not ReferralSheet.objects.exists()
    assert upload(client, agency=agency.pk).status_code == 302
    assert ReferralSheet.objects.get().agency == agency


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("daftar.xlsx", b"", "empty_file"),
        ("daftar.pdf", b"%PDF-1.7", "not_a_sheet"),
        ("daftar", b"a;b", "not_a_sheet"),
        ("daftar.xlsm", b"PK", "macros"),
        ("daftar.csv", b"x" * (15 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_plainly_wrong_is_said_at_once(
    client: Client, name: str, content: bytes, code: str
) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    response = upload(client, SimpleUploadedFile(name, content))
    assert say(code, {"limit_mb": 15}) in response.context["form"].errors["file"]
    assert not ReferralSheet.objects.exists()


def test_a_form_without_a_file_says_so(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    assert "file" in client.post(URL, {}).context["form"].errors


def test_the_same_file_again_leads_to_the_earlier_list(client: Client) -> None:
    office = make.make_user(roles.AGENCY)
    row = make.values()
    earlier = lists.received(row, by=office)
    client.force_login(office)
    response = upload(client, lists.file_of([row]), letter_reference="B/8/2026")
    assert response.status_code == 409
    shown = response.content.decode()
    assert reverse("onboarding:sheet", args=[earlier.pk]) in shown
    assert "B/8/2026" in shown, "what was typed is not lost"
    assert 'name="again"' in shown
    assert upload(client, lists.file_of([row]), again="on").status_code == 302
    assert ReferralSheet.objects.count() == 2


@pytest.mark.parametrize("role", [roles.VENDOR, roles.AUDITOR, roles.APPROVER, roles.ADMIN])
def test_only_those_who_refer_may_upload(client: Client, role: str) -> None:
    client.force_login(make.make_user(role))
    assert client.get(URL).status_code == 403
    assert upload(client).status_code == 403
    assert client.get(reverse("onboarding:template")).status_code == 403
    assert client.get(reverse("onboarding:template_csv")).status_code == 403


def test_the_template_that_is_given_out_can_be_read_back(client: Client, tmp_path: Any) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    response = client.get(reverse("onboarding:template"))
    assert 'filename="templat-usulan.xlsx"' in response["Content-Disposition"]
    path = tmp_path / "templat.xlsx"
    path.write_bytes(response.content)
    *_, last = imports.read_sheet(path)
    assert (last["refusal"], last["detail"]) == ("no_rows", {})


def test_the_titles_are_given_out_as_csv_too(client: Client) -> None:
    client.force_login(make.make_user(roles.AGENCY))
    response = client.get(reverse("onboarding:template_csv"))
    first = io.BytesIO(response.content).readline().decode("utf-8-sig")
    assert first.startswith("Nama usaha;Bentuk usaha;NIB;")
