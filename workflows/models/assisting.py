"""Somebody of an office who acts for an owner, with the owner's consent and for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from onboarding.models import User


class AssistanceQuerySet(models.QuerySet["Assistance"]):
    """Whom an owner lets act is known to those who see the firm."""

    def visible_to(self, user: User) -> AssistanceQuerySet:
        """Keep the assistance of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())

    def running(self) -> AssistanceQuerySet:
        """Keep what was neither ended nor has run out."""
        return self.filter(ended_at__isnull=True, ends_at__gt=timezone.now())

    def running_by(self, helper: User) -> AssistanceQuerySet:
        """Keep what lets this person act for an owner now."""
        return self.running().filter(helper=helper)


class Assistance(models.Model):
    """An owner's consent that a named person acts on the owner's page, until it ends."""

    class Way(models.TextChoices):
        IN_PERSON = "in_person", _("Said in person")
        PHONE = "phone", _("Said by phone")
        WRITTEN = "written", _("In writing")

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="assistance"
    )
    helper = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    consent_of = models.CharField(_("who consented"), max_length=120)
    way = models.CharField(_("how"), max_length=9, choices=Way.choices)
    note = models.CharField(_("note"), max_length=250, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="assistance_ended_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} for {self.vendor}"
