"""The manager's page: the whole road, every region, how fast, and which cases are stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import permission_required
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onboarding.eligibility import REASON_PATHS
from onboarding.models import Status
from onboarding.sentences import path_steps, say
from workflows import reports, responses
from workflows.lateness import lateness_of
from workflows.look import look_of
from workflows.models import Stage, TrailCheck
from workflows.sentences import act_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn


@require_safe
@permission_required("workflows.view_funnel", raise_exception=True)
def overview(request: SignedIn) -> HttpResponse:
    """One page: how many, where, how fast, what is stuck; counted ahead, and says when."""
    now = timezone.now()
    year = timezone.localdate().year
    counted = reports.counted(request.user)
    statuses = reports.by_status(counted.firms)
    sessions = reports.sessions_held(request.user, year)
    steps, whole = reports.speed(request.user)
    regions = reports.by_region(counted.firms, sessions)
    context = {
        "as_of": counted.at,
        "trail_check": TrailCheck.objects.last_ended(),
        "now": now,
        "year": year,
        "tiles": _tiles(statuses, regions, counted.late, whole),
        "funnel": _funnel(statuses),
        "regions": regions,
        "steps": [
            {
                "since": _since(step.since),
                "until": act_words(step.until),
                "days": formats.number_format(round(step.days, 1), 1),
            }
            for step in steps
        ],
        "asked": responses.latest_rate(request.user, timezone.localdate()),
        "lacking": [
            {"title": say(code), "count": count, "steps": path_steps(REASON_PATHS.get(code, ()))}
            for code, count in counted.lacking.items()
        ],
        "late": [(Stage(stage).label, count) for stage, count in sorted(counted.late.items())],
        "oldest": [
            {"case": case, "stage": Stage(case.stage).label, "late": lateness_of(case.due_at, now)}
            for case in reports.oldest(request.user, now)
        ],
    }
    return render(request, "workflows/overview.html", context)


def _tiles(
    statuses: dict[str, int],
    regions: list[reports.RegionRow],
    late: dict[str, int],
    whole: float | None,
) -> list[dict[str, Any]]:
    days = "–" if whole is None else formats.number_format(round(whole, 1), 1)
    return [
        {"number": sum(statuses.values()), "label": _("businesses named")},
        {"number": sum(row.guided for row in regions), "label": _("guided or further")},
        {"number": sum(row.approved for row in regions), "label": _("approved or further")},
        {"number": statuses[Status.ACTIVE], "label": _("on sale")},
        {"number": sum(late.values()), "label": _("cases past their date")},
        {"number": sum(row.sessions for row in regions), "label": _("sessions held this year")},
        {"number": days, "label": _("days from named to on sale (median)")},
    ]


def _funnel(statuses: dict[str, int]) -> list[dict[str, Any]]:
    most = max(statuses.values()) or 1
    return [
        {
            "label": Status(status).label,
            "count": count,
            "percent": round(100 * count / most, 1),
            "kind": look_of(status).kind,
        }
        for status, count in statuses.items()
    ]


def _since(act: str) -> str:
    return _("Named") if act == "refer" else act_words(act)
