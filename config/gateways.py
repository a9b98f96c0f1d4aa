"""Gateways for messages are chosen in the environment; without one nothing leaves by itself but
e-mail.

`read_gateways` takes the reader of `config.env` and gives a frozen `Gateways`, whose secrets are
only ever put into a request. A value that breaks its rule is refused with the rest of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from environs import ValidationError

EXAMPLES: Mapping[str, str] = {
    "WHATSAPP_URL": "https://graph.facebook.com/v23.0",
    "WHATSAPP_PHONE_ID": "100000000000000",
    "WHATSAPP_TOKEN": "the-permanent-token-of-the-system-user",
    "WHATSAPP_APP_SECRET": "the-secret-of-the-app",
    "WHATSAPP_VERIFY_TOKEN": "words-of-your-own-choice",
    "WHATSAPP_TEMPLATES": "code=kode_masuk:code,reminder=pengingat_usaha:owner+firm+text",
    "WHATSAPP_LANGUAGE": "id",
    "SMS_URL": "https://sms.example.go.id/send",
    "SMS_METHOD": "POST",
    "SMS_BODY": '{"to": "{phone}", "text": "{words}"}',
    "SMS_HEADER": "Authorization: Bearer the-secret-of-the-gateway",
    "SMS_DEAD_WORDS": "invalid_number|unknown subscriber",
}
#: In place of an address: what would leave is written to the outbox folder.
SANDBOX = "sandbox"
#: What a place in an approved template may be filled with.
FILLINGS = frozenset({"code", "firm", "link", "owner", "subject", "text"})
TEMPLATE = re.compile(r"([a-z_]+)=([a-z0-9_]+)(?::([a-z]+(?:\+[a-z]+)*))?")


class Reader(Protocol):
    """What is asked of the reader of variables."""

    def text(self, name: str, default: str, rule: Callable[[str], None] | None = None) -> str:
        """Give one variable."""


@dataclass(frozen=True)
class Template:
    """An approved template: its name at WhatsApp, and what fills its places in their order."""

    name: str
    places: tuple[str, ...] = ("owner", "text")


@dataclass(frozen=True)
class WhatsApp:
    """The WhatsApp Cloud API; off without a number, its token and a template."""

    url: str = ""
    phone_id: str = ""
    token: str = field(default="", repr=False)
    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    templates: Mapping[str, Template] = field(default_factory=dict)
    language: str = "id"

    @property
    def is_on(self) -> bool:
        """Whether messages leave by it."""
        known = self.is_sandbox or (self.phone_id and self.token)
        return bool(known and self.templates)

    @property
    def is_sandbox(self) -> bool:
        """Whether messages are written to a folder instead."""
        return self.url == SANDBOX


@dataclass(frozen=True)
class Sms:
    """A gateway for SMS that takes one HTTP request for each message; off without an address."""

    url: str = ""
    method: str = "POST"
    body: str = '{"to": "{phone}", "text": "{words}"}'
    header: str = field(default="", repr=False)
    dead_words: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether messages leave by it."""
        return bool(self.url)

    @property
    def is_sandbox(self) -> bool:
        """Whether messages are written to a folder instead."""
        return self.url == SANDBOX


@dataclass(frozen=True)
class Gateways:
    """Every gateway of this installation."""

    whatsapp: WhatsApp = field(default_factory=WhatsApp)
    sms: Sms = field(default_factory=Sms)


def read_gateways(read: Reader) -> Gateways:
    """Read every variable of the gateways; all of them are optional."""
    words = read.text("SMS_DEAD_WORDS", "").lower().split("|")
    whatsapp = WhatsApp(
        url=read.text("WHATSAPP_URL", EXAMPLES["WHATSAPP_URL"], _an_address).rstrip("/"),
        phone_id=read.text("WHATSAPP_PHONE_ID", "", _digits),
        token=read.text("WHATSAPP_TOKEN", ""),
        app_secret=read.text("WHATSAPP_APP_SECRET", ""),
        verify_token=read.text("WHATSAPP_VERIFY_TOKEN", ""),
        templates=_templates(read.text("WHATSAPP_TEMPLATES", "", _some_templates)),
        language=read.text("WHATSAPP_LANGUAGE", "id", _a_language),
    )
    sms = Sms(
        url=read.text("SMS_URL", "", _an_address),
        method=read.text("SMS_METHOD", "POST", _a_method),
        body=read.text("SMS_BODY", EXAMPLES["SMS_BODY"], _a_body),
        header=read.text("SMS_HEADER", "", _a_header),
        dead_words=tuple(filter(None, (word.strip() for word in words))),
    )
    return Gateways(whatsapp, sms)


def _templates(text: str) -> dict[str, Template]:
    found = (TEMPLATE.fullmatch(part.strip()) for part in text.split(",") if part.strip())
    return {
        match[1]: Template(match[2], tuple(match[3].split("+"))) if match[3] else Template(match[2])
        for match in found
        if match
    }


def _some_templates(text: str) -> None:
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = TEMPLATE.fullmatch(part)
        if match is None or not set((match[3] or "text").split("+")) <= FILLINGS:
            places = ", ".join(sorted(FILLINGS))
            raise ValidationError(f"must be kind=template:place+place; places are {places}.")


def _an_address(url: str) -> None:
    parts = urlsplit(url)
    if url != SANDBOX and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValidationError("must be a link that begins with https://, or sandbox.")


def _digits(number: str) -> None:
    if not number.isdecimal():
        raise ValidationError("must be the number's id at WhatsApp: digits only.")


def _a_language(code: str) -> None:
    if not re.fullmatch(r"[a-z]{2}(_[A-Z]{2})?", code):
        raise ValidationError("must be a language of the templates, such as id or en_US.")


def _a_method(method: str) -> None:
    if method not in {"GET", "POST"}:
        raise ValidationError("must be POST or GET.")


def _a_body(body: str) -> None:
    if "{phone}" not in body or "{words}" not in body:
        raise ValidationError("must hold {phone} and {words}, as JSON or as to={phone}&text=….")


def _a_header(header: str) -> None:
    name, mark, value = header.partition(":")
    if not mark or not value.strip() or not re.fullmatch(r"[A-Za-z0-9-]+", name):
        raise ValidationError("must be one header: a name, a colon, a value.")
