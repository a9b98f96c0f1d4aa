"""Rules and what a change of them would do, in words and counts for a page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from onboarding.models import LegalForm, Region, RegisterAnswer
from onboarding.sentences import rule_title, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onboarding.eligibility import Rule


def line_words(rule: Rule) -> dict[str, Any]:
    """One rule as a line: what it asks, of whom, since when, on what basis."""
    return {
        "title": rule_title(rule.code),
        "is_on": rule.is_on,
        "for_whom": _forms(rule.forms),
        "since": _span(rule),
        "takes": [words for key in rule.params if (words := _param(rule, key))],
        "basis": rule.basis,
    }


def bands_of(counts: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a preview, as ``(label, becoming eligible, no longer eligible)``."""
    regions = dict(Region.objects.values_list("code", "display_name"))
    up, down = counts.get("all", {}).get("", (0, 0))
    return {
        "becoming": up,
        "losing": down,
        "by_reason": _table(counts.get("reasons", {}), say),
        "by_region": _table(counts.get("regions", {}), lambda code: regions.get(code, code)),
    }


def _table(
    counts: Mapping[str, list[int]], words: Callable[[str], str]
) -> list[tuple[str, int, int]]:
    ordered = sorted(counts.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
    return [(words(key), up, down) for key, (up, down) in ordered]


def _forms(forms: tuple[str, ...]) -> str:
    return ", ".join(str(LegalForm(form).label) for form in forms) or _("every legal form")


def _span(rule: Rule) -> str:
    begin = date_format(rule.from_on) if rule.from_on else ""
    end = date_format(rule.until_on) if rule.until_on else ""
    if begin and end:
        return _("from %(begin)s until %(end)s") % {"begin": begin, "end": end}
    if begin:
        return _("from %(begin)s") % {"begin": begin}
    return _("until %(end)s") % {"end": end} if end else _("without a date")


def _param(rule: Rule, key: str) -> str:
    value = rule.params[key]
    return PARAMS[key](value) if value else ""


def _bounds(what: str, bounds: list[int]) -> str:
    shown = " / ".join(f"Rp{number_format(bound, 0, force_grouping=True)}" for bound in bounds)
    return f"{what}: {shown}"


def _named(what: str, labels: Any) -> str:
    return f"{what}: {', '.join(str(label) for label in labels)}"


PARAMS: dict[str, Callable[[Any], str]] = {
    "regions": lambda value: _named(
        _("Regencies and cities"),
        Region.objects.filter(code__in=value).values_list("display_name", flat=True),
    ),
    "capital_bounds": lambda value: _bounds(_("Capital of micro, small, medium up to"), value),
    "sales_bounds": lambda value: _bounds(_("Sales of micro, small, medium up to"), value),
    "capital_counts_from": lambda value: (
        _("Capital counts for a business founded on %(day)s or later")
        % {"day": date_format(date.fromisoformat(value))}
    ),
    "scales": lambda value: _named(_("Scales that may join"), map(say, value)),
    "exempt_forms": lambda value: _named(
        _("May join whatever their size"), (LegalForm(form).label for form in value)
    ),
    "admitted": lambda value: _named(
        _("Legal forms that may join"), (LegalForm(form).label for form in value)
    ),
    "allowed": lambda value: _named(_("KBLI admitted"), value),
    "not_allowed": lambda value: _named(_("KBLI not admitted"), value),
    "registers": lambda value: _named(
        _("Registers that must agree"), (RegisterAnswer.Register(code).label for code in value)
    ),
}
