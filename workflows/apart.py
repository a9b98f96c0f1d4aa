"""One thing that fails stops none of the others: for the sweep, what is due, and rows in a loop.

A failure is a line in the log without the words of the error, which may be about a person. In the
end `Unfinished` names what failed, so that monitors and cron see it too.
"""

from __future__ import annotations

import logging
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import close_old_connections, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger("mitra.apart")

FRAMES = 3


class Unfinished(Exception):
    """Everything else was done; the message names what was not."""


class Apart:
    """``with apart("name"):`` around each step, and ``apart.end()`` after the last."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Bear whatever the step raises; a connection that it broke is made anew for the next."""
        try:
            yield
        except Exception as error:
            if hasattr(error, "sentence"):  # refused: another sweep or a person was quicker
                logger.warning("%s was refused: %s", name, type(error).__name__)
                return
            self.failed.append(name)
            logger.error("%s failed: %s at %s", name, type(error).__name__, _where(error))
            renew_connection()

    def end(self) -> None:
        """Raise ``Unfinished`` when a step failed."""
        if self.failed:
            raise Unfinished(", ".join(self.failed))


def renew_connection() -> None:
    """Let go a connection that an error broke, so that what comes next gets a sound one."""
    if not connection.in_atomic_block:
        close_old_connections()


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
