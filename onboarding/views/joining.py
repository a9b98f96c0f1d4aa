"""The road of offices: where each stands, since when, on what evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from config.gate.keys import read_key
from onboarding import actions
from onboarding.actions.joining import ORDER, furthest
from onboarding.errors import Refused
from onboarding.joining_forms import FindOfficesForm, JoiningStepForm, WithdrawForm
from onboarding.models import Agency, JoiningStep

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

#: How a step looks: kind, icon.
LOOKS = {
    "not_joined": ("off", "minus"),
    "committed": ("info", "flag"),
    "trained": ("info", "cal"),
    "buying": ("ok", "shop"),
}
UNKNOWN = ("off", "", gettext_lazy("Nothing known"))


@require_safe
@permission_required("onboarding.view_joining", raise_exception=True)
def joining(request: SignedIn) -> HttpResponse:
    """Show the governments or the provincial offices with their step; an office sees its own."""
    form = FindOfficesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sees_all = request.user.sees_every_vendor()
    offices = _offices(request)
    if sees_all:
        kind = asked.get("kind") or Agency.Kind.GOVERNMENT
        is_government = kind == Agency.Kind.GOVERNMENT
        offices = offices.filter(kind=kind) if is_government else offices.exclude(kind="government")
    lines = _lines(request, offices)
    counted = Counter(line["code"] for line in lines)
    wanted = asked.get("step")
    context = {
        "form": form if sees_all else None,
        "lines": [line for line in lines if not wanted or line["code"] == wanted],
        "total": len(lines),
        "counts": [(label, counted.get(step, 0)) for step, label in JoiningStep.Step.choices],
        "unknown": counted.get("", 0),
        "proposals": sum(bool(line["proposed"]) for line in lines),
        "sees_figures": request.user.has_perm("workflows.view_evenness"),
    }
    return render(request, "onboarding/joining.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("onboarding.view_joining", raise_exception=True)
def office_road(request: SignedIn, pk: int) -> HttpResponse:
    """Show one office's road; a form names the act that it asks for."""
    if request.method == "POST" and not request.user.may("onboarding.write_joining"):
        raise PermissionDenied
    office = get_object_or_404(_offices(request), pk=pk)
    if request.method == "GET":
        return _road_page(request, office)
    act = {"confirm": _confirm, "withdraw": _withdraw}.get(request.POST.get("act", ""), _write)
    return act(request, office)


def _write(request: SignedIn, office: Agency) -> HttpResponse:
    form = JoiningStepForm(request.POST)
    if not form.is_valid():
        return _road_page(request, office, form=form, status=422)
    try:
        actions.write_joining_step(office, **form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _road_page(request, office, form=form, status=409)
    messages.success(request, _("The step is written."))
    return redirect("onboarding:office_road", office.pk)


def _confirm(request: SignedIn, office: Agency) -> HttpResponse:
    actions.confirm_joining_step(_step(request, office), by=request.user)
    messages.success(request, _("The proposal counts from now on."))
    return redirect("onboarding:office_road", office.pk)


def _withdraw(request: SignedIn, office: Agency) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _road_page(request, office, withdraw_form=form, status=422)
    step = _step(request, office)
    actions.withdraw_joining_step(step, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The step was taken back. It stays to be read, with your reason."))
    return redirect("onboarding:office_road", office.pk)


def _step(request: SignedIn, office: Agency) -> JoiningStep:
    steps = JoiningStep.objects.visible_to(request.user).filter(agency=office)
    return get_object_or_404(steps, pk=read_key(request.POST.get("step", "")) or 0)


def _offices(request: SignedIn) -> QuerySet[Agency]:
    offices = Agency.objects.select_related("region").order_by("name")
    if request.user.sees_every_vendor():
        return offices
    return offices.filter(pk=request.user.agency_id or 0)


def _lines(request: SignedIn, offices: QuerySet[Agency]) -> list[dict[str, Any]]:
    steps: dict[int, list[JoiningStep]] = defaultdict(list)
    for step in JoiningStep.objects.visible_to(request.user).filter(withdrawn_at__isnull=True):
        steps[step.agency_id].append(step)
    lines = []
    for office in offices:
        now = furthest(steps[office.pk])
        lines.append(
            {
                "office": office,
                "now": now,
                "code": now.step if now else "",
                "look": look_of(now),
                "proposed": [step for step in steps[office.pk] if step.is_proposed],
            }
        )
    return lines


def look_of(step: JoiningStep | None) -> tuple[str, str, Any]:
    """Kind, icon and words of where an office stands."""
    if step is None:
        return UNKNOWN
    kind, icon = LOOKS[step.step]
    return kind, icon, step.get_step_display()


def _road_page(
    request: SignedIn,
    office: Agency,
    *,
    form: JoiningStepForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    steps = list(
        JoiningStep.objects.visible_to(request.user)
        .filter(agency=office)
        .select_related("written_by", "withdrawn_by")
    )
    now = furthest(steps)
    may_write = request.user.may("onboarding.write_joining")
    reached = ORDER.index(JoiningStep.Step(now.step)) if now else 0
    context = {
        "office": office,
        "now": now,
        "look": look_of(now),
        "path": [
            {"label": step.label, "is_done": place <= reached and now is not None}
            for place, step in enumerate(ORDER)
            if place
        ],
        "lines": [
            {
                "step": step,
                "look": look_of(step),
                "may_change": may_write and step.withdrawn_at is None,
            }
            for step in steps
        ],
        "form": (form or JoiningStepForm()) if may_write else None,
        "withdraw_form": withdraw_form or WithdrawForm(auto_id=False),
        "failed": form or withdraw_form,
    }
    return render(request, "onboarding/office_road.html", context, status=status)
