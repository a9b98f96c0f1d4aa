"""What a list carries beside its cells is told, what is no list is turned away, by one gate.

The classes that the reading child refuses are in `test_imports`; the long form of both, through
HTTP, is `./mitra faults bad_files`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bench.doors.sheets import HEADER, ROW, book, text, with_entries
from onboarding import actions, roles
from onboarding.actions.admitting import judge_list
from onboarding.models import ReferralSheet
from tests import factories as make
from tests.antivirus import EICAR, answering
from workflows.models import AuditEvent

if TYPE_CHECKING:
    from pathlib import Path

GOOD = book([HEADER, ROW])


@pytest.mark.parametrize(
    ("name", "content", "refused", "noted"),
    [
        ("a.xlsx", GOOD, [], []),
        ("a.xlsx", with_entries(GOOD, {"xl/embeddings/o.bin": b"MZ"}), [], ["book_attachment"]),
        ("a.xlsx", with_entries(GOOD, {"xl/connections.xml": b"<a/>"}), [], ["book_other_file"]),
        ("a.xlsx", text([HEADER, ROW]), [], ["name_differs"]),
        ("a.xlsx", book([["Jadwal", "Rapat"], ["Senin", "09.00"]]), [], ["no_header"]),
        ("a.xlsm", GOOD, ["macros"], []),
        ("a.exe", text([HEADER, ROW]), ["not_a_sheet"], []),
    ],
)
def test_each_class_of_list_meets_its_verdict(
    tmp_path: Path, name: str, content: bytes, refused: list[str], noted: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert judge_list(path, name=name)[:2] == (refused, noted)


@pytest.mark.django_db
def test_an_infected_list_is_never_opened_and_the_trail_says_why(
    tmp_path: Path, settings: object
) -> None:
    office = make.make_user(roles.AGENCY)
    file = SimpleUploadedFile("a.csv", text([HEADER, ROW]) + EICAR)
    with answering(tmp_path / "clamd") as address:
        settings.ANTIVIRUS = address  # type: ignore[attr-defined]  # pytest-django's own
        actions.receive_sheet(file=file, agency=office.agency, by=office)
        make.run_jobs()
    sheet = ReferralSheet.objects.get()
    assert (sheet.state, sheet.refusal) == (ReferralSheet.State.UNREADABLE, "infected")
    assert AuditEvent.objects.get(act="read_sheet").detail["refusal"] == "infected"
