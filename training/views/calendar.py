"""The calendar: a month at a time, a file for one session, and a feed for calendar programmes."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training import actions, calendars
from training.models import CalendarFeed, Session
from training.views.looks import look_of_session, session_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest

#: A month of more sessions than this is not read as a calendar any more.
MOST_OF_A_MONTH = 200
#: What the feed holds: programmes keep what they had, so the far past need not come again.
FEED_DAYS_BACK, MOST_OF_A_FEED = 90, 1000
#: A month somebody may ask for; beyond it dates cannot be counted.
YEARS = range(2000, 2100)


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def calendar(request: HttpRequest) -> HttpResponse:
    """The sessions of a month, by day; on a phone, the days on which something happens."""
    first = _month(request.GET.get("month", ""))
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    days = _by_day(request, weeks[0][0], weeks[-1][-1])
    today = timezone.localdate()
    context = {
        "first": first,
        "may_make_feed": request.user.has_perm("training.make_feed"),
        "weeks": [
            [
                {
                    "day": day,
                    "sessions": days.get(day, ()),
                    "is_today": day == today,
                    "is_outside": day.month != first.month,
                }
                for day in week
            ]
            for week in weeks
        ],
        "is_empty": not any(day.month == first.month for day in days),
        "previous": _words_of(first - timedelta(days=1)),
        "next": _words_of(first + timedelta(days=31)),
        "feed": CalendarFeed.objects.filter(user=request.user.pk, revoked_at__isnull=True).first(),
    }
    return render(request, "training/calendar.html", context)


@require_POST
@permission_required("training.make_feed", raise_exception=True)
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make this person's address for calendar programmes, and show it this one time."""
    _feed, token = actions.make_feed(by=request.user)
    url = settings.SITE_URL + reverse("training:feed", args=[token])
    response = render(request, "training/make_feed.html", {"url": url})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@permission_required("training.make_feed", raise_exception=True)
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """Let this person's address stop working."""
    actions.revoke_feed(by=request.user)
    return redirect("training:calendar")


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar programme reads: the sessions in sight of the person whose address it is."""
    user = actions.open_feed(token)
    if user is None:
        raise Http404
    since = timezone.now() - timedelta(days=FEED_DAYS_BACK)
    in_sight = Session.objects.visible_to(user).filter(ends_at__gte=since)
    sessions = in_sight.order_by("starts_at", "pk")[:MOST_OF_A_FEED]
    return _file(calendars.sessions_ics(sessions), "bimtek.ics")


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def session_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One session as a file for a calendar programme."""
    held = session_or_404(request, pk)
    return _file(calendars.entry_of(held), f"bimtek-{held.pk}.ics")


def _by_day(request: HttpRequest, first: date, last: date) -> dict[date, list[Any]]:
    rows = Session.objects.visible_to(request.user).select_related("region")
    rows = rows.filter(starts_at__gte=_midnight(first), starts_at__lt=_midnight(last, more=1))
    days: dict[date, list[Any]] = {}
    for row in rows.order_by("starts_at", "pk")[:MOST_OF_A_MONTH]:
        row.look = look_of_session(row)  # type: ignore[attr-defined]  # for the template
        days.setdefault(timezone.localdate(row.starts_at), []).append(row)
    return days


def _midnight(day: date, *, more: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=more), time.min))


def _month(text: str) -> date:
    """Read 2026-11; what is no month is this month."""
    year, _dash, month = text.partition("-")
    is_number = year.isdecimal() and month.isdecimal() and len(text) == 7
    if is_number and int(year) in YEARS and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return timezone.localdate().replace(day=1)


def _words_of(day: date) -> dict[str, Any]:
    return {"url": f"?month={day:%Y-%m}", "first": day.replace(day=1)}


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
