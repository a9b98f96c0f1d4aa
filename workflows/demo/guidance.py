"""What makes guidance look alive in the demonstration: halls, a series, an office's session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

import training.actions
from onboarding.models import Region
from training.models import Session, Syllabus

if TYPE_CHECKING:
    from onboarding.models import User

VERSION = "2026.1"
#: Region, hall, chairs, days from now: the same guidance in three regencies of Madura.
SERIES = (
    ("35.26", "Pendopo Contoh Bangkalan", 80, 9),
    ("35.27", "Gedung Serbaguna Contoh Sampang", 60, 11),
    ("35.28", "Aula Contoh Dinas Koperasi Pamekasan", 50, 16),
)
MATERIALS = (
    ("Buku saku Toko Daring untuk usaha kecil", "https://contoh.test/materi/buku-saku.pdf"),
    ("Video: membuat akun penjual dalam sepuluh menit", "https://contoh.test/materi/akun"),
)


def plan_calendar(people: dict[str, User]) -> None:
    """Fill this month and the next: a series of three, an office's session, one that was moved."""
    by, trainer = people["petugas"], people["narasumber2"]
    syllabus = Syllabus.objects.get(version=VERSION)
    for title, url in MATERIALS:
        training.actions.add_material(syllabus, title=title, url=url, by=by)
    same: dict[str, Any] = {
        "audience": Session.Audience.VENDORS,
        "trainer": trainer,
        "syllabus": syllabus,
        "capacity": 50,
        "language": Session.Language.MADURESE,
        "category": "Makanan",
        "cost": 7_500_000,
    }
    title = "Bimtek JATIM BEJO Madura"
    rows = [_row(title, *place, **same) for place in SERIES]
    training.actions.plan_series(title=title, rows=rows, by=by)
    office: dict[str, Any] = {
        **_row("Bimtek pembeli: belanja lewat Toko Daring", "35.78", "Ruang Rapat Contoh", 30, 15),
        "audience": Session.Audience.GOVERNMENT,
        "way": Session.Way.BOTH,
        "online_url": "https://rapat.contoh.test/bimtek-pembeli",
        "trainer": people["narasumber"],
        "co_trainers": [trainer],
        "syllabus": syllabus,
        "capacity": 30,
    }
    training.actions.plan_session(by=by, **office)
    moved = training.actions.plan_session(
        by=by, **{**_row("Bimtek foto produk", "35.79", "Balai Contoh Batu", 40, 8), **same}
    )
    facts = _row(moved.title, "35.79", "Balai Contoh Batu", 40, 18)
    training.actions.move_session(
        moved,
        reason="Balai dipakai untuk pemilihan kepala desa.",
        by=by,
        **{name: value for name, value in facts.items() if name != "title"},
    )


def _row(title: str, code: str, hall: str, chairs: int, days: int, **same: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=days)
    starts_at = timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=9)))
    return {
        **same,
        "title": title,
        "region": Region.objects.get(pk=code),
        "place": hall,
        "address": "Jalan Contoh Nomor 5",
        "map_url": "https://peta.contoh.test/",
        "keep_hall": True,
        "chairs": chairs,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
    }
