"""The rows of a list in words: what each will become, what is wrong, and whom it resembles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onboarding.identifiers import mask_nik
from onboarding.imports import TITLES
from onboarding.models import LegalForm, Region, SheetRow, Vendor
from onboarding.sentences import REPAIRS, say
from onboarding.views.looks import VERDICT_LOOKS, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User

#: A page stays small even when every cell of every row is wrong.
MOST_PROBLEMS = 6
LONGEST_SHOWN = 80
EXCHANGED = "mixed_up"
CSV_SHEET = "CSV"  # what the reader calls the one sheet of a file that has none
PRIVATE_COLUMNS = frozenset({"nik", "npwp", "phone"})


@dataclass(frozen=True)
class Line:
    """One row of the table; ``repairs`` are (what to put, column and code)."""

    pk: int
    row: int
    sheet_name: str
    name: str
    about: str
    region: str
    verdict: str
    look: Look
    errors: list[tuple[str, str]]
    warnings: list[tuple[str, str]]
    notes: list[tuple[str, str]]
    fixes: list[tuple[str, str, str]]
    repairs: list[tuple[str, str]]
    unsaid: int
    match: str
    change: str


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


def problem_sentence(problem: dict[str, Any]) -> str:
    """Say one problem with the title of its column, to a person who may see its number."""
    title = TITLES.get(problem["column"], "")
    return f"{title}: {_sentence(problem, shows_numbers=True)}"


def proposals(of_rows: Iterable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Count by kind what is proposed for the problems of each row, the most frequent first."""
    counts = Counter(
        kind for problems in of_rows for kind in {kind for _text, kind in _repairs(problems)}
    )
    return [
        {
            "kind": kind,
            "title": TITLES.get(kind.partition(":")[0], ""),
            "words": REPAIRS.get(kind.partition(":")[2], REPAIRS[""]),
            "count": count,
        }
        for kind, count in counts.most_common()
    ]


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
        pk=row.pk,
        row=row.row,
        sheet_name="" if row.sheet_name == CSV_SHEET else row.sheet_name,
        name=_text(row, "name"),
        about=" · ".join(filter(None, (_text(row, "owner_name"), form))),
        region=regions.get(region, _text(row, "region")),
        verdict=str(SheetRow.Verdict(row.verdict).label),
        look=VERDICT_LOOKS[SheetRow.Verdict(row.verdict)],
        errors=errors[:MOST_PROBLEMS],
        warnings=warnings[:room],
        notes=_said(row, "note", shows_numbers=shows_numbers),
        fixes=_fixes(row, shows_numbers=shows_numbers),
        repairs=_repairs(row.problems)[:MOST_PROBLEMS],
        unsaid=unsaid,
        match=_match(row, in_sight),
        change="" if row.change == SheetRow.Change.NEW else str(row.get_change_display()),
    )


def _repairs(problems: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is proposed, by kind; cells that are exchanged are one proposal."""
    found: dict[str, str] = {}
    for problem in problems:
        if problem.get("repair") and problem["severity"] != "note":
            column = "" if problem["code"] == EXCHANGED else problem["column"]
            kind = f"{column}:{problem['code']}"
            found[kind] = (
                f"{found[kind]} ⇄ {problem['repair']}" if kind in found else problem["repair"]
            )
    return [(text, kind) for kind, text in found.items()]


def _fixes(row: SheetRow, *, shows_numbers: bool) -> list[tuple[str, str, str]]:
    """What a person put: the title of the column, the old text, the new text."""
    fixes = []
    for key, text in row.fixes.items():
        texts = [str(row.received.get(key, "")), text]
        if key in PRIVATE_COLUMNS and not shows_numbers:
            texts = [mask_nik(one) for one in texts]
        old, new = (one[:LONGEST_SHOWN] for one in texts)
        fixes.append((TITLES.get(key, ""), old, new))
    return fixes


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
