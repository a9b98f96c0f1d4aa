"""Papers that a firm must still bring: what is required of its legal form and is not in yet.

Asked for one firm or for everybody who waits, with two queries either way.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from documents.models import Paper, Requirement
from workflows.owner.papers import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from documents.models import DocumentType
    from onboarding.models import Vendor

#: A paper that was sent back has to come again.
IS_IN = (Paper.State.RECEIVED, Paper.State.READ, Paper.State.UNREADABLE, Paper.State.ACCEPTED)


def papers_to_bring(firms: Iterable[Vendor]) -> dict[int, tuple[DocumentType, ...]]:
    """Return for each firm the required papers that are missing, in the order asked."""
    firms = list(firms)
    required = required_papers()
    handed_in = papers_in(Paper.objects.filter(vendor__in=[firm.pk for firm in firms]))
    return {
        firm.pk: tuple(
            paper
            for paper in required.get(firm.legal_form, ())
            if paper.pk not in handed_in.get(firm.pk, ())
        )
        for firm in firms
    }


def required_papers() -> dict[str, tuple[DocumentType, ...]]:
    """Return for each legal form the papers that are required today, in the order asked."""
    by_form: dict[str, list[Requirement]] = defaultdict(list)
    for rule in Requirement.objects.select_related("document_type"):
        by_form[rule.legal_form].append(rule)
    found = {}
    for form, rules in by_form.items():
        types = {rule.document_type_id: rule.document_type for rule in rules}
        found[form] = tuple(types[slug] for slug in levels_of(form, rules)["required"])
    return found


def papers_in(papers: QuerySet[Paper]) -> dict[int, set[str]]:
    """Return the kinds of papers that are in, by firm."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = papers.filter(state__in=IS_IN).values_list("vendor_id", "document_type_id")
    for vendor_id, slug in rows.iterator(chunk_size=5000):
        found[vendor_id].add(slug)
    return found
