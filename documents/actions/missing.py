"""An owner says "I do not have this": counted once, and taken back when the paper comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from documents import events
from documents.models import PaperMissed

if TYPE_CHECKING:
    from documents.models import DocumentType


@transaction.atomic
def miss_paper(vendor_id: int, *, document_type: DocumentType, by: Any) -> PaperMissed:
    """Record that a firm does not have a paper; said again, it is still once."""
    missed, is_new = PaperMissed.objects.get_or_create(
        vendor_id=vendor_id, document_type=document_type, defaults={"said_by": by}
    )
    if is_new:
        events.paper_missed.send(sender=PaperMissed, missed=missed, by=by)
    return missed
