"""What the machine read, laid beside what was declared, for a person who decides.

A reading never decides: it says agrees, differs or cannot tell, and shows where on the page. What a
person has said of a value stands before what the machine read, and both are shown.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import formats
from django.utils.translation import gettext, gettext_lazy as _

from documents.found import found_in
from documents.models import ReadValue, ValueReview
from documents.reading.kbli import official_titles
from documents.sentences import refusal_sentence, warning_sentence
from documents.shown import FIELDS, FORMS
from onboarding.identifiers import mask_nik, mask_npwp
from workflows.kinds import LOOKS_LIKE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from documents.found import Found
    from documents.models import Paper, Reading

SURE: Final = 0.9  # confidence from which the reader means "sure"
LABELS: Final[dict[str, Any]] = {
    **FIELDS,
    "notary_sk_number": _("Decree of the notary"),
    "notary_sk_date": _("Date of the notary’s decree"),
    "authorized_capital": _("Authorised capital"),
    "paid_up_capital": _("Paid-up capital"),
    "kbli": _("KBLI"),
    "person_name": _("Name"),
    "person_role": _("Part in the firm"),
    "person_nik": _("NIK"),
    "sk_ahu_number": _("Number of the ministry’s decree"),
    "sk_ahu_date": _("Date of the ministry’s decree"),
    "nib": _("NIB"),
    "nib_date": _("Date of the NIB"),
    "npwp": _("NPWP"),
}
GROUPS: Final = (
    (_("Deed"), ()),
    (_("Capital"), ("authorized_capital", "paid_up_capital")),
    (_("Lines of business"), ("kbli",)),
    (_("Persons"), ("person_name", "person_role", "person_nik")),
    (_("Decree and numbers"), ("sk_ahu_number", "sk_ahu_date", "nib", "nib_date", "npwp")),
)
GROUP_OF: Final = {field: at for at, (_title, fields) in enumerate(GROUPS) for field in fields}
MONEY: Final = frozenset({"authorized_capital", "paid_up_capital"})
COVERED: Final = {"person_nik": mask_nik, "npwp": mask_npwp}

WRONG_PAPER: Final = frozenset({"wrong_kind", "not_a_deed"})

HOW: Final = {"layer": _("text of the file"), "eye": _("read from the picture")}
SECOND: Final = {"agrees": _("a second look agrees"), "differs": _("a second look differs")}

Verdict, Said = ReadValue.Verdict, ValueReview.Outcome


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


class Review(NamedTuple):
    """The last word of a person on a value, as the paper keeps it."""

    outcome: str
    value: str
    comparison: str
    machine_value: str
    note: str
    by: str

    @property
    def words(self) -> str:
        """What was said, in words."""
        return str(Said(self.outcome).label)


@dataclass(frozen=True)
class Line:
    """One row of the table: declared, read, result; ``box`` is in pixels of the page image.

    ``review`` is the last word of a person, ``machine`` what the machine had read when that was
    something else, ``raw`` the value as the reading has it ("" where it is covered).
    """

    number: int
    path: str
    label: str
    group: str
    declared: tuple[Piece, ...]
    read: tuple[Piece, ...]
    outcome: Outcome
    sureness: str
    page: int | None
    box: Sequence[float]
    raw: str = ""
    title: str = ""
    machine: str = ""
    review: Review | None = None
    may_confirm: bool = False
    objection: str = ""
    ways: str = ""
    link: str = ""
    ask: str = ""


def outcome_of(verdict: str, *, has_both: bool = True) -> Outcome:
    """Return how a verdict is shown; only exceptions get a colour."""
    if verdict == Verdict.AGREES:
        return Outcome("", "ok", "check", gettext("Agrees"))
    if verdict == Verdict.DIFFERS:
        return Outcome("b", "bad", "x", gettext("Differs"))
    if has_both:
        return Outcome("w", "warn", "alert", gettext("Cannot tell"))
    return Outcome("", "off", "", gettext("Not compared"))


def lines_of(reading: Reading, values: Sequence[ReadValue], paper: Paper) -> list[Line]:
    """Lay out what was read of one paper, what is compared with the declaration first."""
    compared = {value.field: value for value in values}
    said = {path: Review(**word) for path, word in paper.reviewed.items()}
    found = sorted(
        found_in(reading, values),
        key=lambda one: -1 if one.path in compared else GROUP_OF.get(one.field, 0),
    )
    return [
        _line(number, one, compared.get(one.path), said.get(one.path))
        for number, one in enumerate(found, start=1)
    ]


def _line(number: int, found: Found, value: ReadValue | None, review: Review | None) -> Line:
    raw = review.value if review and review.outcome != Said.UNREADABLE else found.value
    verdict = review.comparison if review else (value.verdict if value else "")
    declared = shown(found.field, value.declared) if value else ""
    read = shown(found.field, raw)
    pieces = (_whole(declared), _whole(read))
    if value and verdict != Verdict.AGREES:
        pieces = _marked(declared, read)
    stands = review is None or review.outcome == Said.UNREADABLE or review.value == found.value
    return Line(
        number=number,
        path=found.path,
        label=_label(found),
        group="" if value else str(GROUPS[GROUP_OF.get(found.field, 0)][0]),
        declared=pieces[0],
        read=pieces[1],
        outcome=_outcome(found, value, verdict, review),
        sureness=_sureness(found),
        page=found.page,
        box=found.box,
        raw="" if found.field in COVERED else found.value,
        title=official_titles().get(raw, "") if found.field == "kbli" else "",
        machine="" if stands else shown(found.field, found.value),
        review=review,
        ways=_ways(found),
        objection=getattr(value, "objection", None) or "",
        may_confirm=bool(found.value) and (review is None or review.value != found.value),
    )


def _label(found: Found) -> str:
    label = str(LABELS.get(found.field, found.field))
    if found.field.startswith("person_"):
        return gettext("Person %(number)d: %(what)s") % {
            "number": int(found.path.split(".")[1]) + 1,
            "what": label,
        }
    return label


def _outcome(found: Found, value: ReadValue | None, verdict: str, review: Review | None) -> Outcome:
    if review:
        return _reviewed(review, bool(value and value.declared))
    if value:
        return _compared(value, verdict)
    if (found.confidence or 0) >= SURE:
        return Outcome("", "off", "", gettext("Sure"))
    return Outcome("w", "warn", "alert", gettext("Please check"))


def _reviewed(review: Review, has_both: bool) -> Outcome:
    if review.outcome == Said.UNREADABLE:
        return Outcome("w", "warn", "alert", gettext("Cannot be read"))
    if has_both:
        return outcome_of(review.comparison or Verdict.CANNOT_TELL)
    return Outcome("", "ok", "check", gettext("Checked"))


def _compared(value: ReadValue, verdict: str) -> Outcome:
    if getattr(value, "objection", None) and verdict != Verdict.DIFFERS:
        return Outcome("w", "warn", "flag", gettext("The owner objects"))
    if value.declared and not value.value:
        return Outcome("w", "warn", "alert", gettext("Not found"))
    return outcome_of(verdict, has_both=bool(value.declared))


def _sureness(found: Found) -> str:
    """Say how sure the machine is, first in a word."""
    if not found.value:
        return gettext("Not read")
    if found.confidence is None:
        return ""
    word = gettext("sure") if found.confidence >= SURE else gettext("please check")
    return f"{word}, {round(found.confidence * 100)}%"


def _ways(found: Found) -> str:
    """Say how a value was found where its page does not say so already, how often, what else."""
    is_layer = found.capture == ValueReview.Capture.LAYER
    is_told = found.how not in HOW or (found.how == "layer") == is_layer
    said = [] if is_told else [str(HOW[found.how])]
    if found.places > 1:
        said.append(gettext("%(count)d places say so") % {"count": found.places})
    if found.second in SECOND:
        said.append(str(SECOND[found.second]))
    if found.against:
        others = ", ".join(shown(found.field, text) for text in found.against)
        said.append(gettext("also read: %(others)s") % {"others": others})
    return " · ".join(said)


def warnings_of(reading: Reading) -> list[str]:
    """Say why the machine could not read a paper, and what it noticed, on which pages."""
    pages: dict[str, list[str]] = {}
    for code in reading.warnings:
        name, _colon, page = code.partition(":")
        if sentence := "" if name in WRONG_PAPER else warning_sentence(name):
            pages.setdefault(sentence, []).extend([page] if page else [])
    said = [refusal_sentence(reading.refusal)] if reading.refusal else []
    return said + [_on_pages(sentence, at) for sentence, at in pages.items()]


def is_wrong_paper(reading: Reading) -> bool:
    """Say whether the machine took the paper for another kind than the one asked for."""
    return any(code.partition(":")[0] in WRONG_PAPER for code in reading.warnings)


def wrong_paper(reading: Reading, asked: Any) -> str:
    """Say what the paper looks like and what was asked for, "" when it is the right one."""
    if not is_wrong_paper(reading):
        return ""
    words = {"found": LOOKS_LIKE.get(reading.kind, ""), "asked": asked}
    if words["found"]:
        return gettext("This looks like %(found)s. Asked for was: %(asked)s.") % words
    return gettext("This does not look like what was asked for: %(asked)s.") % words


def _on_pages(sentence: str, pages: Iterable[str]) -> str:
    numbers = ", ".join(pages)
    return f"{sentence} ({gettext('page')} {numbers})" if numbers else sentence


def shown(field: str, text: str) -> str:
    """Write a value as people do; numbers of persons stay covered."""
    if field in COVERED:
        return COVERED[field](text)
    if field in MONEY and text.isdecimal():
        return f"Rp{grouped(int(text))}"
    if field == "entity_form":
        return FORMS.get(text, text)
    return day_words(text) if field.endswith("_date") else text


def day_words(text: str) -> str:
    """Write an ISO date in words, anything else as it is."""
    try:
        return str(formats.date_format(date.fromisoformat(text), "DATE_FORMAT"))
    except ValueError:
        return text


def grouped(number: int) -> str:
    """Write a number with its thousands apart."""
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


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
