"""The head of the trail day by day, which is kept outside too, and how each walk along it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from typing import Self

    from onboarding.models import User

ACT = "workflows.view_heads"


class OfTheTrailQuerySet(models.QuerySet):
    """Heads and walks name nobody; they are for those who answer for the trail."""

    def visible_to(self, user: User) -> Self:
        """Keep everything for those who hold the act, and nothing for others."""
        return self if user.may(ACT) else self.none()


class TrailCheckQuerySet(OfTheTrailQuerySet):
    """Walks along the trail."""

    def last_ended(self) -> TrailCheck | None:
        """The last walk that came to an end: what it found is how the trail is known to be."""
        return cast("TrailCheck | None", self.exclude(is_sound=None).order_by("-pk").first())


class TrailHead(models.Model):
    """Where the chain of the trail ended when a day began: the last event, its link, how many."""

    day = models.DateField(unique=True)
    last_event = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    taken_at = models.DateTimeField(default=timezone.now)

    objects = OfTheTrailQuerySet.as_manager()

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day} {self.hash[:16]}"


class TrailCheck(models.Model):
    """One walk along the whole chain: how far it came, and what it found (see ``verifying``).

    ``is_sound`` is unknown while it walks, and of one that was never finished.
    """

    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    events = models.PositiveBigIntegerField(default=0)
    last_event = models.PositiveBigIntegerField(default=0)
    #: Up to which id the looks that were sealed so far reach.
    looks = models.PositiveBigIntegerField(default=0)
    is_sound = models.BooleanField(null=True, blank=True)
    first_bad = models.PositiveBigIntegerField(null=True, blank=True)

    objects = TrailCheckQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d}: {self.is_sound}"
