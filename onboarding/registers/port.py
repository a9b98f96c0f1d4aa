"""The port: one question about one number, one answer of four, whatever is behind it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

from onboarding.identifiers import fold_name

Outcome = Literal["match", "mismatch", "not_found", "unavailable"]
#: The registers and the number that each is asked by: NIB, NPWP, number of the decree.
REGISTERS: Mapping[str, str] = {"oss": "nib", "djp": "npwp", "ahu": "sk_ahu"}
#: What was registered under a number and no longer stands there.
NOT_ACTIVE = frozenset({"tidak aktif", "dicabut", "dibekukan", "non efektif", "ne", "dihapus"})


@dataclass(frozen=True)
class Question:
    """What we believe of a firm; empty means that we do not know it and do not ask."""

    register: str
    number: str
    name: str = ""
    region: str = ""
    legal_form: str = ""
    kbli: str = ""
    scale: str = ""

    def fingerprint(self, key: str) -> str:
        """Tells two questions apart without giving the number away; `key` is the site's secret."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.blake2b(
            text.encode(), key=hashlib.sha256(key.encode()).digest(), digest_size=16
        ).hexdigest()


@dataclass(frozen=True)
class Found:
    """What a register holds under a number; empty means that it does not say."""

    name: str = ""
    region: str = ""
    legal_form: str = ""
    kbli: tuple[str, ...] = ()
    scale: str = ""
    status: str = ""


@dataclass(frozen=True)
class Answer:
    """One of the four words; `details` are `{field, declared, registered, agrees}`."""

    outcome: Outcome
    details: tuple[Mapping[str, Any], ...] = ()
    source: str = ""
    error: str = field(default="")


class Register(Protocol):
    """An adapter. It returns what is registered, None when the number is not there, and raises
    whatever it likes when it cannot tell; `seconds` is how long it may take."""

    source: str

    def look_up(self, question: Question, *, seconds: float) -> Found | None:
        """What stands under the number of the question."""
        ...


class NoRegister:
    """Stands where nothing is connected: everything is "not yet verified"."""

    source = "none"

    def look_up(self, question: Question, *, seconds: float) -> Found | None:
        """Cannot tell."""
        raise ConnectionError("no register is connected")


def put(question: Question, register: Register, *, seconds: float = 5.0) -> Answer:
    """Ask, and turn whatever comes back into one of the four answers; raises nothing.

    A fault is kept by its class alone: its words could hold the number.
    """
    if not question.number:
        return Answer("unavailable", source=register.source, error="NoNumber")
    try:
        found = register.look_up(question, seconds=seconds)
    except Exception as fault:  # an adapter may fail in any way; none of them is a "yes"
        return Answer("unavailable", source=register.source, error=type(fault).__name__)
    if found is None:
        return Answer("not_found", source=register.source)
    details = compare(question, found)
    agrees = bool(details) and all(detail["agrees"] for detail in details)
    return Answer("match" if agrees else "mismatch", tuple(details), register.source)


def compare(question: Question, found: Found) -> list[dict[str, Any]]:
    """Hold each thing that both sides know against the other; a status must not be an ended one.

    What only one side knows is left out. Nothing in common at all is no match: a register that
    gives nothing to compare has confirmed nothing.
    """
    lines = [
        _line("name", question.name, found.name, fold_name(question.name) == fold_name(found.name)),
        _line("region", question.region, found.region, _plain(question.region, found.region)),
        _line(
            "legal_form",
            question.legal_form,
            found.legal_form,
            _plain(question.legal_form, found.legal_form),
        ),
        _line("kbli", question.kbli, ", ".join(found.kbli), question.kbli in found.kbli),
        _line("scale", question.scale, found.scale, _plain(question.scale, found.scale)),
    ]
    lines = [line for line in lines if line["declared"] and line["registered"]]
    if found.status:
        stands = found.status.strip().casefold() not in NOT_ACTIVE
        lines.append(_line("status", "", found.status, stands))
    return lines


def _line(name: str, declared: str, registered: str, agrees: bool) -> dict[str, Any]:
    return {"field": name, "declared": declared, "registered": registered, "agrees": agrees}


def _plain(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
