"""The programme through the years, and how many sessions a wish for the next one takes."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from onboarding.models import Agency, JoiningStep
from workflows import coverage
from workflows.forecast import LEAST_CASES, Observed, Plan, Share, TooFewCases, forecast
from workflows.forms.evenness import ForecastForm, usual
from workflows.models import RegionMonth, Setting
from workflows.views.evenness import percent, tabs

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn

#: Governments of East Java: 29 regencies and 9 cities.
GOVERNMENTS = 38
#: The same wish gives the same answer to everybody who asks on the same figures.
SEED = 38
#: What is known of each step of the road, in the order of the road.
STEPS: dict[str, Any] = {
    "present": gettext_lazy("invited and came"),
    "complete": gettext_lazy("guided and completed the papers in time"),
    "approved": gettext_lazy("handed in and was approved"),
    "active": gettext_lazy("approved and was on sale within 60 days"),
    "days": gettext_lazy("went the whole road from guidance to being on sale"),
}


@dataclass(frozen=True)
class Moment:
    """What was known on one day; a blank is what the source does not say."""

    day: date
    vendors: int | None
    governments: int | None
    source: str
    note: str
    is_ours: bool = False


@require_safe
@permission_required("workflows.view_evenness", raise_exception=True)
def trend(request: SignedIn) -> HttpResponse:
    """Show what the press and the study said of earlier years, then our own counts."""
    now, figures = coverage.observed()
    today = timezone.localdate()
    moments = [*history(), *_ours(request.user, today)]
    most = max((moment.vendors or 0 for moment in moments), default=1) or 1
    context = {
        "tabs": tabs("workflows:trend"),
        "cut_at": now,
        "moments": [
            {
                "moment": moment,
                "percent": round(100 * (moment.vendors or 0) / most, 1),
                "governments": round(100 * (moment.governments or 0) / GOVERNMENTS, 1),
            }
            for moment in moments
        ],
        "all_governments": GOVERNMENTS,
        "quarters": [
            {
                "quarter": quarter,
                "evenness": percent(
                    None if quarter.evenness is None else 100 * quarter.evenness, 0
                ),
            }
            for quarter in coverage.quarters(request.user, today=today)
        ],
        "has_figures": bool(figures),
    }
    return render(request, "workflows/trend.html", context)


@require_safe
@permission_required("workflows.view_evenness", raise_exception=True)
def forecast_page(request: SignedIn) -> HttpResponse:
    """Answer "how many sessions", with the numbers that the answer is made of."""
    today = timezone.localdate()
    cut_at, figures = coverage.observed()
    form = ForecastForm(request.GET or None, initial=usual(today))
    context: dict[str, Any] = {
        "tabs": tabs("workflows:forecast"),
        "cut_at": cut_at,
        "form": form,
        "least": LEAST_CASES,
        "steps": [
            {
                "words": STEPS[step],
                "cases": cases,
                "went_on": went_on,
                "percent": percent(100 * went_on / cases if cases else None),
            }
            for step, (cases, went_on) in figures.get("steps", {}).items()
        ],
        "roads": len(figures.get("days", ())),
        "rounds": _mean(figures.get("rounds", ())),
        "minutes": Setting.value_of("check_minutes"),
    }
    status = 200
    if form.is_bound and form.is_valid():
        context |= _answer(form.cleaned_data, figures, today, minutes=context["minutes"])
    elif form.is_bound:
        status = 422
    return render(request, "workflows/forecast.html", context, status=status)


@cache
def history() -> tuple[Moment, ...]:
    """The programme before this system, as it stands in the reference data."""
    path = Path(settings.BASE_DIR) / "workflows/reference/programme-history.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Moment(
                date.fromisoformat(row["date"]),
                int(row["vendors"]) if row["vendors"] else None,
                int(row["governments"]) if row["governments"] else None,
                row["source"],
                row["note"],
            )
            for row in csv.DictReader(file)
        )


def _ours(user: User, today: date) -> list[Moment]:
    """What this system counts itself: at the end of each year, and now."""
    listed: Counter[int] = Counter()
    months = RegionMonth.objects.visible_to(user).order_by("month").values_list("month")
    for month, count in months.annotate(n=Sum("listed")):
        listed[month.year] += count
    joined = list(
        JoiningStep.objects.standing()
        .filter(agency__kind=Agency.Kind.GOVERNMENT)
        .exclude(step=JoiningStep.Step.NOT_JOINED)
        .values_list("agency_id", "taken_on", "as_of")
    )
    fresh = {agency for agency, _on, as_of in joined if as_of is None}
    moments, sum_listed = [], 0
    for year in sorted({*listed, today.year}):
        sum_listed += listed[year]
        day = min(date(year, 12, 31), today)
        known = {agency for agency, on, _as_of in joined if on <= day}
        old = len(known - fresh)
        note = _("%(count)d of the governments known from earlier sources only") % {"count": old}
        moments.append(
            Moment(
                day, sum_listed, len(known), _("counted here"), note if old else "", is_ours=True
            )
        )
    return moments


def _answer(
    wish: dict[str, Any], figures: dict[str, Any], today: date, *, minutes: int
) -> dict[str, Any]:
    observed = Observed(
        {step: Share(*figures["steps"][step]) for step in figures.get("steps", ())},
        figures.get("rounds", ()),
        figures.get("days", ()),
    )
    plan = Plan(
        firms=wish["firms"],
        today=today,
        by=wish["by"],
        seats=wish["seats"],
        trainers=wish["trainers"],
        hours_a_session=wish["hours"],
        minutes_a_check=minutes,
    )
    try:
        answer = forecast(observed, plan, seed=SEED)
    except TooFewCases as refusal:
        return {"short": [(STEPS[step], count) for step, count in refusal.steps.items()]}
    return {"answer": answer, "plan": plan, "in_time": percent(100 * answer.in_time, 0)}


def _mean(values: Any) -> float:
    return sum(values) / len(values) if values else 0.0
