"""Every figure of guidance comes from here, so that it is the same on every page and in every file.

Read are rows that were counted ahead (``workflows.actions.counting``), the sessions that are
planned, and what regions have in MSMEs: a fixed number of questions, however many firms there are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Sum
from django.utils import timezone

from onboarding.models import Region, Status
from training.models import Session
from workflows import evenness
from workflows.models import Reckoning, RegionBase, RegionMonth, Setting

if TYPE_CHECKING:
    from onboarding.models import User
    from workflows.evenness import Cadence, Wanted

#: Months that the columns of the table look back over.
MONTHS = 12
COLUMNS = ("sessions", "tokens", "in_step", "seats", "people", "of_offices")
HAPPENED = ("sessions", "tokens", "people", "of_offices", "reached", "listed")
KEYS = ("cadence_days", "token_minutes", "token_present")


@dataclass(frozen=True)
class Base:
    """How many MSMEs a region has; ``is_estimate`` where only the province's number is known."""

    msmes: float
    year: int
    source: str
    is_estimate: bool


@dataclass
class Row:
    """One region: what happened in the last twelve months, and where it stands now."""

    code: str
    name: str
    is_city: bool
    base: Base | None
    cadence: Cadence
    planned: int
    reached: int
    named: int
    on_sale: int
    taught: list[str]
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """Reached of a hundred MSMEs of the region."""
        return 100 * self.reached / self.base.msmes if self.base else None


@dataclass
class Picture:
    """All regions at one moment; ``cut_at`` None: nothing was counted yet."""

    cut_at: datetime | None
    today: date
    settings: dict[str, int]
    rows: list[Row]
    evenness: float | None
    sustained: float | None
    consistent: float | None
    wanted: list[Wanted]
    is_estimate: bool

    @property
    def reached(self) -> int:
        """MSMEs guided in all regions."""
        return sum(row.reached for row in self.rows)

    @property
    def share(self) -> float | None:
        """Reached of a hundred MSMEs of the province."""
        whole = sum(row.base.msmes for row in self.rows if row.base)
        return 100 * self.reached / whole if whole else None

    def total(self, column: str) -> int:
        """The sum of one column over all regions."""
        return sum(row.numbers.get(column, 0) for row in self.rows)

    def by_code(self) -> dict[str, Row]:
        """The rows by their region."""
        return {row.code: row for row in self.rows}


def picture(user: User, *, today: date) -> Picture:
    """Return what the pages of evenness show; seven questions to the database."""
    reckoning = Reckoning.objects.filter(cut_at__isnull=False).defer("observed").first()
    settings = Setting.values_of(*KEYS)
    regions = list(Region.objects.select_related("figures"))
    bases = _bases(regions)
    sums = _sums(user, today)
    planned = _planned(user, today)
    held = {
        region.code: [date.fromisoformat(day) for day in _now(region, "held_on", [])]
        for region in regions
    }
    since = min((day for days in held.values() for day in days), default=None)
    rows = []
    for region in regions:
        code, days = region.code, planned.get(region.code, [])
        standing = evenness.cadence(
            held[code], days, since=since, today=today, days=settings["cadence_days"]
        )
        rows.append(_row(region, bases.get(code), sums.get(code, {}), days, standing))
    reached = {row.code: row.reached for row in rows}
    weights = {row.code: row.base.msmes for row in rows if row.base}
    standings = {row.code: row.cadence for row in rows}
    in_step, sessions = (sum(row.numbers[key] for row in rows) for key in ("in_step", "sessions"))
    return Picture(
        cut_at=reckoning.cut_at if reckoning else None,
        today=today,
        settings=settings,
        rows=rows,
        evenness=evenness.evenness(reached, weights),
        sustained=evenness.sustained(standings.values()) if since else None,
        consistent=evenness.consistent(in_step, sessions),
        wanted=evenness.where_next(standings, reached, weights, days=settings["cadence_days"]),
        is_estimate=any(row.base.is_estimate for row in rows if row.base),
    )


def observed() -> tuple[datetime | None, dict[str, Any]]:
    """Return what the forecast is made of, and of which moment it is."""
    reckoning = Reckoning.objects.filter(cut_at__isnull=False).first()
    return (reckoning.cut_at, reckoning.observed) if reckoning else (None, {})


