"""Guidance at the desk: who is invited, who gives a seat back, who came without being asked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

import training.errors
from config.gate.keys import read_key
from onboarding.identifiers import IdentifierError, read_phone
from onboarding.models import Status, Vendor
from training.models import Seat, Session
from workflows import actions, errors
from workflows.forms.answers import LetterChoiceForm, RemindForm
from workflows.forms.guidance import InviteVendorsForm, ReleaseSeatForm, WaitingForm, WalkInForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from onboarding.signed_in import SignedIn

PAGE = 50
REFUSALS = (errors.Refused, training.errors.Refused)
NUMBER = re.compile(r"VO-?\d{4}-?(\d{1,12})", re.IGNORECASE)


@require_http_methods(["GET", "POST"])
@permission_required("workflows.invite_vendors", raise_exception=True)
def invite_vendors(request: SignedIn, pk: int) -> HttpResponse:
    """Choose from the eligible firms; the ticked ones are invited together, or none of them."""
    session = _session_or_404(request, pk)
    if request.method == "GET":
        return _waiting_page(request, session)
    in_sight = Vendor.objects.visible_to(request.user)
    form = InviteVendorsForm(request.POST, in_sight=in_sight)
    ticked = {key for pk in request.POST.getlist("vendors") if (key := read_key(pk))}
    if not form.is_valid():
        return _waiting_page(request, session, form=form, ticked=ticked, status=400)
    ids = [vendor.pk for vendor in form.cleaned_data["vendors"]]
    each = request.POST.get("letters") == "each"
    try:
        actions.invite_vendors(session, vendor_ids=ids, has_own_letters=each, by=request.user)
    except REFUSALS as error:
        form.add_error("vendors", error.sentence)
        return _waiting_page(request, session, form=form, ticked=ticked, status=409)
    sentence = ngettext(
        "%(count)d business is invited. The letter is a draft until it is numbered and signed.",
        "%(count)d businesses are invited. The letter is a draft until it is numbered and signed.",
        len(ids),
    )
    messages.success(request, sentence % {"count": len(ids)})
    return redirect("training:session", session.pk)


@require_http_methods(["GET", "POST"])
@permission_required("workflows.release_seat", raise_exception=True)
def release_seat(request: SignedIn, pk: int) -> HttpResponse:
    """Give a seat back before the sheet is closed: the firm declined, or the office takes it."""
    in_sight = Seat.objects.visible_to(request.user).select_related("vendor", "session")
    seat = get_object_or_404(in_sight, pk=pk)
    form = ReleaseSeatForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        context = {"seat": seat, "form": form}
        return render(request, "workflows/release_seat.html", context, status=status)
    actions.release_seat(seat, declined=form.cleaned_data["declined"], by=request.user)
    messages.success(
        request, _("The seat of %(name)s is given back. It is not counted.") % {"name": seat.name}
    )
    return redirect("training:session", seat.session_id)


@require_http_methods(["GET", "POST"])
@permission_required("workflows.invite_vendors", raise_exception=True)
def remind_guests(request: SignedIn, pk: int) -> HttpResponse:
    """Remind those chosen of a session, with the papers that each must still bring."""
    session = _session_or_404(request, pk)
    form = RemindForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            told = actions.remind_guests(session, whom=form.cleaned_data["whom"], by=request.user)
            sentence = ngettext(
                "%(count)d guest is reminded. Nobody is reminded twice on one day.",
                "%(count)d guests are reminded. Nobody is reminded twice on one day.",
                told,
            )
            messages.success(request, sentence % {"count": told})
            return redirect("training:session", session.pk)
    context = {"session": session, "form": form}
    return render(request, "workflows/remind_guests.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required("training.take_attendance", raise_exception=True)
def seat_walk_in(request: SignedIn, pk: int) -> HttpResponse:
    """Find a guest by an exact number, show who it is, and only then give the seat."""
    session = _session_or_404(request, pk)
    form = WalkInForm(request.POST or None)
    context: dict[str, Any] = {"session": session, "form": form}
    page = "workflows/seat_walk_in.html"
    if request.method == "GET" or not form.is_valid():
        return render(request, page, context, status=200 if request.method == "GET" else 400)
    found = _known_by(form.cleaned_data["number"])
    if len(found) != 1:
        form.add_error("number", _nobody() if not found else _several())
        return render(request, page, context, status=400)
    context["found"] = found[0]
    if "sure" not in request.POST:
        return render(request, page, context)
    try:
        actions.seat_walk_in(
            session, vendor=found[0], reason=form.cleaned_data["reason"], by=request.user
        )
    except REFUSALS as error:
        form.add_error(None, error.sentence)
        return render(request, page, context, status=409)
    messages.success(request, _("%(name)s has a seat and is present.") % {"name": found[0]})
    return redirect("training:attendance_sheet", session.pk)


def _session_or_404(request: SignedIn, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).with_counts().select_related("region")
    return get_object_or_404(rows, pk=pk)


def _waiting_page(
    request: SignedIn,
    session: Session,
    *,
    form: InviteVendorsForm | None = None,
    ticked: set[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    left = max(session.capacity - session.taken, 0)  # type: ignore[attr-defined]  # annotated
    filters = WaitingForm(request.GET)
    firms, next_pk = _page_of(
        _waiting(request, session, filters), session, request.GET.get("after", "")
    )
    chosen = filters.chosen()
    if ticked is None:
        ticked = {firm.pk for firm in firms[:left]} if "tick" in request.GET else set()
    context = {
        "session": session,
        "left": left,
        "is_open": session.is_open and session.starts_at > timezone.now(),
        "filters": filters,
        "form": form,
        "letter_form": LetterChoiceForm(initial={"letters": request.POST.get("letters", "list")}),
        "firms": firms,
        "ticked": ticked,
        "is_filtered": bool(chosen),
        "first_url": f"?{urlencode(chosen)}" if request.GET.get("after") else "",
        "next_url": f"?{urlencode({**chosen, 'after': next_pk})}" if next_pk else "",
        "tick_url": f"?{urlencode({**chosen, 'after': request.GET.get('after', ''), 'tick': 1})}",
    }
    return render(request, "workflows/invite_vendors.html", context, status=status)


def _waiting(request: SignedIn, session: Session, filters: WaitingForm) -> QuerySet[Vendor]:
    rows = (
        Vendor.objects.visible_to(request.user)
        .filter(status=Status.ELIGIBLE)
        .annotate(
            away=Case(
                When(region=session.region_id, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        .select_related("region")
        .order_by("away", "status_at", "pk")
    )
    wanted = filters.cleaned_data if filters.is_valid() else {}
    if wanted.get("region"):
        rows = rows.filter(region=wanted["region"])
    if wanted.get("category"):
        rows = rows.filter(category__icontains=wanted["category"])
    if wanted.get("waiting"):
        limit = timezone.now() - timedelta(days=int(wanted["waiting"]))
        rows = rows.filter(status_at__lte=limit)
    if wanted.get("missed"):
        rows = rows.filter(no_shows=0) if wanted["missed"] == "no" else rows.filter(no_shows__gt=0)
    return rows


def _page_of(rows: QuerySet[Vendor], session: Session, after: str) -> tuple[list[Vendor], int]:
    last = Vendor.objects.none().first()
    if key := read_key(after):
        last = rows.filter(pk=key).first()
    if last:
        away = int(last.region_id != session.region_id)
        rows = rows.filter(
            Q(away__gt=away)
            | Q(away=away, status_at__gt=last.status_at)
            | Q(away=away, status_at=last.status_at, pk__gt=last.pk)
        )
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def _known_by(number: str) -> list[Vendor]:
    """Find firms by their own number, an NIB or a phone, typed exactly; two are enough to refuse.

    A guest is not yet in a trainer's sight: knowing the exact number opens this one act.
    """
    rows = Vendor.objects.standing().select_related("region")
    own = NUMBER.fullmatch(number.strip())
    if own:
        return list(rows.filter(pk=int(own[1])))
    digits = re.sub(r"[\s.-]", "", number)
    found = list(rows.filter(nib=digits)) if len(digits) == 13 else []
    if found:
        return found
    try:
        return list(rows.filter(phone=read_phone(number).value)[:2])
    except IdentifierError:
        return []


def _nobody() -> str:
    return _(
        "No business is known by this number. Check the digits, or let an office refer the business"
        " first."
    )


def _several() -> str:
    return _("Several businesses use this phone number. Type the NIB or the business number.")
