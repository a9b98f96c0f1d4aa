"""At the door: what each device saw and when, by its own clock and by ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.seats import Seat
from training.models.sessions import Session

#: Seconds: a clock that is this far off is told to people.
CLOCK_OFF: Final = 120


class ScanQuerySet(models.QuerySet[Any]):
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

    @property
    def at(self) -> datetime:
        """When it was by our clock: the device's time, less what its clock was ahead."""
        return self.device_at - timedelta(seconds=self.clock_ahead)

    @property
    def is_clock_wrong(self) -> bool:
        """The device's clock was so far off that its times were corrected."""
        return abs(self.clock_ahead) >= CLOCK_OFF


class DoorDevice(models.Model):
    """A device that took the list of a session along: when we last heard of it, what it holds."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="devices")
    device = models.CharField(max_length=36)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    reported_at = models.DateTimeField(default=timezone.now)
    unsent = models.PositiveIntegerField(default=0)
    clock_ahead = models.IntegerField(default=0)
    #: The person said that this device has nothing more to send.
    is_done = models.BooleanField(default=False)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ("opened_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("session", "device"), name="one_row_per_device"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The four signs by which people tell devices apart; the device shows them too."""
        return self.device[:4].upper()
