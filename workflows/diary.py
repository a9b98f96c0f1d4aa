"""Events of the trail as entries of a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onboarding.models import Status
from workflows.sentences import act_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflows.models import AuditEvent


def told(events: Iterable[AuditEvent], vendor_id: int) -> list[dict[str, Any]]:
    """Turn events of a firm's trail into entries of a timeline; what happened to a firm that was
    merged into it names that firm's number."""
    return [
        {
            "at": event.at,
            "who": f"{event.by} ({event.by.get_role_display()})",
            "what": act_words(event.act),
            "of": event.vendor.number if event.vendor and event.vendor_id != vendor_id else "",
            "from": _status(event.from_status),
            "to": _status(event.to_status),
            "why": reason_words(event.reason),
        }
        for event in events
    ]


def _status(code: str) -> str:
    return str(Status(code).label) if code in Status.values else code
