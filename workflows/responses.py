"""What came of a campaign: who answered, how fast, and how many of the firms are on sale."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.models import (
    Agency,
    Campaign,
    Referral,
    ReferralRequest,
    ReferralSheet,
    RequestAnswer,
    Standing,
    Status,
)
from onboarding.models.campaigns import NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from onboarding.models import User

ANSWERS = (Standing.ANSWERED, Standing.NOTHING)


@dataclass
class Line:
    """One office in a campaign: where it stands, after how many days, and what came of it."""

    request: ReferralRequest
    standing: Standing
    days: int | None
    is_late: bool
    wants_time_until: date | None = None
    rows: int = 0
    named: int = 0
    on_sale: int = 0

    @property
    def has_answered(self) -> bool:
        """Whether the office said anything that counts."""
        return self.standing in ANSWERS


@dataclass
class Rate:
    """Answers of a group of offices; ``percent`` is None where nobody was asked."""

    label: str
    asked: int = 0
    answered: int = 0
    nothing: int = 0
    silent: int = 0
    late: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def percent(self) -> int | None:
        """Offices that answered, "nothing" too, of those that were asked."""
        return round(100 * (self.answered + self.nothing) / self.asked) if self.asked else None

    @property
    def median_days(self) -> float | None:
        """Days from asked to the first answer."""
        return median(self.days) if self.days else None

    def count(self, line: Line) -> None:
        """Add one office."""
        if line.standing == Standing.DRAFT:
            return
        self.asked += 1
        self.answered += line.standing == Standing.ANSWERED
        self.nothing += line.standing == Standing.NOTHING
        self.silent += line.standing == Standing.SILENT
        self.late += line.is_late
        if line.days is not None:
            self.days.append(line.days)


def lines_of(campaign: Campaign, user: User, today: date) -> list[Line]:
    """Return every office of a campaign in three queries, in the order of its letters."""
    requests = ReferralRequest.objects.visible_to(user).filter(campaign=campaign)
    wanted = RequestAnswer.objects.filter(request=OuterRef("pk"), kind=RequestAnswer.Kind.MORE_TIME)
    found = (
        requests.with_answers()
        .select_related("agency__region", "campaign")
        .annotate(wanted_on=Subquery(wanted.order_by("-pk").values("wanted_on")[:1]))
        .order_by("agency__kind", "agency__name")
    )
    rows, firms = _rows_of(campaign), _firms_of(campaign)
    return [_line(request, today, rows, firms) for request in found]


def rate(lines: Iterable[Line], label: str = "") -> Rate:
    """Count a group of offices."""
    counted = Rate(label)
    for line in lines:
        counted.count(line)
    return counted


def by_kind(lines: Iterable[Line]) -> list[Rate]:
    """Return a rate for each kind of office that was asked, in a fixed order."""
    return _grouped(lines, lambda line: Agency.Kind(line.request.agency.kind).label)


def by_region(lines: Iterable[Line]) -> list[Rate]:
    """Return a rate for each regency and city; provincial offices stand together."""
    found = _grouped(lines, _region)
    return sorted(found, key=lambda one: (one.percent is None, one.percent or 0, one.label))


def latest_rate(user: User, today: date) -> tuple[Campaign, Rate, list[Rate]] | None:
    """Return the campaign that was sent last with its rate, for the page of the head of bureau.

    Offices are counted, none is named, so this needs no sight of the requests themselves.
    """
    if not user.may("workflows.view_funnel"):
        return None
    latest = Campaign.objects.exclude(state=Campaign.State.DRAFT).order_by("-pk").values("pk")[:1]
    requests = ReferralRequest.objects.filter(campaign=Subquery(latest)).with_answers()
    lines = [_line(one, today, {}, {}) for one in requests.select_related("agency", "campaign")]
    return (lines[0].request.campaign, rate(lines), by_kind(lines)) if lines else None


def _line(
    request: ReferralRequest,
    today: date,
    rows: dict[int, int],
    firms: dict[int, tuple[int, int]],
) -> Line:
    first = request.answered_at
    asked = request.asked_at
    days = (timezone.localdate(first) - timezone.localdate(asked)).days if first and asked else None
    named, on_sale = firms.get(request.pk, (0, 0))
    standing = request.standing(today)
    wanted_on = getattr(request, "wanted_on", None)
    is_open_question = bool(
        wanted_on and standing not in ANSWERS and request.due_on and wanted_on > request.due_on
    )
    return Line(
        request=request,
        standing=standing,
        days=None if days is None else max(days, 0),
        is_late=request.is_late,
        wants_time_until=wanted_on if is_open_question else None,
        rows=rows.get(request.pk, 0),
        named=named,
        on_sale=on_sale,
    )


def _rows_of(campaign: Campaign) -> dict[int, int]:
    """Count what stood in the lists, by request."""
    sheets = ReferralSheet.objects.filter(request__campaign=campaign).order_by()
    counted = sheets.exclude(state__in=NO_ANSWER).values_list("request")
    return {pk: rows or 0 for pk, rows in counted.annotate(n=Sum("rows_read"))}


def _firms_of(campaign: Campaign) -> dict[int, tuple[int, int]]:
    """Count the firms named through each request, by list or by form, and those on sale."""
    counts: dict[int, tuple[int, int]] = {}
    for path in ("request", "sheet__request"):
        referrals = Referral.objects.standing().filter(**{f"{path}__campaign": campaign}).order_by()
        counted = referrals.values_list(path).annotate(
            named=Count("vendor", distinct=True),
            on_sale=Count("vendor", distinct=True, filter=Q(vendor__status=Status.ACTIVE)),
        )
        for pk, named, on_sale in counted:
            so_far = counts.get(pk, (0, 0))
            counts[pk] = (so_far[0] + named, so_far[1] + on_sale)
    return counts


def _grouped(lines: Iterable[Line], key: Callable[[Line], Any]) -> list[Rate]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(str(key(line)), []).append(line)
    return [rate(group, label) for label, group in groups.items()]


def _region(line: Line) -> str:
    region = line.request.agency.region
    return region.display_name if region else _("Province")
