"""At the door: what each device saw and when, by its own clock and by ours."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.seats import Seat
from training.models.sessions import Session


class ScanQuerySet(models.QuerySet["Scan"]):
    """A scan belongs to its session."""

    def visible_to(self, user: Any) -> ScanQuerySet:
        """Keep the scans of the sessions that this person works with."""
        return self.filter(session__in=Session.objects.visible_to(user))


class Scan(models.Model):
    """One mark made by one device: kept as it came, judged once; sent twice it is still one."""

    class What(models.TextChoices):
        IN = "in", _("arrived")
        OUT = "out", _("left early")
        UNDO = "undo", _("mark taken back")
        WALK_IN = "walk_in", _("guest without invitation")

    class Outcome(models.TextChoices):
        COUNTED = "counted", _("counted")
        REPEATED = "repeated", _("already counted")
        DISPUTED = "disputed", _("devices disagree")
        REFUSED = "refused", _("refused")

    #: Drawn by the device (UUID4), so that a second sending is recognised.
    scan_id = models.UUIDField(unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="scans")
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="scans"
    )
    what = models.CharField(max_length=8, choices=What.choices)
    via = models.CharField(max_length=8, choices=Seat.ArrivedVia.choices)
    device = models.CharField(max_length=36)
    device_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    #: Seconds that the device's clock was ahead of ours when it sent.
    clock_ahead = models.IntegerField(default=0)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=160, blank=True)
    #: A guest's facts as typed without signal: name, business, phone, region.
    guest = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    remark = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ("device_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by__isnull=True)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="scan_settled_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.scan_id}"
