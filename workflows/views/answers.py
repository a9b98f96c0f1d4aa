"""An invitation answered: by its link without signing in, on the owner's page, by telephone.

The link's token is exchanged at once for a signed cookie that these pages read, so it stands in no
history and no referrer. Opening a link changes nothing; only a pressed button does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.db.models import Case, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import training.actions
import training.errors
from onboarding.models import User
from training.calendars import entry_of
from training.models import SEATED, Seat, Session
from workflows import actions, errors, office
from workflows.bringing import papers_to_bring
from workflows.forms.answers import DelegateForm, OtherDateForm, sessions_to_choose
from workflows.views.access import lead_to, open_to_all
from workflows.views.owner import own_firm

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

    from onboarding.signed_in import SignedIn

COOKIE = "mitra_answer"
SALT = "workflows.answers"
#: Seconds for which an opened link is remembered: the days until people have asked at home.
AGE = 3 * 24 * 60 * 60
REFUSALS = (errors.Refused, training.errors.Refused)
ACTS = ("yes", "delegate", "other", "no")
Via = Seat.AnsweredVia
LOOKS = {
    Seat.State.INVITED: ("info", "cal"),
    Seat.State.CONFIRMED: ("ok", "check"),
    Seat.State.DECLINED: ("off", "x"),
    Seat.State.RELEASED: ("off", "x"),
    Seat.State.WAITING: ("warn", "clock"),
}


@dataclass(frozen=True)
class Way:
    """How somebody came to this page, and where its parts are."""

    via: str
    by: User
    calendar_url: str = ""
    back_url: str = ""
    back_label: str = ""


@require_safe
@open_to_all
def receive_answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Exchange an answer link for a cookie."""
    try:
        training.actions.find_seat(token)
    except training.errors.Refused as refusal:
        return _cannot(request, refusal.sentence)
    return lead_to("workflows:answer_invitation", cookie=COOKIE, kept=token, salt=SALT, age=AGE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def answer_invitation(request: HttpRequest) -> HttpResponse:
    """Show the invitation that the link opened, and take its answer."""
    try:
        seat = seat_of_link(request)
    except training.errors.Refused as refusal:
        return _cannot(request, refusal.sentence)
    calendar_url = reverse("workflows:calendar_of_invitation")
    return _page(request, seat, Way(Via.LINK, User.objects.system(), calendar_url))


@require_safe
@open_to_all
def calendar_of_invitation(request: HttpRequest) -> HttpResponse:
    """Send the session as an entry for the calendar of the telephone."""
    try:
        seat = seat_of_link(request)
    except training.errors.Refused as refusal:
        return _cannot(request, refusal.sentence)
    return _entry(seat.session)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("workflows.own_page", raise_exception=True)
def answer_own_invitation(request: SignedIn, pk: int) -> HttpResponse:
    """The same page for the owner who is signed in, or who acts for the owner."""
    vendor = own_firm(request, pk)
    seat = _coming_seat(vendor.pk)
    if seat is None:
        raise Http404
    return _page(
        request,
        seat,
        Way(
            Via.PAGE,
            request.user,
            calendar_url=reverse("workflows:calendar_of_own_invitation", args=[vendor.pk]),
            back_url=reverse("workflows:own_page", args=[vendor.pk]),
            back_label=vendor.name,
        ),
    )


@require_safe
@permission_required("workflows.own_page", raise_exception=True)
def calendar_of_own_invitation(request: SignedIn, pk: int) -> HttpResponse:
    """Send the owner's session as an entry for the calendar."""
    seat = _coming_seat(own_firm(request, pk).pk)
    if seat is None:
        raise Http404
    return _entry(seat.session)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("workflows.release_seat", raise_exception=True)
def record_answer(request: SignedIn, pk: int) -> HttpResponse:
    """Write down what a guest said on the telephone."""
    seat = _seat_or_404(request, pk)
    url = reverse("training:session", args=[seat.session_id])
    way = Way(Via.PHONE, request.user, back_url=url, back_label=str(seat.session))
    return _page(request, seat, way)


@require_POST
@permission_required("workflows.release_seat", raise_exception=True)
def renew_answer_link(request: SignedIn, pk: int) -> HttpResponse:
    """Replace a link that went astray, and send the invitation once more."""
    seat = _seat_or_404(request, pk)
    actions.renew_answer_link(seat, by=request.user)
    notices.success(
        request,
        _("The old link opens nothing any more; the message with the new one is on its way."),
    )
    return redirect("workflows:record_answer", seat.pk)


def _page(request: HttpRequest, seat: Seat, way: Way) -> HttpResponse:
    if request.method != "POST":
        return _show(request, seat, way, {})
    act = request.POST.get("act", "")
    if act not in ACTS:
        return _show(request, seat, way, {}, status=400)
    form = _form(act, seat, request)
    if form is not None and not form.is_valid():
        return _show(request, seat, way, {act: form}, status=400)
    return _answer(request, seat, way, act, form)


def _answer(
    request: HttpRequest, seat: Seat, way: Way, act: str, form: Form | None
) -> HttpResponse:
    try:
        counts = actions.answer_invitation(
            seat,
            answer="yes" if act == "delegate" else act,
            via=way.via,
            by=way.by,
            **(form.cleaned_data if form else {}),
        )
    except REFUSALS as refusal:
        return _show(
            request, _again(seat), way, {act: form} if form else {},
            sentence=refusal.sentence, status=409,
        )  # fmt: skip
    notices.success(request, _thanks(counts, act))
    return _onward(request, seat, counts, way)


def _onward(request: HttpRequest, seat: Seat, counts: Seat, way: Way) -> HttpResponse:
    if counts.pk != seat.pk and way.via == Via.LINK:  # the link goes on with the new session
        return redirect("workflows:receive_answer_link", training.actions.seat_token(counts))
    if counts.pk != seat.pk and way.via == Via.PHONE:
        return redirect("workflows:record_answer", counts.pk)
    return redirect(request.path if way.via != Via.PAGE else way.back_url)


def _thanks(seat: Seat, act: str) -> str:
    if seat.state == Seat.State.WAITING:
        return _(
            "The seat just went to somebody else. You are on the waiting list now and will be told"
            " when a seat is free."
        )
    if act == "no":
        return _("Thank you for telling us. It is not counted as a missed session.")
    if act == "other" and seat.state == Seat.State.DECLINED:
        return _("Thank you. Your wish is written down; you will be invited again.")
    return _("Thank you. Your seat is kept.")


def _form(act: str, seat: Seat, request: HttpRequest | None) -> Form | None:
    values = request.POST if request else None
    if act == "delegate":
        initial = {"person_name": seat.person_name, "person_role": seat.person_role}
        return DelegateForm(values, prefix=act, initial=initial)
    if act == "other":
        return OtherDateForm(values, prefix=act, sessions=sessions_to_choose(seat))
    return None


def _show(
    request: HttpRequest,
    seat: Seat,
    way: Way,
    bound: dict[str, Form],
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    over = training.actions.why_over(seat, timezone.now())
    vendor = seat.vendor
    context = {
        "seat": seat,
        "session": seat.session,
        "vendor": vendor,
        "look": (*LOOKS[Seat.State(seat.state)], seat.get_state_display()),
        "has_seat": seat.state in SEATED,
        "is_confirmed": seat.state == Seat.State.CONFIRMED,
        "is_waiting": seat.state == Seat.State.WAITING,
        "over": over,
        "papers": papers_to_bring([vendor])[vendor.pk] if vendor and not over else (),
        "way": way,
        "by_phone": way.via == Via.PHONE,
        "materials": list(seat.session.syllabus.materials.all()) if seat.state in SEATED else [],
        "has_quiz": seat.session.syllabus.questions.exists(),
        "delegate_form": bound.get("delegate") or _form("delegate", seat, None),
        "other_form": bound.get("other") or _form("other", seat, None),
        "open_act": next(iter(bound), ""),
        "failed": next(iter(bound.values()), None),
        "sentence": sentence,
        "office": office.contact(),
    }
    return render(request, "workflows/answer_invitation.html", context, status=status)


def _cannot(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "office": office.contact()}
    return render(request, "workflows/answer_invitation.html", context, status=404)


def _entry(session: Session) -> HttpResponse:
    response = HttpResponse(entry_of(session), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bimtek-{session.pk}.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def seat_of_link(request: HttpRequest) -> Seat:
    """Return the seat whose answer link this browser opened; raises ``Refused`` without one."""
    token = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=AGE)
    return training.actions.find_seat(token or "-")


def _coming_seat(vendor_id: int) -> Seat | None:
    """The seat that the owner's page is about: one that is held before one that is waited for."""
    return (
        Seat.objects.filter(
            vendor=vendor_id,
            session__state=Session.State.PLANNED,
            session__starts_at__gt=timezone.now(),
        )
        .exclude(state=Seat.State.RELEASED, hold_until__isnull=True)
        .select_related("session__region", "vendor__region")
        .annotate(is_held=Case(When(state__in=SEATED, then=0), default=1))
        .order_by("is_held", "session__starts_at", "pk")
        .first()
    )


def _again(seat: Seat) -> Seat:
    rows = Seat.objects.select_related("session__region", "vendor__region", "agency", "user")
    return rows.get(pk=seat.pk)


def _seat_or_404(request: SignedIn, pk: int) -> Seat:
    rows = Seat.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("session__region", "vendor__region", "agency", "user"), pk=pk
    )
