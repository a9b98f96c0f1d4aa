"""Browsing that is out of the ordinary: who opened how much within an hour, and who looked into
it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self

    from onboarding.models import User


class BrowsingAlertQuerySet(models.QuerySet):
    """Alerts are for the head, the auditor and the keeper, never for whom they are about."""

    def visible_to(self, user: User) -> Self:
        """Keep every alert about others for those who watch over the data, for auditors those
        of their period."""
        if not user.may("workflows.view_alerts"):
            return self.none()
        return self.filter(user.audited("alerts")).exclude(person=user)


class BrowsingAlert(models.Model):
    """Somebody showed or opened more within an hour than the office set as ordinary.

    One row for a person, a kind and an hour (``since``); ``count`` is what was counted when it was
    raised.
    """

    class Kind(models.TextChoices):
        REVEALS = "reveals", _("Many full numbers shown")
        FIRMS = "firms", _("Many businesses opened outside own cases")
        NIGHT = "night", _("Businesses opened at night")

    person = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
    raised_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("what was found"), max_length=500, blank=True)

    objects = BrowsingAlertQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("person", "kind", "since"), name="one_browsing_alert_an_hour"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="browsing_alert_settled_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id} {self.since:%Y-%m-%d %H}"
