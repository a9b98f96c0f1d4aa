"""The review: a paper beside what it says, and the acts of the officer who checks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.errors import Refused as PaperRefused
from workflows import actions
from workflows.casefile import open_casefile
from workflows.errors import Refused
from workflows.forms.review import ValueReviewForm, VerifyForm
from workflows.models import Case, PendingAct
from workflows.views.casepage import case_page
from workflows.views.takingback import press

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from onboarding.signed_in import SignedIn


@require_GET
@permission_required("workflows.read_timeline", raise_exception=True)
def review_case(request: SignedIn, pk: int) -> HttpResponse:
    """Show a case to those who check, decide or audit."""
    return case_page(request, pk)


@require_POST
@permission_required("workflows.return_case", raise_exception=True)
def return_case(request: SignedIn, pk: int) -> HttpResponse:
    """Send the list to the owner."""
    try:
        return press(request, visible_case(request, pk), PendingAct.Act.RETURN)
    except Refused as error:
        error.back_url = reverse("workflows:review_case", args=[pk])
        raise


@require_POST
@permission_required("workflows.verify_case", raise_exception=True)
def verify_case(request: SignedIn, pk: int) -> HttpResponse:
    """Say that every paper was checked, with a recommendation."""
    case = visible_case(request, pk)
    form = VerifyForm(request.POST, differs=open_casefile(request.user, pk).is_odd)
    if not form.is_valid():
        return case_page(request, pk, status=422, verify_form=form)
    try:
        return press(request, case, PendingAct.Act.VERIFY, recommendation=form.recommendation)
    except Refused as error:
        form.add_error(None, error.sentence)
        return case_page(request, pk, status=409, verify_form=form)


@require_POST
@permission_required("workflows.review_value", raise_exception=True)
def review_value(request: SignedIn, pk: int, paper: int) -> HttpResponse:
    """Keep the officer's word on one value that the machine read."""
    case = visible_case(request, pk)
    form = ValueReviewForm(request.POST)
    if not form.is_valid():
        return case_page(request, pk, status=422, value_form=form)
    try:
        actions.review_value(case, paper_id=paper, **form.cleaned_data, by=request.user)
    except (Refused, PaperRefused) as error:
        form.add_error("value", error.sentence)
        return case_page(request, pk, status=409, value_form=form)
    messages.success(request, _("Kept beside what the machine read."))
    return redirect(f"{case_url(request, pk)}#value-{form.cleaned_data['path']}")


def visible_case(request: SignedIn, pk: int) -> Case:
    """Return a case in this person's sight, or 404."""
    cases = Case.objects.visible_to(request.user).select_related("vendor__region")
    return get_object_or_404(cases, pk=pk)


def case_url(request: HttpRequest, pk: int) -> str:
    """Return the address of the review with the paper and page that were open."""
    shown: dict[str, Any] = {
        key: request.GET[key] for key in ("paper", "page") if request.GET.get(key, "").isdecimal()
    }
    url = reverse("workflows:review_case", args=[pk])
    return f"{url}?{urlencode(shown)}" if shown else url
