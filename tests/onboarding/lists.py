"""Lists as offices send them, brought to a point of their road by the real actions."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from onboarding import roles
from onboarding.actions import confirm_sheet, receive_sheet
from onboarding.imports import COLUMNS
from onboarding.models import ReferralSheet, User
from tests import factories as make


def file_of(rows: list[dict[str, Any]], name: str = "contoh.csv") -> SimpleUploadedFile:
    """A CSV file with the titles of the template."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.title for column in COLUMNS])
    writer.writerows([[row.get(column.key, "") for column in COLUMNS] for row in rows])
    return SimpleUploadedFile(name, text.getvalue().encode(), content_type="text/csv")


def received(*rows: dict[str, Any], by: User | None = None) -> ReferralSheet:
    """A list that waits for the worker; by default one business that fulfils every rule."""
    by = by or make.make_user(roles.AGENCY)
    assert by.agency
    return receive_sheet(file=file_of(list(rows) or [make.values()]), agency=by.agency, by=by)


def read(*rows: dict[str, Any], by: User | None = None) -> ReferralSheet:
    """A list that waits for a person."""
    sheet = received(*rows, by=by)
    make.run_jobs()
    sheet.refresh_from_db()
    return sheet


def confirmed(*rows: dict[str, Any], by: User | None = None) -> ReferralSheet:
    """A list that is being entered."""
    sheet = read(*rows, by=by)
    return confirm_sheet(sheet, by=sheet.received_by)


def entered(*rows: dict[str, Any], by: User | None = None) -> ReferralSheet:
    """A list whose businesses are on the road."""
    sheet = confirmed(*rows, by=by)
    make.run_jobs()
    sheet.refresh_from_db()
    return sheet
