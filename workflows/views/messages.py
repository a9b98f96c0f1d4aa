"""Messages: what was sent to whom and what became of it, and the ones that officers send by hand
one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.cache import cache
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.gate.keys import read_key
from onboarding import roles
from onboarding.identifiers import mask_phone
from workflows import actions
from workflows.chat import chat_url
from workflows.forms.messages import MessageFilter, TextForm
from workflows.messages import KINDS, with_link
from workflows.messages.faults import why
from workflows.messages.samples import samples
from workflows.messages.ways import addresses
from workflows.models import Message
from workflows.paging import capped_counts, newest_first

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from onboarding.models import Vendor
    from onboarding.signed_in import SignedIn

State = Message.State
VIEW = "workflows.view_messages"
SEND = "workflows.send_by_hand"
TABS = ("", State.BY_HAND, State.FAILED)
RELATED = ("vendor__region", "request__agency", "seat__session")
LOOKS = {
    State.QUEUED: ("info", "clock"),
    State.SENT: ("ok", "check"),
    State.DELIVERED: ("ok", "check"),
    State.READ: ("ok", "check"),
    State.FAILED: ("bad", "alert"),
    State.BY_HAND: ("warn", "send"),
}
#: For so long nobody else is offered the message that an officer has before them.
HELD_SECONDS = 10 * 60
LOOKED_AT = 20
DEAD_ERRORS = frozenset({"dead", "wrong_number", "whatsapp 131026"})


@require_GET
@permission_required(VIEW, raise_exception=True)
def messages(request: SignedIn) -> HttpResponse:
    """List what owners and colleagues were told, newest first, with what became of it."""
    rows = Message.objects.visible_to(request.user)
    state = request.GET.get("state", "")
    state = state if state in TABS else ""
    form = MessageFilter(request.GET)
    chosen = form.narrow(rows.filter(state=state) if state else rows)
    keep = {"state": state, **form.kept}
    page = newest_first(chosen.select_related(*RELATED), request.GET.get("before", ""), keep=keep)
    is_officer = request.user.role == roles.OFFICER
    context = {
        "tabs": _tabs(rows, state),
        "state": state,
        "form": form,
        "is_narrowed": bool(form.kept),
        "filters": urlencode(form.kept),
        "rows": [_row(one, is_officer=is_officer, tab=state) for one in page.rows],
        "next_url": page.next_url,
        "may_send": request.user.may(SEND),
        "may_read_samples": request.user.may("workflows.read_samples"),
    }
    return render(request, "workflows/messages.html", context)


@require_GET
@permission_required(SEND, raise_exception=True)
def send_next(request: SignedIn) -> HttpResponse:
    """Show the next message to be sent by hand, the longest waiting first, with its text ready."""
    form = MessageFilter(request.GET)
    rows = form.narrow(_waiting(request))
    after = request.GET.get("after", "")
    left = rows.filter(pk__gt=read_key(after) or 0)
    message = _first_free(left, request.user.pk)
    if message is None:
        here = _("Every message was sent.") if not after else _("That was the last one.")
        context = {"form": form, "filters": urlencode(form.kept), "done": here, "after": after}
        return render(request, "workflows/send_next.html", context)
    return _sending(request, message, form, with_link(message), count=capped_counts([left])[0])


@require_POST
@permission_required(SEND, raise_exception=True)
def change_text(request: SignedIn, pk: int) -> HttpResponse:
    """Show a message again with the text as the officer changed it; nothing is kept yet."""
    message = get_object_or_404(_waiting(request).select_related(*RELATED), pk=pk)
    text_form = TextForm(request.POST)
    is_valid = text_form.is_valid()
    text = text_form.cleaned_data["text"] if is_valid else with_link(message)
    form = MessageFilter(request.POST)
    status = 200 if is_valid else 422
    return _sending(request, message, form, text, text_form=text_form, status=status)


@require_POST
@permission_required(SEND, raise_exception=True)
def mark_message_sent(request: SignedIn, pk: int) -> HttpResponse:
    """Record that a message was sent by hand, and go to the next one or back to the list."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.mark_message_sent(message, by=request.user, text=request.POST.get("text", ""))
    if request.POST.get("next"):
        return _on(request, message)
    notices.success(request, _("Written down as sent."))
    return redirect(f"{reverse('workflows:messages')}?state={State.BY_HAND}")


