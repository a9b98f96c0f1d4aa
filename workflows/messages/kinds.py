"""Every kind of message by the name of its template, in the words of the office, and who gets it.

Javanese and Madurese have no reviewed text, so there is none: an unreviewed one is never written.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    """What a message is about, and to whom it goes: ``owner``, ``person`` or ``office``."""

    title: Any
    to: str = "owner"


KINDS: Final[dict[str, Kind]] = {
    "invitation": Kind(_("Invitation to guidance")),
    "session_reminder": Kind(_("Reminder of a session")),
    "session_moved": Kind(_("Session moved")),
    "session_cancelled": Kind(_("Session cancelled")),
    "waiting_list": Kind(_("On the waiting list")),
    "seat_offered": Kind(_("A seat is free")),
    "hold_over": Kind(_("Seat no longer held")),
    "guided": Kind(_("Guidance is done, send papers")),
    "missed": Kind(_("Did not come")),
    "certificate": Kind(_("Certificate is ready")),
    "submitted": Kind(_("Papers complete")),
    "correction": Kind(_("To be corrected")),
    "correction_due": Kind(_("Reminder of a correction")),
    "approved": Kind(_("Approved")),
    "rejected": Kind(_("Refused")),
    "registered": Kind(_("Account at the shop")),
    "active": Kind(_("On sale")),
    "suspended": Kind(_("Suspended")),
    "reminder": Kind(_("Reminder to go on")),
    "lapsed": Kind(_("Lapsed")),
    "assistance": Kind(_("Somebody helps")),
    "change_asked": Kind(_("A change is asked for")),
    "approved_change": Kind(_("Change approved")),
    "rejected_change": Kind(_("Change refused")),
    "lapsed_change": Kind(_("Change lapsed")),
    "support": Kind(_("Fault on a platform taken down")),
    "support_answered": Kind(_("Fault on a platform answered")),
    "invitation_person": Kind(_("Invitation to guidance"), "person"),
    "session_reminder_person": Kind(_("Reminder of a session"), "person"),
    "session_moved_person": Kind(_("Session moved"), "person"),
    "session_cancelled_person": Kind(_("Session cancelled"), "person"),
    "seat_offered_person": Kind(_("A seat is free"), "person"),
    "hold_over_person": Kind(_("Seat no longer held"), "person"),
    "certificate_person": Kind(_("Certificate is ready"), "person"),
    "complaint": Kind(_("Complaint received"), "person"),
    "complaint_answered": Kind(_("Complaint answered"), "person"),
    "own_work": Kind(_("What is due today"), "person"),
    "late_digest": Kind(_("What is late"), "person"),
    "browsing_alert": Kind(_("Unusual browsing"), "person"),
    "monthly_note": Kind(_("Monthly note to an office"), "person"),
    "breach": Kind(_("Data got out")),
    "breach_drill": Kind(_("Drill of a breach"), "person"),
    "trail_head": Kind(_("Head of the trail"), "person"),
    "trail_broken": Kind(_("Trail is broken"), "person"),
    "person_invited": Kind(_("Invitation to an account"), "person"),
    "request": Kind(_("Request to an office"), "office"),
    "request_reminder": Kind(_("Reminder to an office"), "office"),
}
