"""What an office named and what became of it; nothing of other offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from onboarding.models import (
    Agency,
    Referral,
    ReferralRequest,
    ReferralSheet,
    Screening,
    SheetRow,
    Status,
)
from onboarding.sentences import reasons_in_words
from onboarding.views.looks import SHEET_LOOKS
from onboarding.views.outcomes import PLAIN, counts_of
from onboarding.views.paging import Page, key_of, newest_first

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

OPEN_STATES = (
    ReferralSheet.State.RECEIVED,
    ReferralSheet.State.READ,
    ReferralSheet.State.CONFIRMED,
)
MOST_OPEN = 5
#: Where an owner hands papers in, so that somebody may have to help.
HELPED_AT = (Status.ELIGIBLE, Status.INVITED, Status.GUIDED, Status.RETURNED)


@permission_required("onboarding.view_referrals", raise_exception=True)
@require_GET
def referrals(request: SignedIn) -> HttpResponse:
    """Show the firms that were named with their outcome, or the lists that were handed in."""
    shows_lists = request.GET.get("tab") == "lists"
    context = _lists(request) if shows_lists else _firms(request)
    context |= {
        "tabs": _tabs(shows_lists),
        "shows_lists": shows_lists,
        "may_refer": request.user.may("onboarding.refer_vendors"),
        "sees_all": request.user.sees_every_vendor(),
        "may_open_firm": request.user.has_perm("workflows.view_vendors"),
        "helped_at": HELPED_AT if request.user.has_perm("workflows.assist_owner") else (),
    }
    if request.user.agency_id:
        context["asked"] = _asked(request)
    return render(request, "onboarding/referrals.html", context)


def _asked(request: SignedIn) -> list[ReferralRequest]:
    """The Bureau's requests that this office can answer now."""
    open_now = ReferralRequest.objects.visible_to(request.user).is_open()
    found = open_now.with_answers().select_related("campaign").order_by("due_on")
    return [one for one in found[:MOST_OPEN] if one.answered_at is None]


def _tabs(shows_lists: bool) -> list[dict[str, Any]]:
    here = reverse("onboarding:referrals")
    return [
        {"url": here, "label": _("Businesses"), "is_current": not shows_lists},
        {"url": f"{here}?tab=lists", "label": _("Lists"), "is_current": shows_lists},
    ]


def _firms(request: SignedIn) -> dict[str, Any]:
    rows = (
        Referral.objects.standing()
        .visible_to(request.user)
        .with_doubts()
        .select_related("agency", "sheet", "vendor__region")
    )
    sheets = ReferralSheet.objects.visible_to(request.user).select_related("agency")
    waiting = list(sheets.filter(state__in=OPEN_STATES).order_by("-pk")[:MOST_OPEN])
    chosen = _chosen(request)
    page = newest_first(request, _narrowed(rows, chosen))
    own = Referral.objects.visible_to(request.user).standing() if request.user.agency_id else None
    return {
        "tiles": counts_of(own) if own is not None and page.rows else [],
        "page": page,
        "lines": _firm_lines(page),
        "waiting": [_sheet_line(sheet) for sheet in waiting],
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "statuses": Status.choices,
        "agencies": _agencies(request),
    }


def _chosen(request: SignedIn) -> dict[str, Any]:
    status = request.GET.get("status", "")
    return {
        "status": status if status in Status.values else "",
        "agency": key_of(request, "agency") if request.user.sees_every_vendor() else None,
        "sheet": key_of(request, "sheet"),
    }


def _narrowed(rows: QuerySet[Referral], chosen: dict[str, Any]) -> QuerySet[Referral]:
    wanted = Q()
    if chosen["status"]:
        wanted &= Q(vendor__status=chosen["status"])
    if chosen["agency"]:
        wanted &= Q(agency=chosen["agency"])
    if chosen["sheet"]:
        wanted &= Q(sheet=chosen["sheet"])
    return rows.filter(wanted)


def _agencies(request: SignedIn) -> list[tuple[int, str]]:
    if not request.user.sees_every_vendor():
        return []
    return list(Agency.objects.values_list("pk", "name"))


def _firm_lines(page: Page) -> list[dict[str, Any]]:
    """Lay what a firm still lacks, by its newest screening, beside its referral."""
    waiting = {r.vendor_id for r in page.rows if r.vendor.status == Status.INELIGIBLE}
    newest: dict[int, Screening] = {}
    for screening in Screening.objects.filter(vendor__in=waiting).order_by("judged_at", "pk"):
        newest[screening.vendor_id] = screening
    return [
        {
            "referral": row,
            "plain": PLAIN[row.vendor.status],
            "missing": reasons_in_words(newest.get(row.vendor_id), row.vendor.region),
        }
        for row in page.rows
    ]


def _lists(request: SignedIn) -> dict[str, Any]:
    rows = ReferralSheet.objects.visible_to(request.user).select_related("agency")
    page = newest_first(request, rows)
    counts = _counts_of(page)
    lines = [{**_sheet_line(sheet), "counts": counts.get(sheet.pk)} for sheet in page.rows]
    return {"page": page, "lines": lines}


def _sheet_line(sheet: ReferralSheet) -> dict[str, Any]:
    return {"sheet": sheet, "look": SHEET_LOOKS[ReferralSheet.State(sheet.state)]}


def _counts_of(page: Page) -> dict[int, dict[str, int]]:
    refused = Q(verdict=SheetRow.Verdict.REFUSED)
    rows = SheetRow.objects.filter(sheet__in=[sheet.pk for sheet in page.rows]).order_by()
    counted = rows.values_list("sheet").annotate(
        accepted=Count("pk", filter=~refused), refused=Count("pk", filter=refused)
    )
    return {
        sheet: {"accepted": accepted, "refused": refused} for sheet, accepted, refused in counted
    }
