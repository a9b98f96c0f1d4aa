"""The referral as received: the sheet, its rows, and the credit that every nominating office
keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.people import Agency, User
from onboarding.models.twins import FirmPair
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
    person. When its time is over the file goes (``file_gone_at``, ``stored_as`` is empty then) and
    so do its rows that never became a firm (``rows_gone_at``); name, hash and counts stay."""

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("Waiting to be read")
        COLUMNS = "COLUMNS", _("Columns to be confirmed")
        READ = "READ", _("Ready to check")
        UNREADABLE = "UNREADABLE", _("Could not be read")
        CONFIRMED = "CONFIRMED", _("Being entered")
        ENTERED = "ENTERED", _("Entered")
        CANCELLED = "CANCELLED", _("Cancelled")
        UNDONE = "UNDONE", _("Undone")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sheets")
    original_name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=120, blank=True)
    file_gone_at = models.DateTimeField(null=True, blank=True)
    rows_gone_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=40, blank=True)
    refusal_detail = models.JSONField(default=dict, blank=True)
    layout = models.JSONField(default=dict, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    is_streamed = models.BooleanField(default=False)
    records_entered = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    screened_up_to = models.PositiveBigIntegerField(default=0)
    letter_reference = models.CharField(_("letter number"), max_length=80, blank=True)
    request = models.ForeignKey(
        "onboarding.ReferralRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sheets",
    )
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undo_reason = models.CharField(_("reason"), max_length=250, blank=True)

    objects = AgencyScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("stored_as",), condition=~Q(stored_as=""), name="a_list_has_its_own_file"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="sheet_undone_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="sheet_confirmed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class SheetRowQuerySet(models.QuerySet):
    """A row is seen by those who see its list."""

    def visible_to(self, user: User) -> Self:
        """Keep the rows of lists in this person's sight."""
        return self.filter(sheet__in=ReferralSheet.objects.visible_to(user))


class SheetRow(models.Model):
    """One row of a sheet with its verdict; the row number is the one that the spreadsheet shows.

    ``received`` is what stood in the file and never changes; ``fixes`` is what a person put in its
    place, by column. ``others`` are cells under titles that are not ours, by their index;
    ``damage`` what the spreadsheet had done to the numbers; ``overruled`` the doubts that a person
    has answered, as ``[column, code, reason]``.
    """

    class Verdict(models.TextChoices):
        CREATED = "created", _("New firm")
        LINKED = "linked", _("Known firm")
        REVIEW = "review", _("Looks like a known firm")
        REFUSED = "refused", _("Cannot be accepted yet")

    class Change(models.TextChoices):
        NEW = "new", _("Not sent before")
        CHANGED = "changed", _("Sent before, changed")
        UNCHANGED = "unchanged", _("Sent before, unchanged")

    sheet = models.ForeignKey(ReferralSheet, on_delete=models.CASCADE, related_name="rows")
    sheet_name = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField()
    received = models.JSONField()
    others = models.JSONField(default=dict)
    damage = models.JSONField(default=list)
    fixes = models.JSONField(default=dict)
    overruled = models.JSONField(default=list)
    digest = models.CharField(max_length=32, blank=True)
    change = models.CharField(max_length=9, choices=Change.choices, default=Change.NEW)
    earlier = models.ForeignKey(
        "onboarding.Referral",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    clean = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    match_reasons = models.JSONField(default=list)
    known_vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, null=True, blank=True)

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        ordering = ("row",)
        constraints = [
            models.UniqueConstraint(
                fields=("sheet", "sheet_name", "row"), name="a_row_is_read_once"
            ),
        ]
        indexes = [
            models.Index(fields=("sheet", "verdict", "row"), name="sheet_row_by_verdict"),
            models.Index(fields=("digest",), name="sheet_row_by_content"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.row}"

    @property
    def values(self) -> dict[str, str]:
        """What counts of each column: what was received, or what a person put in its place."""
        return {**self.received, **self.fixes}


class ReferralQuerySet(AgencyScopedQuerySet):
    """Every list of referrals starts here."""

    def standing(self) -> Self:
        """Leave out the referrals that were taken back with their whole list."""
        return self.filter(withdrawn_at__isnull=True)

    def with_doubts(self) -> Self:
        """Add ``is_doubted``: an officer still has to say whether the firm is already known."""
        pairs = FirmPair.objects.filter(
            Q(first=OuterRef("vendor")) | Q(second=OuterRef("vendor"))
        ).order_by()
        return self.annotate(
            is_doubted=Q(needs_look=True) & (Exists(pairs.waiting()) | ~Exists(pairs))
        )


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
    programme = models.CharField(_("fostering programme"), max_length=120, blank=True)
    needs_look = models.BooleanField(default=False)
    request = models.ForeignKey(
        "onboarding.ReferralRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="referrals",
    )
    form_key = models.CharField(max_length=36, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="referral_withdrawn_at_and_by",
            ),
            models.UniqueConstraint(
                fields=("agency", "form_key"),
                condition=~Q(form_key=""),
                name="a_form_counts_once",
            ),
            models.UniqueConstraint(
                fields=("form_key",),
                condition=Q(agency__isnull=True) & ~Q(form_key=""),
                name="a_form_of_its_own_counts_once",
            ),
        ]
        indexes = [
            models.Index(fields=("agency", "-id"), name="referral_by_agency"),
            models.Index(
                fields=("request",),
                condition=Q(request__isnull=False),
                name="referral_by_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} → {self.vendor}"
