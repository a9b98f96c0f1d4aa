"""Invented firms and sessions for the measures of guidance, written straight into the tables."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from onboarding import roles
from onboarding.models import Region, Status, User, Vendor
from training.models import Seat, Session, Syllabus

OFFICER, TRAINER = "petugas@contoh.test", "narasumber@contoh.test"


def officer() -> User:
    """The officer of this database, made when there is none yet."""
    return _person(OFFICER, roles.OFFICER)


def eligible_firms(wanted: int) -> list[Vendor]:
    """So many firms of all regions that may be invited."""
    regions = cycle(Region.objects.order_by("pk"))
    before = Vendor.objects.count()
    return Vendor.objects.bulk_create(
        (
            Vendor(
                name=f"Contoh Usaha Sumber Rejeki {number}",
                owner_name=f"Contoh Pemilik {number}",
                legal_form="perorangan",
                nib=f"00{number:011d}",
                phone=f"+62812{number:08d}",
                region=next(regions),
                status=Status.ELIGIBLE,
            )
            for number in range(before + 1, before + wanted + 1)
        ),
        batch_size=500,
    )


def planned_session(capacity: int, *, days: int) -> Session:
    """A session to come, with so many chairs."""
    starts_at = timezone.now() + timedelta(days=days)
    return Session.objects.create(
        title="Bimtek JATIM BEJO Contoh",
        region_id="35.78",
        place="Aula Contoh",
        address="Jalan Contoh Nomor 1",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=5),
        capacity=capacity,
        trainer=_person(TRAINER, roles.TRAINER),
        syllabus=_syllabus(),
        created_by=officer(),
    )


def closed_session(present: int) -> Session:
    """A session of yesterday whose sheet says that so many firms were there."""
    held = planned_session(present, days=-1)
    now, by = timezone.now(), officer()
    Seat.objects.bulk_create(
        (
            Seat(
                session=held,
                vendor=firm,
                given_by=by,
                state=Seat.State.CONFIRMED,
                arrived_at=held.starts_at,
                arrived_via=Seat.ArrivedVia.PASS,
                marked_by=by,
            )
            for firm in eligible_firms(present)
        ),
        batch_size=500,
    )
    held.state, held.closed_at, held.closed_by = Session.State.CLOSED, now, by
    held.save()
    return held


def _person(email: str, role: str) -> User:
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, role=role, full_name=f"Contoh {role}")


def _syllabus() -> Any:
    first = {"title": "Berjualan di toko daring", "in_force_on": timezone.localdate()}
    return Syllabus.objects.get_or_create(version="contoh", defaults=first)[0]
