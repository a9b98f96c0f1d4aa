"""Figures counted ahead, so that a page costs the same with a million firms as with none.

A job counts everything anew and replaces these rows at once; every page that shows them says of
which moment they are. What regions have in MSMEs stands here too, with its source and year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from onboarding.models import User


class RegionBase(models.Model):
    """How many MSMEs a region has, as a source said of a year; without region: the province."""

    region = models.ForeignKey(
        "onboarding.Region",
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bases",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    msmes = models.PositiveIntegerField(_("MSMEs"))
    source = models.CharField(_("source"), max_length=200)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-year", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("region", "year"), name="one_base_of_a_region_a_year"),
            models.UniqueConstraint(
                fields=("year",), condition=Q(region__isnull=True), name="one_base_of_the_province"
            ),
            models.CheckConstraint(condition=Q(msmes__gt=0), name="base_is_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id or '35'} {self.year}: {self.msmes}"


class Reckoning(models.Model):
    """One count of everything: of which moment it is, how far the trail had come, how long it
    took, and what was observed of the road for the forecast."""

    ordered_at = models.DateTimeField(default=timezone.now)
    cut_at = models.DateTimeField(null=True, blank=True)
    last_event = models.PositiveBigIntegerField(default=0)
    took_ms = models.PositiveIntegerField(default=0)
    observed = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}: {self.cut_at}"


class FigureQuerySet(models.QuerySet[Any]):
    """Counts by region name nobody, yet they are the office's own until it publishes them."""

    def visible_to(self, user: User) -> FigureQuerySet:
        """All for those who read the figures of the programme, none for others."""
        return self if user.may("workflows.view_evenness") else self.none()


class RegionMonth(models.Model):
    """What happened in one region in one month (its first day)."""

    region = models.ForeignKey("onboarding.Region", on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    sessions = models.PositiveIntegerField(default=0)
    tokens = models.PositiveIntegerField(default=0)
    in_step = models.PositiveIntegerField(default=0)
    seats = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    of_offices = models.PositiveIntegerField(default=0)
    #: MSMEs of the region that were guided for the first time, wherever the session was.
    reached = models.PositiveIntegerField(default=0)
    #: MSMEs of the region that got their first account on a platform.
    listed = models.PositiveIntegerField(default=0)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("month", "region")
        constraints = [
            models.UniqueConstraint(fields=("region", "month"), name="one_row_a_region_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m}"


class RegionNow(models.Model):
    """Where one region stands: firms by status, days of its sessions, what they taught."""

    region = models.OneToOneField(
        "onboarding.Region", on_delete=models.CASCADE, primary_key=True, related_name="figures"
    )
    firms = models.JSONField(default=dict)
    #: ISO days of the sessions that count, oldest first.
    held_on = models.JSONField(default=list)
    #: Version of the syllabus → sessions that taught it.
    taught = models.JSONField(default=dict)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("region",)

    def __str__(self) -> str:
        return self.region_id
