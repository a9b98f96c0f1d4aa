"""Certificates: numbered in one piece when they are ordered, drawn by the machine, revoked with a
reason.

Numbers are drawn with the order, under the lock of their year, so that a worker that dies can
neither leave a gap nor give a number twice: it only draws what has no file yet.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.codes import new_code
from training.errors import Refused
from training.models import SEATED, Certificate, CertificateBatch, CertificateYear, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

NUMBER_FORMAT: Final = "SERT/{year}/{running:05d}"
LESSON: Final = timedelta(minutes=45)


@transaction.atomic
def order_certificates(
    session: Session, *, signed_by_name: str, signed_on: date, by: Any
) -> CertificateBatch:
    """Number a certificate for everybody who was there and has none, and order their drawing.

    Who left before half of the session gets none, nor does anybody whose certificate was revoked
    (that takes ``reissue_certificate``). A batch that the machine gave up is ordered again.
    Raises ``Refused`` while the sheet is open, while a batch is being drawn, and when nobody waits.
    """
    _check_may_issue(by, signed_on)
    session = Session.objects.select_for_update().get(pk=session.pk)
    _check_is_closed(session)
    batch = session.batches.filter(finished_at__isnull=True).first()
    if batch is not None and not batch.has_failed:
        raise Refused(_("The certificates of this session are being made."))
    if batch is not None:
        CertificateBatch.objects.filter(pk=batch.pk).update(has_failed=False)
        batch.has_failed = False
    else:
        seats = list(due_seats(session).filter(certificates__isnull=True))
        if not seats:
            raise Refused(_("Everybody who was there has a certificate already."))
        batch = _number(session, seats, signed_by_name, signed_on, by)
    events.certificates_ordered.send(sender=CertificateBatch, batch=batch, by=by)
    return batch


@transaction.atomic
def reissue_certificate(
    certificate: Certificate, *, name: str, signed_by_name: str, signed_on: date, by: Any
) -> CertificateBatch:
    """Number a new certificate in place of a revoked one, with the name as it should be."""
    _check_may_issue(by, signed_on)
    if certificate.is_erased:
        raise Refused(_("The holder's data was erased, so this certificate cannot be issued anew."))
    session = Session.objects.select_for_update().get(pk=certificate.seat.session_id)
    _check_is_closed(session)
    seat = due_seats(session).filter(pk=certificate.seat_id).first()
    if seat is None:
        raise Refused(_("Only those who were there for at least half of it get a certificate."))
    if seat.certificates.filter(revoked_at__isnull=True).exists():
        raise Refused(_("There is a valid certificate. Revoke it first."))
    batch = _number(session, [seat], signed_by_name, signed_on, by, name=name)
    events.certificates_ordered.send(sender=CertificateBatch, batch=batch, by=by)
    return batch


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Any) -> Certificate:
    """Take a certificate back, with a reason; its number and its public page stay."""
    if not by.has_perm("training.issue_certificates"):
        raise Refused(_("Your role cannot do this with certificates."))
    held = Certificate.objects.select_for_update(of=("self",)).select_related("seat__vendor")
    certificate = held.get(pk=certificate.pk)
    if certificate.revoked_at is not None:
        raise Refused(_("This certificate is revoked already."))
    certificate.revoked_at, certificate.revoked_by = timezone.now(), by
    certificate.revoke_reason = reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    events.certificate_revoked.send(
        sender=Certificate, certificate=certificate, reason=reason, by=by
    )
    return certificate


def keep_certificate(certificate: Certificate, *, pdf: bytes, beat: Callable[[], None]) -> None:
    """Keep the file of one certificate and count it; ``beat`` raises when the work was taken
    away, and ``Refused`` when the batch was given up meanwhile."""
    name = default_storage.save(f"certificates/{uuid.uuid4().hex}.pdf", ContentFile(pdf))
    try:
        with transaction.atomic():
            _check_is_made(certificate.batch_id)  # the batch first, as who orders it once more
            beat()
            certificate.stored_as, certificate.sha256 = name, hashlib.sha256(pdf).hexdigest()
            certificate.save(update_fields=["stored_as", "sha256"])
            CertificateBatch.objects.filter(pk=certificate.batch_id).update(made=F("made") + 1)
    except BaseException:
        default_storage.delete(name)
        raise


@transaction.atomic
def finish_batch(
    batch: CertificateBatch, *, bundle: bytes, beat: Callable[[], None], by: Any
) -> CertificateBatch:
    """Keep all certificates of a batch in one file to be printed; the batch is done."""
    _check_is_made(batch.pk)
    beat()
    name = f"certificates/{uuid.uuid4().hex}.pdf"
    batch.stored_as = default_storage.save(name, ContentFile(bundle))
    batch.finished_at = timezone.now()
    batch.save(update_fields=["stored_as", "finished_at"])
    events.certificates_made.send(sender=CertificateBatch, batch=batch, by=by)
    return batch


def give_up_batch(batch_id: int, *, by: Any) -> None:
    """Say on the session's page that the certificates could not be made; numbers stay given."""
    del by
    CertificateBatch.objects.filter(pk=batch_id, finished_at__isnull=True).update(has_failed=True)


