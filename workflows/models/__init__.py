"""DESK: cases, the trail, letters and messages, listings, and the programme's settings."""

from workflows.models.approving import BulkApproval
from workflows.models.assisting import Assistance
from workflows.models.auditing import (
    AuditAssignment,
    AuditPack,
    AuditSample,
    FlagCount,
    RedFlag,
    SampledCase,
)
from workflows.models.breaches import Breach
from workflows.models.casenotes import CaseNote, Hold, PendingAct
from workflows.models.casework import (
    Case,
    CaseKind,
    CorrectionItem,
    CorrectionRequest,
    RejectionReason,
    Round,
    Stage,
)
from workflows.models.conflicts import Conflict, PersonalMark
from workflows.models.erasing import Erasure
from workflows.models.figures import Reckoning, RegionBase, RegionMonth, RegionNow
from workflows.models.heads import TrailCheck, TrailHead
from workflows.models.merging import Merge, PairSample
from workflows.models.posting import PostedForm
from workflows.models.programme import Holiday, Listing, Platform, Setting
from workflows.models.queueing import Leave, SavedQueue
from workflows.models.reaching import ContactChoice, DeadContact
from workflows.models.rights import Consent, FactCorrection, Look
from workflows.models.runs import LetterRun
from workflows.models.sending import AccessLink, Letter, Message
from workflows.models.tickets import Ticket, TicketEntry
from workflows.models.trail import AuditEvent, ChainLink
from workflows.models.watching import BrowsingAlert
from workflows.models.work import Job, Pulse

__all__ = [
    "AccessLink",
    "Assistance",
    "AuditAssignment",
    "AuditEvent",
    "AuditPack",
    "AuditSample",
    "Breach",
    "BrowsingAlert",
    "BulkApproval",
    "Case",
    "CaseKind",
    "CaseNote",
    "ChainLink",
    "Conflict",
    "Consent",
    "ContactChoice",
    "CorrectionItem",
    "CorrectionRequest",
    "DeadContact",
    "Erasure",
    "FactCorrection",
    "FlagCount",
    "Hold",
    "Holiday",
    "Job",
    "Leave",
    "Letter",
    "LetterRun",
    "Listing",
    "Look",
    "Merge",
    "Message",
    "PairSample",
    "PendingAct",
    "PersonalMark",
    "Platform",
    "PostedForm",
    "Pulse",
    "Reckoning",
    "RedFlag",
    "RegionBase",
    "RegionMonth",
    "RegionNow",
    "RejectionReason",
    "Round",
    "SampledCase",
    "SavedQueue",
    "Setting",
    "Stage",
    "Ticket",
    "TicketEntry",
    "TrailCheck",
    "TrailHead",
]
