"""Letters to offices as facts: the request of a campaign and its numbered reminders.

The form of a *surat dinas* stands in ``templates/letters``; the date by which an answer is due is
reckoned anew when the letter gets its own date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import formats, translation

from workflows import calendar
from workflows.models import Holiday, Letter

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import Campaign, ReferralRequest, User

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
LIVE = ~Q(state=Letter.State.CANCELLED)


def office_letter(
    request: ReferralRequest, *, reminder: int, first: Letter | None, by: User
) -> Letter:
    """Put together one letter, unsaved: the request itself (0) or its n-th reminder.

    ``first`` is the letter that a reminder refers to, by its number and date where it has them.
    """
    campaign = request.campaign
    content: dict[str, Any] = {
        "addressee": request.addressee,
        "title": campaign.title,
        "question": campaign.question,
        "criteria": campaign.criteria_lines,
        "criteria_version": campaign.criteria_version,
        "days": campaign.days,
        "due_on": long_date(request.due_on or campaign.due_on),
    }
    if reminder:
        content |= {"nth": roman(reminder), "first_number": "", "first_dated_on": ""}
        if first is not None and first.number and first.dated_on:
            content |= {
                "first_number": first.number,
                "first_dated_on": long_date(first.dated_on),
            }
    return Letter(
        kind=Letter.Kind.REMINDER if reminder else Letter.Kind.REQUEST,
        subject=f"Pengingat {roman(reminder)}: {campaign.title}" if reminder else campaign.title,
        year=campaign.dated_on.year,
        request=request,
        reminder=reminder,
        content=content,
        created_by=by,
    )


def letters_of(campaign: Campaign, reminder: int) -> Any:
    """Return the letters of a campaign that stand, in the order in which they are numbered."""
    return (
        Letter.objects.filter(LIVE, request__campaign=campaign, reminder=reminder)
        .select_related("request__agency", "request__campaign")
        .order_by("request__agency__kind", "request__agency__name", "pk")
    )


def due_from(dated_on: date, days: int) -> date:
    """The day by which a letter of this date is answered: so many working days after it."""
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    return calendar.add_working_days(dated_on, days, holidays)


def follow_date(letter: Letter) -> None:
    """Reckon the due date of a request from the letter's own date; the caller saves the letter."""
    if letter.kind == Letter.Kind.REQUEST and letter.dated_on:
        due_on = due_from(letter.dated_on, int(letter.content["days"]))
        letter.content = {**letter.content, "due_on": long_date(due_on)}


def roman(number: int) -> str:
    """The number of a reminder as offices write it: I, II, III."""
    return ROMAN[number] if number < len(ROMAN) else str(number)


def long_date(day: date) -> str:
    """A date as a letter writes it: 21 November 2026."""
    with translation.override("id"):
        return str(formats.date_format(day, "j F Y"))
