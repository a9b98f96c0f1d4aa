"""Photographs of a session and of its signed list: kept as redrawn, never as they were sent."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.errors import Refused, SessionNotOver
from training.models import Session, SessionPicture

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PICTURES: Final = 40


def add_pictures(
    session: Session, *, kind: str, caption: str, pictures: Sequence[bytes], by: Any
) -> list[SessionPicture]:
    """Keep JPEG pictures of a session that has begun; the caller has redrawn them.

    A picture that is there already is not kept twice. Files and rows together, or neither.
    """
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot add photographs."))
    stored: list[str] = []
    try:
        with transaction.atomic():
            return _keep(session, pictures, stored=stored, kind=kind, caption=caption, added_by=by)
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def _keep(
    session: Session, pictures: Sequence[bytes], *, stored: list[str], added_by: Any, **facts: str
) -> list[SessionPicture]:
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.state == Session.State.CANCELLED or session.starts_at > timezone.now():
        raise SessionNotOver(_("Photographs can be added once the session has begun."))
    known = set(session.pictures.values_list("sha256", flat=True))
    fresh = {hashlib.sha256(picture).hexdigest(): picture for picture in pictures}
    fresh = {digest: picture for digest, picture in fresh.items() if digest not in known}
    if not fresh:
        raise Refused(_("This photograph is already there. Nothing to do."))
    if len(known) + len(fresh) > MOST_PICTURES:
        raise Refused(_("A session keeps at most %(most)d photographs.") % {"most": MOST_PICTURES})
    kept = []
    for digest, picture in fresh.items():
        name = default_storage.save(f"sessions/{uuid.uuid4().hex}.jpg", ContentFile(picture))
        stored.append(name)
        row = SessionPicture(session=session, stored_as=name, sha256=digest, **facts)
        row.added_by = added_by
        row.save()
        kept.append(row)
    events.pictures_added.send(sender=SessionPicture, session=session, pictures=kept, by=added_by)
    return kept
