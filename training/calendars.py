"""Sessions as calendar programmes read them (RFC 5545), without the name of any person.

An entry keeps its UID for good; SEQUENCE grows when the session is moved or cancelled, so that a
programme replaces what it had.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from training.models import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

ZONE = "Asia/Jakarta"
STATUS = {
    Session.State.PLANNED: "CONFIRMED",
    Session.State.CLOSED: "CONFIRMED",
    Session.State.CANCELLED: "CANCELLED",
}
#: How often a programme should ask again.
EVERY = timedelta(hours=6)


def entry_of(session: Session) -> bytes:
    """Return one session as a file for its participants: place, links, materials."""
    with translation.override("id"):
        materials = [f"{one.title}: {one.url}" for one in session.syllabus.materials.all()]
        calendar = _calendar()
        calendar.add_component(_event(session, more=materials))
        return bytes(calendar.to_ical())


def sessions_ics(sessions: Iterable[Session], *, name: str = "") -> bytes:
    """Return several sessions as one calendar for staff; each entry leads to its page."""
    with translation.override("id"):
        calendar = _calendar()
        calendar.add("x-wr-calname", name or _("Technical guidance"))
        calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
        for session in sessions:
            event = _event(session)
            event.add("url", settings.SITE_URL + reverse("training:session", args=[session.pk]))
            calendar.add_component(event)
        return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Mitra BEJO//Bimtek//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_zone())
    return calendar


def _event(session: Session, *, more: Iterable[str] = ()) -> Event:
    zone = ZoneInfo(ZONE)
    is_cancelled = session.state == Session.State.CANCELLED
    event = Event()
    event.add("uid", f"bimtek-{session.pk}-{session.created_at:%Y%m%dT%H%M%SZ}@mitra-bejo")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", session.ends_at.astimezone(zone))
    event.add("summary", session.title)
    event.add("location", ", ".join(filter(None, (session.place, session.address))))
    event.add("description", "\n".join((*_lines(session), *more)))
    event.add("status", STATUS[Session.State(session.state)])
    event.add("sequence", session.changes + is_cancelled)
    return event


def _lines(session: Session) -> Iterable[str]:
    if session.state == Session.State.CANCELLED:
        yield _("This session is cancelled.")
    yield f"{_('For whom')}: {session.get_audience_display()}"
    if session.category:
        yield f"{_('Category of goods')}: {session.category}"
    yield f"{_('Language')}: {session.get_language_display()}"
    if session.map_url:
        yield f"{_('Map')}: {session.map_url}"
    if session.online_url:
        yield f"{_('Online meeting')}: {session.online_url}"
    yield _("Free of charge.")


@lru_cache(maxsize=1)
def _zone() -> Timezone:
    return Timezone.from_tzid(ZONE)
