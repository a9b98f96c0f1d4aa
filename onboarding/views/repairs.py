"""Rows of a preview mended: one by hand, or all with what was proposed for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from config.gate.keys import read_key
from onboarding import actions
from onboarding.errors import Refused
from onboarding.list_forms import DoubtForm, FixRowForm
from onboarding.models import ReferralSheet, SheetRow
from onboarding.rows import OVERRULABLE
from onboarding.views.preview import problem_sentence

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

PARTS_OF_A_KIND = 2


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_http_methods(["GET", "POST"])
def fix_row(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Show one row as a form; what is typed is judged at once, what was received is kept."""
    shown = _row(request, pk, row)
    form = FixRowForm(request.POST or None, row=shown)
    if request.method == "POST" and form.is_valid():
        try:
            fixed = actions.fix_row(shown, values=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _judged(request, fixed)
    return _page(request, shown, form, DoubtForm())


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_POST
def overrule_doubt(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Keep a doubted number because the person has seen the card."""
    shown = _row(request, pk, row)
    doubt = DoubtForm(request.POST)
    if doubt.is_valid():
        try:
            fixed = actions.overrule_doubt(shown, **doubt.cleaned_data, by=request.user)
        except Refused as refusal:
            doubt.add_error(None, refusal.sentence)
        else:
            return _judged(request, fixed)
    return _page(request, shown, FixRowForm(row=shown), doubt)


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_POST
def accept_repairs(request: SignedIn, pk: int) -> HttpResponse:
    """Accept what is proposed for one problem (``one``) or for all of its kind (``kind``)."""
    sheet = get_object_or_404(ReferralSheet.objects.visible_to(request.user), pk=pk)
    key, _sep, kind = request.POST.get("one", "").partition(":")
    row = get_object_or_404(sheet.rows, pk=read_key(key) or 0) if key else None
    column, _sep, code = (kind or request.POST.get("kind", "")).partition(":")
    count = actions.accept_repairs(sheet, column=column, code=code, row=row, by=request.user)
    text = ngettext("%(count)s row was repaired.", "%(count)s rows were repaired.", count)
    messages.success(request, text % {"count": count})
    place = f"#r{row.pk}" if row else ""
    return redirect(f"{reverse('onboarding:sheet', args=[pk])}{place}")


def _row(request: SignedIn, sheet_id: int, pk: int) -> SheetRow:
    sheets = ReferralSheet.objects.visible_to(request.user)
    found: SheetRow = get_object_or_404(
        SheetRow.objects.filter(sheet__in=sheets).select_related("sheet"), pk=pk, sheet=sheet_id
    )
    return found


def _judged(request: SignedIn, row: SheetRow) -> HttpResponse:
    if row.verdict == SheetRow.Verdict.REFUSED:
        messages.warning(request, _("Row %(row)s still cannot be accepted.") % {"row": row.row})
    else:
        messages.success(request, _("Row %(row)s can be accepted now.") % {"row": row.row})
    return redirect(f"{reverse('onboarding:sheet', args=[row.sheet_id])}#r{row.pk}")


def _page(request: SignedIn, row: SheetRow, form: FixRowForm, doubt: DoubtForm) -> HttpResponse:
    if row.sheet.state != ReferralSheet.State.READ:
        return redirect("onboarding:sheet", row.sheet_id)
    problems: list[dict[str, Any]] = [
        {
            "sentence": problem_sentence(problem),
            "repair": problem.get("repair", ""),
            "kind": f"{problem['column']}:{problem['code']}",
            "column": problem["column"],
            "code": problem["code"],
            "may_be_answered": problem["code"] in OVERRULABLE,
            "is_error": problem["severity"] == "error",
        }
        for problem in row.problems
        if problem["severity"] != "note"
    ]
    context = {"sheet": row.sheet, "row": row, "form": form, "doubt": doubt, "problems": problems}
    is_wrong = form.is_bound or doubt.is_bound
    return render(request, "onboarding/fix_row.html", context, status=422 if is_wrong else 200)
