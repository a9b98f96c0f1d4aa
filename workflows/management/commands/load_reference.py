"""Loads regions, offices, document types, reasons, holidays and platforms; running it again
mends."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from documents.models import DocumentType, Requirement
from documents.requirements import read_requirements
from onboarding import roles
from onboarding.models import Agency, District, JoiningStep, Region, RuleVersion, User
from training.models import Syllabus
from workflows.models import Holiday, Platform, RegionBase, RejectionReason

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Set by the Bureau; the programme's rules as they were studied in November 2026.
RULES_FROM = date(2021, 2, 23)
RULES_BASIS = "SE Gubernur 027/2337/022.1/2021"
#: Twelve governments were named by the press on this day; 32 of 38 had joined by the other.
NAMED_ON, STUDIED_ON = date(2021, 2, 24), date(2022, 11, 30)
READ_BY_MACHINE = frozenset({"akta-pendirian"})
#: Papers that the owner may also give as a statement in the system, with date, hour and text.
STATEMENTS = frozenset({"pakta-integritas", "pkp"})


class Command(BaseCommand):
    """`./mitra manage load_reference`."""

    help = "Loads the reference data that the product ships."

    @transaction.atomic
    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        """Write every table; rows are matched by their official code."""
        load_places()
        load_offices()
        load_papers()
        load_desk()
        User.objects.get_or_create(
            role=roles.SYSTEM,
            defaults={"email": "sistem@mitra.invalid", "full_name": "Sistem", "is_active": True},
        )
        load_joining()
        load_bases()
        RuleVersion.objects.in_force(timezone.localdate())  # makes version 1 where none is kept
        if verbosity:
            self.stdout.write("reference data loaded")


def load_places() -> None:
    """The 38 regencies and cities and their districts (Kepmendagri 300.2.2-2430 of 2025)."""
    for row in _rows("onboarding/reference/regions.csv"):
        Region.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "display_name": row["display_name"],
                "kind": row["type"],
                "government_name": row["government_name"],
                "population": int(row["population_2024"]),
            },
        )
    if District.objects.count() == 0:
        District.objects.bulk_create(
            District(code=row["code"], region_id=row["regency_code"], name=row["name"])
            for row in _rows("onboarding/reference/districts.csv")
        )


def load_offices() -> None:
    """About 50 provincial offices and the 38 governments."""
    for row in _rows("onboarding/reference/opd-jatim.csv"):
        kind = {"administrator": Agency.Kind.BUREAU}.get(row["suggested_role"])
        if "koperasi" in row["name_id"].lower():
            kind = Agency.Kind.COOPERATIVE
        Agency.objects.update_or_create(
            code=slugify(row["short"])[:40],
            defaults={
                "name": row["name_id"],
                "short_name": row["short"],
                "kind": kind or Agency.Kind.PROVINCIAL,
            },
        )
    for region in Region.objects.all():
        Agency.objects.update_or_create(
            code=slugify(f"pem{region.kind[:3]} {region.display_name.split(' ', 1)[1]}"),
            defaults={
                "name": region.government_name,
                "short_name": region.government_name.replace("Pemerintah Kabupaten", "Pemkab")
                .replace("Pemerintah Kota", "Pemkot"),
                "kind": Agency.Kind.GOVERNMENT,
                "region": region,
            },
        )  # fmt: skip


def load_joining() -> None:
    """What was known of the governments, as of its day; offices that were written of since are
    the Bureau's."""
    step = JoiningStep.Step
    known = set(JoiningStep.objects.values_list("agency__region", flat=True))
    governments = Agency.objects.filter(kind=Agency.Kind.GOVERNMENT)
    offices = {office.region_id: office for office in governments}
    for row in _rows("onboarding/reference/regions.csv"):
        if row["code"] in known:
            continue
        is_early = row["joined_by_2021_02"] == "yes"
        day = NAMED_ON if is_early else STUDIED_ON
        has_joined = is_early or row["joined_by_2022_11"] == "yes"
        JoiningStep.objects.create(
            agency=offices[row["code"]],
            step=step.COMMITTED if has_joined else step.NOT_JOINED,
            taken_on=day,
            as_of=day,
            evidence="Malang Post, 24 Februari 2021"
            if is_early
            else "Studi program, November 2022",
            written_by=User.objects.system(),
        )


def load_bases() -> None:
    """How many MSMEs are known of, with source and year; a number of the Bureau's own stays."""
    for row in _rows("workflows/reference/msme-bases.csv"):
        RegionBase.objects.get_or_create(
            region_id=row["region"] or None,
            year=int(row["year"]),
            defaults={
                "msmes": int(row["msmes"]),
                "source": row["source"],
                "written_by": User.objects.system(),
            },
        )


def load_papers() -> None:
    """Document types and what each legal form must hand in."""
    rows = list(_rows("documents/reference/document-types.csv"))
    for position, row in enumerate(rows, start=1):
        DocumentType.objects.update_or_create(
            slug=row["slug"],
            defaults={
                "name_id": row["name_id"],
                "name_en": row["name_en"],
                "issuer": row["issuer_id"],
                "validity": row["validity_id"],
                "note": row["note_id"],
                "position": position,
                "is_read": row["slug"] in READ_BY_MACHINE,
                "is_statement": row["slug"] in STATEMENTS,
            },
        )
    for rule in read_requirements(rows, RULES_BASIS, RULES_FROM):
        Requirement.objects.get_or_create(
            document_type_id=rule.slug,
            legal_form=rule.legal_form,
            from_on=RULES_FROM,
            defaults={"level": rule.level, "basis": rule.basis},
        )


def load_desk() -> None:
    """Reasons, holidays, platforms, the first syllabus."""
    for row in _rows("workflows/reference/rejection-reasons.csv"):
        listed = {key: row[key] for key in ("text_id", "text_en", "group", "action")}
        RejectionReason.objects.update_or_create(code=row["code"], defaults=listed)
        # The words for owners are the keeper's from then on.
        silent = RejectionReason.objects.filter(code=row["code"], suggestion="")
        silent.update(suggestion=row["suggestion"])
    if not Holiday.objects.exists():  # from then on the table is the Bureau's
        Holiday.objects.bulk_create(
            Holiday(day=row["date"], name=row["name"], is_leave=row["kind"] == "leave")
            for row in _rows("workflows/reference/holidays.csv")
        )
    for code, name in (
        ("toko-daring", "Toko daring JATIM BEJO"),
        ("katalog-v6", "Katalog Elektronik v6"),
    ):
        Platform.objects.get_or_create(code=code, defaults={"name": name})
    Syllabus.objects.get_or_create(
        version="2026.1",
        defaults={
            "title": "Bimtek JATIM BEJO bagi pelaku usaha",
            "in_force_on": date(2026, 1, 1),
        },
    )


def _rows(path: str) -> Iterator[dict[str, str]]:
    with (Path(settings.BASE_DIR) / path).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
