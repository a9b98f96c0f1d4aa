"""Which papers a firm must show: it depends on its legal form, and on the day.

A one-person company has an electronic certificate and no notarial deed; a sole trader has
neither. The rules are rows with dates and a legal basis, so a change is data, not code.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["required", "conditional", "optional"]

LEVEL_OF_MARK: dict[str, Level] = {"W": "required", "K": "conditional", "O": "optional"}
LEGAL_FORMS = ("perorangan", "cv", "pt", "pt_perorangan", "koperasi")


@dataclass(frozen=True)
class Requirement:
    """One paper for one legal form; in force from `from_on` up to and including `until_on`."""

    slug: str
    legal_form: str
    level: Level
    from_on: date | None = None
    until_on: date | None = None
    basis: str = ""

    def is_in_force(self, today: date) -> bool:
        """Whether the paper is asked on this day; a missing date is an open end."""
        has_begun = self.from_on is None or self.from_on <= today
        return has_begun and (self.until_on is None or today <= self.until_on)


def required_for(
    legal_form: str,
    requirements: Iterable[Requirement],
    today: date,
    level: Level = "required",
) -> tuple[str, ...]:
    """The slugs of the papers of one level for a legal form, in the order of the list.

    Of two rows for the same paper that are both in force the one that began later counts.
    """
    latest: dict[str, Requirement] = {}
    for requirement in requirements:
        if requirement.legal_form != legal_form or not requirement.is_in_force(today):
            continue
        earlier = latest.get(requirement.slug)
        if earlier is None or _began(requirement) >= _began(earlier):
            latest[requirement.slug] = requirement
    return tuple(slug for slug, requirement in latest.items() if requirement.level == level)


def missing(required: Sequence[str], handed_in: Collection[str]) -> tuple[str, ...]:
    """The required papers that were not handed in, in the order they are asked."""
    return tuple(slug for slug in required if slug not in handed_in)


def read_requirements(
    rows: Iterable[Mapping[str, str]], basis: str = "", from_on: date | None = None
) -> tuple[Requirement, ...]:
    """The rows of `document-types.csv` (W, K, O or - per legal form) as requirements."""
    return tuple(
        Requirement(row["slug"], form, LEVEL_OF_MARK[row[form]], from_on, None, basis)
        for row in rows
        for form in LEGAL_FORMS
        if row[form] in LEVEL_OF_MARK
    )


def _began(requirement: Requirement) -> date:
    return requirement.from_on or date.min
