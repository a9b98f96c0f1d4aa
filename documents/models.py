"""PAPER: what is asked, what was handed in, and what the machine read on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self


class SightQuerySet(models.QuerySet):
    """A paper is seen by those who may view papers *and* see the firm."""

    vendor_lookup = "vendor"

    def visible_to(self, user: Any) -> Self:
        """Keep what belongs to firms in this person's sight."""
        if not user.has_perm("documents.view_papers"):
            return self.none()
        if user.sees_every_vendor():
            return self
        return self.filter(**{f"{self.vendor_lookup}__in": user.vendors_in_sight()})


class PageQuerySet(SightQuerySet):
    """Pages and readings belong to a firm through their paper."""

    vendor_lookup = "paper__vendor"


class DocumentType(models.Model):
    """A kind of paper; who issues it and how it looks are shown to the owner."""

    slug = models.SlugField(primary_key=True, max_length=40)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120, blank=True)
    validity = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_read = models.BooleanField(default=False)
    is_statement = models.BooleanField(default=False)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class Requirement(models.Model):
    """Which legal form must hand in which paper, from when, on which legal basis."""

    class Level(models.TextChoices):
        REQUIRED = "required", _("Required")
        CONDITIONAL = "conditional", _("When it applies")
        OPTIONAL = "optional", _("Optional")

    document_type = models.ForeignKey(
        DocumentType, on_delete=models.PROTECT, related_name="requirements"
    )
    legal_form = models.CharField(max_length=16)
    level = models.CharField(max_length=12, choices=Level.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("legal_form", "document_type__position")
        constraints = [
            models.UniqueConstraint(
                fields=("document_type", "legal_form", "from_on"), name="one_rule_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legal_form}: {self.document_type_id} ({self.level})"


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

    def __str__(self) -> str:
        return f"{self.document_type_id} v{self.version}"

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


class Reading(models.Model):
    """What one version of the reader found on a paper; a machine's word, never a decision.

    ``fields``, ``confidence`` and ``evidence`` hold what is known so far while the paper is being
    read, and everything once it was; ``further`` holds the rest of the reader's answer.
    ``source_hash`` tells the same bytes read in the same way, ``identity`` the same deed.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="reading")
    reader_version = models.CharField(max_length=20, blank=True)
    pages_done = models.PositiveSmallIntegerField(default=0)
    pages_total = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=24, blank=True)
    refusal = models.CharField(max_length=40, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    checks = models.JSONField(default=list, blank=True)
    text = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    confidence = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    further = models.JSONField(default=dict, blank=True)
    source_hash = models.CharField(max_length=64, blank=True, db_index=True)
    identity = models.CharField(max_length=200, blank=True, db_index=True)
    seconds = models.FloatField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.paper}: {self.kind or '…'}"


class ReadValue(models.Model):
    """One value with its evidence: what was declared, what was read, where, how sure."""

    class Verdict(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        DIFFERS = "differs", _("Differs")
        CANNOT_TELL = "cannot_tell", _("Cannot tell")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="values_read")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=40)
    declared = models.CharField(max_length=250, blank=True)
    value = models.CharField(max_length=250, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    confidence = models.FloatField(null=True, blank=True)
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    box = models.JSONField(default=list, blank=True)
    shown_box = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("reading", "position"), name="one_value_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.verdict}"


class Rereading(models.Model):
    """A paper read again by a newer reader: what changed, and the reading that is not in force.

    ``aside`` is the older reading, or the newer one where people had already decided on the older.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="rereadings")
    from_version = models.CharField(max_length=20)
    to_version = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    is_in_force = models.BooleanField(default=False)
    refusal = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=list, blank=True)
    aside = models.JSONField(default=dict, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("-finished_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("paper",),
                condition=Q(finished_at__isnull=True),
                name="one_open_rereading_per_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.from_version} → {self.to_version}"


class ValueReview(models.Model):
    """A person's word on one value that the machine read; rows are only added, the latest counts.

    What the machine said stays beside it, so that its accuracy can be measured.
    """

    class Outcome(models.TextChoices):
        RIGHT = "right", _("The machine is right")
        WRONG = "wrong", _("Something else is right")
        UNREADABLE = "unreadable", _("Cannot be read")

    class Capture(models.TextChoices):
        LAYER = "layer", _("PDF with text")
        SCAN = "scan", _("Scan")
        BILEVEL = "bilevel", _("Black-and-white scan")
        PHOTO = "photo", _("Photo")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="value_reviews")
    path = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    machine_value = models.CharField(max_length=250, blank=True)
    machine_confidence = models.FloatField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    value = models.CharField(max_length=250, blank=True)
    comparison = models.CharField(max_length=12, choices=ReadValue.Verdict.choices, blank=True)
    note = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=24, blank=True)
    capture = models.CharField(max_length=8, choices=Capture.choices)
    reader_version = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=("paper", "path", "id"), name="review_of_a_value"),
            models.Index(fields=("at",), name="review_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.outcome}"


class ValueObjection(models.Model):
    """An owner's word that a value was read wrongly, kept for the officer; the latest counts."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="objections")
    field = models.CharField(max_length=40)
    machine_value = models.CharField(max_length=250, blank=True)
    note = models.CharField(max_length=250)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.field}: {self.note}"
