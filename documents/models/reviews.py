"""What people say of a value that the machine read: officers review, owners object."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.papers import Paper
from documents.models.readings import ReadValue
from documents.models.sight import PageQuerySet


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
