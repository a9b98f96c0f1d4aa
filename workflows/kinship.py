"""What a person of the office shares with a firm, found without anybody's numbers being kept.

A person states the NIK, phones, e-mails and addresses of their own and of close family; only keyed
digests stay (HMAC-SHA256 with the key of the installation, so a new key asks for new marks). The
firm's own data, its owners' accounts and the persons read on its papers are digested in the same
way when an act asks, and compared.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from documents.models import Paper
from onboarding.identifiers import IdentifierError, read_nik, read_phone
from onboarding.matching.words import door_of
from workflows.models import PersonalMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onboarding.models import User

Kind = PersonalMark.Kind
SALT: Final = "workflows.kinship"

#: Columns of a firm in which a mark may stand: its own, its owners' accounts, its papers' persons
#: as the machine read and as people corrected them.
FACTS: Final = (
    "nik",
    "phone",
    "email",
    "address",
    "region",
    "memberships__user__phone",
    "memberships__user__email",
    "papers__state",
    "papers__reading__fields__persons",
    "papers__reviewed",
)
Fact = tuple[str, str]


def normal(kind: str, text: str, region: str = "") -> str:
    """Return a value in the one spelling in which it is compared; "" where it names nothing.

    An address is the same door of the same regency or city (``region`` is its code).
    """
    if kind == Kind.NIK:
        return _read(read_nik, text)
    if kind == Kind.PHONE:
        return _read(read_phone, text)
    if kind == Kind.EMAIL:
        return text.strip().casefold()
    door = door_of(text)
    return f"{region} {door}" if door and region else ""


def digest_of(kind: str, value: str, *, key: str | None = None) -> str:
    """Return what is kept of a value that ``normal`` returned; ``key`` is an older one of the
    installation."""
    return salted_hmac(f"{SALT}.{kind}", value, secret=key, algorithm="sha256").hexdigest()


def _is_marked(fact: Fact, marks: set[tuple[str, str]]) -> bool:
    keys = (None, *settings.SECRET_KEY_FALLBACKS)
    return any((fact[0], digest_of(*fact, key=key)) in marks for key in keys)


def sharing(user: User, rows: Iterable[tuple[Any, ...]]) -> set[int]:
    """Return which firms share a mark with the person; one query. Each row is a firm's id and its
    ``FACTS``; a firm has one for every owner and paper."""
    marks = set(PersonalMark.objects.filter(user=user).values_list("kind", "digest"))
    asked = {kind for kind, _digest in marks}
    known: dict[Fact, bool] = {}
    tied = set()
    for vendor_id, kind, value in chain.from_iterable(_facts(row) for row in rows):
        if kind not in asked or not value or vendor_id in tied:
            continue
        fact = (kind, value)
        if fact not in known:
            known[fact] = _is_marked(fact, marks)
        if known[fact]:
            tied.add(vendor_id)
    return tied


def _facts(row: tuple[Any, ...]) -> Iterator[tuple[int, str, str]]:
    pk, nik, phone, email, address, region, owner_phone, owner_email, state, persons, reviewed = row
    yield pk, Kind.NIK, normal(Kind.NIK, nik)
    for number in (phone, owner_phone or ""):
        yield pk, Kind.PHONE, normal(Kind.PHONE, number)
    for mail in (email, owner_email or ""):
        yield pk, Kind.EMAIL, normal(Kind.EMAIL, mail)
    yield pk, Kind.ADDRESS, normal(Kind.ADDRESS, address, region)
    if state != Paper.State.REPLACED:
        for number in _niks(persons, reviewed):
            yield pk, Kind.NIK, normal(Kind.NIK, number)


def _niks(persons: Any, reviewed: Any) -> Iterator[str]:
    for person in persons or ():
        yield str(person.get("nik", ""))
    for path, word in (reviewed or {}).items():
        if path.startswith("persons.") and path.endswith(".nik"):
            yield str(word.get("value", ""))


def _read(reader: Any, text: str) -> str:
    try:
        return str(reader(text).value) if text else ""
    except IdentifierError:
        return ""
