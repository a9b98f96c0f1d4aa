"""What is told of a list as a whole: how it was read, what is new in it, and its mended copy."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from onboarding.identifiers import mask_nik
from onboarding.imports import TITLES, ReturnedPage, ReturnedRow
from onboarding.list_forms import masked
from onboarding.models import SheetRow
from onboarding.sentences import FLAGS
from onboarding.views.preview import PRIVATE_COLUMNS, problem_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onboarding.models import ReferralSheet, User

SKIPPED = {
    "total": _("a total"),
    "header": _("titles once more"),
    "numbers": _("numbers of the columns"),
    "below": _("a signature or a remark"),
}
MOST_SAID = 8


def reading_of(sheet: ReferralSheet) -> dict[str, Any]:
    """What the reader passed over, and whether the columns are those that a person confirmed."""
    layout = sheet.layout
    skipped = layout.get("skipped", [])
    reasons = {column["reason"] for one in layout.get("sheets", []) for column in one["columns"]}
    return {
        "carried": [str(FLAGS.get(code, code)) for code in layout.get("flags", [])],
        "hidden": layout.get("hidden", []),
        "skipped_count": layout.get("skipped_count", 0),
        "skipped": [
            {"row": one["row"], "why": SKIPPED.get(one["why"], "")} for one in skipped[:MOST_SAID]
        ],
        "is_remembered": "remembered" in reasons,
        "has_columns": bool(layout.get("sheets")),
    }


def changes_of(sheet: ReferralSheet) -> dict[str, int]:
    """How many acceptable rows are new, changed or unchanged; empty when all of them are new."""
    accepted = sheet.rows.exclude(verdict=SheetRow.Verdict.REFUSED).order_by()
    counts = dict(accepted.values_list("change").annotate(Count("pk")))
    if set(counts) <= {SheetRow.Change.NEW.value}:
        return {}
    return {change.value: counts.get(change.value, 0) for change in SheetRow.Change}


def is_own(sheet: ReferralSheet, user: User) -> bool:
    """Say whether this person or their office typed the list, so that its numbers are theirs."""
    return sheet.received_by_id == user.pk or bool(
        user.agency_id and sheet.agency_id == user.agency_id
    )


def pages_of(
    sheet: ReferralSheet, rows: Iterable[SheetRow], *, in_full: bool
) -> Iterator[ReturnedPage]:
    """The rows under the titles of the office's own sheets, in its own order of columns; numbers of
    persons are covered unless they go back to who typed them."""
    layouts = {one["sheet"]: one for one in sheet.layout.get("sheets", [])}
    for name, group in groupby(rows, key=lambda row: row.sheet_name):
        own = list(group)
        about = layouts.get(name) or {"titles": list(TITLES.values()), "places": _in_our_order()}
        places = dict(about["places"])
        titles = [title or _our_title(places, i) for i, title in enumerate(about["titles"])]
        for key in {key for row in own for key in row.fixes if key not in places}:
            places[key] = len(titles)
            titles.append(TITLES[key])
        yield ReturnedPage(
            name, titles, [_returned(row, places, len(titles), in_full=in_full) for row in own]
        )


def _in_our_order() -> dict[str, int]:
    return {key: index for index, key in enumerate(TITLES)}


def _our_title(places: dict[str, int], index: int) -> str:
    return next((TITLES[key] for key, place in places.items() if place == index), "")


def _returned(row: SheetRow, places: dict[str, int], width: int, *, in_full: bool) -> ReturnedRow:
    others = [row.others.get(str(index), "") for index in range(width)]
    cells = others if in_full else [masked(text) for text in others]
    for key, text in row.values.items():
        if key in places and places[key] < width:
            is_shown = in_full or key not in PRIVATE_COLUMNS
            cells[places[key]] = text if is_shown else mask_nik(text)
    mended = {places[key] for key in row.fixes if key in places}
    problems = problem_sentences(row, "error")
    proposed = [one["repair"] for one in row.problems if one.get("repair")]
    if proposed:
        problems.append(_("Proposed: %(texts)s.") % {"texts": "; ".join(proposed)})
    return ReturnedRow(cells, mended, " ".join(problems))