def _row(
    region: Region,
    base: Base | None,
    sums: dict[str, int],
    planned: list[date],
    standing: Cadence,
) -> Row:
    firms = _now(region, "firms", {})
    return Row(
        code=region.code,
        name=region.display_name,
        is_city=region.kind == Region.Kind.CITY,
        base=base,
        cadence=standing,
        planned=len(planned),
        reached=sums.get("reached", 0),
        named=sum(firms.values()),
        on_sale=firms.get(Status.ACTIVE.value, 0),
        taught=sorted(_now(region, "taught", {})),
        numbers={key: sums.get(key, 0) for key in COLUMNS},
    )


def _now(region: Region, column: str, empty: Any) -> Any:
    figures = getattr(region, "figures", None)
    return getattr(figures, column) if figures else empty


def _sums(user: User, today: date) -> dict[str, dict[str, int]]:
    """Sums of the last twelve months by region; firms reached since the beginning."""
    lately = Q(month__gt=months_before(today, MONTHS))
    columns = {f"{key}_lately": Sum(key, filter=lately, default=0) for key in COLUMNS}
    rows = RegionMonth.objects.visible_to(user).order_by().values("region_id")
    return {
        row["region_id"]: {
            "reached": row["all_reached"],
            **{key: row[f"{key}_lately"] for key in COLUMNS},
        }
        for row in rows.annotate(**columns, all_reached=Sum("reached", default=0))
    }


def _planned(user: User, today: date) -> dict[str, list[date]]:
    """Days of sessions that are planned, by each region that they serve."""
    # A moment, not a date: SQLite would ask Python for the date of every session ever held.
    begin = timezone.make_aware(datetime.combine(today, time.min))
    coming = Session.objects.visible_to(user).filter(
        state=Session.State.PLANNED, starts_at__gte=begin
    )
    found: dict[str, set[tuple[int, date]]] = defaultdict(set)
    for pk, region, served, starts_at in coming.order_by().values_list(
        "pk", "region_id", "serves__code", "starts_at"
    ):
        for code in {region, served} - {None}:
            found[code].add((pk, timezone.localdate(starts_at)))
    return {code: sorted(day for _pk, day in days) for code, days in found.items()}


def _bases(regions: list[Region]) -> dict[str, Base]:
    """The newest number of each region; without one, its part of the province's by population."""
    found: dict[str, Base] = {}
    province: RegionBase | None = None
    for base in RegionBase.objects.order_by("year", "pk"):
        if base.region_id is None:
            province = base
        else:
            found[base.region_id] = Base(base.msmes, base.year, base.source, is_estimate=False)
    if province is None:
        return found
    people = {region.code: region.population or 0 for region in regions}
    for code, msmes in evenness.shares(people, province.msmes).items():
        estimate = Base(msmes, province.year, province.source, is_estimate=True)
        found.setdefault(code, estimate)
    return found


def months_before(day: date, months: int) -> date:
    """The first day of the month so many months before this one."""
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


@dataclass
class Quarter:
    """What happened in one quarter, and how even reach was at its end."""

    begins: date
    is_over: bool
    sessions: int = 0
    tokens: int = 0
    people: int = 0
    of_offices: int = 0
    reached: int = 0
    listed: int = 0
    evenness: float | None = None

    @property
    def name(self) -> str:
        """As an office writes it: 2026 · III."""
        return f"{self.begins.year} · {('I', 'II', 'III', 'IV')[(self.begins.month - 1) // 3]}"


def quarters(user: User, *, today: date, most: int = 12) -> list[Quarter]:
    """Return the last quarters in which something was counted, oldest first."""
    regions = list(Region.objects.all())
    weights = {code: base.msmes for code, base in _bases(regions).items()}
    found: dict[date, Quarter] = {}
    reached: dict[str, int] = defaultdict(int)
    rows = RegionMonth.objects.visible_to(user).order_by("month").values_list(
        "month", "region_id", *HAPPENED
    )  # fmt: skip
    for begins, months in groupby(rows, key=lambda row: _quarter_of(row[0])):
        of_quarter = list(months)
        for row in of_quarter:
            reached[row[1]] += row[2 + HAPPENED.index("reached")]
        sums = (sum(column) for column in zip(*(row[2:] for row in of_quarter), strict=True))
        found[begins] = Quarter(
            begins,
            is_over=begins + timedelta(days=92) < today,
            evenness=evenness.evenness(reached, weights),
            **dict(zip(HAPPENED, sums, strict=True)),
        )
    return list(found.values())[-most:]


def _quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
