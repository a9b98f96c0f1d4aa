"""Why a message did not arrive, in words: the outbox keeps codes, people read sentences."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy

#: Whole codes first, then the gateway that gave one.
WORDS: Final[dict[str, Any]] = {
    "dead": gettext_lazy("Nobody is reached at this number or address."),
    "wrong_number": gettext_lazy("An officer says that the number is not right."),
    "whatsapp 131026": gettext_lazy("This number gets no WhatsApp messages."),
    "whatsapp": gettext_lazy("WhatsApp did not take it (%(code)s)."),
    "sms": gettext_lazy("The SMS gateway did not take it (%(code)s)."),
    "smtp": gettext_lazy("The mail server does not take this address (%(code)s)."),
}


def why(error: str) -> str:
    """Put the code of a fault into a sentence; "" for none."""
    if not error:
        return ""
    way, _space, code = error.partition(" ")
    words = WORDS.get(error) or WORDS.get(way)
    if words is None:
        return _("The line was at fault (%(code)s).") % {"code": error}
    return str(words) % {"code": code}
