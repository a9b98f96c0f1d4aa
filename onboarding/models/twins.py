"""Two firms that may be one: how alike they are, field by field, and what a person said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from onboarding.models.people import User


class FirmPairQuerySet(models.QuerySet["FirmPair"]):
    """A pair names two firms, so it is seen only by those who see both."""

    def visible_to(self, user: User) -> FirmPairQuerySet:
        """Keep the pairs of which both firms are in this person's sight."""
        if user.sees_every_vendor():
            return self
        sight = user.vendors_in_sight()
        return self.filter(first__in=sight, second__in=sight)

    def waiting(self) -> FirmPairQuerySet:
        """Keep the pairs that nobody has judged and of which both firms still stand."""
        return self.filter(
            verdict="open", first__merged_into__isnull=True, second__merged_into__isnull=True
        )


class FirmPair(models.Model):
    """Two firms that look alike. A verdict is remembered, so that nobody is asked twice."""

    class Band(models.TextChoices):
        SAME = "same", _("The same business")
        STRONG = "strong", _("Almost surely the same")
        LOOK = "look", _("Have a look")
        DIFFERENT = "different", _("Different")

    class Verdict(models.TextChoices):
        OPEN = "open", _("Not looked at yet")
        SAME = "same", _("The same business")
        DIFFERENT = "different", _("Two businesses")

    first = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=9, choices=Band.choices)
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=9, choices=Verdict.choices, default=Verdict.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=250, blank=True)

    objects = FirmPairQuerySet.as_manager()

    class Meta:
        ordering = ("-score", "pk")
        constraints = [
            models.UniqueConstraint(fields=("first", "second"), name="a_pair_is_kept_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_pair_has_the_older_firm_first"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="pair_decided_at_and_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=("band", "-score", "id"),
                condition=Q(verdict="open"),
                name="pair_to_look_at",
            ),
            models.Index(fields=("second",), name="pair_by_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id} ({self.band})"
