"""Acting for an owner who cannot do it alone: with consent, by name, for a while, and never by
those who judge the firm afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import roles
from onboarding.models import Vendor
from workflows import audit, messages
from workflows.actions.consenting import note_consent
from workflows.deadlines import end_of_day
from workflows.errors import NotAllowed, Refused
from workflows.models import Assistance, Case, Consent, Setting
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import User


@transaction.atomic
def begin_assistance(
    vendor: Vendor, *, consent_of: str, way: str, note: str = "", by: User
) -> Assistance:
    """Write down that the owner lets this person act for the firm, and tell the owner so.

    Raises ``Refused`` when the person is already helping, or has a case of the firm in hand.
    """
    check_may(by, "workflows.assist_owner", vendor)
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)  # pressed twice, begun once
    check_no_kinship(by, vendor)
    if Assistance.objects.running_by(by).filter(vendor=vendor).exists():
        raise Refused(_("You already help this business."))
    if Case.objects.filter(vendor=vendor, owner=by).exists():
        raise Refused(
            _("You have the case of this business in hand. Give it back first: who helps an owner"
              " does not judge the papers.")
        )  # fmt: skip
    assistance = Assistance.objects.create(
        vendor=vendor,
        helper=by,
        consent_of=consent_of,
        way=way,
        note=note,
        ends_at=end_of_day(Setting.value_of("assistance_days")),
    )
    audit.record(
        "begin_assistance", by=by, vendor=vendor, assistance=assistance.pk, way=assistance.way
    )
    note_consent(vendor, purpose=Consent.Purpose.PROCESSING, by=by)
    messages.tell_vendor(
        vendor, "assistance", key=f"assistance:{assistance.pk}", assistance=assistance
    )
    return assistance


@transaction.atomic
def end_assistance(assistance: Assistance, *, by: User) -> Assistance:
    """The helper, the owner or an officer ends it; what was done stays done."""
    may_end = by.pk == assistance.helper_id or by.may("workflows.end_assistance")
    if not may_end:
        raise NotAllowed(_("Your role cannot do this."))
    check_may(by, "workflows.own_page", assistance.vendor)
    ended = Assistance.objects.filter(pk=assistance.pk, ended_at__isnull=True).update(
        ended_at=timezone.now(), ended_by=by
    )
    if ended:
        audit.record("end_assistance", by=by, vendor=assistance.vendor, assistance=assistance.pk)
    assistance.refresh_from_db()
    return assistance


def check_acts_for(vendor: Vendor, by: User) -> Assistance | None:
    """On the owner's pages stands the owner, or somebody the owner lets act. Raises
    ``NotAllowed``."""
    if by.role == roles.VENDOR:
        return None
    assistance = Assistance.objects.running_by(by).filter(vendor=vendor).first()
    if assistance is None:
        raise NotAllowed(_("Only the owner acts here, or somebody whom the owner lets act."))
    return assistance
