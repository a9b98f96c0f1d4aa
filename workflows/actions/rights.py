"""What owners may ask of those who keep their data: agree, take it back, correct, take a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import onboarding.actions
import onboarding.errors
from onboarding import roles
from workflows import audit
from workflows.actions.consenting import note_consent, take_back_consent
from workflows.actions.endings import withdraw_vendor
from workflows.errors import NotAllowed, Refused, TakenByAnother
from workflows.models import AccessLink, Consent, FactCorrection
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import Membership, User, Vendor

OWN_PAGE = "workflows.own_page"


@transaction.atomic
def give_consent(vendor: Vendor, *, purpose: str, by: User) -> Consent:
    """The owner agrees to one purpose in the words of today; agreeing twice changes nothing."""
    _demand_owner(vendor, by)
    return note_consent(vendor, purpose=purpose, by=by)


@transaction.atomic
def withdraw_consent(vendor: Vendor, *, purpose: str, by: User) -> None:
    """The owner takes a consent back. Raises ``Refused`` for the one on which all rests."""
    _demand_owner(vendor, by)
    if purpose == Consent.Purpose.PROCESSING:
        raise Refused(
            _("Taking this consent back means leaving the programme. Do that on the page for it.")
        )
    take_back_consent(vendor, purpose=purpose, by=by)


@transaction.atomic
def leave_programme(vendor: Vendor, *, reason: str, by: User) -> Vendor:
    """The owner leaves, and with that takes back that the data is worked with."""
    left = withdraw_vendor(vendor, reason=reason, by=by)
    take_back_consent(vendor, purpose=Consent.Purpose.PROCESSING, by=by)
    return left


@transaction.atomic
def propose_correction(
    vendor: Vendor, *, fact: str, value: str, reason: str, by: User
) -> FactCorrection:
    """The owner says that a fact is wrong and how it is right; an officer decides."""
    _demand_owner(vendor, by)
    if getattr(vendor, fact) == value:
        raise Refused(_("This is already what we have written down."))
    try:
        with transaction.atomic():
            correction = FactCorrection.objects.create(
                vendor=vendor, fact=fact, value=value, reason=reason, proposed_by=by
            )
    except IntegrityError:
        raise Refused(_("You have asked for this already. An officer looks at it.")) from None
    audit.record("propose_correction", by=by, vendor=vendor, field=fact)
    return correction


@transaction.atomic
def settle_correction(
    correction: FactCorrection, *, is_accepted: bool, answer: str, by: User
) -> FactCorrection:
    """An officer writes the owner's word into the facts, or says why not."""
    vendor = correction.vendor
    check_may(by, "onboarding.correct_vendor", vendor)
    check_no_kinship(by, vendor)
    if not is_accepted and not answer:
        raise Refused(_("Write to the owner why it is not changed."))
    state = FactCorrection.State.ACCEPTED if is_accepted else FactCorrection.State.REFUSED
    settled = FactCorrection.objects.filter(
        pk=correction.pk, state=FactCorrection.State.OPEN
    ).update(state=state, settled_by=by, settled_at=timezone.now(), answer=answer)
    if not settled:
        raise TakenByAnother(_("A colleague has just answered this."))
    if is_accepted:
        try:
            onboarding.actions.correct_vendor(
                vendor.refresh(),
                changes={correction.fact: correction.value},
                reason=_("The owner asked for it."),
                by=by,
            )
        except onboarding.errors.Refused as refusal:
            raise Refused(refusal.sentence) from None
    else:
        audit.record("refuse_correction", by=by, vendor=vendor, field=correction.fact)
    correction.refresh_from_db()
    return correction


def note_copy(vendor: Vendor, *, papers: int, by: User) -> None:
    """The owner takes a copy of everything; the trail knows that one was made."""
    _demand_owner(vendor, by)
    audit.record("copy_own_data", by=by, vendor=vendor, papers=papers)


@transaction.atomic
def move_owner(membership: Membership, *, phone: str, by: User) -> User:
    """An owner lost the phone: an officer who knows the owner moves the account to a new number.

    Whoever holds the old phone is signed out, gets no more codes and can use no link. Raises
    ``Refused`` when the number opens another account.
    """
    vendor = membership.vendor
    check_may(by, "workflows.confirm_contact", vendor)
    proved = membership.user.memberships.filter(proved_at__isnull=False)
    firms = [vendor.pk, *proved.values_list("vendor_id", flat=True)]
    check_no_kinship(by, *firms)
    if membership.proved_at is None:
        raise Refused(_("This person has not shown that the business is theirs."))
    old = membership.user.phone
    try:
        user = onboarding.actions.move_owner(membership.user, phone=phone, by=by)
        if old and vendor.phone == old:
            onboarding.actions.correct_vendor(
                vendor.refresh(),
                changes={"phone": phone},
                reason=_("The owner lost the phone."),
                by=by,
            )
    except onboarding.errors.Refused as refusal:
        raise Refused(refusal.sentence) from None
    unused = AccessLink.objects.filter(vendor__in=firms, purpose=AccessLink.Purpose.SIGN_IN)
    unused.filter(used_at__isnull=True, revoked_at__isnull=True).update(revoked_at=timezone.now())
    return user


def _demand_owner(vendor: Vendor, by: User) -> None:
    if by.role != roles.VENDOR:
        raise NotAllowed(_("Only the owner can say this."))
    check_may(by, OWN_PAGE, vendor)
