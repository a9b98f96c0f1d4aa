"""What a paper was asked about itself, with both answers and the place of each on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext, gettext_lazy as _

from documents.models import ReadValue
from onboarding.identifiers import mask_nik
from workflows.boxes import is_same_print
from workflows.evidence import Outcome, day_words, grouped, outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from documents.models import Reading
    from onboarding.models import Vendor
    from workflows.evidence import Line

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
    "nik_sex": _("The day in the NIK fits the sex"),
    "company_name_places": _("The name of the business wherever it is printed"),
    "company_seat_official": _("The seat of the business is on the official list"),
    "notary_seat_official": _("The seat of the notary is on the official list"),
    "notary_sk_year": _("The year in the number of the notary’s decree is that of its date"),
    "notary_sk_before_deed": _("The notary was appointed before the deed"),
    "sk_ahu_form": _("The code of the ministry’s decree fits the form of business"),
    "sk_ahu_year": _("The year in the number of the ministry’s decree is that of its date"),
    "sk_ahu_after_deed": _("The ministry’s decree came after the deed"),
    "sk_cites_number": _("The ministry’s decree names the number of this deed"),
    "sk_cites_date": _("The ministry’s decree names the date of this deed"),
    "sk_cites_notary": _("The ministry’s decree names the notary of this deed"),
    "deed_date_not_future": _("The date of the deed is not in the future"),
    "sk_ahu_date_not_future": _("The date of the ministry’s decree is not in the future"),
    "nib_date_not_future": _("The date of the NIB is not in the future"),
    "layer_and_picture": _("The text in the file says what the picture shows"),
    "same_deed_elsewhere": _("No other business handed in the same deed"),
}
MONEY_CHECKS: Final = frozenset(
    {
        "authorized_capital_words",
        "paid_up_capital_words",
        "paid_up_within_authorized",
        "shares_times_nominal",
    }
)
SEXES: Final[dict[str, Any]] = {"man": _("man"), "woman": _("woman")}
LONG_NUMBER = re.compile(r"\d{15,16}")  # a NIK or an NPWP, in whichever question it turns up


@dataclass(frozen=True)
class Side:
    """One of the answers; ``is_own`` when no value of the table has the same box already.

    ``firm`` is set where the answer is another firm.
    """

    mark: str
    text: str
    page: int | None = None
    box: Sequence[float] = ()
    is_own: bool = True
    firm: int | None = None
    link: str = ""


@dataclass(frozen=True)
class Question:
    """One question that a paper was asked about itself, lettered A, B, C."""

    letter: str
    label: str
    outcome: Outcome
    sides: tuple[Side, ...]


def questions_of(
    reading: Reading, lines: Sequence[Line], firms: Mapping[int, Vendor] | None = None
) -> list[Question]:
    """Lay out the questions, contradictions first; numbers of persons stay covered.

    ``firms`` are those in sight that handed in the papers which a check names, by paper.
    """
    order = [ReadValue.Verdict.DIFFERS, ReadValue.Verdict.CANNOT_TELL, ReadValue.Verdict.AGREES]
    asked = sorted(reading.checks, key=lambda check: order.index(check["verdict"]))
    found = [_question(_letter(at), check, lines) for at, check in enumerate(asked)]
    known = firms or {}
    return [
        replace(question, sides=question.sides + _elsewhere(check, known))
        for question, check in zip(found, asked, strict=True)
    ]


def _elsewhere(check: dict[str, Any], firms: Mapping[int, Vendor]) -> tuple[Side, ...]:
    named = [firms[paper] for paper in check.get("papers", []) if paper in firms]
    return tuple(Side("", one.name, firm=one.pk) for one in named)


def _letter(at: int) -> str:
    turn, place = divmod(at, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn) if turn else "")


def _question(letter: str, check: dict[str, Any], lines: Sequence[Line]) -> Question:
    places = check.get("spots", [])
    sides = []
    for at, value in enumerate(check.get("values", [])):
        side = Side(f"{letter}{at + 1}", _words(check["name"], str(value)))
        place = places[at] if at < len(places) else {}
        if place.get("display_box"):
            side = replace(side, page=place["page"] + 1, box=place["display_box"])
        sides.append(_shared(side, lines))
    label = str(CHECK_WORDS.get(check["name"], check["name"]))
    return Question(letter, label, outcome_of(check["verdict"]), tuple(sides))


def _shared(side: Side, lines: Sequence[Line]) -> Side:
    """Point at the box that a value of the table has at the same place."""
    for line in lines:
        if line.page == side.page and is_same_print(line.box, side.box):
            return replace(side, mark=str(line.number), is_own=False)
    return side


def _words(name: str, text: str) -> str:
    if LONG_NUMBER.fullmatch(text):
        return mask_nik(text)
    if text in SEXES:
        return str(SEXES[text])
    if name == "layer_and_picture":
        return f"{gettext('page')} {text}"
    if name in MONEY_CHECKS:
        return re.sub(r"\d+", lambda found: grouped(int(found[0])), text).replace(" x ", " × ")
    return day_words(text)
