"""Complaints of everybody, with or without an account; and how one's own tickets stand.

Number and word are always posted, so that neither stands in an address or a log; the page that
shows the word is reached by no address and kept by no cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import actions, office
from workflows.actions.asking import plain_number
from workflows.errors import Refused
from workflows.forms.tickets import ComplainForm, ReopenForm, StatusForm
from workflows.models import Ticket
from workflows.ticketbook import own_tickets, told
from workflows.views.access import open_to_all
from workflows.views.owner import new_key

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from onboarding.models import User
    from onboarding.signed_in import SignedIn

GET_AND_POST = ("GET", "HEAD", "POST")


@require_http_methods(GET_AND_POST)
@open_to_all
def complain(request: HttpRequest) -> HttpResponse:
    """Take in a complaint, and say that nothing here costs money."""
    key = new_key(request.POST.get("key", ""))
    if request.method != "POST":
        return _form_page(request, ComplainForm(user=request.user, initial=_known(request)), key)
    form = ComplainForm(request.POST, user=request.user)
    if not form.is_valid():
        return _form_page(request, form, key, status=422)
    if form.is_of_a_machine():
        return redirect("complain")
    if not ratelimit.consume(request, action="complaint"):
        form.add_error(None, _("Too many complaints were sent from here. Try again in an hour."))
        return _form_page(request, form, key, status=429)
    return _take_in(request, form, key)


def _take_in(request: HttpRequest, form: ComplainForm, key: str) -> HttpResponse:
    said = form.cleaned_data
    is_unnamed, contact = bool(said.get("without_name")), said["contact"]
    if is_unnamed and contact == _known(request).get("contact"):
        contact = ""  # filled in by us, not by them
    try:
        ticket, word = actions.open_complaint(
            topic=said["topic"],
            text=said["text"],
            contact=contact,
            firm_number=said["firm_number"],
            about_name=said["about_name"],
            key=key,
            by=None if is_unnamed else _asker(request),
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _form_page(request, form, key, status=409)
    context = {"ticket": ticket, "word": word, "office": office.contact()}
    return render(request, "workflows/complaint_sent.html", context)


@require_http_methods(GET_AND_POST)
@open_to_all
def complaint_status(request: HttpRequest) -> HttpResponse:
    """Show how a complaint stands to whoever knows its number and its word."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _status_page(request, form, status=422 if form.errors else 200)
    number, word = form.cleaned_data["number"], form.cleaned_data["word"]
    if not ratelimit.consume(request, action="complaint_status", key=plain_number(number)):
        form.add_error(None, _("Too many tries. Wait an hour, or call the office."))
        return _status_page(request, form, status=429)
    ticket = actions.find_by_word(number, word)
    if ticket is None:
        form.refuse()
        return _status_page(request, form, status=422)
    return _one(request, ticket, word=word, kept={"number": number, "word": word})


@require_http_methods(GET_AND_POST)
def own_ticket(request: SignedIn, pk: int) -> HttpResponse:
    """Show a person what became of what they asked, and let them say that it is not settled."""
    ticket = get_object_or_404(Ticket.objects.of(request.user), pk=pk)
    return _one(request, ticket, word="", kept={})


def _one(request: HttpRequest, ticket: Ticket, *, word: str, kept: dict[str, str]) -> HttpResponse:
    """One ticket as its owner sees it; ``act=reopen`` opens it again."""
    reopens = request.method == "POST" and request.POST.get("act") == "reopen"
    form = ReopenForm(request.POST if reopens else None)
    status = 200
    if reopens and form.is_valid():
        try:
            ticket = actions.reopen_ticket(
                ticket, text=form.cleaned_data["text"], by=_asker(request, ticket), word=word
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("We look at it again."))
            form = ReopenForm()
    elif reopens:
        status = 422
    context = {
        "ticket": ticket,
        "entries": told(ticket, is_for_all=True),
        "form": form if actions.may_reopen(ticket) or form.errors else None,
        "kept": kept,
        "office": office.contact(),
    }
    return render(request, "workflows/own_ticket.html", context, status=status)


def _asker(request: HttpRequest, ticket: Ticket | None = None) -> User | None:
    """Who asks; one who came with the word of an unnamed complaint stays unnamed."""
    user = request.user
    if not user.is_authenticated:
        return None
    if ticket is not None and not Ticket.objects.of(user).filter(pk=ticket.pk).exists():
        return None
    return user


def _known(request: HttpRequest) -> dict[str, str]:
    """What a signed-in person need not type again."""
    user = request.user
    return {"contact": user.email or user.phone or ""} if user.is_authenticated else {}


def _form_page(
    request: HttpRequest, form: ComplainForm, key: str, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "key": key, "office": office.contact()}
    if request.user.is_authenticated:
        context["tickets"] = own_tickets(request.user)
    return render(request, "workflows/complain.html", context, status=status)


def _status_page(request: HttpRequest, form: StatusForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "office": office.contact()}
    return render(request, "workflows/complaint_status.html", context, status=status)
