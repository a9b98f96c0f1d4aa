"""Where owners ask and complain: the office's name, phone and e-mail as the keeper has set them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from onboarding.identifiers import IdentifierError, read_phone


@dataclass(frozen=True)
class Office:
    """The office's contact; an address that is not set is empty and is not shown."""

    name: str
    phone: str
    phone_url: str
    chat_url: str
    email: str


def contact() -> Office:
    """Return the contact with links that open the phone, WhatsApp and the mail program."""
    phone: str = settings.OFFICE_PHONE
    phone_url = chat_url = ""
    if phone:
        number, doubts = _dialled(phone)
        phone_url = f"tel:{number}"
        if "phone_landline" not in doubts:
            chat_url = f"https://wa.me/{number.lstrip('+')}"
    return Office(settings.OFFICE_NAME, phone, phone_url, chat_url, settings.OFFICE_EMAIL)


def _dialled(phone: str) -> tuple[str, tuple[str, ...]]:
    try:
        found = read_phone(phone)
    except IdentifierError:
        # A short number or a switchboard's: it can be dialled, but WhatsApp does not know it.
        return "".join(sign for sign in phone if sign.isdigit() or sign == "+"), ("phone_landline",)
    return found.value, found.warnings
