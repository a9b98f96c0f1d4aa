"""Pages on their way: a photo comes in pieces, over a bad network, and counts once.

A piece is an object of its own in the store, so it works where nothing can be appended to; when
every byte is here the pieces are joined, seen by the child process and kept or refused. Pieces are
no acts: the trail says that a paper was begun, and that it was received.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from config.gate.doors import plain_name
from documents import events
from documents.actions.judging import judge_path, note_refusal
from documents.actions.receiving import BYTES_A_FILE, FILES_A_PAPER, Judged
from documents.errors import FileRefused, PieceMisplaced
from documents.models import DraftPage, PaperDraft
from documents.sentences import refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from documents.models import DocumentType


@dataclass(frozen=True)
class Piece:
    """A part of a photo: which photo (``key`` is the browser's), where in it, and the bytes.

    ``size`` is that of the whole photo; ``instead`` is the key of the page that it replaces.
    """

    key: str
    name: str
    size: int
    offset: int
    content: bytes
    instead: str = ""


@transaction.atomic
def open_draft(vendor_id: int, *, document_type: DocumentType, by: Any) -> PaperDraft:
    """Return the draft of this paper of a firm; there is one, and whoever may send goes on in
    it."""
    draft, is_new = PaperDraft.objects.get_or_create(
        vendor_id=vendor_id,
        document_type=document_type,
        defaults={"key": str(uuid.uuid4()), "by": by},
    )
    if is_new:
        events.draft_begun.send(sender=PaperDraft, draft=draft, by=by)
    return draft


def add_piece(draft: PaperDraft, *, piece: Piece, by: Any) -> DraftPage:
    """Keep a piece of a photo, and judge the photo when it is the last one; gives the page.

    Raises ``FileRefused`` for what cannot become a page, ``PieceMisplaced`` when the piece does
    not begin where the bytes that are here end: nothing is counted twice.
    """
    asked = draft.document_type
    try:
        page = _append(draft, piece, by=by)
    except FileRefused as refusal:
        note_refusal(draft.vendor_id, document_type=asked, code=refusal.code, by=by)
        raise
    if page.is_whole and not page.is_kept and not page.refusal:
        _settle(page)
        if page.refusal:
            note_refusal(draft.vendor_id, document_type=asked, code=page.refusal, by=by)
    return page


@transaction.atomic
def _append(begun: PaperDraft, piece: Piece, *, by: Any) -> DraftPage:
    draft = PaperDraft.objects.select_for_update().filter(pk=begun.pk).first()
    if draft is None:  # another phone has just sent the paper off
        raise PieceMisplaced(0)
    page = draft.pages.filter(key=piece.key).first() or _new_page(draft, piece)
    if piece.offset != page.received or piece.size != page.size:
        raise PieceMisplaced(page.received)
    if page.received + len(piece.content) > page.size:
        raise FileRefused(refusal_sentence("broken_file"), code="broken_file")
    if piece.content:
        name = _piece_name(page, piece.offset)
        default_storage.delete(name)  # of an attempt that was undone
        default_storage.save(name, ContentFile(piece.content))
        page.received += len(piece.content)
        page.save(update_fields=["received"])
    PaperDraft.objects.filter(pk=draft.pk).update(changed_at=timezone.now(), by=by)
    return page


def _new_page(draft: PaperDraft, piece: Piece) -> DraftPage:
    if piece.size < 1:
        raise FileRefused(refusal_sentence("empty_file"), code="empty_file")
    if piece.size > BYTES_A_FILE:
        raise FileRefused(refusal_sentence("too_large"), code="too_large")
    before = draft.pages.filter(key=piece.instead).first() if piece.instead else None
    if before is None and draft.pages.count() >= FILES_A_PAPER:
        raise FileRefused(refusal_sentence("too_many_pages"), code="too_many_pages")
    last = draft.pages.aggregate(last=Max("position"))["last"] or 0
    if before is not None:
        _remove([before])
    return DraftPage.objects.create(
        draft=draft,
        key=piece.key,
        position=before.position if before else last + 1,
        original_name=plain_name(piece.name),
        stored_as=f"drafts/{uuid.uuid4().hex}",
        size=piece.size,
    )


def _piece_name(page: DraftPage, offset: int) -> str:
    return f"{page.stored_as}.{offset:08d}"


def _settle(page: DraftPage) -> None:
    """Join the pieces, have the child look, and keep the whole or say why not.

    Outside of any transaction, because the child takes its time; of two that meet, one counts.
    """
    pieces = [_piece_name(page, offset) for offset in _offsets(page)]
    found = _judge(page, pieces)
    unsettled = DraftPage.objects.filter(pk=page.pk, sha256="", refusal="")
    if not unsettled.update(**found):
        _delete([found.get("stored_as", ""), found.get("small_as", "")])
        with contextlib.suppress(DraftPage.DoesNotExist):
            page.refresh_from_db()
        return
    for name, value in found.items():
        setattr(page, name, value)
    _delete(pieces)


def _judge(page: DraftPage, pieces: list[str]) -> dict[str, Any]:
    """Give the columns of a page that was seen: what is kept of it, or its refusal."""
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder, "whole"), Path(folder, "small")
        digest = hashlib.sha256()
        with whole.open("wb") as out:
            for name in pieces:
                with default_storage.open(name) as piece:
                    content = piece.read()
                digest.update(content)
                out.write(content)
        if whole.stat().st_size != page.size:
            return {"refusal": "broken_file"}
        try:
            seen = judge_path(whole, name=page.original_name, small=small)
        except FileRefused as refusal:
            return {"refusal": refusal.code[:20]}
        with whole.open("rb") as content_:
            stored_as = default_storage.save(f"drafts/{uuid.uuid4().hex}", File(content_))
        small_as = default_storage.save(
            f"drafts/{uuid.uuid4().hex}.webp", ContentFile(small.read_bytes())
        )
    return {
        "sha256": digest.hexdigest(),
        "kind": seen.kind,
        "pages": seen.pages,
        "flags": seen.flags,
        "stored_as": stored_as,
        "small_as": small_as,
    }


def _delete(names: Sequence[str]) -> None:
    for name in filter(None, names):
        default_storage.delete(name)


def _offsets(page: DraftPage) -> list[int]:
    """Where the pieces begin that are in the store; each begins where the one before ends."""
    offsets, at = [], 0
    while at < page.received and default_storage.exists(_piece_name(page, at)):
        offsets.append(at)
        at += default_storage.size(_piece_name(page, at))
    return offsets


@transaction.atomic
def save_draft(draft: PaperDraft, *, declared: dict[str, str], order: Sequence[str] = ()) -> None:
    """Keep what was filled in, and the order of the pages; keys that are not known are ignored."""
    draft = PaperDraft.objects.select_for_update().get(pk=draft.pk)
    places = {key: at for at, key in enumerate(order)}
    pages = list(draft.pages.all())
    pages.sort(key=lambda page: places.get(page.key, len(places)))
    for position, page in enumerate(pages, start=1):
        DraftPage.objects.filter(pk=page.pk).update(position=position)
    PaperDraft.objects.filter(pk=draft.pk).update(declared=declared, changed_at=timezone.now())


@transaction.atomic
def move_page(draft: PaperDraft, *, key: str, step: int) -> None:
    """Exchange a page with the one before it (-1) or after it (1), where there is one."""
    draft = PaperDraft.objects.select_for_update().get(pk=draft.pk)
    keys = list(draft.pages.values_list("key", flat=True))
    if key not in keys:
        return
    at = keys.index(key)
    to = min(max(at + step, 0), len(keys) - 1)
    keys.insert(to, keys.pop(at))
    save_draft(draft, declared=draft.declared, order=keys)


@transaction.atomic
def remove_page(draft: PaperDraft, *, key: str) -> None:
    """Take a page out of a draft; its bytes go with it."""
    draft = PaperDraft.objects.select_for_update().get(pk=draft.pk)
    _remove(list(draft.pages.filter(key=key)))


def judged_pages(draft: PaperDraft) -> list[Judged]:
    """Return the pages of a draft as they were seen, in order. Raises ``FileRefused``."""
    pages = list(draft.pages.all())
    if not pages:
        raise FileRefused(_("Choose at least one file or photo."), code="no_file")
    for number, page in enumerate(pages, start=1):
        if not page.is_kept:
            raise FileRefused(
                _("Photo %(number)s is not here yet. Take it again, or remove it.")
                % {"number": number},
                code="not_whole",
            )
    return [
        Judged(
            File(default_storage.open(page.stored_as), name=page.original_name),
            page.sha256,
            page.kind,
            page.pages,
            page.flags,
        )
        for page in pages
    ]


@transaction.atomic
def drop_draft(draft: PaperDraft) -> None:
    """Remove a draft, once its paper was received."""
    _remove(list(draft.pages.all()))
    draft.delete()


@transaction.atomic
def remove_drafts(*, until: datetime, most: int = 200, by: Any) -> int:
    """Remove papers that were begun and not touched since; returns how many."""
    old = list(
        PaperDraft.objects.select_for_update().filter(changed_at__lt=until).order_by("pk")[:most]
    )
    if not old:
        return 0
    for draft in old:
        drop_draft(draft)
    events.drafts_removed.send(sender=PaperDraft, count=len(old), until=until, by=by)
    return len(old)


def _remove(pages: list[DraftPage]) -> None:
    """Rows now, bytes once this is certain."""
    names = []
    for page in pages:
        names += [_piece_name(page, offset) for offset in _offsets(page)]
        names += [name for name in (page.stored_as, page.small_as) if name]
    DraftPage.objects.filter(pk__in=[page.pk for page in pages]).delete()

    transaction.on_commit(lambda: _delete(names), robust=True)
