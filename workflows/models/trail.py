"""The trail: who did what, when, from which state to which, and why. Written once, never changed,
and each event chained to the one before (see ``workflows.chain``)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from onboarding import roles

if TYPE_CHECKING:
    from onboarding.models import User


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Timelines and the auditor's reading start here."""

    def visible_to(self, user: User) -> AuditEventQuerySet:
        """What their assignments cover for auditors, events of firms in sight for others."""
        if user.may("workflows.read_trail"):
            return self._audited(user)
        if user.may("workflows.read_timeline") and user.sees_every_vendor():
            return self.filter(vendor__isnull=False)
        return self.filter(vendor__in=user.vendors_in_sight(), vendor__isnull=False)

    def _audited(self, user: User) -> AuditEventQuerySet:
        """What each assignment covers: its period; of a part of the province, only what names a
        firm of it. One letter does not widen another."""
        if not user.running_audits:
            return self if user.role != roles.AUDITOR else self.none()
        return self.filter(reduce(or_, (audit.events() for audit in user.running_audits)))


class AuditEvent(models.Model):
    """One act. ``detail`` holds codes, counts and hashes, never a NIK, NPWP, phone or token.

    ``digest`` is over everything but the words of ``reason``, of which it takes ``reason_hash``
    (with ``salt``): so words that name a person can be erased and the chain still holds.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    act = models.SlugField(max_length=48, db_index=True)
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    reason_hash = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=("vendor", "-id"), name="event_by_vendor")]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"


class ChainLink(models.Model):
    """One link: SHA-256 of the hash before, the event's digest and its id. Only the database writes
    it, by a trigger; ``position`` is drawn under its lock."""

    position = models.BigAutoField(primary_key=True)
    event = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position}: {self.hash[:16]}"
