"""Accounts: staff and offices by invitation only, owners by a contact that they prove to be
theirs."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events, roles
from onboarding.actions.devices import drop_sessions
from onboarding.errors import NotAllowed, Refused
from onboarding.models import Invitation, Membership, SignOn, User, Vendor

if TYPE_CHECKING:
    from onboarding.models import Agency

INVITATION_LIFETIME = timedelta(days=7)
PROOFS_ALLOWED = 5


def hash_token(token: str) -> str:
    """Tokens are kept as hashes, so that a copy of the database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *, email: str, full_name: str, role: str, agency: Agency | None, by: User
) -> Invitation:
    """Invite one person to one role; the token leaves only with the event, for the message.

    Earlier invitations of the address end, so that no other role than the last can be taken up.
    """
    if not by.may("onboarding.manage_people"):
        raise NotAllowed(_("Your role cannot invite people."))
    if role in (roles.AGENCY, roles.COOPERATIVE) and agency is None:
        raise Refused(_("Choose the office that this person works for."))
    ended = _end_invitations(email)
    _check_no_account(email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=hash_token(token),
        email=email.lower(),
        full_name=full_name,
        role=role,
        agency=agency,
        created_by=by,
        expires_at=timezone.now() + INVITATION_LIFETIME,
    )
    events.person_invited.send(
        sender=Invitation, invitation=invitation, token=token, ended=ended, by=by
    )
    return invitation


def _end_invitations(email: str) -> list[int]:
    """Run out what is open; one that is being taken up now is waited for."""
    now = timezone.now()
    unused = Invitation.objects.filter(email__iexact=email, used_at__isnull=True)
    open_still = unused.filter(expires_at__gt=now).order_by("pk")
    ended = list(open_still.select_for_update().values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=ended).update(expires_at=now)
    return ended


def _check_no_account(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is already an account with this e-mail."))


def find_invitation(token: str) -> Invitation:
    """Return the invitation behind a token, or refuse with the one sentence for every failure."""
    invitation = Invitation.objects.standing().filter(token_hash=hash_token(token)).first()
    if invitation is None:
        raise Refused(
            _("This invitation has expired or was already used. Ask the Bureau for a new one.")
        )
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str) -> User:
    """Open the account that the invitation names, once.

    Raises ``Refused`` when it ended or was used, or its address has an account by now, be it since
    this very moment, by another link.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not Invitation.objects.standing().filter(pk=invitation.pk).exists():
        raise Refused(
            _("This invitation has expired or was already used. Ask the Bureau for a new one.")
        )
    _check_no_account(invitation.email)
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email,
                password,
                role=invitation.role,
                full_name=invitation.full_name,
                agency=invitation.agency,
                is_staff=invitation.role == roles.ADMIN,
            )
    except IntegrityError as taken:
        raise Refused(_("There is already an account with this e-mail.")) from taken
    invitation.used_at, invitation.used_by = timezone.now(), user
    invitation.save(update_fields=["used_at", "used_by"])
    events.account_changed.send(sender=User, user=user, act="accept_invitation", by=user)
    return user


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Take back an invitation that went to a wrong address or role; its link opens nothing more."""
    if not by.may("onboarding.manage_people"):
        raise NotAllowed(_("Your role cannot invite people."))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.used_at is not None:
        raise Refused(_("This invitation was already used. Switch off the account instead."))
    now = timezone.now()
    if invitation.expires_at <= now:  # a second tab: it is so already
        return invitation
    invitation.expires_at = now
    invitation.save(update_fields=["expires_at"])
    events.invitation_withdrawn.send(sender=Invitation, invitation=invitation, by=by)
    return invitation


@transaction.atomic
def set_person_active(user: User, *, active: bool, by: User) -> User:
    """Switch an account on or off; people are never deleted. Switching off ends every session."""
    if not by.may("onboarding.manage_people"):
        raise NotAllowed(_("Your role cannot change accounts."))
    if user.pk == by.pk:
        raise Refused(_("You cannot switch off your own account."))
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:  # a second tab: it is so already
        return user
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        drop_sessions(UserSession.objects.filter(user=user))
    act = "switch_on_account" if active else "switch_off_account"
    events.account_changed.send(sender=User, user=user, act=act, by=by)
    return user


