"""What is asked of whom: kinds of paper, and which legal form must hand in which."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from documents.models.sight import SightQuerySet


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


class PaperMissed(models.Model):
    """An owner said "I do not have this": counted, because it shows where people need help."""

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="papers_missed"
    )
    document_type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="missed")
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = SightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("vendor", "document_type"), name="missed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id}: {self.document_type_id}"
