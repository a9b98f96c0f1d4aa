"""Originals leave the house only with a word about who took them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents import events
from documents.models import PaperFile

if TYPE_CHECKING:
    from onboarding.models import User


def open_original(file: PaperFile, *, by: User) -> PaperFile:
    """Announce that this person takes an original away, and return it."""
    events.original_opened.send(sender=PaperFile, file=file, by=by)
    return file
