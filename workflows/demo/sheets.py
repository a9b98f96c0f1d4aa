"""Two lists as offices send them: one entered, one that waits to be checked, with rows that
fail."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

import onboarding.actions
from onboarding.imports import TITLES
from onboarding.models import ReferralSheet, User, Vendor
from workflows import tasks
from workflows.demo.firms import invent
from workflows.models import Job


def bring_sheets(agency_staff: User, cooperative_staff: User) -> None:
    """Upload both; the first is confirmed and entered, the second is left for a person."""
    first = [fresh(row, 500 + n) for n, row in enumerate(invent(8, seed=41))]
    sheet = _bring(first, "usulan-umkm-dindik.xlsx", by=agency_staff)
    onboarding.actions.confirm_sheet(sheet, by=agency_staff)
    _work(Job.Kind.ENTER_SHEET, sheet)
    second = [fresh(row, 600 + n) for n, row in enumerate(invent(12, seed=42))]
    known = Vendor.objects.exclude(nib="").order_by("pk").first()
    if known:
        second[2] |= {"nib": known.nib, "name": known.name}
        second[5] |= {"phone": known.phone}
    second[7] |= {"nib": "12345"}
    second[8] |= {"region": "Malang"}
    second[9] |= {"owner_name": ""}
    _bring(second, "daftar-binaan-koperasi.xlsx", by=cooperative_staff)


def fresh(row: dict[str, Any], number: int) -> dict[str, Any]:
    """Return an invented row with a name and numbers that no other firm has."""
    return {
        **row,
        "name": f"{row['name']} {number}",
        "nib": f"00032{number:08d}",
        "phone": f"0812902{number:05d}",
        "email": f"daftar{number}@contoh.test",
    }


def _bring(rows: list[dict[str, Any]], name: str, *, by: User) -> ReferralSheet:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("Usulan")
        page.write_row(0, 0, list(TITLES.values()))
        for place, row in enumerate(rows, start=1):
            for column, key in enumerate(TITLES):
                page.write_string(place, column, str(row.get(key, "")))
    if by.agency is None:
        raise LookupError(by.pk)
    sheet = onboarding.actions.receive_sheet(
        file=SimpleUploadedFile(name, file.getvalue()), agency=by.agency, by=by
    )
    _work(Job.Kind.READ_SHEET, sheet)
    return sheet


def _work(kind: str, sheet: ReferralSheet) -> None:
    tasks.do_job(Job.objects.get(kind=kind, subject_id=sheet.pk).pk)
    sheet.refresh_from_db()
