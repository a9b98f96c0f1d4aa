"""The list of who is invited: worked out by the formula, looked at, changed with a reason, used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import training.actions
import training.errors
from config.gate.keys import read_key
from onboarding.models import Region
from training.allocation import NEXT_KEPT, WEIGHTS
from training.models import Allocation, AllocationRow, Session
from workflows import actions, errors, places, tasks
from workflows.forms.answers import InviteListForm, OverrideForm

if TYPE_CHECKING:
    from django.forms import Form

    from onboarding.signed_in import SignedIn

ACT = "workflows.invite_vendors"
REFUSALS = (errors.Refused, training.errors.Refused)
PAGE = 50
State = Allocation.State
LOOKS = {
    State.WORKING: ("info", "clock"),
    State.DRAFT: ("warn", "edit"),
    State.INVITING: ("info", "clock"),
    State.USED: ("ok", "check"),
    State.DROPPED: ("off", "x"),
}


@require_http_methods(["GET", "POST"])
@permission_required(ACT, raise_exception=True)
def make_allocation(request: SignedIn, pk: int) -> HttpResponse:
    """Explain the formula, and have the list worked out; an earlier proposal is replaced."""
    rows = Session.objects.visible_to(request.user).with_counts().select_related("region")
    session = get_object_or_404(rows, pk=pk)
    sentence = ""
    if request.method == "POST":
        is_wide = request.POST.get("is_wide") == "1"
        try:
            made = actions.order_allocation(
                session, is_wide=is_wide, send=tasks.do_job.delay, by=request.user
            )
        except REFUSALS as refusal:
            sentence = refusal.sentence
        else:
            return redirect("workflows:allocation", made.pk)
    context = {
        "session": session,
        "left": max(session.capacity - session.taken, 0),  # type: ignore[attr-defined]  # annotated
        "is_open": session.is_open and session.starts_at > timezone.now(),
        "formula": places.formula_of(None, WEIGHTS),
        "serves": [session.region, *session.serves.exclude(pk=session.region_id)],
        "earlier": session.allocations.exclude(state=State.DROPPED).first(),
        "sentence": sentence,
    }
    status = 409 if sentence else 200
    return render(request, "workflows/make_allocation.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(ACT, raise_exception=True)
def allocation(request: SignedIn, pk: int) -> HttpResponse:
    """Show a list with the reason of every firm; override one with a reason, or invite all."""
    visible = Session.objects.visible_to(request.user)
    one = get_object_or_404(
        Allocation.objects.filter(session__in=visible).select_related("session", "made_by"), pk=pk
    )
    if request.method == "GET":
        return _page(request, one, {})
    act = request.POST.get("act", "")
    if act not in ("override", "invite"):
        return _page(request, one, {}, status=400)
    form: Any = (OverrideForm if act == "override" else InviteListForm)(request.POST, prefix=act)
    if not form.is_valid():
        return _page(request, one, {act: form}, status=400)
    try:
        return _override(request, one, form) if act == "override" else _invite(request, one, form)
    except REFUSALS as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, one, {act: form}, status=409)


def _override(request: SignedIn, one: Allocation, form: OverrideForm) -> HttpResponse:
    rows = AllocationRow.objects.visible_to(request.user).filter(allocation=one)
    row = get_object_or_404(rows, pk=form.cleaned_data["row"])
    row = training.actions.override_place(
        row, is_in=not row.is_in, reason=form.cleaned_data["reason"], by=request.user
    )
    said = _("%(name)s is in the list now.") if row.is_in else _("%(name)s is out of the list now.")
    notices.success(request, said % {"name": row.vendor})
    return redirect("workflows:allocation", one.pk)


def _invite(request: SignedIn, one: Allocation, form: InviteListForm) -> HttpResponse:
    used = actions.order_invitations(
        one,
        has_own_letters=form.has_own_letters,
        waiting=form.cleaned_data["waiting"],
        send=tasks.do_job.delay,
        by=request.user,
    )
    if used.is_working:
        notices.success(request, _("The businesses are being invited. You may leave this page."))
        return redirect("workflows:allocation", one.pk)
    notices.success(
        request,
        _("Everybody in the list is invited. The letters are drafts until they are signed."),
    )
    return redirect("training:session", one.session_id)


def _page(
    request: SignedIn, one: Allocation, bound: dict[str, Form], *, status: int = 200
) -> HttpResponse:
    part = "out" if request.GET.get("part") == "out" else "in"
    rows = AllocationRow.objects.visible_to(request.user).filter(allocation=one)
    by_hand = Q(is_in=True, rank__gt=one.seats) | Q(is_in=False, rank__lte=one.seats)
    numbers = {"inside": Q(is_in=True), "out": Q(is_in=False), "by_hand": by_hand}
    counts = rows.aggregate(**{key: Count("pk", filter=which) for key, which in numbers.items()})
    shown, next_rank = _rows(rows.filter(is_in=part == "in"), one, request.GET.get("after", ""))
    names = dict(Region.objects.values_list("code", "display_name"))
    left_out = one.outcome.get("left_out", {})
    context = {
        "allocation": one,
        "session": one.session,
        "look": (*LOOKS[State(one.state)], one.get_state_display()),
        "refusal": one.outcome.get("refusal", ""),
        "formula": places.formula_of(one, WEIGHTS),
        "rows": shown,
        "counts": counts,
        "part": part,
        "tabs": [
            {"url": "?part=in", "label": _("In (%(n)d)") % {"n": counts["inside"]},
             "is_current": part == "in"},
            {"url": "?part=out", "label": _("Next ones out (%(n)d)") % {"n": counts["out"]},
             "is_current": part == "out"},
        ],
        "next_url": f"?part={part}&after={next_rank}" if next_rank else "",
        "next_kept": NEXT_KEPT,
        "others": [(places.WHY_OUT.get(code, code), n) for code, n in left_out.items()],
        "other_count": sum(left_out.values()),
        "evenness": _percent(one.outcome.get("evenness", {})),
        "regions": places.regions_of(one, names),
        "is_draft": one.state == State.DRAFT,
        "chosen": _chosen(rows, request.GET.get("row", ""), bound.get("override")),
        "override_form": bound.get("override"),
        "invite_form": bound.get("invite") or InviteListForm(prefix="invite"),
        "failed": next(iter(bound.values()), None),
    }  # fmt: skip
    if context["chosen"] and not context["override_form"]:
        row = {"row": context["chosen"].pk}
        context["override_form"] = OverrideForm(prefix="override", initial=row)
    return render(request, "workflows/allocation.html", context, status=status)


def _rows(rows: Any, one: Allocation, after: str) -> tuple[list[AllocationRow], int]:
    rows = rows.filter(rank__gt=read_key(after, longest=9) or 0)
    found = list(rows.select_related("vendor__region", "overridden_by")[: PAGE + 1])
    for row in found:
        row.why = places.why(row, was_in=row.rank <= one.seats)
        row.points = places.points_of(row)
    return found[:PAGE], found[PAGE - 1].rank if len(found) > PAGE else 0


def _chosen(rows: Any, text: str, form: Form | None) -> AllocationRow | None:
    if form is not None:
        text = str(form.data.get("override-row", ""))
    key = read_key(text) or 0
    found: AllocationRow | None = rows.select_related("vendor").filter(pk=key).first()
    return found


def _percent(evenness: dict[str, float]) -> dict[str, float]:
    return {name: round(value * 100, 1) for name, value in evenness.items()}
