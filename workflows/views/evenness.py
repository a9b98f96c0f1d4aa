"""Where guidance was, where it was not, and where to go next; the same as a file."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.gate.refusals import form_code
from onboarding.views.files import table_file
from workflows import actions, coverage, evenness, jobs, tasks
from workflows.errors import Refused
from workflows.forms.evenness import BasesForm
from workflows.models import RegionBase

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn

MOST_WANTED = 10
#: How a region stands against the cadence rule: kind, icon, words, class on the map.
STANDINGS: dict[str, tuple[str, str, Any, int]] = {
    "never": ("bad", "alert", gettext_lazy("Never had a session"), 0),
    "late": ("warn", "clock", gettext_lazy("Overdue"), 1),
    "planned": ("info", "cal", gettext_lazy("Planned"), 3),
    "in_time": ("ok", "check", gettext_lazy("In time"), 4),
}
#: What the colours of the map mean when it shows the share that was reached.
SHADES: tuple[Any, ...] = (
    gettext_lazy("nobody reached"),
    gettext_lazy("less than half of the province’s share"),
    gettext_lazy("below the province’s share"),
    gettext_lazy("up to half more than the province’s share"),
    gettext_lazy("more than that"),
)


@require_safe
@permission_required("workflows.view_evenness", raise_exception=True)
def even(request: SignedIn) -> HttpResponse:
    """Show the three measures, the map and the table that says the same, and where to go next."""
    shown = coverage.picture(request.user, today=timezone.localdate())
    by_cadence = request.GET.get("map") == "cadence"
    rows = [_line(row, shown) for row in shown.rows]
    context = {
        "tabs": tabs("workflows:evenness"),
        "shown": shown,
        "tiles": _tiles(shown),
        "rows": rows,
        "points": [
            row | {"shade": row["cadence_shade"] if by_cadence else row["share_shade"]}
            for row in rows
        ],
        "by_cadence": by_cadence,
        "legend": _legend(by_cadence=by_cadence),
        "map_tabs": [
            {"url": f"?map={key}#map", "label": label, "is_current": by_cadence == is_cadence}
            for key, label, is_cadence in (
                ("share", _("Share reached"), False),
                ("cadence", _("Days since a session"), True),
            )
        ],
        "wanted": [_wanted(one, shown) for one in shown.wanted[:MOST_WANTED]],
        "more_wanted": max(len(shown.wanted) - MOST_WANTED, 0),
        "formulas": (evenness.EVENNESS_FORMULA, evenness.PRIORITY_FORMULA),
        "may_plan": request.user.may("training.plan_session"),
        "may_count": request.user.may("workflows.count_figures"),
        "sources": sorted({(row.base.source, row.base.year) for row in shown.rows if row.base}),
    }  # fmt: skip
    return render(request, "workflows/evenness.html", context)


@require_POST
@permission_required("workflows.count_figures", raise_exception=True)
def count_figures(request: SignedIn) -> HttpResponse:
    """Order a new count now."""
    actions.order_count(
        by=request.user, send=lambda kind, pk: jobs.order(kind, pk, send=tasks.do_job.delay)
    )
    messages.success(request, _("The figures are being counted anew. Load the page in a minute."))
    is_of_overview = request.POST.get("back") == "overview"
    return redirect("workflows:overview" if is_of_overview else "workflows:evenness")


@require_safe
@permission_required("workflows.view_evenness", raise_exception=True)
def export_evenness(request: SignedIn, kind: str) -> HttpResponse:
    """Hand out the table as CSV or XLSX; ``?for=public`` hides small counts."""
    shown = coverage.picture(request.user, today=timezone.localdate())
    is_public = request.GET.get("for") == "public"
    titles = _titles()
    rows = [_cells(row, shown, is_public=is_public) for row in shown.rows]
    name = f"pemerataan-{shown.today.isoformat()}{'-publik' if is_public else ''}"
    return table_file(kind, name=name, sheet="Pemerataan", titles=titles, rows=rows, wide=(16,))


@require_http_methods(["GET", "POST"])
@permission_required("workflows.view_evenness", raise_exception=True)
def region_bases(request: SignedIn) -> HttpResponse:
    """Show what regions have in MSMEs by which source, and bring a new list in."""
    may_write = request.user.may("workflows.write_bases")
    if request.method == "GET":
        return _bases_page(request, BasesForm() if may_write else None)
    form = BasesForm(request.POST, request.FILES)
    if not may_write:
        return _bases_page(request, None, status=403)
    if not form.is_valid():
        actions.refuse_file(door="region_bases", code=form_code(form), by=request.user)
        return _bases_page(request, form, status=422)
    try:
        count = actions.import_bases(
            form.cleaned_data["file"].read(), today=timezone.localdate(), by=request.user
        )
    except Refused as refusal:
        form.add_error("file", refusal.sentence)
        actions.refuse_file(door="region_bases", code=form_code(form), by=request.user)
        return _bases_page(request, form, status=409)
    said = ngettext("%(count)d row was taken in.", "%(count)d rows were taken in.", count)
    messages.success(request, said % {"count": count})
    return redirect("workflows:region_bases")


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of figures, beside each other."""
    pages = (
        ("workflows:evenness", _("Evenness")),
        ("workflows:trend", _("Trend")),
        ("workflows:forecast", _("Forecast")),
        ("onboarding:joining", _("Offices")),
    )
    return [
        {"url": reverse(name), "label": label, "is_current": name == current}
        for name, label in pages
    ]


