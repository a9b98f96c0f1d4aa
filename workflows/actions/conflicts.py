"""Ties of people of the office to firms: said by themselves, ended by a colleague only; and the
marks by which a tie is found that nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflows import audit, kinship, steps
from workflows.errors import NotAllowed, Refused, SamePerson, TakenByAnother
from workflows.models import Case, Conflict, PersonalMark
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import User, Vendor

DECLARE = "workflows.declare_conflict"
MOST_MARKS = 60


@transaction.atomic
def declare_conflict(vendor: Vendor, *, reason: str, by: User) -> Conflict:
    """Say "I am tied to this business"; from now on no act of this person on it is taken, and a
    case of it in their hands goes back to the queue."""
    check_may(by, DECLARE, vendor)
    if not reason.strip():
        raise Refused(_("Write how you are tied to it."))
    open_case = Case.objects.is_open().filter(vendor=vendor, owner=by).first()
    if open_case is not None:
        _give_back(open_case, by)
    try:
        with transaction.atomic():
            conflict = Conflict.objects.create(user=by, vendor=vendor, reason=reason.strip())
    except IntegrityError:
        raise TakenByAnother(_("You have said this already.")) from None
    audit.record("declare_conflict", by=by, vendor=vendor, reason=conflict.reason)
    return conflict


@transaction.atomic
def end_conflict(conflict: Conflict, *, reason: str, by: User) -> Conflict:
    """Say of a colleague that the tie is over, with a reason; nobody says it of themselves."""
    check_may(by, "workflows.end_conflict", conflict.vendor)
    conflict = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if conflict.user_id == by.pk:
        raise SamePerson(_("A colleague has to say that your tie is over."))
    check_no_kinship(by, conflict.vendor)
    if conflict.ended_at:
        raise TakenByAnother(_("A colleague has already said that this tie is over."))
    if not reason.strip():
        raise Refused(_("Write why the tie is over."))
    conflict.ended_at, conflict.ended_by = timezone.now(), by
    conflict.end_reason = reason.strip()
    conflict.save(update_fields=["ended_at", "ended_by", "end_reason"])
    audit.record(
        "end_conflict", by=by, vendor=conflict.vendor, reason=reason, person=conflict.user_id
    )
    return conflict


@transaction.atomic
def add_mark(*, kind: str, value: str, region: str = "", by: User) -> PersonalMark:
    """State a NIK, phone, e-mail or address of oneself or close family; only a digest is kept.

    ``region`` is the code of the regency or city of an address. The same mark is kept once.
    """
    check_may(by, DECLARE)
    normal = kinship.normal(kind, value, region)
    if not normal:
        raise Refused(_("This cannot be read. Check what you typed."))
    if PersonalMark.objects.filter(user=by).count() >= MOST_MARKS:
        raise Refused(_("You have stated 60 marks already. Remove one first."))
    mark, is_new = PersonalMark.objects.get_or_create(
        user=by, kind=kind, digest=kinship.digest_of(kind, normal)
    )
    if is_new:
        audit.record("add_mark", by=by, kind=kind)
    return mark


@transaction.atomic
def remove_mark(mark: PersonalMark, *, by: User) -> None:
    """Take back one's own mark."""
    check_may(by, DECLARE)
    if mark.user_id != by.pk:
        raise NotAllowed(_("This is not yours."))
    if PersonalMark.objects.filter(pk=mark.pk).delete()[0]:
        audit.record("remove_mark", by=by, kind=mark.kind)


def _give_back(case: Case, by: User) -> None:
    with steps.locked(case.pk) as locked:
        if locked.owner_id != by.pk:
            return
        locked.owner, locked.claimed_at = None, None
        locked.save(update_fields=["owner", "claimed_at"])
        audit.record("give_back_case", by=by, vendor=locked.vendor, case=locked.pk)
