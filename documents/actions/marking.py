"""What the desk says of papers: accepted, to be corrected, frozen while somebody decides,
sighted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from documents.models import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

IN_HAND = (Paper.State.RECEIVED, Paper.State.READ, Paper.State.UNREADABLE, Paper.State.ACCEPTED)


@transaction.atomic
def mark_papers(vendor_id: int, *, returned: Iterable[str]) -> None:
    """Mark the named documents as to be corrected; the others stay as they are."""
    Paper.objects.filter(
        vendor_id=vendor_id, document_type__in=list(returned), state__in=IN_HAND
    ).update(state=Paper.State.RETURNED)


@transaction.atomic
def freeze_papers(vendor_id: int) -> int:
    """Accept and freeze every paper in force: what was verified is what will be decided on."""
    return Paper.objects.filter(
        vendor_id=vendor_id,
        state__in=(Paper.State.READ, Paper.State.UNREADABLE, Paper.State.ACCEPTED),
    ).update(state=Paper.State.ACCEPTED, frozen_at=timezone.now())


@transaction.atomic
def unfreeze_papers(vendor_id: int) -> int:
    """Open the papers again when a decision sends the case back."""
    return Paper.objects.filter(vendor_id=vendor_id, state=Paper.State.ACCEPTED).update(
        frozen_at=None
    )


@transaction.atomic
def record_sighting(paper: Paper) -> Paper:
    """Record that an officer saw the original (*asli diperlihatkan*)."""
    paper.sighted_at = timezone.now()
    paper.save(update_fields=["sighted_at"])
    return paper
