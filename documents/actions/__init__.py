"""What can be done in this room: papers are received, read by the machine, and marked by the
desk."""

from documents.actions.marking import freeze_papers, mark_papers, record_sighting, unfreeze_papers
from documents.actions.reading import give_up_reading, read_paper
from documents.actions.receiving import (
    missing_papers,
    receive_paper,
    receive_statement,
)

__all__ = [
    "freeze_papers",
    "give_up_reading",
    "mark_papers",
    "missing_papers",
    "read_paper",
    "receive_paper",
    "receive_statement",
    "record_sighting",
    "unfreeze_papers",
]
