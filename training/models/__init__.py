"""MEETING: technical guidance sessions, who is asked, who was there, and what stays of it."""

from training.models.after import (
    Certificate,
    CertificateBatch,
    CertificateYear,
    Feedback,
    QuizQuestion,
    QuizResult,
    SessionPicture,
)
from training.models.allocations import Allocation, AllocationRow
from training.models.door import DoorDevice, Scan
from training.models.feeds import CalendarFeed
from training.models.seats import SEATED, Seat
from training.models.sessions import Material, Series, Session, Syllabus, Venue

__all__ = [
    "SEATED",
    "Allocation",
    "AllocationRow",
    "CalendarFeed",
    "Certificate",
    "CertificateBatch",
    "CertificateYear",
    "DoorDevice",
    "Feedback",
    "Material",
    "QuizQuestion",
    "QuizResult",
    "Scan",
    "Seat",
    "Series",
    "Session",
    "SessionPicture",
    "Syllabus",
    "Venue",
]
