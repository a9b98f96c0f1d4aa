"""Marking oneself as there: a code that changes on the screen of the hall, typed by its guests.

The code proves that somebody is in the room (or is told it within a minute); the seat is theirs by
their account, or because they opened their own pass by the link that was sent to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required, permission_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from training import actions
from training.errors import Refused
from training.forms.door import HallCodeForm
from training.models import SEATED, Seat, Session
from training.passes import STEP_SECONDS
from training.views.looks import own_seats, session_or_404
from training.views.qr import qr_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TAKE = "training.take_attendance"
HELD = "seats_in_hand"
CODE = "hall_code"


def hold_seat(request: HttpRequest, seat: Seat) -> None:
    """Remember that this browser was shown the pass of a seat as its holder."""
    held = request.session.get(HELD, [])
    if seat.pk not in held:
        request.session[HELD] = [*held[-9:], seat.pk]


@require_safe
@permission_required(TAKE, raise_exception=True)
def hall_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for the projector of the hall."""
    held = session_or_404(request, pk)
    if not held.is_open:
        return redirect("training:session", held.pk)
    return render(request, "training/hall_screen.html", _shown(held))


@require_safe
@permission_required(TAKE, raise_exception=True)
def hall_code(request: HttpRequest, pk: int) -> HttpResponse:
    """The code of this moment, fetched by the page of the projector."""
    held = session_or_404(request, pk)
    return render(request, "training/_hall_code.html", _shown(held))


@require_safe
@login_not_required
def receive_hall_code(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Take the code out of the address that the QR of the hall opens."""
    request.session[CODE] = code[:20]
    response = redirect("training:check_in_oneself", pk=pk)
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def check_in_oneself(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one's own seat with the code on the screen; a press of the button, nothing by itself."""
    seat = _own_seat(request, pk)
    scanned = request.session.get(CODE, "")
    form = HallCodeForm(request.POST or None, initial={"code": scanned})
    status = 200
    if request.method == "POST" and seat is not None and form.is_valid():
        status = _mark(request, seat, form)
        if status == 200:
            return redirect("training:check_in_oneself", pk=pk)
    elif request.method == "POST":
        status = 400
    is_open = seat is not None and actions.has_hall_open(seat.session)
    context = {"seat": seat, "form": form, "is_open": is_open, "pk": pk}
    response = render(request, "training/check_in_oneself.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _mark(request: HttpRequest, seat: Seat, form: HallCodeForm) -> int:
    """Try the code and return the status of the answer; 200 when the seat is marked."""
    if not ratelimit.consume(request, action="hall_code", key=f"seat:{seat.pk}"):
        form.add_error(None, _("Too many tries. Wait ten minutes, or ask the trainer."))
        return 429
    user: Any = request.user
    by = user if user.is_authenticated else get_user_model().objects.system()
    try:
        actions.check_in_oneself(seat, code=form.cleaned_data["code"], by=by)
    except Refused as error:
        form.add_error("code", error.sentence)
        return 409
    request.session.pop(CODE, None)
    messages.success(request, _("You are marked as present. Welcome."))
    return 200


def _own_seat(request: HttpRequest, pk: int) -> Seat | None:
    """Return the one seat in this session that is theirs who ask: by account, or by link."""
    user: Any = request.user
    rows = Seat.objects.filter(session=pk, state__in=SEATED)
    rows = rows.select_related("session", "vendor", "agency")
    held = request.session.get(HELD, [])
    seat = rows.filter(pk__in=held).first() if held else None
    if seat is not None or not user.is_authenticated:
        return seat
    if not user.has_perm("training.answer_for_seat"):
        return None
    return own_seats(user).filter(session=pk).first()


def _shown(held: Session) -> dict[str, Any]:
    now = timezone.now()
    code = actions.hall_code(held, now=now)
    path = reverse("training:receive_hall_code", args=[held.pk, code])
    return {
        "session": held,
        "code": f"{code[:4]} {code[4:]}",
        "qr": qr_of(f"{settings.SITE_URL}{path}", title=_("QR of this moment"), scale=8),
        "left": STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS,
        "page_url": f"{settings.SITE_URL}{reverse('training:check_in_oneself', args=[held.pk])}",
    }
