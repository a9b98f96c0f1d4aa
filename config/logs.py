"""Log lines that can be shown: tokens and numbers of people are left out, whoever wrote them."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

#: Addresses that carry a token: links of owners, guests, offices and people, passes, calendars,
#: receipts.
TOKEN = re.compile(r"(/(?:t|s|h|r|tt|undangan|bimtek/k|bimtek/h/\d+|bimtek/kalender)/)[^/\s?\"']+")


#: Numbers of people, however they are written: NIK and NPWP (15 or 16 digits, also with points),
#: Indonesian mobile numbers, and addresses of e-mail.
NUMBER = re.compile(r"(?<![\w-])(?:\d{15,16}|\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3})(?![\w-])")
PHONE = re.compile(r"(?<![\w-])(?:\+?62|0)[\s-]?8\d{1,3}(?:[\s-]?\d{3,4}){1,3}(?![\w-])")
EMAIL = re.compile(r"[\w.+-]+@([\w-]+\.[\w.-]+)")


def redacted(line: str) -> str:
    """Return a line without tokens, numbers of people and the names in front of their e-mail."""
    line = TOKEN.sub(r"\1…", line)
    for pattern in (NUMBER, PHONE):
        line = pattern.sub("…", line)
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
