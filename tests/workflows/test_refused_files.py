"""Every door shows its files to the antivirus; a file turned away leaves one line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from onboarding import roles
from tests import factories as make
from tests.antivirus import EICAR, answering
from workflows.models import AuditEvent

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from onboarding.models import User

pytestmark = pytest.mark.django_db
BASES = b"wilayah,tahun,umkm,sumber\n35.78,2025,10,BPS\n"


def test_a_file_turned_away_at_any_door_leaves_one_line_in_the_trail(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    office, officer = make.make_user(roles.AGENCY), make.make_user(roles.OFFICER)
    keeper, auditor = make.make_user(roles.ADMIN), make.make_user(roles.AUDITOR)
    held = make.begin(make.make_session())
    day = timezone.localdate().isoformat()
    letter = {
        "letter_number": "094/7/2026", "letter_on": day, "issued_by": "Inspektorat Contoh",
        "auditors": [auditor.pk], "access_from": day, "access_until": day, "audited_from": day,
        "audited_until": day,
    }  # fmt: skip
    sheets = reverse("onboarding:upload_sheet")
    bases = reverse("workflows:region_bases")
    marks = reverse("training:import_scans", args=[held.pk])
    pictures = reverse("workflows:add_picture", args=[held.pk])
    blacklist = reverse("workflows:blacklist")
    audits = reverse("workflows:assign_auditors")
    refused: list[tuple[User, str, str, bytes, str, str]] = [
        (office, sheets, "a.xlsx", b"", "sheet", "empty_file"),
        (office, sheets, "a.exe", b"MZ", "sheet", "not_a_sheet"),
        (office, sheets, "a.xlsm", b"PK", "sheet", "macros"),
        (officer, blacklist, "a.csv", b"", "blacklist", "empty"),
        (officer, blacklist, "a.csv", b"%PDF-1.7", "blacklist", "pdf"),
        (officer, blacklist, "a.csv", EICAR, "blacklist", "infected"),
        (officer, bases, "a.csv", b"x" * 200_001, "region_bases", "too_large"),
        (officer, bases, "a.csv", b"wilayah", "region_bases", "invalid"),
        (officer, bases, "a.csv", BASES + EICAR, "region_bases", "infected"),
        (held.trainer, marks, "a.json", b"[]", "door_file", "not_from_door"),
        (held.trainer, marks, "a.json", b"{}" + EICAR, "door_file", "infected"),
        (held.trainer, pictures, "a.jpg", b"GIF89a", "session_picture", "not_allowed_type"),
        (held.trainer, pictures, "a.jpg", EICAR, "session_picture", "infected"),
        (keeper, audits, "a.jpg", b"", "assignment_letter", "empty"),
        (keeper, audits, "a.jpg", b"GIF89a", "assignment_letter", "not_allowed_type"),
    ]
    with answering(tmp_path / "clamd") as address:
        settings.ANTIVIRUS = address
        for person, url, name, content, door, code in refused:
            client.force_login(person)
            file = make.SimpleUploadedFile(name, content)
            field = "scan" if door == "assignment_letter" else "file"
            said = {field: file, "kind": "photo", "act": "import", **letter}
            assert client.post(url, said).status_code in (200, 302, 409, 422), (door, code)
            [event] = AuditEvent.objects.filter(act="refuse_file", by=person)[:1]
            assert (event.detail["door"], event.detail["refusal"]) == (door, code)
        assert AuditEvent.objects.filter(act="refuse_file").count() == len(refused)
        client.force_login(officer)
        assert client.post(bases, {"file": make.SimpleUploadedFile("a.csv", BASES)})["Location"]
    client.force_login(officer)  # and one that is silent lets nothing in
    answer = client.post(bases, {"file": make.SimpleUploadedFile("a.csv", BASES)})
    assert answer.status_code == 422
    assert AuditEvent.objects.latest("pk").detail["refusal"] == "scan_failed"
