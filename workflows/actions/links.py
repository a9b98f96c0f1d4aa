"""Links that an officer makes for an owner to paste into WhatsApp: one purpose, kept as a hash."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

import onboarding.actions
from onboarding import roles
from onboarding.actions.people import hash_token
from onboarding.models import User
from workflows import audit
from workflows.errors import LinkNotValid, NotAllowed, Refused
from workflows.models import AccessLink
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from onboarding.models import Membership, Vendor

LIFETIME = {
    AccessLink.Purpose.SIGN_IN: timedelta(hours=24),
    AccessLink.Purpose.STATUS: timedelta(days=180),
}


@transaction.atomic
def make_access_link(vendor: Vendor, *, purpose: str, by: User) -> tuple[AccessLink, str]:
    """Make a link and return it with its token, which is shown once and kept nowhere.

    A new sign-in link makes the older ones worthless.
    """
    check_may(by, "workflows.make_access_link", vendor)
    check_no_kinship(by, vendor)
    if purpose == AccessLink.Purpose.SIGN_IN and not (vendor.phone or vendor.email):
        raise Refused(_("Write down the owner’s phone number or e-mail first."))
    now = timezone.now()
    if purpose == AccessLink.Purpose.SIGN_IN:
        vendor.access_links.filter(
            purpose=purpose, used_at__isnull=True, revoked_at__isnull=True
        ).update(revoked_at=now)
    token = secrets.token_urlsafe(24)
    link = AccessLink.objects.create(
        purpose=purpose,
        token_hash=hash_token(token),
        vendor=vendor,
        created_by=by,
        expires_at=now + LIFETIME[AccessLink.Purpose(purpose)],
    )
    audit.record("make_access_link", by=by, vendor=vendor, purpose=purpose, link=link.pk)
    return link, token


@transaction.atomic
def open_link(token: str, *, purpose: str) -> tuple[AccessLink, User | None]:
    """Exchange a token. A sign-in link is used up and returns the owner's account, proved by the
    officer who made it, whose own account is on; a status link returns no account. Raises
    ``LinkNotValid``."""
    now = timezone.now()
    link = (
        AccessLink.objects.select_for_update()
        .select_related("vendor", "created_by")
        .filter(token_hash=hash_token(token), purpose=purpose)
        .filter(Q(expires_at__gt=now), revoked_at__isnull=True, used_at__isnull=True)
        .first()
    )
    is_for_sign_in = purpose == AccessLink.Purpose.SIGN_IN
    if link is None or (is_for_sign_in and not link.created_by.is_active):
        raise LinkNotValid(
            _("This link has expired or was already used. Ask the officer for a new one.")
        )
    if not is_for_sign_in:
        return link, None
    vendor = link.vendor
    owner = onboarding.actions.open_owner_account(phone=vendor.phone) if vendor.phone else None
    owner = owner or onboarding.actions.open_owner_account(email=vendor.email)
    if owner is None or owner.role != roles.VENDOR or not owner.is_active:
        raise NotAllowed(_("This contact belongs to another account. Ask the officer."))
    onboarding.actions.confirm_contact(vendor, owner, by=link.created_by)
    link.used_at = now
    link.save(update_fields=["used_at"])
    audit.record("use_sign_in_link", by=owner, vendor=vendor, link=link.pk)
    return link, owner


@transaction.atomic
def confirm_contact(membership: Membership, *, by: User) -> Membership:
    """An officer vouches, by name, that this person owns this firm."""
    check_may(by, "workflows.confirm_contact", membership.vendor)
    check_no_kinship(by, membership.vendor)
    return onboarding.actions.confirm_contact(membership.vendor, membership.user, by=by)
