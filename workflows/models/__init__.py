"""DESK: cases, the trail, letters and messages, listings, and the programme's settings."""

from workflows.models.casework import (
    Case,
    CorrectionItem,
    CorrectionRequest,
    RejectionReason,
    Round,
    Stage,
)
from workflows.models.programme import Holiday, Listing, Platform, Setting
from workflows.models.sending import AccessLink, Letter, Message
from workflows.models.trail import AuditEvent
from workflows.models.work import Job, Pulse

__all__ = [
    "AccessLink",
    "AuditEvent",
    "Case",
    "CorrectionItem",
    "CorrectionRequest",
    "Holiday",
    "Job",
    "Letter",
    "Listing",
    "Message",
    "Platform",
    "Pulse",
    "RejectionReason",
    "Round",
    "Setting",
    "Stage",
]