def due_seats(session: Session) -> QuerySet[Seat]:
    """Who was there and did not leave before half of the session, in the order of the list."""
    half = session.starts_at + (session.ends_at - session.starts_at) / 2
    was_there = session.seats.filter(state__in=SEATED, arrived_at__isnull=False)
    stayed = was_there.filter(Q(left_at__isnull=True) | Q(left_at__gte=half))
    return stayed.select_related("vendor", "agency").order_by("vendor__name", "person_name", "pk")


def lesson_hours(session: Session) -> int:
    """Lesson hours (*JP*) of a session: whole lessons of 45 minutes, at least one."""
    return max(1, (session.ends_at - session.starts_at) // LESSON)


def _number(
    session: Session,
    seats: Sequence[Seat],
    signed_by_name: str,
    signed_on: date,
    by: Any,
    *,
    name: str = "",
) -> CertificateBatch:
    batch = CertificateBatch.objects.create(session=session, wanted=len(seats), ordered_by=by)
    year = signed_on.year
    CertificateYear.objects.get_or_create(year=year)
    counter = CertificateYear.objects.select_for_update().get(year=year)
    shared = {
        "title": session.title,
        "hours": lesson_hours(session),
        "taught": session.syllabus.title,
        "version": session.syllabus.version,
        "day": timezone.localdate(session.starts_at).isoformat(),
        "place": session.place,
        "signed_by_name": signed_by_name,
        "signed_on": signed_on.isoformat(),
    }
    Certificate.objects.bulk_create(
        (
            Certificate(
                number=NUMBER_FORMAT.format(year=year, running=running),
                code=new_code(),
                seat=seat,
                batch=batch,
                facts={**shared, "name": name or seat.attendee, "business": _business(seat)},
            )
            for running, seat in enumerate(seats, start=counter.last + 1)
        ),
        batch_size=500,
    )
    counter.last += len(seats)
    counter.save(update_fields=["last"])
    return batch


def _business(seat: Seat) -> str:
    if seat.vendor is not None:
        return str(seat.vendor.name)
    return str(seat.agency.name) if seat.agency else ""


def _check_is_made(batch_id: int) -> None:
    """Lock the batch: what was drawn while data of a holder was erased must not be kept."""
    batch = CertificateBatch.objects.select_for_update().get(pk=batch_id)
    if not batch.is_working:
        raise Refused(_("These certificates are no longer being made. Order them once more."))


def _check_may_issue(by: Any, signed_on: date) -> None:
    if not by.has_perm("training.issue_certificates"):
        raise Refused(_("Your role cannot do this with certificates."))
    if signed_on > timezone.localdate():
        raise Refused(_("This date is in the future."))


def _check_is_closed(session: Session) -> None:
    if session.state != Session.State.CLOSED:
        raise Refused(_("Certificates are made once the attendance sheet is closed."))
