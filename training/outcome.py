"""What came of a session, in figures: reckoned in one place for the page, the minutes, the report.

``outcome_of`` asks three questions of the database however many seats there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

from training.models import SEATED, Feedback, QuizResult, Seat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.models import Session

#: Marks by hand and from paper are made when there is time: they say nothing of the hour.
SAYS_WHEN: Final = (Seat.ArrivedVia.PASS, Seat.ArrivedVia.CODE, Seat.ArrivedVia.SELF)
LATE_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class OfRegion:
    """How many of a region had a seat, and how many came."""

    name: str
    seats: int
    present: int


@dataclass(frozen=True)
class Opinions:
    """Means of the three questions, 1 to 5 (None where nobody answered), and what was remarked,
    in an order that tells nothing of who wrote it."""

    count: int
    useful: float | None
    clear: float | None
    ready: float | None
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Learnt:
    """Shares of right answers, in percent, of those who took the quiz both times."""

    count: int
    before: float
    after: float

    @property
    def gain(self) -> float:
        """Percentage points gained."""
        return self.after - self.before


@dataclass(frozen=True)
class Outcome:
    """The figures of one session; a seat given back counts as invited only."""

    invited: int
    answered: int
    confirmed: int
    present: int
    walk_ins: int
    late: int
    left_early: int
    absent: int
    regions: tuple[OfRegion, ...]
    opinions: Opinions
    learnt: Learnt | None
    cost_per_person: int | None


def outcome_of(session: Session) -> Outcome:
    """Return the figures of a session as its sheet stands now."""
    seats = list(session.seats.select_related("vendor__region", "agency__region"))
    asked = [s for s in seats if not s.is_walk_in and s.state != Seat.State.WAITING]
    seated = [s for s in seats if s.state in SEATED]
    there = [s for s in seated if s.is_present]
    answers = (Seat.State.CONFIRMED, Seat.State.DECLINED)
    return Outcome(
        invited=len(asked),
        answered=sum(s.answered_at is not None or s.state in answers for s in asked),
        confirmed=sum(s.state == Seat.State.CONFIRMED for s in asked),
        present=len(there),
        walk_ins=sum(s.is_walk_in for s in there),
        late=sum(is_late(s, session) for s in there),
        left_early=sum(s.left_at is not None and s.left_at < session.ends_at for s in there),
        absent=sum(not s.is_present and not s.is_walk_in for s in seated),
        regions=_regions(seated),
        opinions=_opinions(session),
        learnt=_learnt(session),
        cost_per_person=round(session.cost / len(there)) if session.cost and there else None,
    )


def is_late(seat: Seat, session: Session) -> bool:
    """Whether somebody was scanned in more than a quarter of an hour after the beginning."""
    if seat.arrived_at is None or seat.arrived_via not in SAYS_WHEN:
        return False
    return seat.arrived_at > session.starts_at + LATE_AFTER


def _regions(seated: Iterable[Seat]) -> tuple[OfRegion, ...]:
    seats: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for seat in seated:
        whose: Any = seat.vendor or seat.agency
        name = whose.region.display_name if whose.region else "Provinsi Jawa Timur"
        seats[name] += 1
        present[name] += seat.is_present
    return tuple(OfRegion(name, seats[name], present[name]) for name in sorted(seats))


def _opinions(session: Session) -> Opinions:
    given = list(Feedback.objects.filter(seat__session=session))
    return Opinions(
        count=len(given),
        useful=fmean(one.useful for one in given) if given else None,
        clear=fmean(one.clear for one in given) if given else None,
        ready=fmean(one.ready for one in given) if given else None,
        remarks=tuple(sorted(one.remark for one in given if one.remark)),
    )


def _learnt(session: Session) -> Learnt | None:
    shares: dict[int, dict[str, float]] = {}
    rows = QuizResult.objects.filter(seat__session=session, out_of__gt=0)
    for seat, moment, score, out_of in rows.values_list("seat", "moment", "score", "out_of"):
        shares.setdefault(seat, {})[moment] = 100 * score / out_of
    both = [share for share in shares.values() if len(share) == 2]
    if not both:
        return None
    before, after = QuizResult.Moment.BEFORE, QuizResult.Moment.AFTER
    return Learnt(
        count=len(both),
        before=sum(share[before] for share in both) / len(both),
        after=sum(share[after] for share in both) / len(both),
    )
