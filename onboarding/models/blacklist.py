"""The national blacklist as the Bureau got it: who, from when, until when, on what decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.identifiers import fold_name
from onboarding.models.sight import OfActQuerySet, OfVendorQuerySet

if TYPE_CHECKING:
    from datetime import date


class BlacklistImport(models.Model):
    """One file of the blacklist: who brought it and what became of its rows."""

    original_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.original_name


class BlacklistQuerySet(OfActQuerySet):
    """Those who work with the list see it; which of our firms are on it is asked through the
    firms."""

    needs = ("onboarding.view_blacklist",)

    def in_force(self, day: date) -> BlacklistQuerySet:
        """Keep the sanctions that count on this day; one without an end has no end."""
        has_not_ended = Q(until_on__isnull=True) | Q(until_on__gte=day)
        return self.filter(has_not_ended, from_on__lte=day)


class BlacklistEntry(models.Model):
    """One sanction. It begins and ends by its dates alone."""

    name = models.CharField(_("name"), max_length=160)
    folded_name = models.CharField(max_length=160, db_index=True, editable=False)
    npwp = models.CharField("NPWP", max_length=16, blank=True, db_index=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    basis = models.CharField(_("decision"), max_length=250, blank=True)
    came_with = models.ForeignKey(BlacklistImport, on_delete=models.PROTECT, related_name="entries")
    #: Whether the firms were last judged with this sanction in force.
    counted = models.BooleanField(default=False)

    objects = BlacklistQuerySet.as_manager()

    class Meta:
        ordering = ("-from_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("npwp", "folded_name", "from_on"), name="a_sanction_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_sanction_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.from_on})"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded name beside the name, so that look-alikes are found by an index."""
        self.folded_name = fold_name(self.name)[:160]
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def counts_on(self, day: date) -> bool:
        """Say whether the sanction counts on this day."""
        return self.from_on <= day and (self.until_on is None or self.until_on >= day)


class BlacklistVerdictQuerySet(OfVendorQuerySet):
    """A word on a firm is seen by those who work with the list and see the firm."""

    needs = ("onboarding.view_blacklist",)


class BlacklistVerdict(models.Model):
    """A person said whether a firm with the name of a sanctioned one is that one."""

    entry = models.ForeignKey(BlacklistEntry, on_delete=models.PROTECT, related_name="verdicts")
    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    note = models.CharField(_("note"), max_length=250)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = BlacklistVerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("entry", "vendor"), name="one_word_on_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} ~ {self.vendor_id}: {self.is_same}"
