"""What the registers outside said of a firm, as evidence beside its papers: four words, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.actions.registers import fingerprint_of
from onboarding.models import LegalForm, RegisterAnswer
from onboarding.sentences import SCALES

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

Outcome = RegisterAnswer.Outcome
#: Only an answer that agrees is green; silence is grey, whoever keeps silent.
LOOKS = {
    Outcome.MATCH: ("ok", "check"),
    Outcome.MISMATCH: ("bad", "x"),
    Outcome.NOT_FOUND: ("warn", "alert"),
    Outcome.UNAVAILABLE: ("off", "clock"),
}
FIELDS = {
    "name": _("Name"),
    "region": _("Regency or city"),
    "legal_form": _("Legal form"),
    "kbli": "KBLI",
    "scale": _("Scale"),
    "status": _("Status"),
}
LOOKED_AT = 30


@dataclass(frozen=True)
class RegisterLine:
    """One register: what it is called, its word, how it looks, and what was compared."""

    label: str
    word: str
    kind: str
    icon: str
    answer: RegisterAnswer | None = None
    why: Any = ""
    compared: tuple[tuple[Any, str, str, bool], ...] = ()


def register_lines(user: User, vendor: Vendor) -> list[RegisterLine]:
    """Return a line for each register, also for those that nobody asked; one query."""
    newest: dict[str, RegisterAnswer] = {}
    answers = RegisterAnswer.objects.visible_to(user).filter(vendor=vendor)
    for answer in answers.select_related("asked_by")[:LOOKED_AT]:
        newest.setdefault(answer.register, answer)
    return [
        _line(vendor, code, str(label), newest.get(code))
        for code, label in RegisterAnswer.Register.choices
    ]


def _line(vendor: Vendor, code: str, label: str, answer: RegisterAnswer | None) -> RegisterLine:
    silent = (str(Outcome.UNAVAILABLE.label), *LOOKS[Outcome.UNAVAILABLE])
    if answer is None:
        return RegisterLine(label, *silent, why=_("Nobody has asked yet."))
    if answer.valid_until <= timezone.now():
        return RegisterLine(label, *silent, answer, _("The answer is too old. Ask again."))
    if answer.asked != fingerprint_of(vendor, code, number=answer.number):
        return RegisterLine(label, *silent, answer, _("The facts have changed since. Ask again."))
    outcome = Outcome(answer.outcome)
    why = WHY_SILENT.get(answer.error or answer.source, _("The register did not answer."))
    return RegisterLine(
        label,
        str(outcome.label),
        *LOOKS[outcome],
        answer,
        why if outcome == Outcome.UNAVAILABLE else "",
        tuple(_compared(detail) for detail in answer.details),
    )


def words_beside(vendor: str) -> dict[str, Any]:
    """Columns that bring the newest good answer of each register with another row, in its query.

    ``vendor`` is the way from that row to the firm; ``lines_beside`` reads the columns.
    """
    good = RegisterAnswer.objects.filter(vendor=OuterRef(vendor), valid_until__gt=timezone.now())
    said = Concat("outcome", Value(" "), "asked", Value(" "), "number")
    newest = good.annotate(said=said).order_by("-asked_at", "-pk").values("said")
    return {
        f"said_{code}": Subquery(newest.filter(register=code)[:1])
        for code in RegisterAnswer.Register.values
    }


def lines_beside(row: Any, vendor: Vendor) -> list[RegisterLine]:
    """Return the word of each register from a row with ``words_beside``; what was compared stands
    on the page of the firm."""
    lines = []
    for code, label in RegisterAnswer.Register.choices:
        outcome, _mark, rest = (getattr(row, f"said_{code}", "") or "").partition(" ")
        asked, _mark, number = rest.partition(" ")
        if not outcome or asked != fingerprint_of(vendor, code, number=number):
            outcome = Outcome.UNAVAILABLE
        word = Outcome(outcome)
        lines.append(RegisterLine(str(label), str(word.label), *LOOKS[word]))
    return lines


#: Why there is no answer, by the class of the fault; its words are not kept.
WHY_SILENT = {
    "NoNumber": _("The business has no such number yet."),
    "ConnectionError": _("This register is not connected, or did not answer."),
    "TimeoutError": _("The register took too long. It is asked again by itself."),
}


def _compared(detail: dict[str, Any]) -> tuple[Any, str, str, bool]:
    field = detail["field"]
    sides = (_said(field, detail["declared"]), _said(field, detail["registered"]))
    return FIELDS.get(field, field), *sides, bool(detail["agrees"])


def _said(field: str, value: str) -> str:
    if field == "legal_form" and value in LegalForm.values:
        return str(LegalForm(value).label)
    return str(SCALES.get(value, value)) if field == "scale" else value
