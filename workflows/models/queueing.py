"""How people like their queue, and who goes on with it while they are away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User


class SavedQueueQuerySet(models.QuerySet["SavedQueue"]):
    """A queue that was kept holds no firm, only what to look for."""

    def visible_to(self, user: User) -> SavedQueueQuerySet:
        """Keep one's own and those that a colleague shares."""
        if not user.may("workflows.work_queue"):
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedQueue(models.Model):
    """A tab with filters, an order and columns; ``query`` is the address behind ``?``."""

    name = models.CharField(_("name"), max_length=40)
    owner = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="queues")
    is_shared = models.BooleanField(_("colleagues may use it"), default=False)
    query = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)

    objects = SavedQueueQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("owner", "name"), name="one_queue_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class LeaveQuerySet(models.QuerySet["Leave"]):
    """When somebody is away is known to those who share the queue."""

    def visible_to(self, user: User) -> LeaveQuerySet:
        """Keep everything for those who work at the queue."""
        return self if user.may("workflows.work_queue") else self.none()

    def running(self, day: date) -> LeaveQuerySet:
        """Keep what covers this day."""
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at__isnull=True)


class Leave(models.Model):
    """Days on which somebody is away: what they hold goes to a colleague, who gets it instead."""

    user = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="leaves")
    cover = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="covers")
    from_on = models.DateField(_("first day away"))
    until_on = models.DateField(_("last day away"))
    planned_at = models.DateTimeField(default=timezone.now)
    #: Ended before its time: called off, or back earlier.
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_leave_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("cover")), name="nobody_covers_for_themselves"
            ),
        ]
        indexes = [
            models.Index(
                fields=("user", "until_on"), condition=Q(ended_at__isnull=True), name="leave_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.from_on} – {self.until_on}"
