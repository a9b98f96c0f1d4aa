"""Letters and messages: what leaves the house, with its number, its signature, its delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import roles
from onboarding.identifiers import mask_phone
from workflows import actions
from workflows.chat import chat_url
from workflows.errors import Refused
from workflows.forms.letters import letter_form
from workflows.letters import render_pdf
from workflows.messages import with_link
from workflows.models import Letter, Message
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
LOOK_OF_MESSAGE = {
    Message.State.QUEUED: ("info", "clock"),
    Message.State.SENT: ("ok", "check"),
    Message.State.FAILED: ("bad", "alert"),
    Message.State.BY_HAND: ("warn", "send"),
}
LETTER_TABS = ("", Letter.State.DRAFT, Letter.State.NUMBERED, Letter.State.SIGNED)
MESSAGE_TABS = ("", Message.State.BY_HAND, Message.State.FAILED)
COUNTED = {Letter.State.DRAFT, Letter.State.NUMBERED, Message.State.BY_HAND, Message.State.FAILED}
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
    """Send a letter as PDF, to be looked at in the browser."""
    one = _visible_letter(request, pk)
    response = HttpResponse(render_pdf(one), content_type="application/pdf")
    name = f"surat-{one.pk}" + ("-DRAF" if one.is_draft else "")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_GET
@permission_required("workflows.view_messages", raise_exception=True)
def messages(request: SignedIn) -> HttpResponse:
    """List what owners and colleagues were told, and what has to be sent by hand."""
    rows = Message.objects.visible_to(request.user)
    state = _chosen(request, MESSAGE_TABS)
    page = newest_first(
        _in_state(rows, state).select_related("vendor", "request__agency", "seat"),
        request.GET.get("before", ""),
        keep={"state": state},
    )
    is_officer = request.user.role == roles.OFFICER
    context = {
        "tabs": _tabs("workflows:messages", rows, state, MESSAGE_TABS, Message.State),
        "rows": [_message(one, is_officer=is_officer) for one in page.rows],
        "next_url": page.next_url,
    }
    return render(request, "workflows/messages.html", context)


@require_POST
@permission_required("workflows.send_by_hand", raise_exception=True)
def mark_message_sent(request: SignedIn, pk: int) -> HttpResponse:
    """Record that a message was sent by hand."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.mark_message_sent(message, by=request.user)
    notices.success(request, _("Written down as sent."))
    return redirect(f"{reverse('workflows:messages')}?state={Message.State.BY_HAND}")


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


def _message(one: Message, *, is_officer: bool) -> dict[str, Any]:
    kind, icon = LOOK_OF_MESSAGE[Message.State(one.state)]
    by_phone = one.channel != Message.Channel.EMAIL
    is_by_hand = one.state == Message.State.BY_HAND and is_officer
    body = with_link(one) if is_by_hand else one.body
    return {
        "message": one,
        "body": body,
        "kind": kind,
        "icon": icon,
        "to": mask_phone(one.to) if by_phone and not is_officer else one.to,
        "is_by_hand": is_by_hand,
        "chat_url": chat_url(one.to, body) if is_by_hand and by_phone else "",
    }
