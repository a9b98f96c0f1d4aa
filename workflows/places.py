"""The formula and the reasons of a list of who is invited, in words that can be read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from training.allocation import LONGEST_WAIT, LOT, MOST_MISSED, ROOM, Share
from training.models import Allocation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.models import AllocationRow

#: Each term: its name, and how its points come about.
TERMS: Final[dict[str, tuple[Any, Any]]] = {
    "region": (
        _("Region"),
        _(
            "How far the region is behind an even share of all seats of the last year: all points"
            " with no seat at all, none with its share, points off with more. Falls with each seat"
            " that the region gets in this list."
        ),
    ),
    "waiting": (
        _("Waiting"),
        _("Days since the business was named, up to %(days)d."),
    ),
    "papers": (_("Papers"), _("The part of the required papers that is in.")),
    "category": (_("Goods"), _("The goods fit what the session is for.")),
    "missed": (
        _("Missed"),
        _("Points off for sessions missed, all of them from %(missed)d on."),
    ),
}
WHY_IN: Final[dict[str, Any]] = {
    "region": _("Its region has had fewer seats than its even share."),
    "waiting": _("It has waited longer than the first one out."),
    "papers": _("More of its papers are in than of the first one out."),
    "category": _("Its goods fit this session."),
    "missed": _("It missed fewer sessions than the first one out."),
    LOT: _("Equal points with the first one out: the lot decided."),
    ROOM: _("There is room for everybody who waits."),
}
WHY_OUT: Final[dict[str, Any]] = {
    "region": _("Its region has had more of its even share of seats."),
    "waiting": _("The last one in has waited longer."),
    "papers": _("The last one in has more of its papers in."),
    "category": _("The goods of the last one in fit this session better."),
    "missed": _("It missed more sessions than the last one in."),
    LOT: _("Equal points with the last one in: the lot decided."),
    ROOM: _("The list has no seat."),
}


@dataclass(frozen=True)
class RegionLine:
    """What one region has and gets: by the list, and if only the time counted."""

    name: str
    share: Share
    by_list: int
    by_time: int


def formula_of(allocation: Allocation | None, weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the terms with their points, as the list used them, or as one would use them now."""
    used = (allocation.inputs.get("weights") if allocation else None) or weights
    bounds = {"days": LONGEST_WAIT, "missed": MOST_MISSED}
    return [
        {"name": name, "how": str(how) % bounds, "points": used.get(key, 0)}
        for key, (name, how) in TERMS.items()
    ]


def why(row: AllocationRow, *, was_in: bool) -> Any:
    """Return the reason of the formula for a firm, in a sentence."""
    return (WHY_IN if was_in else WHY_OUT).get(row.reason, row.reason)


def points_of(row: AllocationRow) -> list[tuple[Any, float]]:
    """Return the terms of a row that gave or took points."""
    return [(name, row.terms[key]) for key, (name, _how) in TERMS.items() if row.terms.get(key)]


def regions_of(allocation: Allocation, names: Mapping[str, str]) -> list[RegionLine]:
    """Return each region that was asked with its share and what it gets either way."""
    outcome = allocation.outcome
    return [
        RegionLine(
            names.get(code, code),
            Share(*share),
            outcome.get("added", {}).get(code, 0),
            outcome.get("first_come", {}).get(code, 0),
        )
        for code, share in allocation.inputs.get("regions", {}).items()
    ]
