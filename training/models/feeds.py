"""A person's own address for calendar programmes: opened by a secret, kept only as its hash."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """An address is its owner's."""

    def visible_to(self, user: Any) -> CalendarFeedQuerySet:
        """Keep one's own."""
        return self.filter(user=user)


class CalendarFeed(models.Model):
    """One address that shows a person's sessions to their calendar programme, until revoked.

    ``token_hash`` is SHA-256 in hex; the token itself is shown once and kept nowhere.
    """

    user = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(revoked_at__isnull=True),
                name="one_calendar_feed_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"
