"""The demonstration's papers: drawn once, put on file; the deeds are handed in and really read."""

from __future__ import annotations

import hashlib
import io
import tempfile
import uuid
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

import documents.actions
from documents.models import DocumentType, PageImage, Paper, PaperFile, Reading
from workflows import actions, sample_deeds, statements, tasks
from workflows.models import Job

if TYPE_CHECKING:
    from onboarding.models import User, Vendor
    from workflows.sample_deeds import SampleDeed

TITLES = {
    "ktp": "KARTU TANDA PENDUDUK",
    "nib": "NOMOR INDUK BERUSAHA",
    "npwp": "NOMOR POKOK WAJIB PAJAK",
    "rekening": "BUKU TABUNGAN",
    "foto-produk": "FOTO PRODUK",
    "sk-kemenkumham": "KEPUTUSAN MENTERI HUKUM",
    "sertifikat-pendaftaran": "SERTIFIKAT PENDAFTARAN PERSEROAN PERORANGAN",
}


def file_everything(vendor: Vendor, *, by: User, leave_out: tuple[str, ...] = ()) -> None:
    """Put every plain paper that this firm needs on file, as if the worker had looked at it."""
    missing = documents.actions.missing_papers(
        vendor.pk, legal_form=vendor.legal_form, today=timezone.localdate()
    )
    for slug in missing:
        kind = DocumentType.objects.get(pk=slug)
        if slug in leave_out or kind.is_read:
            continue
        text = statements.text_of(slug, vendor)
        if text:
            documents.actions.receive_statement(vendor.pk, document_type=kind, text=text, by=by)
        else:
            put_on_file(vendor, kind, by)
    actions.submit_if_complete(vendor, by=by)


def hand_in_deed(vendor: Vendor, sample: SampleDeed, *, by: User) -> Paper:
    """Hand a deed in and read it here and now, with Tesseract, as the worker would."""
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in sample.files]
    paper = actions.hand_in_paper(
        vendor,
        document_type=DocumentType.objects.get(pk="akta-pendirian"),
        files=files,
        declared={
            "deed_number": str(sample.deed.number),
            "deed_date": sample.deed.signed_on.isoformat(),
            "notary_name": sample.deed.notary.title(),
        },
        by=by,
    )
    tasks.do_job(Job.objects.get(kind=Job.Kind.READ_PAPER, subject_id=paper.pk).pk)
    return paper


def put_on_file(vendor: Vendor, kind: DocumentType, by: User) -> Paper:
    """File a drawn paper as the next version of its kind, as if the worker had looked at it."""
    before = Paper.objects.filter(vendor=vendor, document_type=kind)
    version = before.count() + 1
    before.update(state=Paper.State.REPLACED)
    original, page, size = _picture(kind.pk)
    digest = hashlib.sha256(original).hexdigest()
    paper = Paper.objects.create(
        vendor=vendor,
        document_type=kind,
        version=version,
        state=Paper.State.READ,
        digest=digest,
        received_by=by,
    )
    PaperFile.objects.create(
        paper=paper,
        position=1,
        original_name=f"{kind.pk}-contoh.jpg",
        stored_as=default_storage.save(f"papers/{uuid.uuid4().hex}", ContentFile(original)),
        sha256=digest,
        size=len(original),
        kind="jpeg",
    )
    PageImage.objects.create(
        paper=paper,
        number=1,
        stored_as=default_storage.save(f"pages/{uuid.uuid4().hex}.webp", ContentFile(page)),
        width=size[0],
        height=size[1],
    )
    Reading.objects.create(
        paper=paper, kind="other", pages_done=1, pages_total=1, finished_at=timezone.now()
    )
    return paper


@cache
def _picture(slug: str) -> tuple[bytes, bytes, tuple[int, int]]:
    with tempfile.TemporaryDirectory() as folder:
        path = sample_deeds.write_paper(
            Path(folder) / "page.jpg",
            TITLES.get(slug, slug.upper()),
            ["CONTOH", "Bukan dokumen resmi", "Dibuat untuk peragaan Mitra BEJO"],
        )
        with Image.open(path) as drawn:
            picture = drawn.convert("RGB")
            picture.thumbnail((900, 900))
    original, page = io.BytesIO(), io.BytesIO()
    picture.save(original, "JPEG", quality=60)
    picture.save(page, "WEBP", quality=60)
    return original.getvalue(), page.getvalue(), picture.size
