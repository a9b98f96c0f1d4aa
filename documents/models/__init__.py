"""PAPER: what is asked, what was handed in, and what the machine and people read on it."""

from documents.models.asked import DocumentType, PaperMissed, Requirement
from documents.models.drafts import DraftPage, PaperDraft
from documents.models.papers import PageImage, Paper, PaperFile, Sighting
from documents.models.readings import Reading, ReadValue, Rereading
from documents.models.reviews import ValueObjection, ValueReview

__all__ = [
    "DocumentType",
    "DraftPage",
    "PageImage",
    "Paper",
    "PaperDraft",
    "PaperFile",
    "PaperMissed",
    "ReadValue",
    "Reading",
    "Requirement",
    "Rereading",
    "Sighting",
    "ValueObjection",
    "ValueReview",
]
