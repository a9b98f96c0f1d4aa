"""What an office says to a request: a list, nothing, more time; through a link, signed in, by
phone."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.actions.people import hash_token
from onboarding.actions.sheets import receive_sheet
from onboarding.errors import NotAllowed, Refused
from onboarding.models import Campaign, ReferralRequest, RequestAnswer

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from onboarding.models import ReferralSheet, User

SALT = "onboarding.request"
#: Calendar days after its date that a link still opens: late answers are answers.
GRACE = timedelta(days=30)
#: Lists that one link takes, so that a link gone astray fills no disk.
MOST_LISTS = 20
Kind, Via = RequestAnswer.Kind, RequestAnswer.Via


def link_token(request: ReferralRequest) -> str:
    """Make the token of a request's link again from its seed and the key of the installation.

    So a message that waits, or is sent again, needs no token in the database.
    """
    facts = f"{request.pk}:{request.link_seed}"
    made = [
        salted_hmac(SALT, facts, secret=key, algorithm="sha256").hexdigest()[:40]
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    # A link that an older key made is sent again as it was, for as long as that key is kept.
    return next((token for token in made if hash_token(token) == request.token_hash), made[0])


def new_link(request: ReferralRequest) -> None:
    """Give a request another link; the earlier one opens nothing. The caller saves it."""
    request.link_seed = secrets.token_hex(16)
    request.token_hash = hash_token(link_token(request))
    last = (request.due_on or timezone.localdate()) + GRACE
    request.link_expires_at = timezone.make_aware(datetime.combine(last, time(23, 59)))


def find_request(*, token: str = "", token_hash: str = "") -> ReferralRequest:
    """Return the request that a link opens, or refuse with the one sentence for every failure."""
    digest = token_hash or hash_token(token)
    request = (
        ReferralRequest.objects.is_open()
        .filter(token_hash=digest, link_expires_at__gt=timezone.now())
        .select_related("campaign", "agency")
        .first()
    )
    if request is None or not constant_time_compare(request.token_hash, digest):
        raise Refused(
            _(
                "This link has expired, was replaced by a newer one, or the request is closed."
                " Ask the Bureau for a new link."
            )
        )
    return request


@transaction.atomic
def answer_request(
    request: ReferralRequest,
    *,
    kind: str,
    via: str,
    said_by: str,
    note: str = "",
    wanted_on: date | None = None,
    by: User,
) -> RequestAnswer:
    """Write down what an office said without a list, with the name of the person who said it.

    "Nothing to report" is an answer; more time and anything else are words that an officer reads.
    Raises ``Refused`` when the request is not open or says which part is missing.
    """
    request = open_for(request, by=by)
    said_by, note = " ".join(said_by.split()), note.strip()
    if not said_by:
        raise Refused(_("Type the name of the person who says so."))
    if not note:
        raise Refused(_("Type a reason, so that the Bureau understands the answer."))
    if kind == Kind.MORE_TIME and (wanted_on is None or wanted_on <= timezone.localdate()):
        raise Refused(_("Choose a day after today until which you need time."))
    if kind == Kind.NOTHING and not ReferralRequest.objects.unlisted().filter(pk=request.pk):
        raise Refused(_("A list of this office is already here, so it has something to report."))
    return _said(request, kind, via, said_by, by, note=note[:500], wanted_on=wanted_on)


@transaction.atomic
def answer_with_list(
    request: ReferralRequest, *, file: UploadedFile, via: str, said_by: str, by: User
) -> ReferralSheet:
    """Take in a list through a request's link: the same road as every other list.

    ``by`` is the system for somebody who came by the link; ``said_by`` is the name they typed.
    """
    request = open_for(request, by=by)
    said_by = " ".join(said_by.split())
    if not said_by:
        raise Refused(_("Type the name of the person who says so."))
    if via == Via.LINK and request.answers.filter(kind=Kind.LIST).count() >= MOST_LISTS:
        raise Refused(_("This link has been used for too many lists. Ask the Bureau."))
    sheet = receive_sheet(file=file, agency=request.agency, request=request, by=by)
    _said(request, Kind.LIST, via, said_by, by, sheet=sheet)
    return sheet


@transaction.atomic
def give_time(request: ReferralRequest, *, due_on: date, by: User) -> ReferralRequest:
    """Move the date of one office; its link opens as much longer."""
    _check_may_run(by)
    request = open_for(request, by=by)
    if request.due_on is None or due_on <= max(request.due_on, timezone.localdate()):
        raise Refused(_("Choose a day after the present date of the request and after today."))
    request.due_on = due_on
    last = timezone.make_aware(datetime.combine(due_on + GRACE, time(23, 59)))
    request.link_expires_at = max(request.link_expires_at or last, last)
    request.save(update_fields=["due_on", "link_expires_at"])
    events.request_changed.send(sender=ReferralRequest, request=request, act="give_time", by=by)
    return request


@transaction.atomic
def change_contact(
    request: ReferralRequest,
    *,
    addressee: str,
    contact_name: str,
    email: str,
    phone: str,
    by: User,
) -> ReferralRequest:
    """Write down whom to write to at one office; an office that was asked gets a new link."""
    _check_may_run(by)
    request = ReferralRequest.objects.select_for_update().get(pk=request.pk)
    has_moved = (request.email, request.phone) != (email, phone)
    request.addressee, request.contact_name = addressee, contact_name
    request.email, request.phone = email, phone
    if request.asked_at and has_moved:
        new_link(request)  # what the wrong person received opens nothing
    request.save()
    events.request_changed.send(
        sender=ReferralRequest, request=request, act="change_contact", by=by
    )
    return request


@transaction.atomic
def renew_link(request: ReferralRequest, *, by: User) -> ReferralRequest:
    """Replace a link that reached the wrong person."""
    _check_may_run(by)
    request = open_for(request, by=by)
    new_link(request)
    request.save(update_fields=["link_seed", "token_hash", "link_expires_at"])
    events.request_changed.send(sender=ReferralRequest, request=request, act="renew_link", by=by)
    return request


def open_for(request: ReferralRequest, *, by: User) -> ReferralRequest:
    """Return the request under lock, if this person may answer it and it is open."""
    if not by.may("onboarding.answer_requests"):
        raise NotAllowed(_("Your role cannot answer for an office."))
    request = (
        ReferralRequest.objects.select_for_update(of=("self",))
        .select_related("campaign", "agency")
        .get(pk=request.pk)
    )
    if by.agency_id and by.agency_id != request.agency_id:
        raise NotAllowed(_("This request was sent to another office."))
    if request.campaign.state != Campaign.State.SENT:
        raise Refused(_("This request is closed. Ask the Bureau if you still want to answer."))
    return request


def _said(
    request: ReferralRequest, kind: str, via: str, said_by: str, by: User, **more: object
) -> RequestAnswer:
    answer = RequestAnswer.objects.create(
        request=request, kind=kind, via=via, said_by=said_by[:120], by=by, **more
    )
    events.request_answered.send(sender=RequestAnswer, answer=answer, by=by)
    return answer


def _check_may_run(by: User) -> None:
    if not by.may("onboarding.run_campaigns"):
        raise NotAllowed(_("Your role cannot write to offices."))
