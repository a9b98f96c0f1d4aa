"""Beside a case: notes, what the firm was told, similar cases, history; one part at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from workflows import actions
from workflows.beside import notes_of, similar_to, told_of
from workflows.casefile import EVENTS_SHOWN, events_of
from workflows.diary import told
from workflows.forms.casenotes import CaseNoteForm
from workflows.looks import note_look
from workflows.models import Case, Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn

NOTES: Final = "notes"
PARTS: Final[dict[str, Any]] = {
    NOTES: _("Notes"),
    "told": _("What the business was told"),
    "similar": _("Similar cases"),
    "history": _("History of this business"),
}


@require_GET
@permission_required("workflows.read_timeline", raise_exception=True)
def case_beside(request: SignedIn, pk: int) -> HttpResponse:
    """Show one part; the review takes it into its own page where there are scripts."""
    part = request.GET.get("part", NOTES)
    if part not in PARTS:
        raise Http404
    cases = Case.objects.visible_to(request.user).select_related("vendor__region")
    case = get_object_or_404(cases, pk=pk)
    note_look(request.user, case.vendor_id, Look.What.CASE)
    context = {"case": case, "vendor": case.vendor, **GATHERED[part](case, request.user)}
    return render(request, "workflows/case_beside.html", context | parts_of(case, part))


@require_POST
@permission_required("workflows.work_queue", raise_exception=True)
def add_case_note(request: SignedIn, pk: int) -> HttpResponse:
    """Leave a note for colleagues."""
    cases = Case.objects.visible_to(request.user).select_related("vendor__region")
    case = get_object_or_404(cases, pk=pk)
    form = CaseNoteForm(request.POST, prefix="note")
    if not form.is_valid():
        context = {"case": case, "vendor": case.vendor, **_notes(case, request.user)}
        context |= {**parts_of(case, NOTES), "note_form": form}
        return render(request, "workflows/case_beside.html", context, status=422)
    actions.add_case_note(case, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("The note is kept. The business does not see it."))
    return redirect("workflows:review_case", pk=pk)


def parts_of(case: Case, part: str = "") -> dict[str, Any]:
    """Return the links to all parts; ``part`` is the one that is shown."""
    url = reverse("workflows:case_beside", args=[case.pk])
    return {
        "part": part,
        "parts": [(key, f"{url}?part={key}", title, key == part) for key, title in PARTS.items()],
    }


def _notes(case: Case, user: User) -> dict[str, Any]:
    form = CaseNoteForm(prefix="note") if user.may("workflows.work_queue") else None
    return {"notes": notes_of(case), "note_form": form}


def _told(case: Case, user: User) -> dict[str, Any]:
    return {"sent": told_of(case, user)}


def _similar(case: Case, user: User) -> dict[str, Any]:
    return {"similar": similar_to(case, user)}


def _history(case: Case, user: User) -> dict[str, Any]:
    return {"events": told(events_of(user, case.vendor_id)[:EVENTS_SHOWN], case.vendor_id)}


GATHERED: Final[dict[str, Callable[[Case, User], dict[str, Any]]]] = {
    NOTES: _notes,
    "told": _told,
    "similar": _similar,
    "history": _history,
}
