"""Two firms that were one: what a merge changed, so that it can be undone exactly, and the samples
after which many pairs are merged at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from onboarding.models import User


class MergeQuerySet(models.QuerySet["Merge"]):
    """A merge shows facts of both firms, so it is seen only by those who see the firm kept."""

    def visible_to(self, user: User) -> MergeQuerySet:
        """Keep the merges into firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(kept__in=user.vendors_in_sight())

    def standing(self) -> MergeQuerySet:
        """Leave out the merges that were undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """One firm taken into another. ``values`` and ``moved`` are pages of ``workflows.ledger``: the
    facts of the kept firm before and after, and every row that changed hands."""

    kept = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(
        "onboarding.FirmPair", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    values = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    #: Papers that were in force when they changed hands, with their state then.
    in_force = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undo_reason = models.CharField(max_length=500, blank=True)
    #: What a person changed after the merge, so that it stayed as it is when the merge was undone.
    left = models.JSONField(default=list)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("merged",),
                condition=Q(undone_at__isnull=True),
                name="a_firm_is_merged_into_one",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("merged")), name="a_firm_is_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class PairSample(models.Model):
    """Pairs drawn by a stored seed and judged one by one before the rest of their band is merged.

    The rest are the open pairs of the band up to ``until_pair``. One "two businesses" in the sample
    stops it, and the rest is looked at one by one.
    """

    band = models.CharField(max_length=9)
    seed = models.PositiveBigIntegerField()
    pairs = models.JSONField(default=list)
    until_pair = models.PositiveBigIntegerField()
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    merged = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("band",),
                condition=Q(stopped_at__isnull=True, finished_at__isnull=True),
                name="one_open_sample_per_band",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="sample_confirmed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.band} #{self.pk}"
