"""Owners with something to send, made quickly, and what must be true of what they sent."""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from bench.failing.ground.web import signed_in
from documents.models import DocumentType, PageImage, Paper, PaperFile
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import AuditEvent
from workflows.sample_deeds.samples import write_paper

if TYPE_CHECKING:
    from onboarding.models import Vendor

PAPER = "ktp"


def hurry() -> None:
    """Passwords of people who sign in by no password need no slow hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Owner:
    """A guided firm, the address at which a paper is sent, and its owner's signed-in browser."""

    def __init__(self, slug: str = PAPER) -> None:
        self.vendor: Vendor = firms.guided()
        self.headers = signed_in(make.owner_of(self.vendor))
        self.path = self.path_of(slug)

    def path_of(self, slug: str) -> str:
        """Where this kind of paper is sent."""
        return reverse("workflows:hand_in_paper", args=[self.vendor.pk, slug])


def photo(least_bytes: int = 0) -> bytes:
    """A JPEG that is different each time, of at least so many bytes."""
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), tuple(random.randbytes(3))).save(
        buffer, "JPEG", comment=random.randbytes(16).hex()
    )
    if least_bytes <= buffer.tell():
        return buffer.getvalue()
    side = int((least_bytes / 1.2) ** 0.5) + 8  # at this quality noise takes 1.3 bytes a point
    noise = np.random.default_rng().integers(0, 255, (side, side), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "JPEG", quality=98)
    return buffer.getvalue()


def hand_in_deed(folder: Path, number: int, pages: int = 1) -> Paper:
    """A deed that the machine really has to read."""
    vendor = firms.guided(legal_form="pt")
    lines = [f"Contoh akta pendirian perseroan terbatas nomor {number} di Kota Surabaya"] * 12
    names = [folder / f"deed-{number}-{page}.jpg" for page in range(pages)]
    files = [
        write_paper(name, f"AKTA CONTOH {number} HALAMAN {page}", lines)
        for page, name in enumerate(names)
    ]
    return actions.hand_in_paper(
        vendor,
        document_type=DocumentType.objects.get(slug="akta-pendirian"),
        files=[SimpleUploadedFile(one.name, one.read_bytes()) for one in files],
        declared={"deed_number": str(number)},
        by=make.owner_of(vendor),
    )


def broken_files() -> int:
    """Rows of papers whose file is not there whole, by size and SHA-256."""
    return sum(not _is_whole(item) for item in PaperFile.objects.all())


def _is_whole(item: PaperFile) -> bool:
    try:
        with default_storage.open(item.stored_as) as stored:
            content = stored.read()
    except FileNotFoundError:
        return False
    return len(content) == item.size and hashlib.sha256(content).hexdigest() == item.sha256


def read_doubly(papers: list[Paper]) -> int:
    """Papers that were read twice, or whose pictures on disk are not those on record."""
    doubled = 0
    for paper in papers:
        events = AuditEvent.objects.filter(vendor=paper.vendor_id, act="read_paper")
        doubled += events.filter(detail__paper=paper.pk).count() > 1
    on_record = {str(name) for name in _pages()}
    on_disk = {f"pages/{name}" for name in _listed("pages")}
    return doubled + len(on_disk - on_record)


def _pages() -> Any:
    return PageImage.objects.values_list("stored_as", flat=True)


def _listed(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
