"""After a session, at the desk: photographs through the door of papers, minutes and report,
certificates drawn by the machine."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
import training.actions
from training.models import CertificateBatch, Session
from workflows import audit
from workflows.certificates import draw_certificate
from workflows.errors import NotAllowed, Refused
from workflows.minutes import SUBJECTS, facts_of
from workflows.models import Letter
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile

    from onboarding.models import User
    from training.models import Seat, SessionPicture


def add_pictures(
    session: Session, *, kind: str, caption: str, file: UploadedFile | None, by: User
) -> list[SessionPicture]:
    """Keep a photograph of a session, or the pages of its signed list, drawn anew by the child.

    Raises ``documents.errors.FileRefused`` or ``training.errors.Refused``.
    """
    check_may(by, "training.take_attendance")
    if not Session.objects.visible_to(by).filter(pk=session.pk).exists():
        raise NotAllowed(_("This session is not in your list."))
    pictures = documents.actions.redraw_pictures(file, door="session_picture", by=by)
    return training.actions.add_pictures(
        session, kind=kind, caption=caption, pictures=pictures, by=by
    )


@transaction.atomic
def write_session_paper(session: Session, *, kind: str, by: User) -> Letter:
    """Draft the minutes or the report of a closed session; a draft that is there is put right."""
    check_may(by, "workflows.write_minutes")
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.state != Session.State.CLOSED:
        raise Refused(_("This can be written once the attendance sheet is closed."))
    of_kind = Letter.objects.select_for_update().filter(session=session, kind=kind)
    letter = of_kind.exclude(state=Letter.State.CANCELLED).first()
    if letter is not None and letter.state != Letter.State.DRAFT:
        raise Refused(
            _("This paper has its number already, so it stays as it is. Cancel it to write anew.")
        )
    letter = letter or Letter(kind=kind, session=session, created_by=by)
    letter.subject, letter.year = SUBJECTS[Letter.Kind(kind)], timezone.localdate().year
    letter.content = facts_of(session)
    letter.save()
    audit.record("write_minutes", by=by, session=session.pk, letter=letter.pk, kind=kind)
    return letter


def draw_certificates(batch_id: int, *, by: User, beat: Callable[[], None]) -> CertificateBatch:
    """Draw the certificates of a batch that have no file yet, then bind all of them for printing.

    Done again after a kill it goes on where it stopped; numbers were given with the order. A
    certificate whose holder's data was erased is neither drawn nor bound.
    """
    batch = CertificateBatch.objects.get(pk=batch_id)
    if not batch.is_working:
        return batch
    certificates = batch.certificates.order_by("pk")
    missing = certificates.filter(stored_as="")
    for certificate in [one for one in missing if not one.is_erased]:
        training.actions.keep_certificate(certificate, pdf=draw_certificate(certificate), beat=beat)
    bundle = pikepdf.Pdf.new()
    for name in certificates.exclude(stored_as="").values_list("stored_as", flat=True):
        with (
            default_storage.open(name) as stored,
            pikepdf.Pdf.open(io.BytesIO(stored.read())) as pdf,
        ):
            bundle.pages.extend(pdf.pages)
    content = io.BytesIO()
    bundle.save(content)
    return training.actions.finish_batch(batch, bundle=content.getvalue(), beat=beat, by=by)


@transaction.atomic
def revoke_certificates_of(seat: Seat, *, reason: str, by: User) -> None:
    """Take back the certificate of somebody who, as it was corrected, was not there."""
    for certificate in seat.certificates.filter(revoked_at__isnull=True):
        training.actions.revoke_certificate(certificate, reason=reason, by=by)
