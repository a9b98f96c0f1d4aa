"""The letters of a campaign in one go, and what is written down about one office of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods

import onboarding.actions
from config.gate.keys import read_key
from onboarding.models import Campaign, ReferralRequest, RequestAnswer
from workflows import actions, tasks
from workflows.forms.campaigns import (
    ByPhoneForm,
    ContactForm,
    GiveTimeForm,
    NumberRunForm,
    SignRunForm,
)
from workflows.models import Letter, LetterRun
from workflows.office_letters import letters_of, roman
from workflows.views.campaigns import LOOK_OF_STANDING, REFUSED, RUN, VIEW
from workflows.views.letters import LOOK_OF_LETTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

    from onboarding.signed_in import SignedIn
    from training.models import Session

MOST_REMINDERS = 9
RUN_FORMS: dict[str, type[Form] | None] = {
    "write": None,
    "number": NumberRunForm,
    "sign": SignRunForm,
}
OFFICE_FORMS: dict[str, type[Form]] = {
    "contact": ContactForm,
    "phone": ByPhoneForm,
    "time": GiveTimeForm,
}


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def campaign_letters(request: SignedIn, pk: int) -> HttpResponse:
    """Show the letters of a campaign or of one of its reminders; write, number, sign them."""
    one = get_object_or_404(Campaign, pk=pk)
    reminder = _reminder(request)
    if request.method == "GET":
        return _letters_page(request, one, reminder, {})
    if not request.user.may(RUN):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act not in RUN_FORMS:
        return _letters_page(request, one, reminder, {}, status=400)
    form_of = RUN_FORMS[act]
    form = form_of(request.POST, prefix=act) if form_of else None
    if form is not None and not form.is_valid():
        return _letters_page(request, one, reminder, {act: form})
    try:
        sentence = act_on_run(request, one, act, form.cleaned_data if form else {}, reminder)
    except REFUSED as refusal:
        if form is None:
            notices.error(request, str(refusal))
            return redirect(_here(one, reminder))
        form.add_error(None, str(refusal))
        return _letters_page(request, one, reminder, {act: form}, status=409)
    notices.success(request, sentence)
    return redirect(_here(one, reminder))


@require_GET
@permission_required(VIEW, raise_exception=True)
def letter_bundle(request: SignedIn, pk: int) -> FileResponse:
    """Send the bundle of a run, to be printed."""
    runs = LetterRun.objects.visible_to(request.user).exclude(stored_as="")
    run = get_object_or_404(runs, pk=pk, campaign__isnull=False)
    return send_bundle(run, f"surat-permintaan-{run.campaign_id}-{run.pk}.pdf")


def send_bundle(run: LetterRun, name: str) -> FileResponse:
    """Send the bound letters of a run as a file of this name."""
    response = FileResponse(
        default_storage.open(run.stored_as), content_type="application/pdf", filename=name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def office_request(request: SignedIn, pk: int) -> HttpResponse:
    """Show one office of a campaign: contact, what it said, its lists and letters."""
    asked = get_object_or_404(
        ReferralRequest.objects.visible_to(request.user)
        .with_answers()
        .select_related("campaign", "agency"),
        pk=pk,
    )
    if request.method == "GET":
        return _office_page(request, asked, {})
    act = request.POST.get("act", "")
    if not request.user.may(RUN):
        raise PermissionDenied
    if act == "link":
        return _done(request, asked, lambda: _new_link(request, asked))
    if act not in OFFICE_FORMS:
        return _office_page(request, asked, {}, status=400)
    form = OFFICE_FORMS[act](request.POST, prefix=act)
    if not form.is_valid():
        return _office_page(request, asked, {act: form})
    try:
        sentence = _act_on_office(request, asked, act, form.cleaned_data)
    except REFUSED as refusal:
        form.add_error(None, str(refusal))
        return _office_page(request, asked, {act: form}, status=409)
    notices.success(request, sentence)
    return redirect("workflows:office_request", asked.pk)


def _reminder(request: SignedIn) -> int:
    number = read_key(request.GET.get("reminder", "")) or 0
    return number if number <= MOST_REMINDERS else 0


def _here(one: Campaign, reminder: int) -> str:
    url = reverse("workflows:campaign_letters", args=[one.pk])
    return f"{url}?reminder={reminder}" if reminder else url


def act_on_run(
    request: SignedIn,
    one: Campaign | Session,
    act: str,
    cleaned: dict[str, Any],
    reminder: int = 0,
) -> str:
    """Write, number or sign the letters of a campaign or of a session's guests; returns what to
    say of it."""
    if act == "number":
        numbered = actions.number_run(one, reminder=reminder, by=request.user, **cleaned)
        return ngettext(
            "%(count)d letter has its number now.",
            "%(count)d letters have their number now.",
            len(numbered),
        ) % {"count": len(numbered)}
    actions.order_run(one, reminder=reminder, send=tasks.do_job.delay, by=request.user, **cleaned)
    return _("The letters are being made. You may leave this page.")


def _letters_page(
    request: SignedIn,
    one: Campaign,
    reminder: int,
    bound: dict[str, Form],
    *,
    status: int = 200,
) -> HttpResponse:
    runs = LetterRun.objects.visible_to(request.user)
    run = runs.filter(campaign=one, reminder=reminder).first()
    letters = letters_of(one, reminder).visible_to(request.user)
    may_run = request.user.may(RUN) and one.state != Campaign.State.CLOSED
    context = {
        "campaign": one,
        "reminder": reminder,
        "tabs": _tabs(one, reminder),
        **run_context(list(letters), run, bound, may_run=may_run),
        "intro": _(
            "One letter for each office. Until it has its number and signature it says DRAF."
        ),
        "bundle_url": reverse("workflows:letter_bundle", args=[run.pk]) if run else "",
    }
    return render(request, "workflows/campaign_letters.html", context, status=status)


def run_context(
    rows: list[Letter], run: LetterRun | None, bound: dict[str, Form], *, may_run: bool
) -> dict[str, Any]:
    """Return what the part of a page about many letters shows: how far the machine is, the letters,
    the forms for their numbers and their signature."""
    waiting = {state: sum(row.state == state for row in rows) for state in Letter.State.values}
    is_working = bool(run and run.is_working)
    return {
        "rows": [(row, *LOOK_OF_LETTER[Letter.State(row.state)]) for row in rows],
        "run": run,
        "is_working": is_working,
        "may_run": may_run and not is_working,
        "drafts": waiting[Letter.State.DRAFT],
        "number_form": bound.get("number") or NumberRunForm(prefix="number"),
        "numbered": waiting[Letter.State.NUMBERED],
        "sign_form": bound.get("sign") or SignRunForm(prefix="sign"),
        "failed": next(iter(bound.values()), None),
    }


def _tabs(one: Campaign, chosen: int) -> list[dict[str, Any]]:
    most = max(one.requests.values_list("reminders", flat=True), default=0)
    return [
        {
            "url": _here(one, number),
            "label": _("Reminder %(number)s") % {"number": roman(number)}
            if number
            else _("Request"),
            "is_current": number == chosen,
        }
        for number in range(min(most, MOST_REMINDERS) + 1)
    ]


def _act_on_office(
    request: SignedIn, asked: ReferralRequest, act: str, cleaned: dict[str, Any]
) -> str:
    if act == "contact":
        changed = onboarding.actions.change_contact(asked, by=request.user, **cleaned)
        if changed.asked_at and changed.link_seed != asked.link_seed:
            actions.tell_again(changed)
            return _("The contact is kept, and the message with a new link is on its way.")
        return _("The contact is kept.")
    if act == "time":
        onboarding.actions.give_time(asked, by=request.user, **cleaned)
        return _("The office has more time now.")
    onboarding.actions.answer_request(
        asked, via=RequestAnswer.Via.PHONE, by=request.user, **cleaned
    )
    return _("What the office said is written down.")


def _new_link(request: SignedIn, asked: ReferralRequest) -> str:
    told = actions.tell_again(onboarding.actions.renew_link(asked, by=request.user))
    if not told:
        return _("The link is new, but this office has no contact: type one first.")
    return _("The old link opens nothing any more; the message with the new one is on its way.")


def _done(request: SignedIn, asked: ReferralRequest, act: Callable[[], str]) -> HttpResponse:
    notices.success(request, act())
    return redirect("workflows:office_request", asked.pk)


def _office_page(
    request: SignedIn,
    asked: ReferralRequest,
    bound: dict[str, Form],
    *,
    status: int = 200,
) -> HttpResponse:
    standing = asked.standing(timezone.localdate())
    may_run = request.user.may(RUN)
    is_open = asked.campaign.state == Campaign.State.SENT
    answers = list(asked.answers.select_related("by", "sheet").order_by("-pk"))
    wanted = next((said.wanted_on for said in answers if said.wanted_on), None)
    contact = {key: getattr(asked, key) for key in ("addressee", "contact_name", "email", "phone")}
    context = {
        "asked": asked,
        "standing": standing,
        "look": LOOK_OF_STANDING[standing],
        "answers": answers,
        "sheets": asked.sheets.order_by("-pk"),
        "letters": [
            (row, *LOOK_OF_LETTER[Letter.State(row.state)])
            for row in Letter.objects.filter(request=asked).order_by("pk")
        ],
        "people": asked.agency.people.filter(is_active=True),
        "may_run": may_run,
        "is_open": is_open,
        "contact_form": bound.get("contact") or ContactForm(prefix="contact", initial=contact),
        "phone_form": bound.get("phone") or ByPhoneForm(prefix="phone"),
        "time_form": bound.get("time") or GiveTimeForm(prefix="time", since=wanted),
        "open_act": next(iter(bound), ""),
        "failed": next(iter(bound.values()), None),
    }
    return render(request, "workflows/office_request.html", context, status=status)
