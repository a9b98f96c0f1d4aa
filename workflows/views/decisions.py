"""Decisions and the hand-over: thin doors to one action each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows import actions
from workflows.casefile import open_casefile
from workflows.errors import Refused
from workflows.forms.decisions import (
    ConfirmListingForm,
    HandOverForm,
    SendBackForm,
    decision_form,
)
from workflows.models import PendingAct
from workflows.views.casepage import case_page
from workflows.views.review import visible_case
from workflows.views.takingback import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from onboarding.signed_in import SignedIn


ACT_OF_CHOICE = {"approve": PendingAct.Act.APPROVE, "reject": PendingAct.Act.REJECT}


@require_POST
@permission_required("workflows.decide_case", raise_exception=True)
def decide_case(request: SignedIn, pk: int) -> HttpResponse:
    """Approve or refuse what another person verified."""
    case = visible_case(request, pk)
    choice = request.POST.get("decision", "")
    differs = choice == "approve" and open_casefile(request.user, pk).is_odd
    try:
        form = decision_form(choice, request.POST, differs=differs)
    except KeyError:
        raise Http404 from None

    def act(cleaned: dict[str, Any]) -> HttpResponse:
        code = cleaned.get("reason_code")
        said = {"reason": cleaned["reason"], **({"reason_code": code.pk} if code else {})}
        return press(request, case, ACT_OF_CHOICE[choice], **said)

    return _done(request, pk, f"{choice}_form", form, act)


@require_POST
@permission_required("workflows.send_back_case", raise_exception=True)
def send_back_case(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for another check."""
    case = visible_case(request, pk)

    def act(cleaned: dict[str, Any]) -> HttpResponse:
        return press(request, case, PendingAct.Act.SEND_BACK, reason=cleaned["reason"])

    return _done(request, pk, "send_back_form", SendBackForm(request.POST, prefix="back"), act)


@require_POST
@permission_required("workflows.hand_over_case", raise_exception=True)
def hand_over_case(request: SignedIn, pk: int) -> HttpResponse:
    """Record the account on a platform."""
    case = visible_case(request, pk)

    def act(cleaned: dict[str, Any]) -> str:
        actions.hand_over_case(case, by=request.user, **cleaned)
        return _("%(name)s has its account. Now wait for its first product.") % {
            "name": case.vendor.name
        }

    return _done(request, pk, "hand_over_form", HandOverForm(request.POST), act)


@require_POST
@permission_required("workflows.confirm_listing", raise_exception=True)
def confirm_listing(request: SignedIn, pk: int) -> HttpResponse:
    """Record that the first product is on sale."""
    case = visible_case(request, pk)

    def act(cleaned: dict[str, Any]) -> str:
        actions.confirm_listing(case, by=request.user, **cleaned)
        return _("%(name)s is on sale. The road is complete.") % {"name": case.vendor.name}

    return _done(request, pk, "listing_form", ConfirmListingForm(request.POST), act)


def _done(
    request: SignedIn,
    pk: int,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], str | HttpResponse],
) -> HttpResponse:
    """Act on a filled form and go on; else show the case with what was typed."""
    if not form.is_valid():
        return case_page(request, pk, status=422, **{name: form})
    try:
        done = act(form.cleaned_data)
    except Refused as error:
        form.add_error(None, error.sentence)
        return case_page(request, pk, status=409, **{name: form})
    if not isinstance(done, str):
        return done
    messages.success(request, done)
    return redirect("workflows:queue")
