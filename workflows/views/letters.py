"""Letters: what leaves the house on paper, with its number and its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflows import actions
from workflows.errors import Refused
from workflows.forms.letters import letter_form
from workflows.letters import erased_words, render_pdf
from workflows.looks import note_look
from workflows.models import Letter, Look
from workflows.paging import capped_count, newest_first

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form

    from onboarding.signed_in import SignedIn

VIEW_LETTERS = "workflows.view_letters"
NUMBER_LETTER = "workflows.number_letter"
LOOK_OF_LETTER = {
    Letter.State.DRAFT: ("warn", "edit"),
    Letter.State.NUMBERED: ("info", "clock"),
    Letter.State.SIGNED: ("ok", "check"),
    Letter.State.CANCELLED: ("off", "x"),
}
LETTER_TABS = ("", Letter.State.DRAFT, Letter.State.NUMBERED, Letter.State.SIGNED)
COUNTED = {Letter.State.DRAFT, Letter.State.NUMBERED}
#: Without a firm of its own such a letter lists firms: guests of a session, cases of a batch.
NAMES_MANY = {Letter.Kind.INVITATION, Letter.Kind.VERDICT}
ACTS_OF_STATE = {
    Letter.State.DRAFT: ("number", "cancel"),
    Letter.State.NUMBERED: ("sign", "cancel"),
}


@require_GET
@permission_required(VIEW_LETTERS, raise_exception=True)
def letters(request: SignedIn) -> HttpResponse:
    """List letters, newest first."""
    rows = Letter.objects.visible_to(request.user)
    state = _chosen(request, LETTER_TABS)
    page = newest_first(
        _in_state(rows, state).select_related("vendor", "session", "request__agency"),
        request.GET.get("before", ""),
        keep={"state": state},
    )
    context = {
        "tabs": _tabs("workflows:letters", rows, state, LETTER_TABS, Letter.State),
        "rows": [(one, *LOOK_OF_LETTER[Letter.State(one.state)]) for one in page.rows],
        "next_url": page.next_url,
    }
    return render(request, "workflows/letters.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(VIEW_LETTERS, raise_exception=True)
def letter(request: SignedIn, pk: int) -> HttpResponse:
    """Show one letter; number it, record its signature, or cancel it."""
    one = _visible_letter(request, pk)
    if request.method == "GET":
        return _letter_page(request, one)
    if not request.user.may(NUMBER_LETTER):
        raise PermissionDenied
    act = request.POST.get("act", "")
    try:
        form = letter_form(act, request.POST)
    except KeyError:
        raise Http404 from None
    if not form.is_valid():
        return _letter_page(request, one, status=422, bound={act: form})
    try:
        notices.success(request, _act_on(one, act, form.cleaned_data, request))
    except Refused as error:
        form.add_error(None, error.sentence)
        return _letter_page(request, _visible_letter(request, pk), status=409, bound={act: form})
    return redirect("workflows:letter", pk=pk)


@require_GET
@permission_required(VIEW_LETTERS, raise_exception=True)
def letter_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """Send a letter as PDF, to be looked at in the browser; say so where it was erased."""
    one = _visible_letter(request, pk)
    response = HttpResponse(render_pdf(one), content_type="application/pdf")
    name = f"surat-{one.pk}" + ("-DRAF" if one.is_draft else "")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    if one.vendor_id:
        note_look(request.user, one.vendor_id, Look.What.EXPORT)
    elif one.kind in NAMES_MANY:
        request.takes_list = True  # type: ignore[attr-defined]  # noted by workflows.witness
    return response


def _visible_letter(request: SignedIn, pk: int) -> Letter:
    found = Letter.objects.visible_to(request.user)
    related = ("vendor", "session", "request__agency", "created_by")
    return get_object_or_404(found.select_related(*related), pk=pk)


def _letter_page(
    request: SignedIn, one: Letter, *, status: int = 200, bound: dict[str, Form] | None = None
) -> HttpResponse:
    may_number = request.user.may(NUMBER_LETTER)
    acts = ACTS_OF_STATE.get(Letter.State(one.state), ()) if may_number else ()
    forms: dict[str, Form] = {act: letter_form(act) for act in acts} | (bound or {})
    kind, icon = LOOK_OF_LETTER[Letter.State(one.state)]
    context = {
        "letter": one,
        "kind": kind,
        "icon": icon,
        "erased": erased_words(one),
        "failed": next(iter((bound or {}).values()), None),
        **{f"{act}_form": form for act, form in forms.items()},
    }
    return render(request, "workflows/letter.html", context, status=status)


def _act_on(one: Letter, act: str, cleaned: dict[str, Any], request: SignedIn) -> str:
    if act == "number":
        actions.number_letter(one, by=request.user, **cleaned)
        return _("The number is written down. Now the letter can be signed.")
    if act == "sign":
        actions.sign_letter(one, by=request.user, **cleaned)
        return _("The signature is recorded. This is the letter as it is kept.")
    actions.cancel_letter(one, by=request.user, **cleaned)
    return _("The letter is cancelled. Its number, if it had one, stays used.")


def _chosen(request: SignedIn, known: tuple[str, ...]) -> str:
    wanted = request.GET.get("state", "")
    return wanted if wanted in known else ""


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state) if state else rows


def _tabs(
    name: str, rows: QuerySet[Any], chosen: str, states: tuple[str, ...], labels: Any
) -> list[dict[str, Any]]:
    url = reverse(name)
    return [
        {
            "url": f"{url}?state={state}" if state else url,
            "label": labels(state).label if state else _("All"),
            "is_current": state == chosen,
            "count": capped_count(rows.filter(state=state)) if state in COUNTED else "",
        }
        for state in states
    ]
