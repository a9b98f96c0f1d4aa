"""Two firms were one: their papers become one firm's, one of each kind in force."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from documents.models import Paper, PaperDraft, PaperMissed


@transaction.atomic
def move_papers(*, from_id: int, to_id: int, ledger: Any) -> dict[int, str]:
    """Give one firm's papers to another as further versions of its own; readings come along.

    What the receiving firm has in force stays in force: that is what its case was built on.
    ``ledger`` writes and remembers, so that its ``undo`` is the way back. Returns the papers that
    were in force when they left, with their state then.
    """
    mine = Paper.objects.filter(vendor=to_id).order_by()
    newest = dict(mine.values_list("document_type_id").annotate(Max("version")))
    in_force = set(
        mine.exclude(state=Paper.State.REPLACED).values_list("document_type_id", flat=True)
    )
    left_as: dict[int, str] = {}
    keys = set(mine.exclude(upload_key="").values_list("upload_key", flat=True))
    for paper in Paper.objects.filter(vendor=from_id).order_by("version", "pk"):
        kind = paper.document_type_id
        if paper.state != Paper.State.REPLACED:
            left_as[paper.pk] = paper.state
        if kind in in_force:
            ledger.change(paper, state=Paper.State.REPLACED)
        newest[kind] = newest.get(kind, 0) + 1
        key = "" if paper.upload_key in keys else paper.upload_key
        ledger.change(paper, version=newest[kind], upload_key=key, vendor_id=to_id)
    drafts = PaperDraft.objects.filter(vendor=to_id).values("document_type")
    missed = PaperMissed.objects.filter(vendor=to_id).values("document_type")
    for rows in (
        PaperDraft.objects.filter(vendor=from_id).exclude(document_type__in=drafts),
        PaperMissed.objects.filter(vendor=from_id).exclude(document_type__in=missed),
    ):
        ledger.give(rows, "vendor_id", to_id)
    return left_as


@transaction.atomic
def restore_in_force(vendor_id: int, states: dict[int, str]) -> list[int]:
    """Papers that came back to their firm and were replaced elsewhere meanwhile count again.

    ``states`` are the papers that were in force when they left, with their state then. Returns
    those put in force.
    """
    papers = Paper.objects.filter(vendor=vendor_id)
    in_force = papers.exclude(state=Paper.State.REPLACED).values_list("document_type_id", flat=True)
    restored = []
    for paper in papers.filter(pk__in=states, state=Paper.State.REPLACED):
        if paper.document_type_id not in set(in_force):
            papers.filter(pk=paper.pk).update(state=states[paper.pk])
            restored.append(paper.pk)
    return restored
