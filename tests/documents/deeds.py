"""Sample deeds handed in and read, for the tests of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from documents import actions
from documents.models import DocumentType, Paper
from onboarding.models import User
from tests import factories as make

if TYPE_CHECKING:
    from onboarding.models import Vendor
    from workflows.sample_deeds import SampleDeed


def hand_in_deed(vendor: Vendor, deed: SampleDeed, *, more: bytes = b"", **declared: str) -> Paper:
    """A deed that waits to be read; ``more`` bytes at its end make the same deed another file."""
    return actions.receive_paper(
        vendor.pk,
        document_type=DocumentType.objects.get(slug="akta-pendirian"),
        files=[SimpleUploadedFile(path.name, path.read_bytes() + more) for path in deed.files],
        declared=declared,
        by=make.owner_of(vendor),
    )


def read(paper: Paper) -> Paper:
    """The paper as the machine has read it."""
    actions.read_paper(paper.pk, by=User.objects.system(), beat=lambda: None)
    return Paper.objects.get(pk=paper.pk)
