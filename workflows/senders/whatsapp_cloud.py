"""WhatsApp by its Cloud API: approved templates out, signed reports back.

A business may begin a conversation with an approved template only, so each kind of message is
mapped to one by the keeper; a kind without a template does not leave this way. Codes of refusal are
those that the API documents (131026: the number cannot get WhatsApp messages).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from workflows.senders.http import call
from workflows.senders.port import DeadAddress, NotNow, NotThisOne, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.gateways import WhatsApp as Choices
    from workflows.models import Message

OK: Final = range(200, 300)
#: Nobody gets WhatsApp messages at this number.
DEAD: Final = frozenset({131026})
#: Not this message: an experiment of WhatsApp's, the 24-hour window, held back for the good of all,
#: the receiver wants none, not understood, our own number, a template that is not as we think.
NEVER: Final = frozenset(
    {130472, 131047, 131049, 131050, 131051, 131021, 132000, 132001, 132005, 132007, 132012}
)
#: A place of a template holds no new line, no tab and no long gap, and some 1,000 characters.
LONGEST: Final = 900
CODE: Final = re.compile(r"\b\d{6}\b")
LINK: Final = re.compile(r"https?://\S+")


class WhatsAppCloud:
    """Sends with the number of ``WHATSAPP_PHONE_ID``."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def takes(self, kind: str) -> bool:
        """Say whether a template was approved for this kind."""
        return kind in self._choices.templates

    def send(self, message: Message) -> Sent:
        """Deliver one message as the template of its kind."""
        firm = message.vendor
        link = LINK.search(message.body)
        return self._post(
            message.to,
            message.kind,
            {
                "firm": firm.name if firm else "",
                "link": link[0] if link else "",
                "owner": firm.owner_name if firm else "",
                "subject": message.subject,
                "text": message.body,
            },
        )

    def text(self, phone: str, words: str) -> Sent:
        """Deliver a sign-in code as the template of the kind ``code``."""
        found = CODE.search(words)
        if found is None:
            raise NotThisOne("whatsapp without a code")
        return self._post(phone, "code", {"code": found[0], "text": words})

    def _post(self, phone: str, kind: str, fillings: dict[str, str]) -> Sent:
        choices = self._choices
        template = choices.templates.get(kind)
        if template is None:
            raise NotThisOne("whatsapp without a template")
        places = [_place(fillings.get(place, "")) for place in template.places]
        parts: list[dict[str, Any]] = [{"type": "body", "parameters": places}]
        if "code" in template.places:  # its button copies the code
            code = _place(fillings["code"])
            parts.append({"type": "button", "sub_type": "url", "index": "0", "parameters": [code]})
        wanted = {
            "messaging_product": "whatsapp",
            "to": phone.lstrip("+"),
            "type": "template",
            "template": {
                "name": template.name,
                "language": {"code": choices.language},
                "components": parts,
            },
        }
        headers = {
            "Authorization": f"Bearer {choices.token}",
            "Content-Type": "application/json",
        }
        url = f"{choices.url}/{choices.phone_id}/messages"
        return _read(*call(url, json.dumps(wanted).encode(), headers))


def judge(code: int) -> OSError:
    """Return what a code of refusal means: dead, never, or not now (limits, faults, account)."""
    words = f"whatsapp {code}"
    if code in DEAD:
        return DeadAddress(words)
    return NotThisOne(words) if code in NEVER else NotNow(words)


@dataclass(frozen=True)
class Report:
    """What WhatsApp says became of a message: ``sent delivered read failed``."""

    reference: str
    status: str
    at: datetime
    code: int = 0


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Say whether a report comes from who knows the app's secret; without a secret none does."""
    if not secret:
        return False
    right = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), signature.encode())


def read_reports(body: bytes) -> list[Report]:
    """Return the reports of one call, in their order; what is not one of ours is passed over."""
    try:
        return list(_reports(json.loads(body)))
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, OSError):
        return []


def _reports(told: Any) -> Iterator[Report]:
    for entry in told["entry"]:
        for change in entry["changes"]:
            for status in change["value"].get("statuses", ()):
                errors = status.get("errors") or [{}]
                yield Report(
                    reference=str(status["id"])[:120],
                    status=str(status["status"]),
                    at=datetime.fromtimestamp(int(status["timestamp"]), UTC),
                    code=int(errors[0].get("code", 0)),
                )


def _place(text: str) -> dict[str, str]:
    return {"type": "text", "text": " ".join(text.split())[:LONGEST] or "-"}


def _read(status: int, answer: bytes) -> Sent:
    try:
        told = json.loads(answer)
        if status in OK:
            return Sent(str(told["messages"][0]["id"])[:120])
        code = int(told["error"]["code"])
    except (ValueError, TypeError, KeyError, IndexError):
        raise NotNow(f"whatsapp http {status}") from None
    raise judge(code)
