"""What the machine read, laid beside what was declared, for a person who decides.

A reading never decides: it says agrees, differs or cannot tell, and shows where on the page.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.models import ReadValue
from documents.sentences import refusal_sentence, warning_sentence
from documents.shown import FIELDS, FORMS
from onboarding.identifiers import mask_nik

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from documents.models import PageImage, Reading

CHECK_WORDS: Final[dict[str, Any]] = {
    "deed_date_weekday": _("The weekday fits the date"),
    "deed_date_words": _("The date in digits and in words"),
    "deed_date_cover": _("The date on the cover and inside"),
    "deed_number_cover": _("The deed number on the cover and inside"),
    "deed_number_words": _("The deed number in digits and in words"),
    "notary_name_places": _("The notary on the cover and inside"),
    "authorized_capital_words": _("The authorised capital in digits and in words"),
    "paid_up_capital_words": _("The paid-up capital in digits and in words"),
    "paid_up_within_authorized": _(
        "The paid-up capital is at least a quarter of the authorised capital"
    ),
    "shares_times_nominal": _("The number of shares times their value is the capital"),
    "npwp_check_digit": _("The check digit of the NPWP"),
    "nib_issue_date": _("The date in the NIB fits the date of issue"),
    "nik_birth": _("The date in the NIK fits the date of birth"),
}

MONEY_CHECKS: Final = frozenset(
    {
        "authorized_capital_words",
        "paid_up_capital_words",
        "paid_up_within_authorized",
        "shares_times_nominal",
    }
)
PERSONAL_CHECKS: Final = frozenset({"nik_birth", "npwp_check_digit"})
DRAWN_WIDTH: Final = 930
LEAST_SIDE: Final = 12
CHIP: Final = 28
MARGIN: Final = 6

Verdict = ReadValue.Verdict


class Piece(NamedTuple):
    """A run of words, marked when the other side does not have it."""

    text: str
    is_marked: bool


class Outcome(NamedTuple):
    """How a verdict is shown: class of the row, kind and icon of the tag, word."""

    row: str
    kind: str
    icon: str
    word: str


@dataclass(frozen=True)
class Line:
    """One row of the table: declared, read, result."""

    number: int
    field: str
    label: str
    declared: tuple[Piece, ...]
    read: tuple[Piece, ...]
    outcome: Outcome
    sureness: str
    page: int | None
    box: Sequence[float]
    link: str = ""


@dataclass(frozen=True)
class Box:
    """One numbered box on the drawn page, in units of a page that is 930 wide."""

    number: int
    label: str
    field: str
    kind: str
    x: int
    y: int
    width: int
    height: int
    chip_x: int
    chip_y: int
    text_x: int
    text_y: int


class CheckLine(NamedTuple):
    """One question that a paper was asked about itself."""

    label: str
    values: str
    outcome: Outcome


def outcome_of(verdict: str, *, has_both: bool = True) -> Outcome:
    """Return how a verdict is shown; only exceptions get a colour."""
    if verdict == Verdict.AGREES:
        return Outcome("", "ok", "check", gettext("Agrees"))
    if verdict == Verdict.DIFFERS:
        return Outcome("b", "bad", "x", gettext("Differs"))
    if has_both:
        return Outcome("w", "warn", "alert", gettext("Cannot tell"))
    return Outcome("", "off", "", gettext("Not compared"))


def lines_of(values: Iterable[ReadValue]) -> list[Line]:
    """Lay out what was read of one paper; ``box`` is in pixels of the page image."""
    return [_line(value) for value in values]


def _line(value: ReadValue) -> Line:
    declared, read = _shown(value.field, value.declared), _shown(value.field, value.value)
    if value.verdict == Verdict.AGREES:
        pieces = (_whole(declared), _whole(read))
    else:
        pieces = _marked(declared, read)
    return Line(
        number=value.position,
        field=value.field,
        label=str(FIELDS.get(value.field, value.field)),
        declared=pieces[0],
        read=pieces[1],
        outcome=outcome_of(value.verdict, has_both=bool(value.declared)),
        sureness=_sureness(value),
        page=value.page,
        box=value.shown_box,
    )


def boxes_on(page: PageImage, lines: Iterable[Line]) -> list[Box]:
    """Place the numbered boxes of one page, scaled to a drawing that is 930 wide.

    The numbers stand in the margin beside their lines, where they hide no word of the deed; two on
    one line stand side by side.
    """
    scale = DRAWN_WIDTH / max(1, page.width)
    boxes: list[Box] = []
    for line in lines:
        if line.page != page.number or len(line.box) != 4:
            continue
        edges = [round(edge * scale) for edge in line.box]
        beside = sum(abs(box.chip_y - edges[1]) < CHIP for box in boxes)
        boxes.append(_box(line, edges, chip_x=MARGIN + beside * (CHIP + 2)))
    return boxes


def _box(line: Line, edges: list[int], *, chip_x: int) -> Box:
    left, top, right, bottom = edges
    return Box(
        number=line.number,
        label=line.label,
        field=line.field,
        kind=line.outcome.row,
        x=left,
        y=top,
        width=max(LEAST_SIDE, right - left),
        height=max(LEAST_SIDE, bottom - top),
        chip_x=chip_x,
        chip_y=top,
        text_x=chip_x + CHIP // 2,
        text_y=top + 19,
    )


def checks_of(reading: Reading) -> list[CheckLine]:
    """Say what the paper answered about itself; numbers of persons stay covered."""
    return [
        CheckLine(
            str(CHECK_WORDS.get(check["name"], check["name"])),
            " · ".join(_value_of(check["name"], value) for value in check.get("values", [])),
            outcome_of(check["verdict"]),
        )
        for check in reading.checks
    ]


def warnings_of(reading: Reading) -> list[str]:
    """Say why the machine could not read a paper, and what it noticed."""
    said = [refusal_sentence(reading.refusal)] if reading.refusal else []
    for code in reading.warnings:
        sentence = warning_sentence(code)
        if sentence and sentence not in said:
            said.append(sentence)
    return said


def _value_of(name: str, value: Any) -> str:
    text = str(value)
    if name in PERSONAL_CHECKS and text.isdecimal():
        return mask_nik(text)
    if name in MONEY_CHECKS:
        return re.sub(r"\d+", _grouped, text).replace(" x ", " × ")
    return _day(text)


def _shown(field: str, text: str) -> str:
    if field == "entity_form":
        return FORMS.get(text, text)
    return _day(text) if field.endswith("_date") else text


def _day(text: str) -> str:
    try:
        return str(formats.date_format(date.fromisoformat(text), "DATE_FORMAT"))
    except ValueError:
        return text


def _grouped(found: re.Match[str]) -> str:
    return str(formats.number_format(int(found[0]), use_l10n=True, force_grouping=True))


def _sureness(value: ReadValue) -> str:
    if value.confidence is None or not value.value:
        return ""
    return gettext("confidence %(percent)d%%") % {"percent": round(value.confidence * 100)}


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, False),) if text else ()


def _marked(one: str, two: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Mark the words on which two texts part, whatever their case."""
    if not one or not two:
        return _whole(one), _whole(two)
    left, right = one.split(), two.split()
    matcher = difflib.SequenceMatcher(
        None, [w.casefold() for w in left], [w.casefold() for w in right], autojunk=False
    )
    first: list[Piece] = []
    second: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        first += _run(left[i1:i2], marked=tag != "equal")
        second += _run(right[j1:j2], marked=tag != "equal")
    return tuple(first), tuple(second)


def _run(words: list[str], *, marked: bool) -> list[Piece]:
    return [Piece(" ".join(words), marked)] if words else []
