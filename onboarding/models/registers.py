"""What registers outside answered about a firm: kept as evidence, with the day it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from onboarding.models.people import User


class RegisterAnswerQuerySet(models.QuerySet["RegisterAnswer"]):
    """An answer tells of a firm, so it is seen only by those who see the firm."""

    def visible_to(self, user: User) -> RegisterAnswerQuerySet:
        """Keep the answers about firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())


class RegisterAnswer(models.Model):
    """One question and its answer; ``asked`` is a keyed hash, so that no number is kept here."""

    class Register(models.TextChoices):
        OSS = "oss", _("OSS (NIB)")
        DJP = "djp", _("DJP (NPWP)")
        AHU = "ahu", _("AHU (decree of the Ministry of Law)")

    class Outcome(models.TextChoices):
        MATCH = "match", _("Agrees")
        MISMATCH = "mismatch", _("Differs")
        NOT_FOUND = "not_found", _("Not found")
        UNAVAILABLE = "unavailable", _("Not yet verified")

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="register_answers"
    )
    register = models.CharField(max_length=3, choices=Register.choices)
    number = models.CharField(max_length=60, blank=True)
    asked = models.CharField(max_length=32)
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    details = models.JSONField(default=list)
    source = models.CharField(max_length=80)
    error = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    valid_until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=1)
    ask_again_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ask_again_at__isnull=True) | Q(outcome="unavailable"),
                name="only_silence_is_asked_again",
            ),
        ]
        indexes = [
            models.Index(
                fields=("ask_again_at",),
                condition=Q(ask_again_at__isnull=False),
                name="register_to_ask_again",
            ),
            models.Index(fields=("register", "asked_at"), name="register_asked_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.vendor_id}: {self.outcome}"
