"""Pages of those who answer for personal data: whose data is due to go, and what got out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workflows import actions
from workflows.errors import Refused
from workflows.forms.dataduties import (
    AuthorityForm,
    BreachForm,
    CloseBreachForm,
    ConcernedForm,
    DecideErasureForm,
)
from workflows.models import Breach, Erasure, FactCorrection
from workflows.paging import newest_first
from workflows.tasks import do_job

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

ERASE, KEEP = "workflows.erase_data", "workflows.keep_breaches"
GET_AND_POST = ["GET", "POST"]


@require_safe
@permission_required(ERASE, raise_exception=True)
def erasures(request: SignedIn) -> HttpResponse:
    """Show whose data waits for a decision, and what was decided before."""
    seen = Erasure.objects.visible_to(request.user).select_related("vendor", "decided_by")
    asked = FactCorrection.objects.visible_to(request.user).waiting().select_related("vendor")
    page = newest_first(seen.exclude(state=Erasure.State.DUE), request.GET.get("before", ""))
    context = {
        "waiting": [(one, DecideErasureForm(prefix=str(one.pk))) for one in seen.waiting()[:50]],
        "decided": page.rows,
        "next_url": page.next_url,
        "wishes": list(asked[:50]),
    }
    return render(request, "workflows/erasures.html", context)


@require_POST
@permission_required(ERASE, raise_exception=True)
@reauthentication_required(allow_get=True)
def decide_erasure(request: SignedIn, pk: int) -> HttpResponse:
    """Erase the data of one firm, or keep it, with the reason."""
    erasing = get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk)
    form = DecideErasureForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        messages.warning(request, _("Write why, then press again."))
        return redirect("workflows:erasures")
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["act"] == "erase":
            actions.confirm_erasure(erasing, reason=reason, send=do_job.delay, by=request.user)
            messages.success(request, _("The data is being erased. It cannot be brought back."))
        else:
            actions.keep_data(erasing, reason=reason, by=request.user)
            messages.success(request, _("The data is kept. The owner can read why."))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("workflows:erasures")


@require_http_methods(GET_AND_POST)
@permission_required(KEEP, raise_exception=True)
def breaches(request: SignedIn) -> HttpResponse:
    """Show the register, and take a new entry in."""
    form = BreachForm(
        request.POST if request.method == "POST" else None,
        initial={"known_at": timezone.localtime()},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                breach = actions.enter_breach(facts=form.cleaned_data, by=request.user)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, _("Entered. The three days are running."))
                return redirect("workflows:breach", pk=breach.pk)
    page = newest_first(Breach.objects.visible_to(request.user), request.GET.get("before", ""))
    context = {"form": form, "rows": page.rows, "next_url": page.next_url}
    return render(request, "workflows/breaches.html", context, status=status)


@require_http_methods(GET_AND_POST)
@permission_required(KEEP, raise_exception=True)
def breach(request: SignedIn, pk: int) -> HttpResponse:
    """Show one entry with its clock; a form on the page names the act that it asks for."""
    one = get_object_or_404(Breach.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        return _page(request, one)
    acts: dict[str, Callable[[SignedIn, Breach], HttpResponse]] = {
        "authority": _authority,
        "concerned": _concerned,
        "close": _close,
    }
    act = acts.get(request.POST.get("act", ""))
    return act(request, one) if act else _page(request, one, status=400)


def _authority(request: SignedIn, one: Breach) -> HttpResponse:
    form = AuthorityForm(request.POST)
    return _do(request, one, "authority", form, lambda said: actions.note_authority(
        one, whom=said["told_whom"], at=said["told_at"], by=request.user
    ))  # fmt: skip


def _concerned(request: SignedIn, one: Breach) -> HttpResponse:
    form = ConcernedForm(request.POST)
    return _do(request, one, "concerned", form, lambda said: actions.tell_concerned(
        one, numbers=said["numbers"].split(), send=do_job.delay, by=request.user
    ))  # fmt: skip


def _close(request: SignedIn, one: Breach) -> HttpResponse:
    form = CloseBreachForm(request.POST, is_told=bool(one.firms_told_at))
    return _do(request, one, "close", form, lambda said: actions.close_breach(
        one, **said, by=request.user
    ))  # fmt: skip


def _do(
    request: SignedIn,
    one: Breach,
    key: str,
    form: BaseForm,
    act: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, one, bound={key: form}, status=422)
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, one, bound={key: form}, status=409)
    messages.success(request, _("Written down."))
    return redirect("workflows:breach", pk=one.pk)


def _page(
    request: SignedIn, one: Breach, *, bound: dict[str, BaseForm] | None = None, status: int = 200
) -> HttpResponse:
    forms: dict[str, BaseForm] = {
        "authority": AuthorityForm(initial={"told_at": timezone.localtime()}),
        "concerned": ConcernedForm(),
        "close": CloseBreachForm(initial={"done": one.done}, is_told=bool(one.firms_told_at)),
        **(bound or {}),
    }
    one.refresh_from_db()
    hours = (one.tell_by - timezone.now()).total_seconds() / 3600
    context = {
        "breach": one,
        "forms": forms,
        "failed": next(iter((bound or {}).values()), None),
        "hours_left": max(int(hours), 0),
    }
    return render(request, "workflows/breach.html", context, status=status)
