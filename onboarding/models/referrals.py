"""The referral as received: the sheet, its rows, and the credit that every nominating office
keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.people import Agency, User
from onboarding.models.vendors import Vendor

if TYPE_CHECKING:
    from typing import Self


class AgencyScopedQuerySet(models.QuerySet):
    """What an office handed in is seen by that office and by those who see every firm."""

    def visible_to(self, user: User) -> Self:
        """Keep the rows that this person's office handed in."""
        if user.sees_every_vendor():
            return self
        if user.agency_id and user.may("onboarding.view_referrals"):
            return self.filter(agency_id=user.agency_id)
        return self.none()


class ReferralSheet(models.Model):
    """A spreadsheet that an office uploaded; kept byte for byte, read by a worker, confirmed by a
    person."""

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("Waiting to be read")
        READ = "READ", _("Ready to check")
        UNREADABLE = "UNREADABLE", _("Could not be read")
        CONFIRMED = "CONFIRMED", _("Being entered")
        ENTERED = "ENTERED", _("Entered")
        CANCELLED = "CANCELLED", _("Cancelled")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sheets")
    original_name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=120, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=40, blank=True)
    refusal_detail = models.JSONField(default=dict, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    letter_reference = models.CharField(_("letter number"), max_length=80, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AgencyScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="sheet_confirmed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class SheetRow(models.Model):
    """One row of a sheet with its verdict; the row number is the one that the spreadsheet shows."""

    class Verdict(models.TextChoices):
        CREATED = "created", _("New firm")
        LINKED = "linked", _("Known firm")
        REVIEW = "review", _("Looks like a known firm")
        REFUSED = "refused", _("Cannot be accepted yet")

    sheet = models.ForeignKey(ReferralSheet, on_delete=models.CASCADE, related_name="rows")
    sheet_name = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField()
    received = models.JSONField()
    clean = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    match_reasons = models.JSONField(default=list)
    known_vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ("row",)
        constraints = [
            models.UniqueConstraint(
                fields=("sheet", "sheet_name", "row"), name="a_row_is_read_once"
            ),
        ]
        indexes = [models.Index(fields=("sheet", "verdict", "row"), name="sheet_row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.row}"


class Referral(models.Model):
    """One office naming one firm. Kept as received; every office that named a firm keeps the
    credit."""

    class Source(models.TextChoices):
        AGENCY = "agency", _("Agency")
        COOPERATIVE = "cooperative", _("Cooperative office")
        WALK_IN = "walk_in", _("Walk-in")
        SELF = "self", _("The business itself")

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="referrals")
    sheet = models.ForeignKey(
        ReferralSheet, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    sheet_name = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    received = models.JSONField()
    source = models.CharField(max_length=12, choices=Source.choices)
    verdict = models.CharField(max_length=8, choices=SheetRow.Verdict.choices)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    needs_look = models.BooleanField(default=False)
    form_key = models.CharField(max_length=36, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AgencyScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("agency", "form_key"),
                condition=~Q(form_key=""),
                name="a_form_counts_once",
            ),
        ]
        indexes = [models.Index(fields=("agency", "-id"), name="referral_by_agency")]

    def __str__(self) -> str:
        return f"{self.agency} → {self.vendor}"
