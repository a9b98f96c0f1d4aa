"""Pages on their way: photographed one by one, kept on the server until the paper is sent."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from documents.models.asked import DocumentType
from documents.models.sight import PageQuerySet, SightQuerySet


class DraftPageQuerySet(PageQuerySet):
    """A page on its way belongs to a firm through its draft."""

    vendor_lookup = "draft__vendor"


class PaperDraft(models.Model):
    """A paper that is being photographed; one for a firm and a kind of paper, gone when sent.

    ``key`` becomes the upload key of the paper, so that a draft is sent once.
    """

    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="drafts")
    document_type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=36, unique=True)
    declared = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("vendor", "document_type"), name="one_draft_a_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.document_type_id} ({self.begun_at:%d.%m.%Y})"


class DraftPage(models.Model):
    """One photo or file of a draft; ``received`` of its ``size`` bytes are here.

    A browser that lost its connection asks how many came and goes on from there; ``key`` is made
    by the browser, so that the same photo is one page however often it is sent.
    """

    draft = models.ForeignKey(PaperDraft, on_delete=models.CASCADE, related_name="pages")
    key = models.CharField(max_length=36)
    position = models.PositiveSmallIntegerField()
    original_name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=120, unique=True)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    #: What the child process saw once every byte was here; no hash means that it was not kept.
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=8, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    flags = models.JSONField(default=list, blank=True)
    small_as = models.CharField(max_length=120, blank=True)
    refusal = models.CharField(max_length=20, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)

    objects = DraftPageQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("draft", "key"), name="one_page_a_photo"),
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")), name="no_more_than_its_size"
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_whole(self) -> bool:
        """Every byte is here."""
        return self.received == self.size

    @property
    def is_kept(self) -> bool:
        """It is whole, and it may become part of a paper."""
        return bool(self.sha256)
