"""Click-to-chat: an ordinary link that opens WhatsApp with a text, to be sent by hand."""

from urllib.parse import quote


def chat_url(phone: str, text: str = "") -> str:
    """Return ``https://wa.me/<digits>?text=…`` for an E.164 number, "" without a number."""
    digits = "".join(filter(str.isdecimal, phone))
    if not digits:
        return ""
    return f"https://wa.me/{digits}" + (f"?text={quote(text)}" if text else "")


def share_url(text: str) -> str:
    """Return a link that opens WhatsApp with a text, for whomever the sender then picks."""
    return f"https://wa.me/?text={quote(text)}"
