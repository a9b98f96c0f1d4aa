"""The rules of eligibility as numbered versions, what a change would do, and the lists they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.eligibility import DEFAULT_RULES, Rule, rules_version
from onboarding.models.people import User

if TYPE_CHECKING:
    from datetime import date


class RuleVersionManager(models.Manager["RuleVersion"]):
    """Knows which version counts on a day; the first one is what the product was delivered with."""

    def in_force(self, day: date) -> RuleVersion:
        """Return the version that counts on this day, making the first one where none is kept."""
        on = self.filter(switched_on_at__isnull=False, from_on__lte=day)
        return on.order_by("-from_on", "-number").first() or self.first_version(day)

    def first_version(self, day: date) -> RuleVersion:
        """Return version 1: the rules as delivered, in force from the beginning."""
        rules = [rule.as_json() for rule in DEFAULT_RULES]
        made_by = User.objects.filter(role="system").first()
        version, _made = self.get_or_create(
            number=1,
            defaults={
                "state": RuleVersion.State.ON,
                "rules": rules,
                "digest": rules_version(DEFAULT_RULES),
                "from_on": min([day, *(r.from_on for r in DEFAULT_RULES if r.from_on)]),
                "made_by": made_by,
                "switched_on_at": timezone.now(),
                "judged_at": timezone.now(),
                "switched_on_by": made_by,
            },
        )
        return version


class RuleVersion(models.Model):
    """All rules together under one number. What was switched on is never changed again."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        ON = "ON", _("Switched on")
        REPLACED = "REPLACED", _("Replaced")
        DROPPED = "DROPPED", _("Dropped")

    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    rules = models.JSONField()
    digest = models.CharField(max_length=12)
    from_on = models.DateField(_("in force from"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    switched_on_at = models.DateTimeField(null=True, blank=True)
    switched_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    judged_up_to = models.PositiveBigIntegerField(default=0)
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = RuleVersionManager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(
                fields=("state",), condition=Q(state="DRAFT"), name="one_draft_of_rules"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("DRAFT", "DROPPED"), switched_on_at__isnull=True)
                | Q(
                    state__in=("ON", "REPLACED"),
                    switched_on_at__isnull=False,
                    from_on__isnull=False,
                ),
                name="rules_in_force_were_switched_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.state})"

    @property
    def as_rules(self) -> tuple[Rule, ...]:
        """The rules as the plain values that judge."""
        return tuple(Rule.from_json(kept) for kept in self.rules)


class RulePreview(models.Model):
    """What switching a draft on would do to every standing firm; good for exactly that draft."""

    class State(models.TextChoices):
        RUNNING = "RUNNING", _("Being worked out")
        DONE = "DONE", _("Finished")
        FAILED = "FAILED", _("Not finished")

    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="previews")
    against = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=12)
    day = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    firms_total = models.PositiveIntegerField(default=0)
    firms_judged = models.PositiveIntegerField(default=0)
    judged_up_to = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    stored_as = models.CharField(max_length=120, blank=True)
    ordered_at = models.DateTimeField(default=timezone.now)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.firms_judged}/{self.firms_total}"


class RuleFlipQuerySet(models.QuerySet["RuleFlip"]):
    """A flip names a firm, so it is seen only by those who see the firm."""

    def visible_to(self, user: User) -> RuleFlipQuerySet:
        """Keep the flips of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())


class RuleFlip(models.Model):
    """A firm on which the rules in force and a draft disagree."""

    preview = models.ForeignKey(RulePreview, on_delete=models.PROTECT, related_name="flips")
    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="+")
    becomes_eligible = models.BooleanField()
    codes = models.CharField(max_length=200, blank=True)

    objects = RuleFlipQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("preview", "vendor"), name="a_firm_flips_once"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id}: {self.codes}"


class KbliCode(models.Model):
    """A code of a KBLI list that the Bureau loaded itself; the shipped list stays a file."""

    version = models.CharField(max_length=4)
    code = models.CharField(max_length=5)
    title = models.CharField(max_length=300)

    class Meta:
        ordering = ("version", "code")
        constraints = [
            models.UniqueConstraint(fields=("version", "code"), name="a_kbli_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.version})"
