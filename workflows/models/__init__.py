"""DESK: cases, the trail, letters and messages, listings, and the programme's settings."""

from workflows.models.assisting import Assistance
from workflows.models.casework import (
    Case,
    CorrectionItem,
    CorrectionRequest,
    RejectionReason,
    Round,
    Stage,
)
from workflows.models.figures import Reckoning, RegionBase, RegionMonth, RegionNow
from workflows.models.merging import Merge, PairSample
from workflows.models.programme import Holiday, Listing, Platform, Setting
from workflows.models.queueing import SavedQueue
from workflows.models.runs import LetterRun
from workflows.models.sending import AccessLink, Letter, Message
from workflows.models.trail import AuditEvent
from workflows.models.work import Job, Pulse

__all__ = [
    "AccessLink",
    "Assistance",
    "AuditEvent",
    "Case",
    "CorrectionItem",
    "CorrectionRequest",
    "Holiday",
    "Job",
    "Letter",
    "LetterRun",
    "Listing",
    "Merge",
    "Message",
    "PairSample",
    "Platform",
    "Pulse",
    "Reckoning",
    "RegionBase",
    "RegionMonth",
    "RegionNow",
    "RejectionReason",
    "Round",
    "SavedQueue",
    "Setting",
    "Stage",
]