def percent(value: float | None, places: int = 1) -> str:
    """A share as people read it, a dash where there is none."""
    return "–" if value is None else f"{formats.number_format(value, places)} %"


def _bases_page(request: SignedIn, form: BasesForm | None, *, status: int = 200) -> HttpResponse:
    rows = RegionBase.objects.select_related("region", "written_by").order_by("region", "-year")
    context = {"form": form, "rows": rows[:200], "tabs": tabs("workflows:evenness")}
    return render(request, "workflows/region_bases.html", context, status=status)


def _tiles(shown: coverage.Picture) -> list[dict[str, Any]]:
    def of_hundred(value: float | None) -> str:
        return percent(None if value is None else 100 * value, 0)

    return [
        {"number": of_hundred(shown.evenness), "label": _("even: the same share everywhere")},
        {"number": of_hundred(shown.sustained), "label": _("sustained: periods with a session")},
        {"number": of_hundred(shown.consistent), "label": _("consistent: the syllabus in force")},
        {"number": shown.reached, "label": _("MSMEs guided")},
        {"number": percent(shown.share, 2), "label": _("of all MSMEs")},
        {"number": shown.total("sessions"), "label": _("sessions in 12 months that count")},
    ]


def _line(row: coverage.Row, shown: coverage.Picture) -> dict[str, Any]:
    kind, icon, words, shade = STANDINGS[row.cadence.state]
    x, y = _points()[row.code]
    return {
        "row": row,
        "id": f"r{row.code.replace('.', '')}",
        "share": percent(row.share, 3),
        "share_shade": evenness.shade(row.share, shown.share),
        "cadence_shade": shade,
        "x": x,
        "y": y,
        "radius": 15 if row.is_city else 0,
        "kind": kind,
        "icon": icon,
        "state": words,
        "days": row.cadence.days_since,
    }


def _wanted(one: evenness.Wanted, shown: coverage.Picture) -> dict[str, Any]:
    row = shown.by_code()[one.code]
    why = []
    if one.is_never:
        why.append(_("never had a session that counts"))
    elif one.days_late:
        late = ngettext("%(count)d day overdue", "%(count)d days overdue", one.days_late)
        why.append(late % {"count": one.days_late})
    if one.shortfall:
        short = ngettext(
            "%(count)s MSME short of the province’s share",
            "%(count)s MSMEs short of the province’s share",
            one.shortfall,
        )
        why.append(short % {"count": one.shortfall})
    return {"row": row, "points": one.points, "why": ", ".join(why)}


def _legend(*, by_cadence: bool) -> list[tuple[int, Any]]:
    if by_cadence:
        return [(shade, words) for _kind, _icon, words, shade in STANDINGS.values()]
    return list(enumerate(SHADES))


def _titles() -> list[str]:
    return [
        _("Code"), _("Region"), _("Standing"), _("Days since"), _("Last session"),
        _("Next session"), _("Sessions"), _("Did not count"), _("Planned"), _("Missed periods"),
        _("Seats"), _("People of MSMEs"), _("People of offices"), _("MSMEs guided"),
        _("MSMEs in all"), _("Year"), _("Source"), _("Share in percent"), _("Syllabus"),
        _("Figures as of"),
    ]  # fmt: skip


def _cells(row: coverage.Row, shown: coverage.Picture, *, is_public: bool) -> list[Any]:
    count: Any = evenness.suppressed if is_public else int
    base, standing, numbers = row.base, row.cadence, row.numbers
    # A share of a count that is hidden would tell it.
    hides_share = is_public and 0 < row.reached < evenness.SMALL
    source = (
        f"{base.source}{' · ' + _('estimate by population') if base.is_estimate else ''}"
        if base
        else ""
    )
    return [
        row.code, row.name, str(STANDINGS[standing.state][2]), standing.days_since,
        standing.last_on.isoformat() if standing.last_on else "",
        standing.next_on.isoformat() if standing.next_on else "",
        numbers["sessions"], numbers["tokens"], row.planned, standing.missed,
        count(numbers["seats"]), count(numbers["people"]), count(numbers["of_offices"]),
        count(row.reached), round(base.msmes) if base else "", base.year if base else "", source,
        "" if row.share is None or hides_share else round(row.share, 4), ", ".join(row.taught),
        timezone.localtime(shown.cut_at).isoformat(timespec="minutes") if shown.cut_at else "",
    ]  # fmt: skip


@cache
def _points() -> dict[str, tuple[str, str]]:
    """Where each region's name stands on the map."""
    path = Path(settings.BASE_DIR) / "workflows/reference/map-points.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["x"], row["y"]) for row in csv.DictReader(file)}
