"""What was handed in: versions of papers, their originals and their pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.asked import DocumentType
from documents.models.sight import PageQuerySet, SightQuerySet


class Paper(models.Model):
    """One version of one document of one firm; a new version replaces the one before, nothing is
    lost."""

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("Received")
        READ = "READ", _("Read")
        UNREADABLE = "UNREADABLE", _("Needs a person to look")
        ACCEPTED = "ACCEPTED", _("Accepted")
        RETURNED = "RETURNED", _("To be corrected")
        REPLACED = "REPLACED", _("Replaced")

    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="papers")
    document_type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="papers")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    declared = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64)
    upload_key = models.CharField(max_length=36, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    sighted_at = models.DateTimeField(null=True, blank=True)
    #: The last day on which it is valid, where it says one.
    valid_until = models.DateField(null=True, blank=True)
    #: The last word of a person on each value, by its path: what ``ValueReview`` keeps, in short.
    reviewed = models.JSONField(default=dict, blank=True)

    objects = SightQuerySet.as_manager()

    class Meta:
        ordering = ("document_type__position", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=("vendor", "document_type", "version"), name="one_paper_per_version"
            ),
            models.UniqueConstraint(
                fields=("vendor", "document_type"),
                condition=~Q(state="REPLACED"),
                name="one_paper_in_force",
            ),
            models.UniqueConstraint(
                fields=("vendor", "upload_key"),
                condition=~Q(upload_key=""),
                name="an_upload_counts_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=("valid_until",),
                condition=Q(valid_until__isnull=False) & ~Q(state="REPLACED"),
                name="paper_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type_id} v{self.version}"

    @property
    def state_in_words(self) -> str:
        """The state; of a kind of paper that no machine reads, "read" would be untrue."""
        if self.state == self.State.READ and not self.document_type.is_read:
            return str(self.State.RECEIVED.label)
        return str(self.get_state_display())

    @property
    def is_being_read(self) -> bool:
        """A worker still has to read it, or is reading it now."""
        return self.state == self.State.RECEIVED


class PaperFile(models.Model):
    """An original, byte for byte as handed in; stored outside the web root under a made-up name."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    original_name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=120, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    #: What it carries beside its pages, by code; officers are told.
    flags = models.JSONField(default=list, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("paper", "position"), name="one_file_per_position"),
        ]

    def __str__(self) -> str:
        return self.original_name


class PageImage(models.Model):
    """A page re-rendered without metadata: the only picture of a paper that a browser is ever
    sent."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    stored_as = models.CharField(max_length=120, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("paper", "number"), name="one_image_per_page"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} p{self.number}"


class Sighting(models.Model):
    """An officer saw the original of a paper: where, when, and what was noticed."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sightings")
    place = models.CharField(_("where"), max_length=120)
    sighted_on = models.DateField(_("seen on"))
    note = models.CharField(_("note"), max_length=250, blank=True)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.paper}: {self.sighted_on}"
