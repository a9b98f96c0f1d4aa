"""Numbering and signing letters: the number comes from the agenda desk, never from us, never
twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, letters
from workflows.errors import NumberTaken, Refused
from workflows.models import Letter
from workflows.office_letters import follow_date
from workflows.rights import check_may

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User


def number_letter(letter: Letter, *, number: str, dated_on: date, by: User) -> Letter:
    """Type in the agenda number; a number is used once a year, also when its letter was
    cancelled."""
    check_may(by, "workflows.number_letter")
    number = " ".join(number.split())
    if not number:
        raise Refused(_("Type the number that the agenda desk gave."))
    try:
        with transaction.atomic():
            letter = _locked(letter, Letter.State.DRAFT)
            letter.number, letter.dated_on, letter.year = number, dated_on, dated_on.year
            letter.state = Letter.State.NUMBERED
            follow_date(letter)
            letter.save(update_fields=["number", "dated_on", "year", "state", "content"])
            audit.record(
                "number_letter", by=by, vendor=letter.vendor, letter=letter.pk, number=number
            )
    except IntegrityError:
        raise NumberTaken(
            _("The number %(number)s was already used in %(year)s. Ask the agenda desk again.")
            % {"number": number, "year": dated_on.year}
        ) from None
    return letter


@transaction.atomic
def sign_letter(letter: Letter, *, signed_by_name: str, signed_on: date, by: User) -> Letter:
    """Record the signature; the letter is rendered for the last time, without DRAF, and kept."""
    check_may(by, "workflows.number_letter")
    letter = _locked(letter, Letter.State.NUMBERED)
    if letters.is_erased(letter):
        raise Refused(letters.erased_words(letter))
    if signed_on > timezone.localdate():
        raise Refused(_("This date is in the future."))
    letter.signed_by_name, letter.signed_on = signed_by_name, signed_on
    letter.state = Letter.State.SIGNED
    letters.store_signed(letter)
    letter.save()
    audit.record("sign_letter", by=by, vendor=letter.vendor, letter=letter.pk, sha256=letter.sha256)
    return letter


@transaction.atomic
def cancel_letter(letter: Letter, *, reason: str, by: User) -> Letter:
    """Cancel a letter that was not signed; its number, if it had one, stays used."""
    check_may(by, "workflows.number_letter")
    letter = _locked(letter, Letter.State.DRAFT, Letter.State.NUMBERED)
    letter.state = Letter.State.CANCELLED
    letter.save(update_fields=["state"])
    audit.record("cancel_letter", by=by, vendor=letter.vendor, reason=reason, letter=letter.pk)
    return letter


def _locked(letter: Letter, *states: str) -> Letter:
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state not in states:
        raise Refused(_("This letter is “%(state)s” now.") % {"state": letter.get_state_display()})
    return letter
