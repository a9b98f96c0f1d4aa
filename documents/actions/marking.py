"""What the desk says of papers: accepted, to be corrected, frozen while somebody decides,
sighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from documents.models import Paper, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

IN_HAND = (Paper.State.RECEIVED, Paper.State.READ, Paper.State.UNREADABLE, Paper.State.ACCEPTED)


@transaction.atomic
def mark_papers(vendor_id: int, *, returned: Iterable[str]) -> None:
    """Mark the named documents as to be corrected; the others stay as they are."""
    Paper.objects.filter(
        vendor_id=vendor_id, document_type__in=list(returned), state__in=IN_HAND
    ).update(state=Paper.State.RETURNED)


@transaction.atomic
def freeze_papers(vendor_id: int) -> int:
    """Accept and freeze every paper in force: what was verified is what will be decided on. One
    that was asked for again is among them when its point was settled without a new one."""
    return Paper.objects.filter(
        vendor_id=vendor_id,
        state__in=(*IN_HAND, Paper.State.RETURNED, Paper.State.ACCEPTED),
    ).update(state=Paper.State.ACCEPTED, frozen_at=timezone.now())


@transaction.atomic
def unfreeze_papers(vendor_id: int) -> int:
    """Open the papers again when a decision sends the case back."""
    return Paper.objects.filter(vendor_id=vendor_id, state=Paper.State.ACCEPTED).update(
        frozen_at=None
    )


@transaction.atomic
def take_back_versions(vendor_id: int, *, since: datetime, before: Iterable[int]) -> None:
    """What was proposed since then was refused: the versions in force before count again."""
    papers = Paper.objects.select_for_update().filter(vendor_id=vendor_id)
    proposed = papers.exclude(state=Paper.State.REPLACED).exclude(pk__in=list(before))
    proposed.filter(received_at__gte=since).update(state=Paper.State.REPLACED)
    in_force = papers.exclude(state=Paper.State.REPLACED).exclude(pk__in=list(before))
    taken = in_force.values_list("document_type_id", flat=True)
    again = papers.filter(pk__in=list(before)).exclude(document_type__in=list(taken))
    again.update(state=Paper.State.ACCEPTED, frozen_at=timezone.now())


@transaction.atomic
def note_validity(paper: Paper, *, valid_until: date | None) -> Paper:
    """Keep the last day on which a paper is valid, as it stands on it."""
    paper.valid_until = valid_until
    paper.save(update_fields=["valid_until"])
    return paper


@transaction.atomic
def record_sighting(
    paper: Paper, *, place: str, sighted_on: date, note: str = "", by: Any
) -> Sighting:
    """Record that an officer saw the original (*asli diperlihatkan*): where, when, what of it."""
    sighting = Sighting.objects.create(
        paper=paper, place=place, sighted_on=sighted_on, note=note, by=by
    )
    paper.sighted_at = sighting.at
    paper.save(update_fields=["sighted_at"])
    return sighting
