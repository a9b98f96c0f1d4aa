"""Sessions: what is planned, what was held, one session with its seats."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.gate.keys import read_key
from training import actions
from training.forms.fields import in_rupiah
from training.forms.planning import ToldReasonForm
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

from training.views.door import door_of_session
from training.views.guests import guests_of_session
from training.views.looks import (
    is_begun,
    last_digits,
    look_of_seat,
    look_of_session,
    seats_of,
    session_or_404,
)
from training.views.offices import offices_of_session

PAGE = 25
PEOPLE = 50


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
        row.look = look_of_session(row)  # type: ignore[attr-defined]  # for the template
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
            {"url": reverse("training:calendar"), "label": _("Calendar"), "is_current": False},
        ],
    }
    return render(request, "training/sessions.html", context)


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: where, when, for whom, and the firms that have a seat."""
    return _session_page(request, pk)


@require_POST
@permission_required("training.plan_session", raise_exception=True)
def cancel_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a session with a reason; everybody who had a seat is told."""
    held = session_or_404(request, pk)
    form = ToldReasonForm(request.POST)
    if not form.is_valid():
        return _session_page(request, pk, cancel_form=form, status=400)
    actions.cancel_session(held, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The session is cancelled. Everybody who had a seat is told."))
    return redirect("training:session", pk)


def _session_page(
    request: HttpRequest, pk: int, *, cancel_form: ToldReasonForm | None = None, status: int = 200
) -> HttpResponse:
    rows = Session.objects.visible_to(request.user).with_counts().with_answers()
    held = get_object_or_404(
        rows.select_related("region", "trainer", "syllabus", "closed_by", "series", "venue"), pk=pk
    )
    user = request.user
    seats = seats_of(request, held)
    people, next_pk = _page_of_people(seats.filter(state__in=SEATED), request.GET.get("after", ""))
    is_contact_keeper = user.has_perm("workflows.confirm_contact")
    for seat in people:
        seat.look = look_of_seat(seat, held)  # type: ignore[attr-defined]  # for the template
        phone = seat.vendor.phone if seat.vendor else ""
        seat.phone = phone if is_contact_keeper else last_digits(phone)  # type: ignore[attr-defined]
    sees_letters = user.has_perm("workflows.view_letters")
    context = {
        "session": held,
        "look": look_of_session(held),
        "people": people,
        "next_url": f"?{urlencode({'after': next_pk})}" if next_pk else "",
        "letters": list(held.letters.filter(vendor=None)[:10]) if sees_letters else [],
        "left": held.capacity - held.taken,  # type: ignore[attr-defined]  # annotated
        "is_begun": is_begun(held),
        "for_vendors": held.audience == Session.Audience.VENDORS,
        "may_invite": user.has_perm("workflows.invite_vendors"),
        "may_mark": user.has_perm("training.take_attendance"),
        "may_change": user.has_perm("training.plan_session"),
        "sees_vendors": user.has_perm("workflows.view_vendors"),
        "guests": guests_of_session(request, held),
        **plan_of_session(held),
        **offices_of_session(request, held),
        **door_of_session(request, held),
        "cancel_form": cancel_form or ToldReasonForm(),
        "is_cancelling": cancel_form is not None,
    }
    return render(request, "training/session.html", context, status=status)


def plan_of_session(held: Session) -> dict[str, Any]:
    """Return what was planned beside place and time: who helps, whom it serves, what is taught.

    The three lists are read as one, because this page reads enough already.
    """
    parts = [
        _texts("helpers", held.co_trainers, "full_name", Value("")),
        _texts("served", held.serves, "display_name", Value("")),
        _texts("materials", held.syllabus.materials, "title", F("url")),
    ]
    found: dict[str, list[Any]] = {"helpers": [], "served": [], "materials": []}
    for part, text, url in sorted(parts[0].union(*parts[1:], all=True)):
        found[part].append({"title": text, "url": url} if url else text)
    return {**found, "cost": in_rupiah(held.cost)}


def _texts(part: str, rows: Any, name: str, url: Any) -> Any:
    told = (Value(part), F(name), url)
    return rows.order_by().values_list(*(Cast(one, TextField()) for one in told))


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
    key = read_key(after)
    return rows.filter(pk=key).values_list("starts_at", "pk").first() if key else None


def _first(rows: QuerySet[Session]) -> tuple[list[int], int]:
    found = list(rows.values_list("pk", flat=True)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else 0


def _page_of_people(seats: QuerySet[Seat], after: str) -> tuple[list[Seat], int]:
    last = None
    if key := read_key(after):
        last = seats.filter(pk=key).values_list("vendor__name", "pk").first()
    if last:
        name, pk = last
        seats = seats.filter(Q(vendor__name__gt=name) | Q(vendor__name=name, pk__gt=pk))
    found = list(seats[: PEOPLE + 1])
    return found[:PEOPLE], found[PEOPLE - 1].pk if len(found) > PEOPLE else 0
