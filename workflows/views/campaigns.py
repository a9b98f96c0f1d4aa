"""Requests to offices: who was asked, who answered, who is silent, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import onboarding.actions
import onboarding.errors
from onboarding.models import Campaign, ReferralRequest, Standing
from onboarding.views.files import XLSX, table_file
from workflows import actions, responses
from workflows.errors import Refused
from workflows.forms.campaigns import CampaignForm, RemindForm
from workflows.office_letters import roman
from workflows.paging import newest_first

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn
    from onboarding.tables import Cell
    from workflows.responses import Line

VIEW = "onboarding.view_campaigns"
RUN = "onboarding.run_campaigns"
LOOK_OF_CAMPAIGN = {
    Campaign.State.DRAFT: ("warn", "edit"),
    Campaign.State.SENT: ("info", "send"),
    Campaign.State.CLOSED: ("off", "check"),
}
LOOK_OF_STANDING = {
    Standing.DRAFT: ("off", "edit"),
    Standing.WAITING: ("info", "clock"),
    Standing.SILENT: ("bad", "alert"),
    Standing.ANSWERED: ("ok", "check"),
    Standing.NOTHING: ("off", "check"),
}
LATE = "late"
REFUSED = (Refused, onboarding.errors.Refused)


@require_GET
@permission_required(VIEW, raise_exception=True)
def campaigns(request: SignedIn) -> HttpResponse:
    """List requests to offices, newest first."""
    rows = Campaign.objects.annotate(offices=Count("requests"))
    page = newest_first(rows, request.GET.get("before", ""))
    silent = _unanswered([one.pk for one in page.rows])
    lines = [
        {
            "campaign": one,
            "look": LOOK_OF_CAMPAIGN[Campaign.State(one.state)],
            "answered": one.offices - silent.get(one.pk, 0),
        }
        for one in page.rows
    ]
    context = {
        "lines": lines,
        "next_url": page.next_url,
        "may_run": request.user.may(RUN),
    }
    return render(request, "workflows/campaigns.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(RUN, raise_exception=True)
def make_campaign(request: SignedIn) -> HttpResponse:
    """Draft a request to many offices."""
    form = CampaignForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "workflows/make_campaign.html", {"form": form})
    made = actions.make_campaign(
        values=form.values(), agency_ids=form.agency_ids(), by=request.user
    )
    notices.success(request, _("The draft is kept. Nobody was written to yet."))
    return redirect("workflows:campaign", made.pk)


@require_http_methods(["GET", "POST"])
@permission_required(RUN, raise_exception=True)
def change_campaign(request: SignedIn, pk: int) -> HttpResponse:
    """Change a draft."""
    one = get_object_or_404(Campaign, pk=pk, state=Campaign.State.DRAFT)
    form = CampaignForm(request.POST or None, instance=one)
    context = {"form": form, "campaign": one}
    if request.method == "GET" or not form.is_valid():
        return render(request, "workflows/make_campaign.html", context)
    try:
        actions.change_campaign(
            one,
            values=form.values(),
            agency_ids=form.agency_ids(),
            shown=form.shown,
            by=request.user,
        )
    except REFUSED as refusal:
        form.add_error(None, getattr(refusal, "by_field", refusal.sentence))
        return render(request, "workflows/make_campaign.html", context, status=409)
    notices.success(request, _("The draft is changed."))
    return redirect("workflows:campaign", one.pk)


@require_GET
@permission_required(VIEW, raise_exception=True)
def campaign(request: SignedIn, pk: int) -> HttpResponse:
    """Show one campaign: figures, every office with its answer, rates by kind and region."""
    one = get_object_or_404(Campaign.objects.select_related("replays", "created_by"), pk=pk)
    lines = responses.lines_of(one, request.user, timezone.localdate())
    chosen = request.GET.get("show", "")
    total = responses.rate(lines)
    is_sent = one.state == Campaign.State.SENT
    may_run = request.user.may(RUN)
    context = {
        "campaign": one,
        "look": LOOK_OF_CAMPAIGN[Campaign.State(one.state)],
        "tiles": _tiles(lines, total),
        "tabs": _tabs(one, lines, chosen),
        "rows": [
            (line, *LOOK_OF_STANDING[line.standing], roman(line.request.reminders))
            for line in lines
            if _fits(line, chosen)
        ],
        "kinds": responses.by_kind(lines) if total.asked else [],
        "regions": responses.by_region(lines) if total.asked else [],
        "may_run": may_run,
        "may_remind": may_run and is_sent and any(_is_silent(line) for line in lines),
        "without_contact": 0 if is_sent else _without_contact(one),
    }
    return render(request, "workflows/campaign.html", context)


@require_POST
@permission_required(RUN, raise_exception=True)
def move_campaign(request: SignedIn, pk: int, verb: str) -> HttpResponse:
    """Send a campaign, close it, or draft it anew."""
    one = get_object_or_404(Campaign, pk=pk)
    if verb == "kirim":
        actions.send_campaign(one, by=request.user)
        notices.success(request, _("Sent. Every office with a contact gets its message now."))
    elif verb == "tutup":
        onboarding.actions.close_campaign(one, by=request.user)
        notices.success(request, _("Closed. The links of this campaign open nothing any more."))
    elif verb == "ulang":
        one = actions.replay_campaign(one, by=request.user)
        notices.success(request, _("A new draft for the same offices. Check dates and criteria."))
    else:
        raise Http404
    return redirect("workflows:campaign", one.pk)


@require_POST
@permission_required(RUN, raise_exception=True)
def remind_offices(request: SignedIn, pk: int) -> HttpResponse:
    """Remind the ticked offices that are silent; whoever answered meanwhile is left out."""
    one = get_object_or_404(Campaign, pk=pk)
    form = RemindForm(request.POST, campaign=one)
    back = f"{reverse('workflows:campaign', args=[pk])}?show={Standing.SILENT}"
    if not form.is_valid():
        notices.error(request, " ".join(map(str, form.errors["requests"])))
        return redirect(back)
    reminded = onboarding.actions.remind_offices(
        one,
        request_ids=[asked.pk for asked in form.cleaned_data["requests"]],
        today=timezone.localdate(),
        by=request.user,
    )
    notices.success(
        request,
        ngettext("%(count)d office reminded.", "%(count)d offices reminded.", len(reminded))
        % {"count": len(reminded)},
    )
    return redirect(back)


@require_GET
@permission_required(VIEW, raise_exception=True)
def export_campaign(request: SignedIn, pk: int) -> HttpResponse:
    """Give every office of a campaign with its answer as a file."""
    one = get_object_or_404(Campaign, pk=pk)
    lines = responses.lines_of(one, request.user, timezone.localdate())
    titles = (
        _("Office"), _("Kind"), _("Region"), _("Asked"), _("Due"), _("State"), _("Late"),
        _("Days to the answer"), _("Reminders"), _("Rows sent"), _("Businesses named"),
        _("On sale"),
    )  # fmt: skip
    return table_file(
        XLSX,
        name=f"permintaan-{one.pk}",
        sheet=_("Offices"),
        titles=titles,
        rows=map(_exported, lines),
        wide=(0,),
    )


def _exported(line: Line) -> list[Cell]:
    asked = line.request
    agency = asked.agency
    return [
        agency.name,
        str(agency.get_kind_display()),
        agency.region.display_name if agency.region else "",
        date_format(timezone.localtime(asked.asked_at), "DATE_FORMAT") if asked.asked_at else "",
        date_format(asked.due_on, "DATE_FORMAT") if asked.due_on else "",
        str(line.standing.label),
        _("yes") if line.is_late else "",
        line.days,
        asked.reminders,
        line.rows,
        line.named,
        line.on_sale,
    ]


def _unanswered(pks: list[int]) -> dict[int, int]:
    silent = ReferralRequest.objects.filter(campaign__in=pks).unanswered().order_by()
    return dict(silent.values_list("campaign").annotate(n=Count("pk")))


def _without_contact(one: Campaign) -> int:
    """Count the offices that nobody can be written to at, by account or by typed contact."""
    nobody = one.requests.filter(email="", phone="")
    return nobody.exclude(agency__people__is_active=True).count()


def _tiles(lines: list[Line], total: responses.Rate) -> list[dict[str, Any]]:
    percent = "–" if total.percent is None else f"{total.percent} %"
    days = "–" if total.median_days is None else f"{total.median_days:g}"
    return [
        {"number": len(lines), "label": _("offices")},
        {"number": percent, "label": _("answered")},
        {"number": total.silent, "label": _("silent past the date")},
        {"number": days, "label": _("days to the answer (median)")},
        {"number": sum(line.rows for line in lines), "label": _("rows sent")},
        {"number": sum(line.named for line in lines), "label": _("businesses named")},
        {"number": sum(line.on_sale for line in lines), "label": _("of them on sale")},
    ]


def _tabs(one: Campaign, lines: list[Line], chosen: str) -> list[dict[str, Any]]:
    here = reverse("workflows:campaign", args=[one.pk])
    shown: list[tuple[str, Any]] = [("", _("All"))]
    if one.state != Campaign.State.DRAFT:
        shown += [(kind.value, kind.label) for kind in Standing if kind != Standing.DRAFT]
        shown.append((LATE, _("Answered late")))
    return [
        {
            "url": f"{here}?show={code}" if code else here,
            "label": label,
            "is_current": chosen == code,
            "count": sum(_fits(line, code) for line in lines),
        }
        for code, label in shown
    ]


def _fits(line: Line, chosen: str) -> bool:
    if chosen == LATE:
        return line.is_late
    return chosen not in Standing.values or line.standing == chosen


def _is_silent(line: Line) -> bool:
    return line.standing == Standing.SILENT
