"""Who is invited and why: one computed list for one session, kept with all it was made of."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.sessions import Session


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Who is invited is worked out by those who invite."""

    def visible_to(self, user: Any) -> AllocationQuerySet:
        """Keep the lists of sessions that this person works with."""
        return self.filter(session__in=Session.objects.visible_to(user))


class Allocation(models.Model):
    """A list of firms for the free seats of a session; the same inputs and seed give it again."""

    class State(models.TextChoices):
        WORKING = "WORKING", _("Being worked out")
        DRAFT = "DRAFT", _("Proposed")
        INVITING = "INVITING", _("Being invited")
        USED = "USED", _("Invited")
        DROPPED = "DROPPED", _("Dropped")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="allocations")
    seed = models.PositiveBigIntegerField()
    formula = models.CharField(max_length=20)
    #: Weights, free seats, the regions with their deficit: all that the formula was given.
    inputs = models.JSONField(default=dict)
    inputs_sha256 = models.CharField(max_length=64)
    #: What came out beside the rows: how many others are out by which reason, how even it is.
    outcome = models.JSONField(default=dict)
    seats = models.PositiveSmallIntegerField()
    waiting = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    #: Who pressed "invite all", and whether each firm gets a letter of its own.
    ordered_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    has_own_letters = models.BooleanField(default=False)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.session} · {self.seed}"

    @property
    def is_working(self) -> bool:
        """Whether the machine is still at it."""
        return self.state in (self.State.WORKING, self.State.INVITING)


class AllocationRowQuerySet(models.QuerySet["AllocationRow"]):
    """A row names a firm, so it is seen only by those who see the firm."""

    def visible_to(self, user: Any) -> AllocationRowQuerySet:
        """Keep the rows of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())


class AllocationRow(models.Model):
    """One firm that waited: its terms, its rank, in or out, and why."""

    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="rows")
    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    terms = models.JSONField(default=dict)
    is_in = models.BooleanField()
    reason = models.CharField(max_length=40)
    override_reason = models.CharField(max_length=160, blank=True)
    overridden_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AllocationRowQuerySet.as_manager()

    class Meta:
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(fields=("allocation", "vendor"), name="one_row_per_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.vendor}"
