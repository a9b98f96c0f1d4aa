"""The pass of a seat: a page with its QR for the holder, a check-in for a trainer who opens it.

The QR is a short address with the pass in it. Opening it takes the pass out of the address at once
and keeps it in the session, so it stands in no page, no history entry and no referrer. What is
shown depends on who looks: a trainer of that session is asked to confirm; anybody else sees
initials, session and date, nothing private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training import actions
from training.errors import Refused
from training.forms.planning import ReasonForm
from training.models import SEATED, Seat, Session
from training.views.hall import hold_seat
from training.views.looks import own_seats
from training.views.qr import qr_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from training.passes import Pass

PASS = "opened_pass"  # noqa: S105 - the name of a place in the session


def pass_url(seat: Seat) -> str:
    """Return what stands in the QR of a seat."""
    path = reverse("training:receive_pass", args=[actions.pass_of(seat)])
    return f"{settings.SITE_URL}{path}"


def render_pass(request: HttpRequest, seat: Seat, *, back_url: str = "") -> HttpResponse:
    """Show the pass of a seat to whom it belongs; the caller has made sure that it does.

    Who was shown the pass may mark the seat with the code on the screen of the hall.
    """
    hold_seat(request, seat)
    code = actions.code_of(seat)
    context = {
        "seat": seat,
        "session": seat.session,
        "qr": qr_of(pass_url(seat), title=_("QR of the pass")),
        "code": f"{code[:4]} {code[4:]}",
        "is_hall_open": actions.has_hall_open(seat.session),
        "back_url": back_url,
    }
    response = render(request, "training/seat_pass.html", context)
    return _closed_to_others(response)


@require_safe
@permission_required("training.answer_for_seat", raise_exception=True)
def seat_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Show somebody the pass of their own seat."""
    return render_pass(request, get_object_or_404(own_seats(request.user), pk=pk))


@require_safe
@login_not_required
def receive_pass(request: HttpRequest, token: str) -> HttpResponse:
    """Take the pass out of the address."""
    request.session[PASS] = token[:64]
    response = redirect("training:opened_pass")
    response["Referrer-Policy"] = "no-referrer"
    return _closed_to_others(response)


@require_safe
@login_not_required
def opened_pass(request: HttpRequest) -> HttpResponse:
    """Show what a pass is for: to a trainer of the session the check-in, to others the outline."""
    found, seat = _opened(request)
    context: dict[str, Any] = {"seat": seat, "session": seat.session if seat else None}
    if seat is None:
        response = render(request, "training/opened_pass.html", context, status=404)
        return _closed_to_others(response)
    held = _own_session(request, seat)
    is_valid = bool(found) and seat.state in SEATED
    context |= {
        "initials": _initials(seat.name),
        "is_valid": is_valid,
        "may_check_in": held is not None and held.is_open,
        "sees_name": held is not None,
    }
    return _closed_to_others(render(request, "training/opened_pass.html", context))


@require_POST
@permission_required("training.take_attendance", raise_exception=True)
def check_in(request: HttpRequest) -> HttpResponse:
    """Mark the holder of the pass that was opened just now as there."""
    _found, seat = _opened(request)
    held = _own_session(request, seat) if seat else None
    if seat is None or held is None:
        refusal = Refused(_("Open the pass again: it is for another session, or not one of ours."))
        refusal.back_url = reverse("training:sessions")  # type: ignore[attr-defined]  # read by the page of refusals
        raise refusal
    actions.check_in(held, proof=request.session.get(PASS, ""), by=request.user)
    messages.success(request, _("%(name)s is present.") % {"name": seat.name})
    return redirect("training:attendance_sheet", held.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("training.take_attendance", raise_exception=True)
def renew_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a pass worthless that was lost or sent around; the holder finds the new one."""
    in_sight = Seat.objects.visible_to(request.user).filter(state__in=SEATED)
    seat = get_object_or_404(in_sight.select_related("session", "vendor", "agency"), pk=pk)
    form = ReasonForm(request.POST or None)
    context = {"seat": seat, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return render(request, "training/renew_pass.html", context, status=status)
    try:
        actions.renew_pass(seat, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as error:
        form.add_error(None, error.sentence)
        return render(request, "training/renew_pass.html", context, status=409)
    messages.success(request, _("The old pass of %(name)s is worthless.") % {"name": seat.name})
    return redirect("training:attendance_sheet", seat.session_id)


def _opened(request: HttpRequest) -> tuple[Pass | None, Seat | None]:
    """Return the pass that was opened, if it is the one in force, and the seat that it names."""
    found = actions.read_pass(request.session.get(PASS, ""))
    if found is None:
        return None, None
    rows = Seat.objects.select_related("session__region", "vendor", "agency")
    seat = rows.filter(pk=found.seat_id, session=found.session_id).first()
    is_in_force = seat is not None and seat.pass_version == found.version
    return (found if is_in_force else None), seat


def _own_session(request: HttpRequest, seat: Seat) -> Session | None:
    user: Any = request.user
    if not user.is_authenticated or not user.has_perm("training.take_attendance"):
        return None
    return Session.objects.visible_to(user).filter(pk=seat.session_id).first()


def _initials(name: str) -> str:
    return " ".join(f"{word[0]}." for word in name.split() if word[:1].isalnum())[:20]


def _closed_to_others(response: HttpResponse) -> HttpResponse:
    response.setdefault("Referrer-Policy", "same-origin")
    add_never_cache_headers(response)
    return response
