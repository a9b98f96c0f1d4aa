"""A paper on its way from a phone: page by page, checked once more, then sent."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

import documents.actions
from documents.actions.receiving import BYTES_A_FILE
from documents.errors import FileRefused
from documents.models import Paper, PaperDraft
from documents.sentences import refusal_sentence
from onboarding.models import Vendor
from workflows import posting
from workflows.actions.papers import check_window, hand_in_judged
from workflows.models import Setting
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile

    from documents.actions import Piece
    from documents.models import DocumentType, DraftPage, PaperMissed
    from onboarding.models import User


def add_piece(vendor: Vendor, *, document_type: DocumentType, piece: Piece, by: User) -> DraftPage:
    """Take a part of a photo for a firm whose papers may be handed in now."""
    check_window(vendor, by, document_type)
    draft = documents.actions.open_draft(vendor.pk, document_type=document_type, by=by)
    return documents.actions.add_piece(draft, piece=piece, by=by)


def add_files(
    vendor: Vendor, *, draft: PaperDraft, files: Sequence[UploadedFile], form_key: str, by: User
) -> None:
    """Put files that a form without scripts brought behind the pages that are there. None is read
    into memory before all were found small enough. The same form sent again adds nothing, and goes
    on where a first attempt was cut off."""
    if any((file.size or 0) > BYTES_A_FILE for file in files):
        kind = draft.document_type
        documents.actions.note_refusal(vendor.pk, document_type=kind, code="too_large", by=by)
        raise FileRefused(refusal_sentence("too_large"), code="too_large")
    for position, file in enumerate(files):
        content = file.read()
        name = f"{form_key}:{position}:{hashlib.sha256(content).hexdigest()}"
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, name))
        received = draft.pages.filter(key=key).values_list("received", flat=True).first() or 0
        piece = documents.actions.Piece(
            key=key,
            name=file.name or "",
            size=len(content),
            offset=received,
            content=content[received:],
        )
        page = add_piece(vendor, document_type=draft.document_type, piece=piece, by=by)
        if page.refusal:
            documents.actions.remove_page(draft, key=page.key)
            raise FileRefused(refusal_sentence(page.refusal), code=page.refusal)
    with transaction.atomic():
        posting.hold()  # pieces are no acts on the trail, so the form is kept by itself


@transaction.atomic
def send_draft(vendor: Vendor, *, draft: PaperDraft, by: User) -> Paper:
    """Hand in the pages of a draft in their order; the draft is gone, its key counts once.

    Both in one transaction, on the pages as they are now: a page that another phone adds meanwhile
    is in the paper or still in a draft, never lost. ``PaperDraft.DoesNotExist``: it was sent.
    """
    # The firm before its draft, as a merge does, or the two would wait for each other.
    vendor = Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    held = PaperDraft.objects.select_for_update(of=("self",)).select_related("document_type")
    draft = held.get(pk=draft.pk)
    paper = hand_in_judged(
        vendor,
        document_type=draft.document_type,
        judge=lambda: documents.actions.judged_pages(draft),
        declared=draft.declared,
        upload_key=draft.key,
        by=by,
    )
    documents.actions.drop_draft(draft)
    return paper


@transaction.atomic
def miss_paper(vendor: Vendor, *, document_type: DocumentType, by: User) -> PaperMissed:
    """Record that the owner does not have a paper that is asked."""
    check_may(by, "workflows.hand_in_paper", vendor)
    return documents.actions.miss_paper(vendor.pk, document_type=document_type, by=by)


def remove_old_drafts(*, now: datetime, by: User) -> int:
    """Remove papers that were begun and not touched for as long as the setting says."""
    days = Setting.value_of("draft_days")
    return documents.actions.remove_drafts(until=now - timedelta(days=days), by=by)
