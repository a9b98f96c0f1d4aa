"""Human casework: the case that queues read, its rounds, and what the vendor is asked to
correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _
from viewflow.workflow.models import Process

from onboarding.models.sight import OfVendorQuerySet

if TYPE_CHECKING:
    from onboarding.models import User


class Stage(models.TextChoices):
    """Whose turn it is; the vendor's status stays the only word on what the vendor *is*."""

    VERIFY = "VERIFY", _("To verify")
    CORRECT = "CORRECT", _("With the vendor")
    DECIDE = "DECIDE", _("To decide")
    HAND_OVER = "HAND_OVER", _("To hand over")
    CONFIRM_LISTING = "CONFIRM_LISTING", _("Waiting for listing")
    APPEAL = "APPEAL", _("May appeal")
    CLOSED = "CLOSED", _("Closed")


class CaseKind(models.TextChoices):
    """Why the desk looks: the way in, or something that changed at a firm that is approved."""

    ONBOARDING = "ONBOARDING", _("Application")
    NEW_DEED = "NEW_DEED", _("Change of the deed")
    EXPIRED_PAPER = "EXPIRED_PAPER", _("A paper has expired")
    KBLI_2025 = "KBLI_2025", _("Change to KBLI 2025")


class CaseQuerySet(models.QuerySet["Case"]):
    """Every queue starts here."""

    def visible_to(self, user: User) -> CaseQuerySet:
        """Keep the cases of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())

    def is_open(self) -> CaseQuerySet:
        """Keep the cases on which somebody may still have to act."""
        return self.exclude(stage=Stage.CLOSED)


class Case(Process):
    """One piece of human casework on one firm: the lean row that queues read."""

    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="cases")
    region = models.ForeignKey("onboarding.Region", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=16, choices=CaseKind.choices, default=CaseKind.ONBOARDING, editable=False
    )
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.VERIFY)
    owner = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    #: Of the press of "take the next" that led here, so that a second press is the same one.
    claim_key = models.CharField(max_length=36, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    #: While it is set the clock stands still (see ``Hold``).
    held_since = models.DateTimeField(null=True, blank=True)
    round_number = models.PositiveSmallIntegerField(default=1)
    returns = models.PositiveSmallIntegerField(default=0)
    appealed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("vendor",), condition=~Q(stage="CLOSED"), name="one_open_case_per_vendor"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True, claimed_at__isnull=True)
                | Q(owner__isnull=False, claimed_at__isnull=False),
                name="case_owner_and_claimed_at",
            ),
            models.UniqueConstraint(
                fields=("claim_key",), condition=~Q(claim_key=""), name="one_case_a_press"
            ),
        ]
        indexes = [
            models.Index(
                fields=("stage", "due_at", "process_ptr"),
                condition=~Q(stage="CLOSED"),
                name="case_queue",
            ),
            models.Index(
                fields=("stage", "opened_at", "process_ptr"),
                condition=~Q(stage="CLOSED"),
                name="case_queue_by_age",
            ),
            models.Index(
                fields=("due_at", "process_ptr"), condition=~Q(stage="CLOSED"), name="case_due"
            ),
            models.Index(
                fields=("owner", "due_at"), condition=Q(owner__isnull=False), name="case_mine"
            ),
            models.Index(
                fields=("due_at", "process_ptr"),
                condition=Q(held_since__isnull=False),
                name="case_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor} ({self.stage})"

    @property
    def is_change(self) -> bool:
        """Something changed at an approved firm; the firm's status stays."""
        return self.kind != CaseKind.ONBOARDING

    @property
    def round(self) -> Round:
        """The round in hand."""
        return self.rounds.get(number=self.round_number)


class OfCaseQuerySet(OfVendorQuerySet):
    """What belongs to a case is seen by those who see its firm."""

    vendor_lookup = "case__vendor"


class Round(models.Model):
    """One pass of verify and decide; that the two are different people is a database constraint."""

    class Decision(models.TextChoices):
        APPROVED = "APPROVED", _("Approved")
        REJECTED = "REJECTED", _("Rejected")
        SENT_BACK = "SENT_BACK", _("Sent back")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    verified_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason_code = models.ForeignKey(
        "workflows.RejectionReason", on_delete=models.PROTECT, null=True, blank=True
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("case", "number"), name="one_round_per_number"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(decided_by=F("verified_by")),
                name="decider_is_not_the_verifier",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="round_verified_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="round_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class RejectionReason(models.Model):
    """A reason from the official list; every return and refusal carries one plus free text."""

    code = models.SlugField(primary_key=True, max_length=24)
    text_id = models.CharField(max_length=160)
    text_en = models.CharField(max_length=160)
    group = models.CharField(max_length=16)
    action = models.CharField(max_length=12)
    #: Words for the owner that an officer starts from; the keeper writes them.
    suggestion = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("group", "code")

    def __str__(self) -> str:
        return self.text_en if (get_language() or "id").startswith("en") else self.text_id


class CorrectionRequest(models.Model):
    """A numbered list of what to correct: drafted by the officer, sent together, with a date."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="correction_requests")
    round_number = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("case",), condition=Q(sent_at__isnull=True), name="one_draft_per_case"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="correction_sent_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.round_number}"


class CorrectionItemQuerySet(OfVendorQuerySet):
    """A point belongs to a firm through its request."""

    vendor_lookup = "request__case__vendor"


class CorrectionItem(models.Model):
    """One thing to correct, open until a new paper arrives or an officer resolves it."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    document_type = models.ForeignKey(
        "documents.DocumentType", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason_code = models.ForeignKey(RejectionReason, on_delete=models.PROTECT)
    text = models.CharField(max_length=500)
    #: The version, page and spot (left, top, right, bottom in pixels of the page picture) meant.
    paper = models.ForeignKey(
        "documents.Paper", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    box = models.JSONField(default=list, blank=True)
    path = models.CharField(max_length=40, blank=True)
    #: What the owner says was done, and why an officer let the point go.
    answer = models.CharField(max_length=500, blank=True)
    resolution = models.CharField(max_length=250, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CorrectionItemQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("request", "number"), name="one_item_per_number"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="item_resolved_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
