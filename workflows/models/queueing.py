"""How people like their queue: filters, order and columns under a name, for oneself or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
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
