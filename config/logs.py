"""Log lines that can be shown: tokens and numbers of people are left out, whoever wrote them."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from onboarding.coverings import EMAIL, cover_numbers

#: Addresses that carry a token: links of owners, guests, offices and people, new passwords, passes,
#: calendars, receipts.
PLACES = (
    *("t", "s", "h", "r", "tt", "undangan", "akun/password/reset/key"),
    *("bimtek/k", r"bimtek/h/\d+", "bimtek/kalender"),
)
TOKEN = re.compile(rf"(/(?:{'|'.join(PLACES)})/)[^/\s?\"']+")


def redacted(line: str) -> str:
    """Return a line without tokens, numbers of people and the names in front of their e-mail."""
    line = cover_numbers(TOKEN.sub(r"\1…", line), "…")
    return EMAIL.sub(r"…@\1", line)


class PlainFormatter(logging.Formatter):
    """Formats a record, its traceback included, and hides tokens and numbers of people in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return redacted(super().format(record))


#: The request or job that this line is about; "" where there is none.
about: ContextVar[str] = ContextVar("about", default="")


class JsonFormatter(logging.Formatter):
    """One JSON object a line, hidden as the plain one: `at` (UTC), `level`, `logger`, `message`,
    `about` (id of a request or job), `status` of an answer, `error` (a traceback)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
            "about": about.get(),
            "status": getattr(record, "status_code", None),
            "error": redacted(self.formatException(record.exc_info)) if record.exc_info else "",
        }
        return json.dumps({key: value for key, value in line.items() if value not in ("", None)})
