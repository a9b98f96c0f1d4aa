"""The queue: whose turn it is, what is due first, and one button that hands out the next case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflows import actions
from workflows.lateness import lateness_of
from workflows.models import Case, Stage
from workflows.paging import ROWS, capped_count

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn
    from workflows.lateness import Lateness

WORK_QUEUE = "workflows.work_queue"
MINE = "mine"
SLUGS = {
    "verify": Stage.VERIFY,
    "decide": Stage.DECIDE,
    "hand-over": Stage.HAND_OVER,
    "listing": Stage.CONFIRM_LISTING,
    "vendor": Stage.CORRECT,
}
TABS_OF_ACT = {
    "workflows.verify_case": ("verify", "hand-over", "listing", "vendor"),
    "workflows.decide_case": ("decide",),
}
TAKEN_IN_TURN = ("verify", "decide", "hand-over")


@dataclass(frozen=True)
class Tab:
    """One word above the list, with how many wait there."""

    url: str
    label: str
    is_current: bool
    count: str


@dataclass(frozen=True)
class Row:
    """One case in the list."""

    case: Case
    late: Lateness | None
    is_mine: bool


@require_GET
@permission_required(WORK_QUEUE, raise_exception=True)
def queue(request: SignedIn) -> HttpResponse:
    """Show one stage of the queue, what is due first on top."""
    slugs = _slugs_of(request.user)
    chosen = request.GET.get("tab", slugs[0])
    if chosen not in slugs:
        chosen = slugs[0]
    waiting = _cases(request.user, chosen)
    found = list(_after(waiting, request.GET.get("after", ""))[: ROWS + 1])
    next_url = ""
    if len(found) > ROWS:
        found.pop()
        next_url = f"?tab={chosen}&after={_key_of(found[-1])}"
    now = timezone.now()
    rows = [Row(c, lateness_of(c.due_at, now), c.owner_id == request.user.pk) for c in found]
    context = {
        "tabs": [_tab(request.user, slug, is_current=slug == chosen) for slug in slugs],
        "chosen": chosen,
        "rows": rows,
        "next_url": next_url,
        "may_take_next": chosen in TAKEN_IN_TURN,
        "is_mine": chosen == MINE,
        "is_with_vendor": chosen == "vendor",
        "may_merge": request.user.may("workflows.merge_firms"),
    }
    return render(request, "workflows/queue.html", context)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def take_next(request: SignedIn) -> HttpResponse:
    """Hand out the most urgent case that nobody holds."""
    slug = request.POST.get("tab", "")
    stages = (SLUGS[slug],) if slug in TAKEN_IN_TURN else ()
    case = actions.take_next_case(by=request.user, stages=stages)
    if case is None:
        messages.info(request, _("Nothing waits for you now. New cases appear here by themselves."))
        return redirect(_queue_url(slug))
    messages.success(request, _("%(name)s is in your hands now.") % {"name": case.vendor.name})
    return redirect("workflows:review_case", pk=case.pk)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def claim_case(request: SignedIn, pk: int) -> HttpResponse:
    """Take one case in hand."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("vendor"), pk=pk)
    actions.claim_case(case, by=request.user)
    messages.success(request, _("%(name)s is in your hands now.") % {"name": case.vendor.name})
    return redirect("workflows:review_case", pk=pk)


@require_POST
@permission_required(WORK_QUEUE, raise_exception=True)
def give_back_case(request: SignedIn, pk: int) -> HttpResponse:
    """Put one case back into the queue."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("vendor"), pk=pk)
    actions.give_back_case(case, by=request.user)
    messages.success(request, _("%(name)s is back in the queue.") % {"name": case.vendor.name})
    return redirect("workflows:queue")


def _slugs_of(user: User) -> list[str]:
    slugs = [slug for act, those in TABS_OF_ACT.items() if user.may(act) for slug in those]
    return [*slugs, MINE]


def _cases(user: User, slug: str) -> QuerySet[Case]:
    cases = Case.objects.visible_to(user).is_open()
    cases = cases.filter(owner=user) if slug == MINE else cases.filter(stage=SLUGS[slug])
    return cases.select_related("vendor", "region", "owner").order_by("due_at", "pk")


def _tab(user: User, slug: str, *, is_current: bool) -> Tab:
    label = _("In my hands") if slug == MINE else str(SLUGS[slug].label)
    count = capped_count(_cases(user, slug))
    return Tab(_queue_url(slug), label, is_current, count)


def _queue_url(slug: str) -> str:
    url = reverse("workflows:queue")
    return f"{url}?tab={slug}" if slug in {*SLUGS, MINE} else url


def _key_of(case: Case) -> str:
    due = f"{case.due_at.timestamp():.6f}" if case.due_at else ""
    return f"{due}_{case.pk}"


def _after(cases: QuerySet[Case], key: str) -> QuerySet[Case]:
    """Keep the cases behind ``<due in seconds>_<pk>``; a broken key shows the first page."""
    due, _mark, pk = key.partition("_")
    try:
        moment: Any = datetime.fromtimestamp(float(due), tz=UTC)
        return cases.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=int(pk)))
    except (ValueError, OverflowError, OSError):
        return cases
