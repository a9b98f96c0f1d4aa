"""The only place where the trail is written, so that every act leaves the same trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workflows import chain, posting
from workflows.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User, Vendor


def record(
    act: str,
    *,
    by: User,
    vendor: Vendor | None = None,
    from_status: str = "",
    to_status: str = "",
    reason: str = "",
    **detail: Any,
) -> AuditEvent:
    """Write one act in the caller's transaction. ``detail`` takes codes, counts and hashes only."""
    posting.hold()
    event = AuditEvent(
        act=act,
        by=by,
        role=by.role,
        vendor=vendor,
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        detail=detail,
    )
    chain.seal(event).save(force_insert=True)
    return event


def record_many(
    act: str, *, by: User, moves: Iterable[tuple[int, str, str, dict[str, Any]]], reason: str = ""
) -> int:
    """Write one event per vendor of a batch: ``(vendor_id, from, to, detail)``. Returns how
    many."""
    posting.hold()
    events = [
        chain.seal(
            AuditEvent(
                act=act,
                by=by,
                role=by.role,
                vendor_id=vendor_id,
                from_status=from_status,
                to_status=to_status,
                reason=reason,
                detail=detail,
            )
        )
        for vendor_id, from_status, to_status, detail in moves
    ]
    return len(AuditEvent.objects.bulk_create(events, batch_size=1000))
