"""Taking a paper in: whole or not at all, byte for byte, once."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from config.gate.doors import DOCUMENT, plain_name
from documents import events, requirements
from documents.actions.judging import judge_path
from documents.errors import FileRefused, PaperFrozen
from documents.models import DocumentType, Paper, PaperFile, PaperMissed, Reading, Requirement
from documents.sentences import refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.core.files import File
    from django.core.files.uploadedfile import UploadedFile

FILES_A_PAPER = 20
BYTES_A_FILE = DOCUMENT.most_bytes
MEETINGS = 5


@dataclass(frozen=True)
class Judged:
    """An uploaded file that may be kept: its type and pages as the child process saw them."""

    file: File[bytes]
    sha256: str
    kind: str
    pages: int
    flags: list[str] = field(default_factory=list)


def receive_paper(
    vendor_id: int,
    *,
    document_type: DocumentType,
    files: Sequence[UploadedFile],
    declared: dict[str, str],
    upload_key: str = "",
    by: Any,
) -> Paper:
    """Keep a new version of a document and order its reading.

    The same ``upload_key`` sent again (a retry, a double tap) returns the paper it made the first
    time. Raises ``FileRefused`` (with a code) before anything is stored, ``PaperFrozen`` when the
    version in force may no longer be replaced.
    """
    again = _upload_before(vendor_id, upload_key)
    if again is not None:
        return again
    return receive_judged(
        vendor_id,
        document_type=document_type,
        judged=judge_files(files),
        check=lambda: None,
        declared=declared,
        upload_key=upload_key,
        by=by,
    )


def receive_judged(
    vendor_id: int,
    *,
    document_type: DocumentType,
    judged: list[Judged],
    check: Callable[[], None],
    declared: dict[str, str],
    upload_key: str,
    by: Any,
) -> Paper:
    """Keep files that the child process has seen as a new version; otherwise as ``receive_paper``.

    ``check`` is called first in the keeping transaction: to hold the firm, whose state may have
    changed while the child looked, and to raise where the paper may not come any more.
    """

    def keep() -> Paper:
        return _keep_whole(
            vendor_id,
            document_type=document_type,
            judged=judged,
            check=check,
            declared=declared,
            upload_key=upload_key,
            by=by,
        )

    for _meeting in range(MEETINGS):
        # Of uploads of one document that meet, the later looks again at what is there now.
        with contextlib.suppress(IntegrityError):
            try:
                return keep()
            except FileRefused:
                again = _upload_before(vendor_id, upload_key)
                if again is None:
                    raise
                return again
    return keep()


def _upload_before(vendor_id: int, upload_key: str) -> Paper | None:
    if not upload_key:
        return None
    return Paper.objects.filter(vendor_id=vendor_id, upload_key=upload_key).first()


def _keep_whole(
    vendor_id: int, *, check: Callable[[], None], upload_key: str, **facts: Any
) -> Paper:
    """Files and rows together, or neither."""
    stored: list[str] = []
    try:
        with transaction.atomic():
            check()
            again = _upload_before(vendor_id, upload_key)
            return again or _keep(vendor_id, upload_key=upload_key, stored=stored, **facts)
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


@transaction.atomic
def receive_statement(vendor_id: int, *, document_type: DocumentType, text: str, by: Any) -> Paper:
    """Keep a statement that the owner agreed to in the system: the very text, the hour, the
    person."""
    declared = {"statement": text}
    digest = hashlib.sha256(text.encode()).hexdigest()
    version = _replace_before(vendor_id, document_type, digest, declared)
    paper = Paper.objects.create(
        vendor_id=vendor_id,
        document_type=document_type,
        version=version,
        state=Paper.State.READ,
        declared=declared,
        digest=digest,
        received_by=by,
    )
    PaperMissed.objects.filter(vendor_id=vendor_id, document_type=document_type).delete()
    events.statement_received.send(sender=Paper, paper=paper, by=by)
    return paper


def judge_files(files: Sequence[UploadedFile]) -> list[Judged]:
    """Judge every file in a child process before anything of it is kept. Raises ``FileRefused``."""
    if not files:
        raise FileRefused(_("Choose at least one file or photo."), code="no_file")
    if len(files) > FILES_A_PAPER:
        raise FileRefused(refusal_sentence("too_many_pages"), code="too_many_pages")
    return [_judge(file) for file in files]


def _judge(file: UploadedFile) -> Judged:
    if (file.size or 0) > BYTES_A_FILE:
        raise FileRefused(refusal_sentence("too_large"), code="too_large")  # not copied first
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        seen = judge_path(Path(copy.name), name=file.name or "")
    file.seek(0)
    return Judged(file, digest.hexdigest(), seen.kind, seen.pages, seen.flags)


def _keep(
    vendor_id: int,
    *,
    document_type: DocumentType,
    judged: list[Judged],
    declared: dict[str, str],
    upload_key: str,
    by: Any,
    stored: list[str],
) -> Paper:
    digest = hashlib.sha256("".join(item.sha256 for item in judged).encode()).hexdigest()
    version = _replace_before(vendor_id, document_type, digest, declared)
    paper = Paper.objects.create(
        vendor_id=vendor_id,
        document_type=document_type,
        version=version,
        declared=declared,
        digest=digest,
        upload_key=upload_key,
        received_by=by,
    )
    for position, item in enumerate(judged, start=1):
        stored_as = default_storage.save(f"papers/{uuid.uuid4().hex}", item.file)
        stored.append(stored_as)
        PaperFile.objects.create(
            paper=paper,
            position=position,
            original_name=plain_name(item.file.name or ""),
            stored_as=stored_as,
            sha256=item.sha256,
            size=item.file.size or 0,
            kind=item.kind,
            flags=item.flags,
        )
    Reading.objects.create(paper=paper, pages_total=sum(item.pages for item in judged))
    PaperMissed.objects.filter(vendor_id=vendor_id, document_type=document_type).delete()
    events.paper_received.send(sender=Paper, paper=paper, by=by)
    return paper


def _replace_before(
    vendor_id: int, document_type: DocumentType, digest: str, declared: dict[str, str]
) -> int:
    """Take what is in force out of force; returns the version that the next paper has.

    A firm that took in another one may have newer versions than the one in force.
    """
    papers = list(
        Paper.objects.select_for_update()
        .filter(vendor_id=vendor_id, document_type=document_type)
        .order_by("-version")
    )
    for before in papers:
        if before.state != Paper.State.REPLACED:
            _may_replace(before, digest, declared)
            Paper.objects.filter(pk=before.pk).update(state=Paper.State.REPLACED)
    return papers[0].version + 1 if papers else 1


def _may_replace(before: Paper, digest: str, declared: dict[str, str]) -> None:
    if before.frozen_at is not None:
        raise PaperFrozen(
            _("This paper is being decided on and cannot be replaced now. Ask the officer.")
        )
    unchanged = before.digest == digest and before.declared == declared
    if unchanged and before.state != Paper.State.RETURNED:
        raise FileRefused(
            _("This is the same file that you sent before. It is safe with us; nothing to do."),
            code="same_file",
        )


def missing_papers(vendor_id: int, *, legal_form: str, today: date) -> tuple[str, ...]:
    """Return the slugs of required papers that are not in force yet, in the order shown."""
    rules = [
        requirements.Requirement(
            slug=rule.document_type_id,
            legal_form=rule.legal_form,
            level=cast("requirements.Level", rule.level),
            from_on=rule.from_on,
            until_on=rule.until_on,
            basis=rule.basis,
        )
        for rule in Requirement.objects.filter(legal_form=legal_form)
    ]
    in_force = Paper.objects.filter(
        vendor_id=vendor_id,
        state__in=(
            Paper.State.RECEIVED,
            Paper.State.READ,
            Paper.State.UNREADABLE,
            Paper.State.ACCEPTED,
        ),
    ).values_list("document_type_id", flat=True)
    required = requirements.required_for(legal_form, rules, today)
    return requirements.missing(required, set(in_force))
