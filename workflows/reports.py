"""The whole road in a handful of queries: how many, where, how fast, and what is stuck."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils import timezone

from onboarding.models import Region, Screening, Status, Vendor
from training.models import Session
from workflows.models import AuditEvent, Case, Reckoning, RegionNow

if TYPE_CHECKING:
    from onboarding.models import User

#: Statuses that stand for "got this far". A firm that has ended is counted as named only, because
#: its status does not say how far it came.
ON_SALE: Final = (Status.ACTIVE,)
APPROVED: Final = (Status.APPROVED, Status.REGISTERED, Status.ACTIVE, Status.SUSPENDED)
CASEWORK: Final = (Status.SUBMITTED, Status.RETURNED, Status.VERIFIED)
GUIDED: Final = (Status.GUIDED, *CASEWORK, *APPROVED)
ELIGIBLE: Final = (Status.ELIGIBLE, Status.INVITED, *GUIDED)

#: The verbs whose first occurrence marks a step of the road, in order.
STEPS: Final = (
    "find_eligible",
    "invite",
    "guide",
    "submit",
    "verify",
    "approve",
    "register",
    "go_live",
)
SAMPLE = 100


@dataclass(frozen=True)
class RegionRow:
    """One regency or city: how many firms got how far, and how many sessions were held."""

    region: str
    named: int
    eligible: int
    guided: int
    casework: int
    approved: int
    on_sale: int
    sessions: int


@dataclass(frozen=True)
class Speed:
    """Median days between the first occurrences of two steps, over the last firms put on sale."""

    since: str
    until: str
    days: float
    firms: int


@dataclass(frozen=True)
class Counted:
    """What was counted ahead, and at which moment (None: nothing yet)."""

    at: datetime | None
    firms: dict[tuple[str, str], int]
    late: dict[str, int]
    lacking: dict[str, int]


def counted(user: User) -> Counted:
    """Read what the last count found: firms by ``(region code, status)``, cases past their date by
    stage, what firms lack by reason code. Two questions, however many firms there are."""
    now = RegionNow.objects.visible_to(user).values_list("region_id", "firms")
    firms = {(region, status): n for region, found in now for status, n in found.items()}
    last = Reckoning.objects.filter(cut_at__isnull=False).first()
    if last is None:
        return Counted(None, {}, {}, {})
    seen = last.observed
    return Counted(last.cut_at, firms, seen.get("late", {}), seen.get("lacking", {}))


def by_status(counts: dict[tuple[str, str], int]) -> dict[str, int]:
    """Return how many firms stand at each status now, in the order of the road, zeros too."""
    found: dict[str, int] = dict.fromkeys(Status.values, 0)
    for (_region, status), count in counts.items():
        found[status] += count
    return found


def by_region(counts: dict[tuple[str, str], int], sessions: dict[str, int]) -> list[RegionRow]:
    """Return a row for each of the regions, also for those from which nobody was named."""

    def so_far(region: str, statuses: tuple[str, ...]) -> int:
        return sum(counts.get((region, status), 0) for status in statuses)

    return [
        RegionRow(
            region=name,
            named=so_far(code, tuple(Status.values)),
            eligible=so_far(code, ELIGIBLE),
            guided=so_far(code, GUIDED),
            casework=so_far(code, CASEWORK),
            approved=so_far(code, APPROVED),
            on_sale=so_far(code, ON_SALE),
            sessions=sessions.get(code, 0),
        )
        for code, name in Region.objects.values_list("code", "display_name")
    ]


def sessions_held(user: User, year: int) -> dict[str, int]:
    """Count the sessions of a year whose sheet is closed, by region code."""
    begin, end = (timezone.make_aware(datetime(y, 1, 1)) for y in (year, year + 1))  # noqa: DTZ001 - made aware here
    held = Session.objects.visible_to(user).filter(
        state=Session.State.CLOSED, starts_at__gte=begin, starts_at__lt=end
    )
    return dict(held.order_by().values_list("region_id").annotate(n=Count("pk")))


def speed(user: User) -> tuple[list[Speed], float | None]:
    """Return the median days of each step, and of the whole road (None: nobody has gone it).

    Looked at are the last hundred firms that were put on sale.
    """
    sold = AuditEvent.objects.visible_to(user).filter(act="go_live").order_by("-pk")
    firsts = (
        AuditEvent.objects.filter(vendor__in=sold.values("vendor")[:SAMPLE], act__in=STEPS)
        .order_by()
        .values_list("vendor_id", "act", "vendor__created_at")
        .annotate(first=Min("at"))
    )
    roads: dict[int, dict[str, datetime]] = defaultdict(dict)
    for vendor_id, act, named_at, first in firsts:
        roads[vendor_id] |= {"refer": named_at, act: first}
    found = []
    for since, until in pairwise(("refer", *STEPS)):
        days = _days(roads.values(), since, until)
        if days:
            found.append(Speed(since, until, median(days), len(days)))
    whole = _days(roads.values(), "refer", "go_live")
    return found, median(whole) if whole else None


def oldest(user: User, now: datetime, *, limit: int = 10) -> list[Case]:
    """Return the cases that are longest past their date, with their firms."""
    late = Case.objects.visible_to(user).is_open().filter(due_at__lt=now, held_since=None)
    return list(late.select_related("vendor", "region", "owner").order_by("due_at", "pk")[:limit])


def count_late(now: datetime) -> dict[str, int]:
    """Count the cases past their date by stage; a long walk, for the count ahead."""
    late = Case.objects.is_open().filter(due_at__lt=now, held_since=None).order_by()
    return dict(late.values_list("stage").annotate(n=Count("pk")))


def count_lacking() -> dict[str, int]:
    """Count what the firms that do not meet the rules yet lack, by reason code, most first.

    A firm that lacks two things is counted under both. A long walk, for the count ahead.
    """
    newest = Screening.objects.filter(vendor=OuterRef("pk")).order_by("-judged_at", "-pk")
    firms = Vendor.objects.standing().filter(status=Status.INELIGIBLE).order_by()
    judged = firms.annotate(lacks=Subquery(newest.values("codes")[:1]))
    found: Counter[str] = Counter()
    for codes, count in judged.values_list("lacks").annotate(n=Count("pk")):
        found.update(dict.fromkeys(filter(None, (codes or "").split(",")), count))
    return dict(found.most_common())


def _days(roads: Any, since: str, until: str) -> list[float]:
    return [
        max((road[until] - road[since]).total_seconds() / 86400, 0.0)
        for road in roads
        if since in road and until in road
    ]
