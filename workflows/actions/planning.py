"""A session was moved or called off, or its certificates are ready: everybody is told, and letters
not yet sent say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from onboarding.models import User, Vendor
from training.codes import grouped
from workflows import letters, messages
from workflows.actions.guidance import release_vendors
from workflows.models import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.models import CertificateBatch, Seat, Session


@transaction.atomic
def tell_of_move(session: Session, *, was: Session, seats: Iterable[Seat], reason: str) -> int:
    """Tell everybody who has a seat, or waits for one, of the new date or place, with the link by
    which they answer once more; returns how many messages were written.

    A letter that was signed stays as it is: it was sent.
    """
    for letter in session.letters.filter(kind=Letter.Kind.INVITATION, state=Letter.State.DRAFT):
        letter.content = {**letter.content, **letters.words_of_session(session)}
        letter.save(update_fields=["content"])
    key = f"move{session.changes}:{session.pk}"
    told = 0
    for seat in seats:
        told += len(
            messages.tell_guest(
                seat, "session_moved", key=f"{key}:{seat.pk}", was=was, reason=reason
            )
        )
    return told


@transaction.atomic
def call_off_session(
    session: Session, *, vendor_ids: list[int], user_ids: Iterable[int], by: User
) -> list[int]:
    """A session was cancelled: firms without another seat go back to the list, all are told."""
    moved = release_vendors(vendor_ids, session=session, by=by)
    for vendor in Vendor.objects.filter(pk__in=vendor_ids):
        key = f"cancel:{session.pk}:{vendor.pk}"
        messages.tell_vendor(vendor, "session_cancelled", key=key, session=session)
    for person in User.objects.filter(pk__in=list(user_ids), is_active=True).exclude(email=None):
        key = f"cancel:{session.pk}:person:{person.pk}"
        messages.tell_colleague(person, "session_cancelled_person", key=key, session=session)
    return moved


@transaction.atomic
def tell_of_certificates(batch: CertificateBatch) -> int:
    """Tell everybody whose certificate was drawn, once for each; returns how many messages were
    written."""
    drawn = batch.certificates.filter(revoked_at__isnull=True).exclude(stored_as="")
    told = 0
    for one in drawn.select_related("seat__vendor", "seat__user", "seat__session").order_by("pk"):
        url = reverse("workflows:certificate", args=[grouped(one.code)])
        key = f"certificate:{one.pk}"
        facts = {"certificate": one, "check_url": settings.SITE_URL + url}
        told += len(messages.tell_guest(one.seat, "certificate", key=key, **facts))
    return told
