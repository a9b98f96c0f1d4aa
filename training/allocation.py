"""Who is invited first: a formula of five terms that can be read aloud, and a lot for equal points.

Plain rules: no Django, no database, no clock. The same firms, shares, weights and seed give the
same list, in whatever order the firms come in. A region's term falls with every seat that it gets
in this list, so that one region far behind does not take them all.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

FORMULA: Final = "2026-1"
#: Points of each term. They add up to 100 where they help, so that a point is a percent. None is
#: law: a proposal until the Bureau sets its own. Region first, because a programme of the province
#: is judged by whether it was even; waiting next, because who waits leaves; papers, because a firm
#: that brings them complete is soon on sale; goods that fit the session; and a few points off for
#: sessions missed, so that it costs a turn and shuts nobody out.
WEIGHTS: Final[Mapping[str, float]] = {
    "region": 45.0,
    "waiting": 30.0,
    "papers": 15.0,
    "category": 10.0,
    "missed": -15.0,
}
#: Days after which waiting longer adds nothing, and missed sessions that cost all of the points.
LONGEST_WAIT, MOST_MISSED = 180, 3
#: Firms that are kept after the last one in, with their rank and reason; the others are counted.
NEXT_KEPT = 200
LOT, ROOM = "lot", "room"
_EQUAL = 1e-9


@dataclass(frozen=True)
class Candidate:
    """One firm that waits. ``papers`` is the part of its required papers that is in, 0 to 1."""

    id: int
    region: str
    days: int
    missed: int = 0
    papers: float = 0.0
    is_of_category: bool = False


@dataclass(frozen=True)
class Share:
    """What a region has: firms on the road, and the seats that they were given."""

    firms: int
    seats: int


@dataclass(frozen=True)
class Place:
    """A firm's place in the list, the points of each term, and the term that decided."""

    id: int
    region: str
    rank: int
    score: float
    terms: Mapping[str, float]
    is_in: bool
    reason: str


@dataclass(frozen=True)
class Outcome:
    """All that are in, the next ones out, and how many others are out by which reason."""

    places: tuple[Place, ...]
    waiting: int
    left_out: Mapping[str, int]


def allocate(
    candidates: Iterable[Candidate],
    shares: Mapping[str, Share],
    *,
    seats: int,
    seed: int,
    weights: Mapping[str, float] = WEIGHTS,
    next_kept: int = NEXT_KEPT,
) -> Outcome:
    """Fill so many seats from those who wait; linear in their number, then a step for each seat.

    Of the firms of one region the points of the other terms decide, so each region is a heap, and
    each seat goes to the best of the regions' firsts. A firm named twice raises ``ValueError``.
    """
    heaps = _heaps(candidates, seed, weights)
    waiting = sum(len(heap) for heap in heaps.values())
    need = _Need(shares, seats, weights["region"])
    picked = []
    for place in range(min(seats + next_kept, waiting)):
        region = min(heaps, key=lambda code: _turn(heaps[code][0], need.of(code)))
        first = heapq.heappop(heaps[region])
        if not heaps[region]:
            del heaps[region]
        picked.append(_Pick(first[2], region, _terms(first, need.of(region))))
        if place < seats:
            need.give(region)
    return _outcome(picked, heaps, need, seats, waiting)


def first_come(candidates: Iterable[Candidate], seats: int) -> list[Candidate]:
    """Who would be invited if only the days of waiting counted, to compare with."""
    return heapq.nsmallest(seats, candidates, key=lambda firm: (-firm.days, firm.id))


def evenness(shares: Mapping[str, Share], added: Mapping[str, int] | None = None) -> float:
    """The part of all seats that stands where an even share would put it, 0 to 1 (1 is even).

    One minus half the sum of the differences between a region's part of the seats and its part of
    the firms (the index of dissimilarity, O. D. and B. Duncan, 1955). Without seats it is 1.
    """
    more = added or {}
    seats = {code: share.seats + more.get(code, 0) for code, share in shares.items()}
    firms = {code: share.firms for code, share in shares.items()}
    all_seats, all_firms = sum(seats.values()), sum(firms.values())
    if not all_seats or not all_firms:
        return 1.0
    apart = sum(abs(seats[code] / all_seats - firms[code] / all_firms) for code in shares)
    return round(1 - apart / 2, 6)


def deficit(share: Share, *, even: float, given: int = 0) -> float:
    """How far a region is behind its even share of seats: 1 has none, 0 has it, -1 has twice it."""
    due = share.firms * even
    if due <= 0:
        return 0.0
    return max(-1.0, min(1.0, (due - share.seats - given) / due))


