"""SMS by any gateway that takes one HTTP request for each message; its shape is a setting."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from workflows.senders.http import call
from workflows.senders.port import DeadAddress, NotNow, NotThisOne, Sent

if TYPE_CHECKING:
    from config.gateways import Sms as Choices
    from workflows.models import Message

OK = range(200, 300)
#: The gateway's or our own fault, which passes or which the keeper mends: tried again.
PASSING = frozenset({401, 402, 403, 404, 405, 407, 408, 409, 425, 429})
REFUSED = range(400, 500)


class Sms:
    """Sends with the gateway of ``SMS_URL``."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def takes(self, kind: str) -> bool:
        """Every message may leave by SMS."""
        return bool(kind)

    def send(self, message: Message) -> Sent:
        """Deliver one message."""
        return self.text(message.to, message.body.strip())

    def text(self, phone: str, words: str) -> Sent:
        """Deliver one text. A number is dead only when the gateway says so in words that the keeper
        wrote down: a wrong address of the gateway must not bury every number."""
        choices = self._choices
        is_json = choices.body.lstrip().startswith("{")
        filled = _filled(choices.body, phone, words, is_json=is_json)
        kind = "application/json" if is_json else "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, **_header(choices.header)}
        if choices.method == "GET":
            mark = "&" if "?" in choices.url else "?"
            status, answer = call(f"{choices.url}{mark}{filled}", None, headers, method="GET")
        else:
            status, answer = call(choices.url, filled.encode(), headers)
        said = answer.decode("utf-8", "replace").lower()
        if any(mark in said for mark in choices.dead_words):
            raise DeadAddress(f"sms {status}")
        if status in OK:
            return Sent()
        if status in REFUSED and status not in PASSING:
            raise NotThisOne(f"sms {status}")
        raise NotNow(f"sms {status}")


def _filled(body: str, phone: str, words: str, *, is_json: bool) -> str:
    def safe(text: str) -> str:
        return json.dumps(text)[1:-1] if is_json else quote_plus(text)

    # One pass: words that say {phone} stay as they are.
    before, _mark, after = body.partition("{words}")
    return (
        before.replace("{phone}", safe(phone)) + safe(words) + after.replace("{phone}", safe(phone))
    )


def _header(header: str) -> dict[str, str]:
    name, _mark, value = header.partition(":")
    return {name: value.strip()} if value else {}
