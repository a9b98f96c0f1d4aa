"""Pages of the meeting room: sessions, who has a seat, who was there."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training import actions
from training.errors import Refused
from training.forms import (
    AttendanceForm,
    CloseSheetForm,
    CorrectAttendanceForm,
    PlanSessionForm,
    ReasonForm,
)
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PAGE = 25
PEOPLE = 50

#: How a session and a seat look: kind, icon, words. Yellow only where somebody must act.
PLANNED = ("info", "cal", gettext_lazy("Planned"))
TO_CLOSE = ("warn", "alert", gettext_lazy("Sheet not closed yet"))
CLOSED = ("ok", "check", gettext_lazy("Sheet closed"))
CANCELLED = ("off", "x", gettext_lazy("Cancelled"))
PRESENT = ("ok", "check", gettext_lazy("Present"))
ABSENT = ("off", "x", gettext_lazy("Absent"))


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """Sessions to come (today's first, then those whose sheet is still open), or the past ones."""
    in_sight = Session.objects.visible_to(request.user)
    is_past = request.GET.get("tab") == "past"
    after = request.GET.get("after", "")
    next_pk: int
    groups, next_pk = _past(in_sight, after) if is_past else _upcoming(in_sight, after)
    pks = [pk for _title, found in groups for pk in found]
    counted = Session.objects.filter(pk__in=pks).with_counts().select_related("region", "trainer")
    rows = {row.pk: row for row in counted}
    for row in rows.values():
        row.look = _look_of_session(row)  # type: ignore[attr-defined]  # for the template
    tab = "past" if is_past else "upcoming"
    context = {
        "groups": [(title, [rows[pk] for pk in found]) for title, found in groups if found],
        "next_url": f"?tab={tab}&after={next_pk}" if next_pk else "",
        "first_url": f"?tab={tab}" if after else "",
        "is_past": is_past,
        "may_plan": request.user.has_perm("training.plan_session"),
        "tabs": [
            {"url": "?tab=upcoming", "label": _("Upcoming"), "is_current": not is_past},
            {"url": "?tab=past", "label": _("Past"), "is_current": is_past},
        ],
    }
    return render(request, "training/sessions.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def plan_session(request: HttpRequest) -> HttpResponse:
    """Plan a session; what was typed is kept when it is refused."""
    form = PlanSessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan_session(by=request.user, **form.facts())
        except Refused as error:
            form.add_error(None, error.sentence)
            return render(request, "training/plan_session.html", {"form": form}, status=409)
        messages.success(request, _("The session is planned. Now invite businesses."))
        return redirect("training:session", planned.pk)
    return render(request, "training/plan_session.html", {"form": form})


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: where, when, for whom, and the firms that have a seat."""
    return _session_page(request, pk)


@require_http_methods(["GET", "POST"])
@permission_required("training.take_attendance", raise_exception=True)
def attendance_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The list at the door: tick who is there, save, and from here close the sheet."""
    held = _session_or_404(request, pk)
    if request.method == "POST":
        return _save_ticks(request, held)
    if not held.is_open:
        return redirect("training:session", held.pk)
    if "close" in request.GET:
        return _confirm_page(request, held)
    seats = list(_seats(request, held).filter(state__in=SEATED))
    words = request.GET.get("q", "").strip()[:80]
    found = [seat for seat in seats if _is_named(seat, words)]
    context = {
        "session": held,
        "seats": found,
        "shown": ",".join(str(seat.vendor_id) for seat in found if seat.is_present),
        "present": sum(seat.is_present for seat in seats),
        "total": len(seats),
        "q": words,
        "is_today": _is_begun(held),
    }
    return render(request, "training/attendance_sheet.html", context)


@require_POST
@permission_required("training.close_sheet", raise_exception=True)
def close_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the sheet, if the counts that were shown still hold."""
    held = _session_or_404(request, pk)
    form = CloseSheetForm(request.POST)
    if not form.is_valid():
        return _confirm_page(request, held, form=form, status=400)
    try:
        actions.close_sheet(held, seen_present=form.cleaned_data["present"], by=request.user)
    except Refused as error:
        error.back_url = reverse("training:attendance_sheet", args=[pk])  # type: ignore[attr-defined]  # read by the page of refusals
        raise
    messages.success(request, _("The sheet is closed. Attendance is now counted."))
    return redirect("training:session", pk)


@require_POST
@permission_required("training.plan_session", raise_exception=True)
def cancel_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session with a reason; everybody who had a seat is told."""
    held = _session_or_404(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _session_page(request, pk, cancel_form=form, status=400)
    actions.cancel_session(held, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The session is cancelled. Everybody who had a seat is told."))
    return redirect("training:session", pk)


@require_http_methods(["GET", "POST"])
@permission_required("training.correct_attendance", raise_exception=True)
def correct_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one firm's presence after closing, with a reason."""
    in_sight = Seat.objects.visible_to(request.user).filter(state__in=SEATED)
    seat = get_object_or_404(in_sight.select_related("session__region", "vendor"), pk=pk)
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
    messages.success(request, _("The attendance of %(name)s is corrected.") % {"name": seat.vendor})
    return redirect("training:session", seat.session_id)


def _session_or_404(request: HttpRequest, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).select_related("region", "trainer", "syllabus")
    return get_object_or_404(rows, pk=pk)


def _seats(request: HttpRequest, held: Session) -> QuerySet[Seat]:
    in_sight = Seat.objects.visible_to(request.user).filter(session=held)
    return in_sight.select_related("vendor").order_by("vendor__name", "pk")


def _session_page(
    request: HttpRequest, pk: int, *, cancel_form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    rows = Session.objects.visible_to(request.user).with_counts()
    held = get_object_or_404(
        rows.select_related("region", "trainer", "syllabus", "closed_by"), pk=pk
    )
    user = request.user
    seats = _seats(request, held)
    people, next_pk = _page_of_people(seats.filter(state__in=SEATED), request.GET.get("after", ""))
    is_contact_keeper = user.has_perm("workflows.confirm_contact")
    for seat in people:
        seat.look = _look_of_seat(seat, held)  # type: ignore[attr-defined]  # for the template
        phone = seat.vendor.phone
        seat.phone = phone if is_contact_keeper else _last_digits(phone)  # type: ignore[attr-defined]
    sees_letters = user.has_perm("workflows.view_letters")
    context = {
        "session": held,
        "look": _look_of_session(held),
        "people": people,
        "next_url": f"?{urlencode({'after': next_pk})}" if next_pk else "",
        "given_back": list(seats.exclude(state__in=SEATED)[:PEOPLE]),
        "letters": list(held.letters.all()[:10]) if sees_letters else [],
        "left": held.capacity - held.taken,  # type: ignore[attr-defined]  # annotated
        "is_begun": _is_begun(held),
        "for_vendors": held.audience == Session.Audience.VENDORS,
        "may_invite": user.has_perm("workflows.invite_vendors"),
        "may_mark": user.has_perm("training.take_attendance"),
        "may_change": user.has_perm("training.plan_session"),
        "sees_vendors": user.has_perm("workflows.view_vendors"),
        "cancel_form": cancel_form or ReasonForm(),
        "is_cancelling": cancel_form is not None,
    }
    return render(request, "training/session.html", context, status=status)


def _save_ticks(request: HttpRequest, held: Session) -> HttpResponse:
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        return redirect("training:attendance_sheet", held.pk)
    changed = actions.mark_attendance(held, present=form.changes(), by=request.user)
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
    seats = list(_seats(request, held).filter(state__in=SEATED))
    present = [seat for seat in seats if seat.is_present]
    absent = [seat for seat in seats if not seat.is_present and not seat.is_walk_in]
    context = {
        "session": held,
        "present": len(present),
        "absent": absent,
        "form": form or CloseSheetForm(initial={"present": len(present)}),
        "is_begun": held.starts_at <= timezone.now(),
    }
    return render(request, "training/close_sheet.html", context, status=status)


def _upcoming(rows: QuerySet[Session], after: str) -> tuple[list[tuple[str, list[int]]], int]:
    tomorrow = timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=1), time.min)
    )
    planned = rows.filter(state=Session.State.PLANNED)
    later = planned.filter(starts_at__gte=tomorrow).order_by("starts_at", "pk")
    mark = _mark(rows, after)
    if mark:
        at, pk = mark
        later = later.filter(Q(starts_at__gt=at) | Q(starts_at=at, pk__gt=pk))
        found, next_pk = _first(later)
        return [(_("Upcoming"), found)], next_pk
    today = planned.filter(
        starts_at__gte=tomorrow - timedelta(days=1), starts_at__lt=tomorrow
    ).order_by("starts_at", "pk")
    unclosed = planned.filter(starts_at__lt=tomorrow - timedelta(days=1))
    found, next_pk = _first(later)
    return [
        (_("Today"), list(today.values_list("pk", flat=True)[:PAGE])),
        (_("Sheet not closed yet"), list(unclosed.values_list("pk", flat=True)[:PAGE])),
        (_("Upcoming"), found),
    ], next_pk


def _past(rows: QuerySet[Session], after: str) -> tuple[list[tuple[str, list[int]]], int]:
    over = rows.exclude(state=Session.State.PLANNED).order_by("-starts_at", "-pk")
    mark = _mark(rows, after)
    if mark:
        at, pk = mark
        over = over.filter(Q(starts_at__lt=at) | Q(starts_at=at, pk__lt=pk))
    found, next_pk = _first(over)
    return [(_("Past"), found)], next_pk


def _mark(rows: QuerySet[Session], after: str) -> tuple[Any, int] | None:
    if not after.isdecimal() or len(after) > 12:
        return None
    return rows.filter(pk=int(after)).values_list("starts_at", "pk").first()


def _first(rows: QuerySet[Session]) -> tuple[list[int], int]:
    found = list(rows.values_list("pk", flat=True)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else 0


def _page_of_people(seats: QuerySet[Seat], after: str) -> tuple[list[Seat], int]:
    last = None
    if after.isdecimal() and len(after) < 12:
        last = seats.filter(pk=int(after)).values_list("vendor__name", "pk").first()
    if last:
        name, pk = last
        seats = seats.filter(Q(vendor__name__gt=name) | Q(vendor__name=name, pk__gt=pk))
    found = list(seats[: PEOPLE + 1])
    return found[:PEOPLE], found[PEOPLE - 1].pk if len(found) > PEOPLE else 0


def _look_of_session(held: Session) -> tuple[str, str, Any]:
    if held.state == Session.State.CLOSED:
        return CLOSED
    if held.state == Session.State.CANCELLED:
        return CANCELLED
    return TO_CLOSE if held.ends_at < timezone.now() else PLANNED


def _look_of_seat(seat: Seat, held: Session) -> tuple[str, str, Any]:
    if seat.is_present:
        return PRESENT
    if held.state == Session.State.CLOSED:
        return ABSENT
    return ("info", "cal", seat.get_state_display())


def _is_begun(held: Session) -> bool:
    return timezone.localdate(held.starts_at) <= timezone.localdate()


def _is_named(seat: Seat, words: str) -> bool:
    return words.casefold() in f"{seat.vendor.name} {seat.vendor.owner_name}".casefold()


def _last_digits(phone: str) -> str:
    return f"•••• {phone[-4:]}" if phone else ""
