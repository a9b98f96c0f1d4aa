"""Two firms side by side: what each says of itself, which word is proposed, which firm is kept.

Every column of a firm is in one of the groups below, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from onboarding.models import Referral, Status as S, Vendor


@dataclass(frozen=True)
class Fact:
    """What is chosen together, by one press: a region comes with its district."""

    key: str
    label: Any
    columns: tuple[str, ...]
    is_checked: bool = False  # compared with the papers when the firm was verified


FACTS: Final = (
    Fact("name", _("Business name"), ("name", "folded_name"), is_checked=True),
    Fact("legal_form", _("Legal form"), ("legal_form",), is_checked=True),
    Fact("nib", "NIB", ("nib",), is_checked=True),
    Fact("npwp", "NPWP", ("npwp",), is_checked=True),
    Fact("owner_name", _("Owner or director"), ("owner_name",), is_checked=True),
    Fact("nik", "NIK", ("nik",), is_checked=True),
    Fact("phone", _("Phone"), ("phone",)),
    Fact("email", _("E-mail"), ("email",)),
    Fact("region", _("Regency or city"), ("region_id", "district_id")),
    Fact("address", _("Address"), ("address",)),
    Fact("kbli", "KBLI", ("kbli", "kbli_version")),
    Fact("category", _("Goods or services"), ("category",)),
    Fact("capital", _("Business capital"), ("capital",)),
    Fact("yearly_sales", _("Sales in a year"), ("yearly_sales",)),
    Fact("founded_on", _("Founded on"), ("founded_on",)),
)
BY_KEY: Final = {fact.key: fact for fact in FACTS}
#: What nobody chooses, because a merge shakes nothing off.
CARRIED: Final = ("blacklisted_on", "asn_owner", "rejected_on", "no_shows")
#: What is the row's own and stays with it.
OWN: Final = (
    "id",
    "status",
    "status_at",
    "status_before_suspension",
    "suspended_by_id",
    "merged_into_id",
    "created_at",
)
#: A suspension or a refusal is not shaken off by going on as the other firm.
ROAD: Final = (
    S.LAPSED,
    S.WITHDRAWN,
    S.REFERRED,
    S.INELIGIBLE,
    S.ELIGIBLE,
    S.INVITED,
    S.GUIDED,
    S.REJECTED,
    S.RETURNED,
    S.SUBMITTED,
    S.VERIFIED,
    S.APPROVED,
    S.REGISTERED,
    S.ACTIVE,
    S.SUSPENDED,
)
PLACE: Final[dict[str, int]] = {status: place for place, status in enumerate(ROAD)}
VERIFIED: Final = frozenset({S.VERIFIED, S.APPROVED, S.REGISTERED, S.ACTIVE, S.SUSPENDED})


def in_order(one: Vendor, other: Vendor) -> tuple[Vendor, Vendor]:
    """Return ``(kept, merged)``: the firm further along the road is kept, else the older row."""
    first, second = sorted((one, other), key=lambda firm: (-PLACE[firm.status], firm.pk))
    return first, second


def values_of(firm: Vendor, fact: Fact) -> tuple[Any, ...]:
    """What a firm says of a fact, as stored."""
    return tuple(getattr(firm, column) for column in fact.columns)


def says(firm: Vendor, fact: Fact) -> bool:
    """Whether anything is known of this fact."""
    return getattr(firm, fact.columns[0]) not in ("", None)


def stays(kept: Vendor, fact: Fact) -> bool:
    """A fact that was checked on papers is corrected on the firm's own page, never by a merge."""
    return fact.is_checked and kept.status in VERIFIED and says(kept, fact)


def differing(kept: Vendor, merged: Vendor) -> list[Fact]:
    """The facts on which the two do not say the same."""
    return [fact for fact in FACTS if values_of(kept, fact) != values_of(merged, fact)]


def proposals(kept: Vendor, merged: Vendor) -> dict[str, int]:
    """Which firm's word is proposed for each differing fact: the one that says something, that was
    checked, that more nominations agree with, that came later; returns firm ids by key."""
    heard = _heard(kept, merged)

    def weight(firm: Vendor, fact: Fact) -> tuple[Any, ...]:
        word = _folded(getattr(firm, fact.columns[0]))
        votes = sum(word in words for words in heard)
        checked = firm.pk == kept.pk and stays(kept, fact)
        return (says(firm, fact), checked, votes, firm.created_at, firm.pk)

    return {
        fact.key: max((kept, merged), key=lambda firm: weight(firm, fact)).pk
        for fact in differing(kept, merged)
    }


def _heard(kept: Vendor, merged: Vendor) -> list[set[str]]:
    """The words of every nomination of either firm, as far as they can be compared."""
    received = Referral.objects.filter(vendor__in=(kept, merged)).values_list("received", flat=True)
    return [
        {_folded(word) for word in row.values()} if isinstance(row, dict) else set()
        for row in received[:200]
    ]


def _folded(word: Any) -> str:
    plain = re.sub(r"\W+", "", str(word)).casefold()
    return plain[-9:] if plain.isdigit() and len(plain) in range(10, 15) else plain
