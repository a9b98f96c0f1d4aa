"""Offices on their own road in the demonstration, and the first count of all figures."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

import onboarding.actions
import training.actions
from onboarding.models import Agency
from training.models import Session, Syllabus
from workflows import actions
from workflows.demo import past
from workflows.models import Reckoning

if TYPE_CHECKING:
    from onboarding.models import User

#: Offices whose people came to the session for buyers, and those that buy already.
CAME = ("35.78", "35.73", "35.15", "35.79")
BUYS = ("35.73", "35.78")


def bring_offices(people: dict[str, User]) -> None:
    """Hold a session for buyers, confirm what it shows, and let two governments buy."""
    by, trainer = people["petugas"], people["narasumber"]
    starts_at = timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=40), time(9))
    )
    session = training.actions.plan_session(
        title="Bimtek pembeli: mengenal Toko Daring",
        audience=Session.Audience.GOVERNMENT,
        region_id="35.78",
        place="Ruang Rapat Contoh",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        capacity=40,
        trainer=trainer,
        syllabus=Syllabus.objects.get(version="2026.1"),
        by=by,
    )
    offices = list(Agency.objects.filter(kind=Agency.Kind.GOVERNMENT, region__in=CAME))
    for number, office in enumerate(offices):
        names = [
            training.actions.Person(f"Contoh Peserta {number}{letter}", "Pejabat Pengadaan")
            for letter in "AB"
        ]
        training.actions.seat_office_people(session, agency=office, people=names, by=by)
    past.move_session(session, starts_at - timedelta(days=60))
    seats = session.seats.values_list("pk", flat=True)
    training.actions.mark_attendance(
        session,
        present=dict.fromkeys(seats, True),
        reason="Disalin dari daftar hadir",
        by=trainer,
    )
    training.actions.close_sheet(session, by=trainer)
    for office in offices:
        if office.region_id not in BUYS:
            continue  # their proposals wait for an officer
        step = office.joining_steps.get(is_proposed=True)
        onboarding.actions.confirm_joining_step(step, by=by)
        onboarding.actions.write_joining_step(
            office,
            step="buying",
            taken_on=timezone.localdate() - timedelta(days=3),
            evidence="Pesanan pertama Contoh 001",
            by=by,
        )


def count_all(system: User) -> None:
    """Count the figures once, so that no page of them is empty."""
    actions.count_figures(Reckoning.objects.create().pk, by=system, beat=lambda: None)
