"""The same deed, or the very same file, handed in by two firms is put before a person's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from documents.models import DocumentType, Paper, Reading, ReadValue
from documents.reading.identity import deed_identity

if TYPE_CHECKING:
    from collections.abc import Iterable

CHECK: Final = "same_deed_elsewhere"
MOST_TWINS: Final = 20


def flag_twins(paper: Paper, reading: Reading) -> list[Paper]:
    """Find the papers in force of other firms that are the same deed, and flag both sides.

    The flag is a check of the reading and names the other papers by number only, so what it says
    depends on who looks. Returns the twins, none for papers that the machine does not read.
    """
    reading.identity = (deed_identity(reading.fields) or "")[:200]
    twins = list(_twins(paper, reading)) if paper.document_type.is_read else []
    reading.checks = with_twins(reading.checks, [twin.pk for twin in twins])
    reading.save(update_fields=["identity", "checks"])
    for twin in twins:
        known = [pk for check in twin.reading.checks for pk in check.get("papers", [])]
        twin.reading.checks = with_twins(twin.reading.checks, [*known, paper.pk])
        twin.reading.save(update_fields=["checks"])
    return twins


def with_twins(checks: Iterable[dict[str, Any]], papers: Iterable[int]) -> list[dict[str, Any]]:
    """Give a reading's checks with this flag instead of an earlier one; none without papers."""
    others = [check for check in checks if check["name"] != CHECK]
    named = sorted(set(papers))
    flag = {
        "name": CHECK,
        "verdict": ReadValue.Verdict.DIFFERS.value,
        "values": [],
        "evidence": [],
        "papers": named,
    }
    return [flag, *others] if named else others


def _twins(paper: Paper, reading: Reading) -> Iterable[Paper]:
    # Of two papers that are kept at the same moment, the later sees the earlier.
    DocumentType.objects.select_for_update().get(pk=paper.document_type_id)
    is_same = Q(files__sha256__in=list(paper.files.values_list("sha256", flat=True)))
    if reading.identity:
        is_same |= Q(reading__identity=reading.identity)
    return (
        Paper.objects.filter(is_same, document_type__is_read=True)
        .exclude(vendor=paper.vendor_id)
        .exclude(state=Paper.State.REPLACED)
        .select_related("reading", "vendor")
        .distinct()[:MOST_TWINS]
    )
