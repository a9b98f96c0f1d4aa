"""Many cases approved at once: a batch drawn by a stored seed, a sample of it opened, one order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from onboarding.models.sight import OwnQuerySet


class BulkApprovalQuerySet(OwnQuerySet):
    """A batch is in the hands of who drew it."""

    own = "drawn_by"


class BulkApproval(models.Model):
    """Cases in which every check was green when they were drawn, to be approved in one order.

    ``sample`` are the cases that must be opened first, ``opened`` those that were. ``results``
    tells by case ("" approved, else why it was left out), so that a killed worker goes on.
    """

    region = models.ForeignKey(
        "onboarding.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cases = models.JSONField(default=list)
    seed = models.PositiveBigIntegerField()
    sample = models.JSONField(default=list)
    opened = models.JSONField(default=list)
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    #: The number that the approver typed.
    typed = models.PositiveIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    results = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("drawn_by",),
                condition=Q(dropped_at__isnull=True, finished_at__isnull=True),
                name="one_open_approval_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ({len(self.cases)})"

    @property
    def approved(self) -> list[int]:
        """The cases that were approved, in the order in which it happened."""
        return [int(pk) for pk, why in self.results.items() if not why]
