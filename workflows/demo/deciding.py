"""Decisions in the demonstration: cases that may be approved together, originals that were seen, a
tie that an officer declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

import documents.actions
from documents.models import Paper
from onboarding.models import Status, Vendor
from workflows import actions
from workflows.advice import advice_words
from workflows.models import Case, Round, Stage

if TYPE_CHECKING:
    from onboarding.models import User

SEEN, CONFIRMED = 2, 6


def prepare_decisions(people: dict[str, User]) -> None:
    """Let the verified cases say nothing but "approve", show originals, declare a tie."""
    waiting = Case.objects.filter(stage=Stage.DECIDE, round_number=1, returns=0)
    Round.objects.filter(case__in=waiting, number=1).update(recommendation=advice_words("approve"))
    officer = people["petugas"]
    to_verify = Case.objects.filter(stage=Stage.VERIFY, owner__isnull=True).order_by("pk")
    in_force = Paper.objects.exclude(state=Paper.State.REPLACED).order_by("pk")
    nibs = in_force.filter(vendor__in=to_verify.values("vendor"), document_type="nib")
    cards = in_force.filter(vendor__in=waiting.values("vendor"), document_type="ktp")
    for paper in [*nibs[:SEEN], *cards[:CONFIRMED]]:
        documents.actions.record_sighting(
            paper, place="Loket Biro Contoh", sighted_on=timezone.localdate(), by=officer
        )
    tied = Vendor.objects.filter(status=Status.ELIGIBLE).order_by("pk").first()
    if tied is not None:
        actions.declare_conflict(tied, reason="Toko milik kakak saya.", by=people["petugas2"])
