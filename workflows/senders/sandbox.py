"""The default of a trial and of tests: what would leave by phone is written to the outbox folder,
where the keeper finds it (and, in a demonstration, on the terminal)."""

from __future__ import annotations

import sys
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings

from onboarding.identifiers import mask_phone
from workflows.senders.port import Sent

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from workflows.models import Message

KEPT: Final = timedelta(days=1)


class Sandbox:
    """A gateway that never refuses and sends nothing."""

    def takes(self, kind: str) -> bool:
        """Everything."""
        return bool(kind)

    def send(self, message: Message) -> Sent:
        """Write one message to the folder."""
        return self.text(message.to, message.body)

    def text(self, phone: str, words: str) -> Sent:
        """Write a text to the folder, readable by its keeper only; it is never logged."""
        folder: Path = settings.OUTBOX_DIR
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        reference = uuid.uuid4().hex
        path = folder / f"sms-{reference}.txt"
        path.touch(mode=0o600)
        path.write_text(f"{phone}\n{words}\n")
        if settings.DEMO:
            sys.stdout.write(f"[SMS {mask_phone(phone)}] {words}\n")
            sys.stdout.flush()
        return Sent(reference)


def forget_files(*, now: datetime) -> int:
    """Remove what lay in the folder of this host for a day, texts and mails alike: they hold
    numbers, codes and links, and no row knows them. Returns how many files."""
    folder: Path = settings.OUTBOX_DIR
    old = (now - KEPT).timestamp()
    found = [path for path in folder.glob("*.*") if path.is_file() and path.stat().st_mtime < old]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