@transaction.atomic
def reset_factors(user: User, *, reason: str, by: User) -> int:
    """Take away what a person lost (app, passkeys, recovery codes, sign-on); they set up another.

    Ends every session of theirs. Returns how many were taken away. Raises ``Refused`` for one's
    own account, without a reason, and when there is nothing.
    """
    if not by.may("onboarding.manage_people"):
        raise NotAllowed(_("Your role cannot change accounts."))
    if user.pk == by.pk:
        raise Refused(_("Another keeper resets your own second step."))
    if not reason.strip():
        raise Refused(_("Say how you made sure that it is this person."))
    user = User.objects.select_for_update().get(pk=user.pk)
    held = Authenticator.objects.filter(user=user)
    count = held.count()
    held.delete()
    count += SignOn.objects.filter(user=user).delete()[0]
    if not count:
        raise Refused(_("This person has no second step."))
    drop_sessions(UserSession.objects.filter(user=user))
    events.account_changed.send(
        sender=User, user=user, act="reset_factors", by=by, reason=reason.strip()
    )
    return count


@transaction.atomic
def link_sign_on(*, issuer: str, subject: str, by: User) -> SignOn:
    """A person ties their account to who they are at the government's sign-on, once.

    That they have just shown a second factor is the page's question. Raises ``Refused`` when the
    subject opens another account, or this account has a sign-on already.
    """
    if by.role == roles.VENDOR:
        raise NotAllowed(_("The sign-on is for staff and offices."))
    if SignOn.objects.filter(user=by).exists():
        raise Refused(_("Your account is already tied to the sign-on."))
    if SignOn.objects.filter(issuer=issuer, subject=subject).exists():
        raise Refused(_("This sign-on already opens another account."))
    link = SignOn.objects.create(user=by, issuer=issuer, subject=subject)
    events.account_changed.send(sender=User, user=by, act="link_sign_on", by=by)
    return link


@transaction.atomic
def unlink_sign_on(*, by: User) -> None:
    """A person unties their account from the sign-on."""
    if not SignOn.objects.filter(user=by).delete()[0]:
        raise Refused(_("Your account is not tied to the sign-on."))
    events.account_changed.send(sender=User, user=by, act="unlink_sign_on", by=by)


@transaction.atomic
def open_owner_account(*, phone: str = "", email: str = "", full_name: str = "") -> User | None:
    """Return the account of an owner's contact, opened on the first code if an office named it.

    The contact was typed by an office and proves nothing: the memberships made here are unproved
    and
    show nothing. Returns None for a contact that nobody named (callers answer as if it existed).
    """
    contact = {"phone": phone} if phone else {"email__iexact": email}
    user = User.objects.filter(**contact).first()
    firms = list(Vendor.objects.filter(**contact).only("pk", "owner_name", "merged_into")[:50])
    if user is None:
        if not firms:
            return None
        user = User.objects.create_user(
            email or None,
            phone=phone or None,
            role=roles.VENDOR,
            full_name=full_name or firms[0].owner_name,
        )
        events.account_changed.send(sender=User, user=user, act="open_owner_account", by=user)
    if user.role == roles.VENDOR:
        for firm in firms:
            Membership.objects.get_or_create(user=user, vendor=firm.standing_firm())
    return user


@transaction.atomic
def prove_membership(membership: Membership, *, number: str, by: User) -> bool:
    """Tie an owner to a firm by a number that the firm's papers bear (NIB, NPWP or NIK).

    Returns whether it was right. After five wrong tries only an officer can confirm.
    """
    membership = (
        Membership.objects.select_for_update().select_related("vendor").get(pk=membership.pk)
    )
    if membership.user_id != by.pk:
        raise NotAllowed(_("This business was not named with your contact."))
    if membership.proved_at is not None:
        return True
    if membership.failed_proofs >= PROOFS_ALLOWED:
        raise Refused(_("Too many tries. Ask the Bureau’s officer to confirm your contact."))
    digits = "".join(filter(str.isdigit, number))
    firm = membership.vendor
    known = {value for value in (firm.nib, firm.npwp, firm.npwp[1:], firm.nik) if len(value) > 12}
    if digits not in known:
        Membership.objects.filter(pk=membership.pk).update(failed_proofs=F("failed_proofs") + 1)
        return False
    _prove(membership, by=by)
    return True


@transaction.atomic
def confirm_contact(vendor: Vendor, user: User, *, by: User) -> Membership:
    """An officer vouches that this person is the owner of this firm."""
    membership, _made = Membership.objects.get_or_create(user=user, vendor=vendor)
    if membership.proved_at is None:
        _prove(membership, by=by)
    return membership


def _prove(membership: Membership, *, by: User) -> None:
    membership.proved_at, membership.proved_by = timezone.now(), by
    membership.save(update_fields=["proved_at", "proved_by"])
    events.membership_proved.send(sender=Membership, membership=membership, by=by)
