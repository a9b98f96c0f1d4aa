"""When something that has to happen again and again was last done: worker, sweep, backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows import clock
from workflows.models import Pulse

if TYPE_CHECKING:
    from datetime import datetime

WORKER, SWEEP, FILES, BACKUP, CHAIN = "worker", "sweep", "files", "backup", "chain"


def mark(name: str) -> None:
    """Write down that it was done now."""
    Pulse.objects.update_or_create(name=name, defaults={"seen_at": clock.now()})


def last(name: str) -> datetime | None:
    """When it was last done; None when never."""
    return Pulse.objects.filter(pk=name).values_list("seen_at", flat=True).first()


def all_of_them() -> dict[str, datetime]:
    """When each was last done, by its name."""
    return dict(Pulse.objects.values_list("name", "seen_at"))