@require_POST
@permission_required(SEND, raise_exception=True)
def report_wrong_number(request: SignedIn, pk: int) -> HttpResponse:
    """Record that the number of a message is not right: nothing more is sent there."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    actions.report_wrong_number(message, by=request.user)
    notices.success(request, _("Written down. Nothing more is sent to this number."))
    if request.POST.get("next"):
        return _on(request, message)
    return redirect(f"{reverse('workflows:messages')}?state={State.FAILED}")


@require_POST
@permission_required(SEND, raise_exception=True)
def send_again(request: SignedIn, pk: int) -> HttpResponse:
    """Put a message that did not arrive back on its way."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    sent = actions.send_again(message, by=request.user)
    is_by_hand = sent.state == State.BY_HAND
    said = _("It waits to be sent by hand.") if is_by_hand else _("It is on its way again.")
    notices.success(request, said)
    return redirect(f"{reverse('workflows:messages')}?state={State.FAILED}")


@require_http_methods(["GET", "HEAD"])
@permission_required("workflows.read_samples", raise_exception=True)
def message_samples(request: SignedIn) -> HttpResponse:
    """Show every kind of message with an invented firm, so that the Bureau can proof-read them."""
    return render(request, "workflows/message_samples.html", {"samples": samples()})


def _waiting(request: SignedIn) -> QuerySet[Message]:
    return Message.objects.visible_to(request.user).filter(state=State.BY_HAND)


def _first_free(rows: QuerySet[Message], person: int) -> Message | None:
    """Two officers who send at the same time are not offered the same message."""
    found = list(rows.select_related(*RELATED).order_by("pk")[:LOOKED_AT])
    held = cache.get_many([_hold(one) for one in found])
    free = [one for one in found if held.get(_hold(one), person) == person]
    first = next(iter(free or found), None)
    if first is not None and _hold(first) not in held:
        cache.set(_hold(first), person, HELD_SECONDS)
    return first


def _hold(message: Message) -> str:
    return f"by-hand:{message.pk}"


def _on(request: SignedIn, message: Message) -> HttpResponse:
    form = MessageFilter(request.POST)
    query = {**form.kept, "after": str(message.pk)}
    return redirect(f"{reverse('workflows:send_next')}?{urlencode(query)}")


def _sending(
    request: SignedIn,
    message: Message,
    form: MessageFilter,
    text: str,
    *,
    text_form: TextForm | None = None,
    count: str = "",
    status: int = 200,
) -> HttpResponse:
    is_phone = message.channel != Message.Channel.EMAIL
    context = {
        "message": message,
        "form": form,
        "filters": urlencode(form.kept),
        "kept": form.kept,
        "count": count,
        "kind": _title(message.kind),
        "text": text,
        "is_changed": text.strip() != with_link(message).strip(),
        "text_form": text_form or TextForm(initial={"text": text}),
        "chat_url": chat_url(message.to, text) if is_phone else "",
    }
    return render(request, "workflows/send_next.html", context, status=status)


def _tabs(rows: QuerySet[Message], chosen: str) -> list[dict[str, Any]]:
    url = reverse("workflows:messages")
    counted = [state for state in TABS if state]
    counts = dict(zip(counted, capped_counts([rows.filter(state=s) for s in counted]), strict=True))
    labels = {"": _("All"), State.FAILED: _("Not reached")}
    return [
        {
            "url": f"{url}?state={state}" if state else url,
            "label": labels.get(state) or State(state).label,
            "is_current": state == chosen,
            "count": counts.get(state, ""),
        }
        for state in TABS
    ]


def _row(one: Message, *, is_officer: bool, tab: str) -> dict[str, Any]:
    kind, icon = LOOKS[State(one.state)]
    by_phone = one.channel != Message.Channel.EMAIL
    is_by_hand = tab == one.state == State.BY_HAND and is_officer
    body = with_link(one) if is_by_hand else one.sent_body or one.body
    return {
        "message": one,
        "body": body,
        "about": _title(one.kind),
        "kind": kind,
        "icon": icon,
        "to": mask_phone(one.to) if by_phone and not is_by_hand else one.to,
        "why": why(one.error),
        "is_by_hand": is_by_hand,
        "may_correct": one.state == State.FAILED and is_officer and one.vendor_id,
        "may_send_again": one.vendor is not None and not _is_still_dead(one, one.vendor),
        "chat_url": chat_url(one.to, body) if is_by_hand and by_phone else "",
    }


def _is_still_dead(one: Message, vendor: Vendor) -> bool:
    """The fault was the address, and the firm has no other one since."""
    return one.error in DEAD_ERRORS and addresses(vendor).get(one.channel) == one.to


def _title(kind: str) -> Any:
    return KINDS[kind].title if kind in KINDS else kind
