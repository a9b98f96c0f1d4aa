"""Data that is to be erased, and what was done about it: nothing personal stands here itself."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflows.models.rights import TIME_TO_ANSWER

if TYPE_CHECKING:
    from datetime import datetime

    from onboarding.models import User


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Owners see what became of their own wish, those who decide see all."""

    def visible_to(self, user: User) -> ErasureQuerySet:
        """Keep what this person may see."""
        if user.may("workflows.erase_data"):
            return self
        return self.filter(vendor__in=user.vendors_in_sight())

    def waiting(self) -> ErasureQuerySet:
        """Keep what a person still has to decide; wishes of owners before what the machine listed,
        the oldest first."""
        wish_first = models.Case(models.When(ground=Erasure.Ground.REQUEST, then=0), default=1)
        return self.filter(state=Erasure.State.DUE).order_by(wish_first, "pk")

    def late(self, now: datetime) -> ErasureQuerySet:
        """Keep the wishes of owners that should have been answered before ``now``."""
        asked = self.waiting().filter(ground=Erasure.Ground.REQUEST)
        return asked.filter(listed_at__lt=now - TIME_TO_ANSWER)


class Erasure(models.Model):
    """The personal data of one firm, listed to be erased; a person confirms, or keeps it and says
    why. ``files`` are those that are still to be removed from the store."""

    class Ground(models.TextChoices):
        RETENTION = "retention", _("The time of keeping is over")
        REQUEST = "request", _("The owner asked for it")

    class State(models.TextChoices):
        DUE = "DUE", _("To be decided")
        CONFIRMED = "CONFIRMED", _("Being erased")
        DONE = "DONE", _("Erased")
        KEPT = "KEPT", _("Kept")

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="erasures"
    )
    ground = models.CharField(max_length=9, choices=Ground.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DUE)
    #: The name of its line on the list outside the database.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    listed_at = models.DateTimeField(default=timezone.now)
    listed_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    #: Of data that is kept: when it is listed again.
    again_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("vendor",),
                condition=Q(state__in=("DUE", "CONFIRMED")),
                name="one_open_erasure_a_firm",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="erasure_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id}: {self.state}"

    @property
    def answer_by(self) -> datetime | None:
        """Until when the owner who asked is to be answered; the machine's list has no such day."""
        return self.listed_at + TIME_TO_ANSWER if self.ground == self.Ground.REQUEST else None

    @property
    def is_late(self) -> bool:
        """The time to answer is over, or was when somebody decided."""
        by = self.answer_by
        return by is not None and (self.decided_at or timezone.now()) > by
