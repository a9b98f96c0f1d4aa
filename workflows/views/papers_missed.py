"""Papers that people do not have: where help is needed, counted by kind and region.

Counts only, and no firm is named, so whoever sees the figures of a region sees these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.models import DocumentType, PaperMissed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn


@require_safe
@permission_required("workflows.view_evenness", raise_exception=True)
def papers_missed(request: SignedIn) -> HttpResponse:
    """Show how many firms said that they do not have a paper, the most wanted first."""
    counted = list(
        PaperMissed.objects.values_list("document_type_id", "vendor__region__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "vendor__region__name")
    )
    kinds = DocumentType.objects.in_bulk({slug for slug, _region, _count in counted})
    rows = []
    for slug, kind in kinds.items():
        regions = [(region, count) for of, region, count in counted if of == slug]
        rows.append((kind, sum(count for _region, count in regions), regions))
    rows.sort(key=lambda row: -row[1])
    return render(request, "workflows/papers_missed.html", {"rows": rows})
