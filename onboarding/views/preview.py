"""The rows of a list in words: what each will become, what is wrong, and whom it resembles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onboarding.identifiers import mask_nik
from onboarding.imports import TITLES
from onboarding.models import LegalForm, Region, SheetRow, Vendor
from onboarding.sentences import say
from onboarding.views.looks import VERDICT_LOOKS, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User

#: A page stays small even when every cell of every row is wrong.
MOST_PROBLEMS = 6
LONGEST_SHOWN = 80
CSV_SHEET = "CSV"  # what the reader calls the one sheet of a file that has none
PRIVATE_COLUMNS = frozenset({"nik", "npwp", "phone"})


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    row: int
    sheet_name: str
    name: str
    about: str
    region: str
    verdict: str
    look: Look
    errors: list[tuple[str, str]]
    warnings: list[tuple[str, str]]
    unsaid: int
    match: str


def lines_of(rows: Iterable[SheetRow], user: User) -> list[Line]:
    """Say the rows in words, in two queries; a firm that is not in sight keeps its name."""
    rows = list(rows)
    known = {row.known_vendor_id for row in rows if row.known_vendor_id}
    in_sight = set(
        Vendor.objects.visible_to(user).filter(pk__in=known).values_list("pk", flat=True)
    )
    regions = dict(Region.objects.values_list("code", "display_name"))
    shows_numbers = user.may("onboarding.refer_vendors")
    return [_line(row, regions, in_sight, shows_numbers=shows_numbers) for row in rows]


def problem_sentences(row: SheetRow, severity: str) -> list[str]:
    """Say the problems of one kind, each with the title of its column."""
    return [f"{title}: {sentence}" for title, sentence in _said(row, severity)]


def _line(
    row: SheetRow, regions: dict[str, str], in_sight: set[int], *, shows_numbers: bool
) -> Line:
    errors = _said(row, "error", shows_numbers=shows_numbers)
    warnings = _said(row, "warning", shows_numbers=shows_numbers)
    room = max(MOST_PROBLEMS - len(errors), 0)
    unsaid = len(errors[MOST_PROBLEMS:]) + len(warnings[room:])
    code = row.clean.get("legal_form", "")
    form = str(LegalForm(code).label) if code else _text(row, "legal_form")
    region = row.clean.get("region", "")
    return Line(
        row=row.row,
        sheet_name="" if row.sheet_name == CSV_SHEET else row.sheet_name,
        name=_text(row, "name"),
        about=" · ".join(filter(None, (_text(row, "owner_name"), form))),
        region=regions.get(region, _text(row, "region")),
        verdict=str(SheetRow.Verdict(row.verdict).label),
        look=VERDICT_LOOKS[SheetRow.Verdict(row.verdict)],
        errors=errors[:MOST_PROBLEMS],
        warnings=warnings[:room],
        unsaid=unsaid,
        match=_match(row, in_sight),
    )


def _text(row: SheetRow, key: str) -> str:
    return str(row.clean.get(key) or row.received.get(key) or "")[:LONGEST_SHOWN]


def _said(row: SheetRow, severity: str, *, shows_numbers: bool = True) -> list[tuple[str, str]]:
    return [
        (TITLES.get(problem["column"], ""), _sentence(problem, shows_numbers=shows_numbers))
        for problem in row.problems
        if problem["severity"] == severity
    ]


def _sentence(problem: dict[str, Any], *, shows_numbers: bool) -> str:
    params = {key: str(value)[:LONGEST_SHOWN] for key, value in problem["params"].items()}
    if "value" in params and problem["column"] in PRIVATE_COLUMNS and not shows_numbers:
        params["value"] = mask_nik(params["value"])
    return say(problem["code"], params)


def _match(row: SheetRow, in_sight: set[int]) -> str:
    if not row.match_reasons:
        return ""
    why = ", ".join(say(code) for code in row.match_reasons)
    if row.known_vendor is None:
        return why
    if row.known_vendor_id not in in_sight:
        return _("%(why)s: a business already known") % {"why": why}
    return f"{why}: {row.known_vendor.name} ({row.known_vendor.number})"
