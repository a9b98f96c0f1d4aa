"""Log lines that can be shown: the token in an address is left out, whoever wrote the line."""

from __future__ import annotations

import logging
import re

#: Addresses that carry a token: links of owners, guests, offices and people, passes, calendars,
#: receipts.
TOKEN = re.compile(r"(/(?:t|s|h|r|tt|undangan|bimtek/k|bimtek/h/\d+|bimtek/kalender)/)[^/\s?\"']+")


class PlainFormatter(logging.Formatter):
    """Formats a record, its traceback included, and hides tokens in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return TOKEN.sub(r"\1…", super().format(record))