def is_of_category(wanted: str, own: str) -> bool:
    """Whether a firm's goods share a word of three letters or more with what a session is for."""
    words = {word for word in _words(wanted) if len(word) >= 3}
    return bool(words & set(_words(own)))


def digest(
    candidates: Sequence[Candidate], shares: Mapping[str, Share], facts: Mapping[str, object]
) -> str:
    """Fingerprint of all that the list was made of, so that making it again can be checked."""
    firms = sorted(
        (one.id, one.region, one.days, one.missed, round(one.papers, 6), one.is_of_category)
        for one in candidates
    )
    regions = sorted((code, share.firms, share.seats) for code, share in shares.items())
    text = json.dumps([firms, regions, dict(facts)], sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


#: (minus the points of all terms but the region's, lot, id, those terms) sorts the best first.
_Entry = tuple[float, bytes, int, tuple[tuple[str, float], ...]]


@dataclass(frozen=True)
class _Pick:
    """A firm whose turn came, with the points that it had then."""

    id: int
    region: str
    terms: Mapping[str, float]


class _Need:
    """How much each region is behind, in points, as the seats of this list are given."""

    def __init__(self, shares: Mapping[str, Share], seats: int, weight: float) -> None:
        self.shares, self.weight = shares, weight
        self.given: Counter[str] = Counter()
        firms = sum(share.firms for share in shares.values())
        had = sum(share.seats for share in shares.values())
        self.even = (had + seats) / firms if firms else 0.0

    def of(self, region: str) -> float:
        share = self.shares.get(region, Share(0, 0))
        return round(self.weight * deficit(share, even=self.even, given=self.given[region]), 6)

    def give(self, region: str) -> None:
        self.given[region] += 1


def _heaps(
    candidates: Iterable[Candidate], seed: int, weights: Mapping[str, float]
) -> dict[str, list[_Entry]]:
    heaps: dict[str, list[_Entry]] = {}
    seen = set()
    for firm in candidates:
        if firm.id in seen:
            raise ValueError(f"firm {firm.id} is named twice")
        seen.add(firm.id)
        terms = (
            ("waiting", _part(firm.days, LONGEST_WAIT) * weights["waiting"]),
            ("papers", max(0.0, min(1.0, firm.papers)) * weights["papers"]),
            ("category", firm.is_of_category * weights["category"]),
            ("missed", _part(firm.missed, MOST_MISSED) * weights["missed"]),
        )
        rounded = tuple((name, round(points, 6)) for name, points in terms)
        total = round(sum(points for _name, points in rounded), 6)
        lot = sha256(f"{seed}:{firm.id}".encode()).digest()[:8]
        heaps.setdefault(firm.region, []).append((-total, lot, firm.id, rounded))
    for heap in heaps.values():
        heapq.heapify(heap)
    return heaps


def _outcome(
    picked: list[_Pick],
    heaps: Mapping[str, list[_Entry]],
    need: _Need,
    seats: int,
    waiting: int,
) -> Outcome:
    last_in = picked[seats - 1] if 0 < seats <= len(picked) else None
    first_out = picked[seats] if seats < len(picked) else None
    places = []
    for place, pick in enumerate(picked):
        is_in = place < seats
        reason = _reason(pick, first_out, 1) if is_in else _reason(pick, last_in, -1)
        score = round(sum(pick.terms.values()), 6)
        places.append(Place(pick.id, pick.region, place + 1, score, pick.terms, is_in, reason))
    left_out: Counter[str] = Counter()
    for region, heap in heaps.items():
        points = need.of(region)
        for entry in heap:
            left_out[_reason(_Pick(entry[2], region, _terms(entry, points)), last_in, -1)] += 1
    return Outcome(tuple(places), waiting, dict(sorted(left_out.items())))


def _reason(pick: _Pick, other: _Pick | None, sign: int) -> str:
    """The term by which a firm surpasses the first one out (sign 1), or falls short of the last
    one in (-1). Firms of one region are equally far behind."""
    if other is None:
        return ROOM
    ahead = {name: sign * (points - other.terms[name]) for name, points in pick.terms.items()}
    if pick.region == other.region:
        ahead["region"] = 0.0
    best = max(ahead, key=lambda name: ahead[name])
    return best if ahead[best] > _EQUAL else LOT


def _terms(entry: _Entry, region_points: float) -> dict[str, float]:
    return {"region": region_points, **dict(entry[3])}


def _turn(entry: _Entry, region_points: float) -> tuple[float, bytes, int]:
    """Most points first, equal points by lot."""
    return (-round(region_points - entry[0], 6), entry[1], entry[2])


def _part(number: int, most: int) -> float:
    return max(0, min(number, most)) / most


def _words(text: str) -> list[str]:
    return "".join(mark if mark.isalnum() else " " for mark in text.casefold()).split()
