"""The page of one request: an office answers through its link, or signed in; nothing else opens.

The token is exchanged at once for a signed cookie that this one page reads, so it stands in no
history and no referrer; what is sent through the link is done by the system, with the name that
was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import onboarding.actions
import onboarding.errors
from config.gate.refusals import form_code
from onboarding.models import ReferralRequest, RequestAnswer, User
from workflows import office
from workflows.forms.campaigns import MoreTimeForm, SaidForm, SendListForm
from workflows.views.access import lead_to, open_to_all

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from onboarding.signed_in import SignedIn

COOKIE = "mitra_request"
SALT = "workflows.requests"
#: Seconds for which an opened link is remembered: an office's working day.
AGE = 8 * 60 * 60
SHOWN_LISTS = 10
Kind, Via = RequestAnswer.Kind, RequestAnswer.Via
FORMS: dict[str, type[Form]] = {
    Kind.LIST.value: SendListForm,
    Kind.NOTHING.value: SaidForm,
    Kind.MORE_TIME.value: MoreTimeForm,
}


@require_safe
@open_to_all
def receive_request_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange a link for a cookie; somebody who is signed in goes on as who they are."""
    try:
        asked = onboarding.actions.find_request(token=token)
    except onboarding.errors.Refused as refusal:
        return _cannot(request, refusal.sentence)
    user = request.user
    if isinstance(user, User):
        return _signed_in(request, user, asked)
    page, kept = "workflows:answer_request", asked.token_hash
    return lead_to(page, cookie=COOKIE, kept=kept, salt=SALT, age=AGE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def answer_request(request: HttpRequest) -> HttpResponse:
    """Show the request that the link opened, and take its answer."""
    digest = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=AGE)
    try:
        asked = onboarding.actions.find_request(token_hash=digest or "-")
    except onboarding.errors.Refused as refusal:
        return _cannot(request, refusal.sentence)
    return _page(request, asked, via=Via.LINK, by=User.objects.system())


@require_http_methods(["GET", "POST"])
@permission_required("onboarding.answer_requests", raise_exception=True)
def answer_own_request(request: SignedIn, pk: int) -> HttpResponse:
    """The same page for somebody of the office who is signed in."""
    visible = ReferralRequest.objects.visible_to(request.user)
    asked = get_object_or_404(visible.select_related("campaign", "agency"), pk=pk)
    if not request.user.agency_id:
        return redirect("workflows:office_request", asked.pk)
    return _page(request, asked, via=Via.ACCOUNT, by=request.user)


def _page(request: HttpRequest, asked: ReferralRequest, *, via: str, by: User) -> HttpResponse:
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if request.method != "POST":
        return _show(request, asked, via, {})
    if act not in FORMS or (act == Kind.LIST and via != Via.LINK):
        return _show(request, asked, via, {}, status=400)
    form = _form(act, request, by)
    if not form.is_valid():
        onboarding.actions.note_refusal(door="sheet", code=form_code(form), by=by)
        return _show(request, asked, via, {act: form})
    try:
        _answer(asked, act, form.cleaned_data, via, by)
    except onboarding.errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _show(request, asked, via, {act: form}, status=409)
    notices.success(request, _thanks(act))
    return redirect(request.path)


def _form(act: str, request: HttpRequest | None, by: User) -> Form:
    options: dict[str, Any] = {"prefix": act}
    if act == Kind.LIST:
        options["by"] = by
    if by.agency_id:
        options["initial"] = {"said_by": by.full_name}
    if request is None:
        return FORMS[act](**options)
    return FORMS[act](request.POST, request.FILES, **options)


def _answer(asked: ReferralRequest, act: str, cleaned: dict[str, Any], via: str, by: User) -> None:
    if act == Kind.LIST:
        onboarding.actions.answer_with_list(
            asked, file=cleaned["file"], said_by=cleaned["said_by"], via=via, by=by
        )
        return
    onboarding.actions.answer_request(
        asked,
        kind=act,
        via=via,
        said_by=cleaned["said_by"],
        note=cleaned["note"],
        wanted_on=cleaned.get("wanted_on"),
        by=by,
    )


def _thanks(act: str) -> str:
    return {
        Kind.LIST.value: _("Thank you. Your list has arrived and is being read now."),
        Kind.NOTHING.value: _("Thank you. It is written down that there is nothing to report."),
        Kind.MORE_TIME.value: _("Thank you. The Bureau reads it and tells you the new date."),
    }[act]


def _show(
    request: HttpRequest,
    asked: ReferralRequest,
    via: str,
    bound: dict[str, Form],
    *,
    status: int = 200,
) -> HttpResponse:
    shown = ReferralRequest.objects.with_answers().select_related("campaign", "agency")
    asked = shown.get(pk=asked.pk)
    by = request.user if isinstance(request.user, User) and via == Via.ACCOUNT else User()
    forms = {act: bound.get(act) or _form(act, None, by) for act in FORMS}
    context = {
        "asked": asked,
        "campaign": asked.campaign,
        "standing": asked.standing(timezone.localdate()),
        "is_open": asked.campaign.state == asked.campaign.State.SENT,
        "answers": asked.answers.exclude(kind=Kind.LIST).order_by("-pk")[:SHOWN_LISTS],
        "sheets": asked.sheets.order_by("-pk")[:SHOWN_LISTS],
        "by_link": via == Via.LINK,
        "list_form": forms[Kind.LIST],
        "nothing_form": forms[Kind.NOTHING],
        "time_form": forms[Kind.MORE_TIME],
        "failed": next(iter(bound.values()), None),
        "open_act": next(iter(bound), ""),
        "office": office.contact(),
    }
    return render(request, "workflows/answer_request.html", context, status=status)


def _signed_in(request: HttpRequest, user: User, asked: ReferralRequest) -> HttpResponse:
    if user.may("onboarding.view_campaigns"):
        return redirect("workflows:office_request", asked.pk)
    if user.agency_id == asked.agency_id and user.may("onboarding.answer_requests"):
        return redirect("workflows:answer_own_request", asked.pk)
    return _cannot(
        request, _("This request was sent to another office than the one you are signed in for.")
    )


def _cannot(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "office": office.contact()}
    return render(request, "workflows/answer_request.html", context, status=404)
