"""The list at the door: ticks, the closing of the sheet, its correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from training import actions
from training.errors import Refused
from training.forms.attendance import AttendanceForm, CloseSheetForm, CorrectAttendanceForm
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

from training.views.looks import is_begun, seats_of, session_or_404


@require_http_methods(["GET", "POST"])
@permission_required("training.take_attendance", raise_exception=True)
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list at the door: tick who is there, save, and from here close the sheet."""
    held = session_or_404(request, pk)
    if request.method == "POST":
        return _save_ticks(request, held)
    if not held.is_open:
        return redirect("training:session", held.pk)
    if "close" in request.GET:
        return _confirm_page(request, held)
    return _sheet_page(request, held)


def _sheet_page(
    request: HttpRequest, held: Session, *, form: AttendanceForm | None = None, status: int = 200
) -> HttpResponse:
    ticked = form.ticked() if form else None
    seats = list(seats_of(request, held).filter(state__in=SEATED))
    words = request.GET.get("q", "").strip()[:80]
    found = [seat for seat in seats if _is_named(seat, words)]
    context = {
        "session": held,
        "seats": found,
        "shown": ",".join(str(seat.pk) for seat in found if seat.is_present),
        "form": form or AttendanceForm(),
        "present": sum(seat.is_present for seat in seats),
        "total": len(seats),
        "q": words,
        "is_today": is_begun(held),
    }
    for seat in found:
        seat.is_ticked = seat.is_present if ticked is None else seat.pk in ticked  # type: ignore[attr-defined]  # for the template
    return render(request, "training/attendance_sheet.html", context, status=status)


@require_POST
@permission_required("training.close_sheet", raise_exception=True)
def close_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the sheet, if the counts that were shown still hold."""
    held = session_or_404(request, pk)
    form = CloseSheetForm(request.POST)
    if not form.is_valid():
        return _confirm_page(request, held, form=form, status=400)
    try:
        actions.close_sheet(
            held,
            seen_present=form.cleaned_data["present"],
            despite=form.cleaned_data["despite"],
            by=request.user,
        )
    except Refused as error:
        error.back_url = reverse("training:attendance_sheet", args=[pk])  # type: ignore[attr-defined]  # read by the page of refusals
        raise
    messages.success(request, _("The sheet is closed. Attendance is now counted."))
    return redirect("training:session", pk)


@require_http_methods(["GET", "POST"])
@permission_required("training.correct_attendance", raise_exception=True)
def correct_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one firm's presence after closing, with a reason."""
    in_sight = Seat.objects.visible_to(request.user).filter(state__in=SEATED)
    seat = get_object_or_404(in_sight.select_related("session__region", "vendor", "agency"), pk=pk)
    form = CorrectAttendanceForm(
        request.POST or None, initial={"present": "0" if seat.is_present else "1"}
    )
    context = {"seat": seat, "form": form}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return render(request, "training/correct_attendance.html", context, status=status)
    try:
        actions.correct_attendance(seat, **form.cleaned_data, by=request.user)
    except Refused as error:
        form.add_error(None, error.sentence)
        return render(request, "training/correct_attendance.html", context, status=409)
    messages.success(request, _("The attendance of %(name)s is corrected.") % {"name": seat.name})
    return redirect("training:session", seat.session_id)


def _save_ticks(request: HttpRequest, held: Session) -> HttpResponse:
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        return _sheet_page(request, held, form=form, status=400)
    changed = actions.mark_attendance(
        held, present=form.changes(), reason=form.reason(), via=form.via(), by=request.user
    )
    then, words = form.cleaned_data["then"], form.cleaned_data["q"]
    if changed:
        sentence = ngettext("%(count)d mark saved.", "%(count)d marks saved.", changed)
        messages.success(request, sentence % {"count": changed})
    elif not then:
        messages.info(request, _("Nothing new to save."))
    address = reverse("training:attendance_sheet", args=[held.pk])
    if then == "close":
        return redirect(f"{address}?close=1")
    if then == "search" and words:
        return redirect(f"{address}?{urlencode({'q': words})}")
    return redirect(address)


def _confirm_page(
    request: HttpRequest, held: Session, *, form: CloseSheetForm | None = None, status: int = 200
) -> HttpResponse:
    seats = list(seats_of(request, held).filter(state__in=SEATED))
    present = [seat for seat in seats if seat.is_present]
    absent = [seat for seat in seats if not seat.is_present and not seat.is_walk_in]
    unheard = actions.unheard_devices(held.devices.all())
    context = {
        "session": held,
        "present": len(present),
        "absent": absent,
        "form": form
        or CloseSheetForm(initial={"present": len(present)}, asks_despite=bool(unheard)),
        "is_begun": held.starts_at <= timezone.now(),
        "unheard": unheard,
        "disagreements": actions.open_disagreements(held).count(),
    }
    return render(request, "training/close_sheet.html", context, status=status)


def _is_named(seat: Seat, words: str) -> bool:
    return words.casefold() in f"{seat.name} {seat.attendee}".casefold()
