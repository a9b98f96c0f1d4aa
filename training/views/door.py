"""The page at the door: it goes on without signal, and what devices saw is taken in here.

The list that a device takes along bears no key and no pass, only digests by which a pass is known
again; whether a pass counts is judged here once more when the device sends.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.gate.refusals import form_code
from training import actions
from training.errors import Refused
from training.forms.attendance import REASONS
from training.forms.door import DoorFileForm, NotFromDoor, SettleForm, read_door
from training.models import SEATED, Scan, Seat, Session
from training.views.doorwords import door_words, remark_words
from training.views.looks import is_begun, session_or_404

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

TAKE = "training.take_attendance"
MOST_SHOWN = 60


@require_safe
@permission_required(TAKE, raise_exception=True)
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The list at the door, made to be kept by the device; without scripts there are the ticks."""
    held = session_or_404(request, pk)
    if not held.is_open:
        return redirect("training:session", held.pk)
    seats = _seats(held)
    for seat in seats:
        seat.by_pass, seat.by_code = actions.digests_of(seat)  # type: ignore[attr-defined]  # for the template
    context = {
        "session": held,
        "seats": seats,
        "roster": _roster(seats),
        "late_at": int(held.starts_at.timestamp() + held.late_after * 60) * 1000,
        "until": int(held.ends_at.timestamp() + actions.GRACE.total_seconds()) * 1000,
        "reasons": REASONS[:4],
        "words": json.dumps(door_words()),
        "regions": apps.get_model("onboarding", "Region").objects.order_by("code"),
        "legal_forms": apps.get_model("onboarding", "Vendor")._meta.get_field("legal_form").choices,
        "takes_guests": held.audience == Session.Audience.VENDORS,
        "pass_path": reverse("training:receive_pass", args=["-"])[:-2],
    }
    return render(request, "training/door.html", context)


@require_safe
@login_not_required
def door_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers in place of the network; it holds nothing of anybody."""
    answer = render(
        request, "training/door_worker.js", content_type="text/javascript; charset=utf-8"
    )
    answer["Service-Worker-Allowed"] = request.path.rpartition("/")[0] + "/"
    answer["Cache-Control"] = "no-cache"
    return answer


@require_POST
@permission_required(TAKE, raise_exception=True)
def sync_scans(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what a device saw; sent twice it is answered the same and counts once."""
    held = session_or_404(request, pk)
    try:
        report, seen, strange = read_door(request.body)
    except (NotFromDoor, RawPostDataException):  # a form, not what our page sends
        sentence = _("This was not sent by the page at the door. Load the page again.")
        return JsonResponse({"sentence": sentence}, status=400)
    outcomes = actions.record_scans(held, report=report, seen=seen, by=request.user)
    outcomes |= {one: ("refused", "strange") for one in strange if one}
    held.refresh_from_db()
    seats = _seats(held)
    answer = JsonResponse(
        {
            "now": int(timezone.now().timestamp() * 1000),
            "open": held.is_open,
            "roster": _roster(seats),
            "scans": {
                one: [outcome, remark_words(remark)] for one, (outcome, remark) in outcomes.items()
            },
            "seats": {seat.pk: [_ms(seat.arrived_at), _ms(seat.left_at)] for seat in seats},
            "disagreements": actions.open_disagreements(held).count(),
        }
    )
    add_never_cache_headers(answer)
    return answer


@require_POST
@permission_required(TAKE, raise_exception=True)
def import_scans(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the file of a device that could not send; the same marks are never counted twice."""
    held = session_or_404(request, pk)
    form = DoorFileForm(request.POST, request.FILES)
    if not form.is_valid():
        actions.note_refusal(held, code=form_code(form), by=request.user)
        messages.error(request, " ".join(str(one) for one in form.errors.get("file", [])))
        return redirect("training:session", held.pk)
    report, seen, _strange = form.cleaned_data["file"]
    outcomes = actions.record_scans(held, report=report, seen=seen, by=request.user)
    sentence = ngettext(
        "%(count)d mark of the file is taken in. What was known already is counted once.",
        "%(count)d marks of the file are taken in. What was known already is counted once.",
        len(outcomes),
    )
    messages.success(request, sentence % {"count": len(outcomes)})
    return redirect("training:session", held.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(TAKE, raise_exception=True)
def settle_scans(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what devices say of one seat, and settle it with a reason."""
    rows = Scan.objects.visible_to(request.user).select_related("session", "seat__vendor", "by")
    scan = get_object_or_404(rows, pk=pk)
    form = SettleForm(request.POST or None)
    context = {"scan": scan, "form": form, "told": _told(scan)}
    page = "training/settle_scans.html"
    if request.method != "POST" or not form.is_valid():
        return render(request, page, context, status=400 if request.method == "POST" else 200)
    try:
        actions.settle_scans(scan, **form.cleaned_data, by=request.user)
    except Refused as error:
        form.add_error(None, error.sentence)
        return render(request, page, context, status=409)
    messages.success(request, _("This is settled. The reason stays on record."))
    return redirect("training:session", scan.session_id)


def door_of_session(request: HttpRequest, held: Session) -> dict[str, Any]:
    """Return what the page of a session says of its door: disagreements, refusals, devices."""
    if not request.user.has_perm(TAKE):
        return {}
    if not is_begun(held):
        return {"door_file_form": None, "has_door": True}
    rows = held.scans.filter(
        outcome__in=(Scan.Outcome.DISPUTED, Scan.Outcome.REFUSED), settled_at__isnull=True
    )
    scans = list(rows.select_related("seat__vendor", "by")[:MOST_SHOWN])
    for scan in scans:
        scan.says = remark_words(scan.remark)  # type: ignore[attr-defined]  # for the template
    devices = list(held.devices.select_related("by"))
    unheard = set(actions.unheard_devices(devices)) if held.is_open else set()
    for device in devices:
        device.is_unheard = device in unheard  # type: ignore[attr-defined]  # for the template
        device.minutes_off = round(device.clock_ahead / 60)  # type: ignore[attr-defined]  # likewise
    return {
        "has_door": True,
        "door_devices": devices,
        "door_file_form": DoorFileForm(),
        "disputed": [scan for scan in scans if scan.outcome == Scan.Outcome.DISPUTED],
        "refused": [scan for scan in scans if scan.outcome == Scan.Outcome.REFUSED],
    }


def _seats(held: Session) -> list[Seat]:
    rows = held.seats.filter(state__in=SEATED).select_related("vendor", "agency")
    return sorted(rows, key=lambda seat: (seat.name.casefold(), seat.pk))


def _roster(seats: Iterable[Seat]) -> str:
    """Return a mark of the list, by which a device sees that it has an old one."""
    told = [(seat.pk, seat.pass_version) for seat in seats]
    return hashlib.sha256(json.dumps([sorted(told), settings.VERSION]).encode()).hexdigest()[:16]


def _ms(moment: Any) -> int:
    return int(moment.timestamp() * 1000) if moment else 0


def _told(scan: Scan) -> list[Scan]:
    """Return all that was said of the same seat, in the order in which it happened."""
    if scan.seat_id is None:
        return [scan]
    rows = Scan.objects.filter(session=scan.session_id, seat=scan.seat_id).select_related("by")
    return sorted(rows[:MOST_SHOWN], key=lambda one: one.at)
