"""The desk's tickets: complaints and faults on platforms: whose, how late, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from onboarding import roles
from onboarding.identifiers import IdentifierError, read_phone
from workflows import actions
from workflows.actions.tickets import ANSWER, check_may_handle
from workflows.chat import chat_url
from workflows.errors import Refused
from workflows.forms.tickets import (
    AnswerForm,
    CloseForm,
    NoteForm,
    OperatorForm,
    PersonForm,
    SupportForm,
    TakeOverForm,
    TicketFilterForm,
    TicketHandOnForm,
)
from workflows.models import Ticket
from workflows.paging import capped_counts, newest_first
from workflows.ticketbook import line_of, loads, told, words_for_operator
from workflows.views.owner import new_key, own_firm
from workflows.views.vendorpage import visible_vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

VIEW = "workflows.view_tickets"
State = Ticket.State
LABELS: Final = {
    "open": gettext_lazy("Not closed yet"),
    "late": gettext_lazy("Late"),
    "mine": gettext_lazy("In my hands"),
    "conduct": gettext_lazy("Money and conduct"),
    "all": gettext_lazy("All"),
}
COUNTED: Final = ("open", "late", "mine", "conduct")


@require_GET
@permission_required(VIEW, raise_exception=True)
def tickets(request: SignedIn) -> HttpResponse:
    """List tickets by tab, kind and state, newest first; managers begin with conduct."""
    first = "conduct" if request.user.role == roles.MANAGER else "open"
    tab = request.GET.get("tab", first)
    tab = tab if tab in LABELS else first
    filters = TicketFilterForm(request.GET)
    keep = filters.chosen()
    seen = Ticket.objects.visible_to(request.user)
    rows = _in_tab(seen, tab, request).filter(**keep)
    page = newest_first(
        rows.select_related("vendor", "platform", "handler"),
        request.GET.get("before", ""),
        keep={"tab": tab, **keep},
    )
    context = {
        "filters": filters,
        "tab": tab,
        "tabs": _tabs(seen, tab, request),
        "rows": [line_of(ticket) for ticket in page.rows],
        "next_url": page.next_url,
        "is_narrowed": bool(keep),
        "loads": loads(),
    }
    return render(request, "workflows/tickets.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def ticket(request: SignedIn, pk: int) -> HttpResponse:
    """Show one ticket with what was said, and take the acts that apply now."""
    one = _visible(request, pk)
    if request.method == "GET":
        return _page(request, one)
    if not request.user.may(ANSWER):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise Http404
    make_form, do, done = ACTS[act]
    form = make_form(request, request.POST) if make_form else None
    if form is not None and not form.is_valid():
        return _page(request, one, status=422, bound={act: form})
    try:
        do(one, by=request.user, **(form.cleaned_data if form is not None else {}))
    except Refused as refusal:
        return _page(request, one, status=409, sentence=refusal.sentence)
    messages.success(request, str(done))
    if not Ticket.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("workflows:tickets")
    return redirect("workflows:ticket", pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required("workflows.ask_support", raise_exception=True)
def ask_support(request: SignedIn, pk: int) -> HttpResponse:
    """Report a fault on a platform: the owner, or an officer for an owner who called."""
    is_owner = request.user.role == roles.VENDOR
    vendor = own_firm(request, pk) if is_owner else visible_vendor(request, pk)
    back = reverse("workflows:own_page" if is_owner else "workflows:vendor", args=[pk])
    form = SupportForm(request.POST if request.method == "POST" else None, vendor=vendor)
    key = new_key(request.POST.get("key", ""))
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_support(vendor, key=key, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            words = _("Sent. Your number is %(number)s. You see the answer here.")
            messages.success(request, words % {"number": made.number})
            return redirect("workflows:own_ticket" if is_owner else "workflows:ticket", pk=made.pk)
    context = {"form": form, "vendor": vendor, "key": key, "back_url": back}
    return render(request, "workflows/ask_support.html", context, status=status)


def _visible(request: SignedIn, pk: int) -> Ticket:
    seen = Ticket.objects.visible_to(request.user)
    related = ("vendor__region", "platform", "handler", "about", "by")
    return get_object_or_404(seen.select_related(*related), pk=pk)


def _page(
    request: SignedIn,
    one: Ticket,
    *,
    status: int = 200,
    bound: dict[str, Form] | None = None,
    sentence: str = "",
) -> HttpResponse:
    hurdle = _hurdle(request, one)
    forms = {} if hurdle is not None else _forms(request, one) | (bound or {})
    subject, text = words_for_operator(one) if "operator" in forms else ("", "")
    mail = one.platform.contact_email if one.platform else ""
    context = {
        "ticket": one,
        "line": line_of(one),
        "entries": told(one, is_for_all=hurdle is not None and one.by_id == request.user.pk),
        "forms": forms,
        "hurdle": hurdle,
        "sentence": sentence,
        "failed": next(iter((bound or {}).values()), None),
        "is_mine": one.handler_id == request.user.pk,
        "operator_text": text,
        "operator_mail": mail,
        "mail_url": _mail_url(mail, subject, text) if mail and text else "",
        "chat_url": _chat_url(one),
        "may_open_firm": request.user.may("workflows.view_vendors"),
    }
    return render(request, "workflows/ticket.html", context, status=status)


def _hurdle(request: SignedIn, one: Ticket) -> str | None:
    """Why this person cannot act on it; None when they can."""
    if not request.user.may(ANSWER):
        return ""
    try:
        check_may_handle(request.user, one)
    except Refused as refusal:
        return refusal.sentence
    return None


def _forms(request: SignedIn, one: Ticket) -> dict[str, Any]:
    """The forms of the acts that apply now, by the act; those without a form hold nothing."""
    own = one.handler_id in (None, request.user.pk) and one.state != State.CLOSED
    is_support = one.kind == Ticket.Kind.SUPPORT
    wanted = {
        "take": own and one.handler_id is None,
        "answer": own,
        "operator": own and is_support and one.state != State.WITH_OPERATOR,
        "operator_answer": one.state == State.WITH_OPERATOR,
        "close": own,
        "note": True,
        "take_over": not own and one.state != State.CLOSED,
        "hand_on": one.state != State.CLOSED,
        "person": not is_support,
    }
    return {act: _blank(request, act) for act, applies in wanted.items() if applies}


def _blank(request: SignedIn, act: str) -> Any:
    make_form = ACTS[act][0]
    return make_form(request, None) if make_form else True


def _take(one: Ticket, **given: Any) -> None:
    actions.take_ticket(one, **given)


ACTS: dict[str, tuple[Callable[..., Any] | None, Callable[..., Any], Any]] = {
    "take": (None, _take, gettext_lazy("It is in your hands now.")),
    "answer": (
        lambda _request, data: AnswerForm(data, prefix="answer"),
        actions.answer_ticket,
        gettext_lazy("Answered."),
    ),
    "note": (
        lambda _request, data: NoteForm(data, prefix="note"),
        actions.note_ticket,
        gettext_lazy("The note is kept."),
    ),
    "hand_on": (
        lambda request, data: TicketHandOnForm(data, prefix="hand_on", request=request),
        actions.hand_on_ticket,
        gettext_lazy("A colleague goes on."),
    ),
    "take_over": (
        lambda _request, data: TakeOverForm(data, prefix="take_over"),
        actions.take_over_ticket,
        gettext_lazy("It is in your hands now."),
    ),
    "person": (
        lambda _request, data: PersonForm(data, prefix="person"),
        actions.name_person,
        gettext_lazy("Kept. This person does not see the complaint any more."),
    ),
    "operator": (None, actions.hand_to_operator, gettext_lazy("Handed to the operator.")),
    "operator_answer": (
        lambda _request, data: OperatorForm(data, prefix="operator"),
        actions.record_operator_answer,
        gettext_lazy("The answer of the operator is kept."),
    ),
    "close": (
        lambda _request, data: CloseForm(data, prefix="close"),
        actions.close_ticket,
        gettext_lazy("Closed."),
    ),
}


def _in_tab(seen: QuerySet[Ticket], tab: str, request: SignedIn) -> QuerySet[Ticket]:
    waiting = seen.filter(state__in=(State.NEW, State.IN_HAND, State.WITH_OPERATOR))
    narrowed = {
        "open": waiting,
        "late": waiting.filter(due_on__lt=timezone.localdate()),
        "mine": waiting.filter(handler=request.user),
        "conduct": waiting.filter(topic__in=(Ticket.Topic.FEE, Ticket.Topic.CONDUCT)),
    }
    return narrowed.get(tab, seen)


def _tabs(seen: QuerySet[Ticket], chosen: str, request: SignedIn) -> list[dict[str, Any]]:
    counts = capped_counts([_in_tab(seen, tab, request) for tab in COUNTED])
    shown = dict(zip(COUNTED, counts, strict=True))
    url = reverse("workflows:tickets")
    return [
        {
            "url": f"{url}?{urlencode({'tab': tab})}",
            "label": label,
            "is_current": tab == chosen,
            "count": shown.get(tab, ""),
        }
        for tab, label in LABELS.items()
    ]


def _mail_url(to: str, subject: str, text: str) -> str:
    return f"mailto:{quote(to)}?subject={quote(subject)}&body={quote(text)}"


def _chat_url(one: Ticket) -> str:
    """WhatsApp to the one who complained, where what they left is a phone number."""
    try:
        return chat_url(read_phone(one.contact).value)
    except IdentifierError:
        return ""
