"""What an auditor should look at first: plain rules, each over rows of one kind and its bounds.

A flag is a reason to look, never a finding. Every rule is a function of rows; which rows, and where
the bounds stand, is said by ``workflows.actions.flagging``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

FAST, PAIR, SAME_DEED, CHANGED, BY_HAND, OVERRIDE, TIED, NIGHT, LATE = (
    "fast", "pair", "same-deed", "changed", "by-hand", "override", "tied", "night", "late"
)  # fmt: skip
#: So many cases of a pair are named, the newest.
MOST_NAMED: Final = 10
KINDS: Final = (FAST, PAIR, SAME_DEED, CHANGED, BY_HAND, OVERRIDE, TIED, NIGHT, LATE)


@dataclass(frozen=True)
class Flag:
    """One thing found odd: of which kind, about what, and the figures that make it odd."""

    kind: str
    vendor: int | None = None
    case: int | None = None
    session: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class Decided(NamedTuple):
    """One round that was verified and decided."""

    case: int
    vendor: int
    verifier: int
    verified_at: datetime
    decider: int
    decided_at: datetime


class Act(NamedTuple):
    """One act of a person on a firm or a session; ``at`` is in the office's own time."""

    vendor: int | None
    session: int | None
    event: int
    act: str
    at: datetime
    by: int


class Print(NamedTuple):
    """Something by which two papers are the same: the deed that was read, the bytes of a file."""

    mark: str
    vendor: int
    paper: int


def fast(rounds: Iterable[Decided], *, minutes: int) -> Iterator[Flag]:
    """A decision within so few minutes after the verification that nobody can have looked."""
    for one in rounds:
        took = (one.decided_at - one.verified_at).total_seconds()
        if took <= minutes * 60:
            facts = {"seconds": round(took), "verifier": one.verifier, "decider": one.decider}
            yield Flag(FAST, one.vendor, one.case, facts=facts)


def pairs(rounds: Iterable[Decided], *, least: int, percent: int) -> Iterator[Flag]:
    """Two people who meet in more cases than chance would give them, or of whom one meets nobody
    else although others do that work: a pair in most of all cases is never far above chance.

    By chance a pair meets in (cases verified by one x cases decided by the other) / all cases.
    """
    rows = list(rounds)
    met: dict[tuple[int, int], list[int]] = {}
    for one in rows:
        met.setdefault((one.verifier, one.decider), []).append(one.case)
    verified = Counter(one.verifier for one in rows)
    decided = Counter(one.decider for one in rows)
    for (verifier, decider), cases in sorted(met.items()):
        chance = verified[verifier] * decided[decider] / len(rows)
        bound = [
            person
            for person, own, others in ((verifier, verified, decided), (decider, decided, verified))
            if own[person] == len(cases) and len(others) > 1
        ]
        if len(cases) >= least and (bound or len(cases) * 100 >= chance * percent):
            facts = {
                "verifier": verifier,
                "decider": decider,
                "cases": len(cases),
                "some": cases[-MOST_NAMED:],
                "chance": round(chance, 1),
                "bound": bound,
            }
            yield Flag(PAIR, facts=facts)


def same_deed(prints: Iterable[Print]) -> Iterator[Flag]:
    """The same deed, or the same file byte for byte, at two firms; one flag for each of them."""
    found: dict[str, dict[int, int]] = {}
    for one in prints:
        found.setdefault(one.mark, {}).setdefault(one.vendor, one.paper)
    told = set()
    for firms in found.values():
        for vendor, paper in firms.items() if len(firms) > 1 else ():
            others = sorted(set(firms) - {vendor})
            if (vendor, tuple(others)) not in told:
                told.add((vendor, tuple(others)))
                yield Flag(SAME_DEED, vendor, facts={"paper": paper, "firms": others[:5]})


def changed(acts: Iterable[Act], approved_at: dict[int, datetime], *, days: int) -> Iterator[Flag]:
    """Facts or papers that were changed soon after the approval that relied on them."""
    for one in acts:
        since = approved_at.get(one.vendor or 0)
        if since is not None and since < one.at <= since + timedelta(days=days):
            yield _flagged(CHANGED, one, days=(one.at - since).days)


def by_hand(sessions: Iterable[tuple[int, int, int]], *, percent: int) -> Iterator[Flag]:
    """Sessions (id, present, marked by hand) in which too many have no token of having come."""
    for session, present, hand in sessions:
        if present and hand * 100 > present * percent:
            facts = {"present": present, "hand": hand, "percent": round(hand * 100 / present)}
            yield Flag(BY_HAND, session=session, facts=facts)


def overrides(acts: Iterable[Act]) -> Iterator[Flag]:
    """A person set aside what the rules said."""
    for one in acts:
        yield _flagged(OVERRIDE, one)


def tied(rounds: Iterable[Decided], ties: set[tuple[int, int]]) -> Iterator[Flag]:
    """A case verified or decided by somebody who is tied to the firm: (person, firm)."""
    for one in rounds:
        for person in (one.verifier, one.decider):
            if (person, one.vendor) in ties:
                yield Flag(TIED, one.vendor, one.case, facts={"person": person})


def at_night(acts: Iterable[Act], *, start: int, end: int) -> Iterator[Flag]:
    """Decisions while the office is dark: from ``start`` to ``end`` o'clock."""
    for one in acts:
        hour = one.at.hour
        is_dark = start <= hour or hour < end if start > end else start <= hour < end
        if is_dark:
            yield _flagged(NIGHT, one)


def late(acts: Iterable[Act], held_on: dict[int, datetime], *, days: int) -> Iterator[Flag]:
    """Attendance that was corrected long after the session was over."""
    for one in acts:
        ended = held_on.get(one.session or 0)
        if ended is not None and one.at >= ended + timedelta(days=days):
            yield _flagged(LATE, one, days=(one.at - ended).days)


def _flagged(kind: str, act: Act, **facts: Any) -> Flag:
    told = {"event": act.event, "act": act.act, "person": act.by, "at": act.at.isoformat(), **facts}
    return Flag(kind, act.vendor, session=act.session, facts=told)
