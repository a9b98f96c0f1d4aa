"""What colleagues leave on a case: notes, a stop of the clock, a decision that may still be taken
back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.sight import OfVendorQuerySet, OwnQuerySet
from workflows.models.casework import Case


class OfOfficeQuerySet(OfVendorQuerySet):
    """What colleagues leave on a case: for those who work at the desk or read the trail."""

    vendor_lookup = "case__vendor"
    needs = ("workflows.work_queue", "workflows.read_trail")


class CaseNote(models.Model):
    """A note for colleagues; the firm never reads it, the auditor does."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(_("note"), max_length=1000)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.text[:40]}"


class Hold(models.Model):
    """A time in which a case waits for somebody outside, so that the clock stands still."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(_("reason"), max_length=250)
    look_again_on = models.DateField(_("look again on"))
    began_at = models.DateTimeField(default=timezone.now)
    began_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("case",), condition=Q(ended_at__isnull=True), name="one_hold_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason}"


class OwnActQuerySet(OwnQuerySet):
    """Whoever pressed takes it back."""

    own = "by"


class PendingAct(models.Model):
    """An act of the desk that may be taken back for a few seconds; then the machine carries it
    out in the name of ``by``, under every check of the act itself."""

    class Act(models.TextChoices):
        VERIFY = "verify_case", _("Verify")
        RETURN = "return_case", _("Send the list")
        APPROVE = "approve_case", _("Approve")
        REJECT = "reject_case", _("Refuse")
        SEND_BACK = "send_back_case", _("Send back")

    class Outcome(models.TextChoices):
        DONE = "DONE", _("Done")
        TAKEN_BACK = "TAKEN_BACK", _("Taken back")
        REFUSED = "REFUSED", _("Could not be done")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pending_acts")
    act = models.CharField(max_length=16, choices=Act.choices)
    said = models.JSONField(default=dict)
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    final_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    #: Stands on the pages of ``by``: until it is done or taken back, or its refusal was read.
    is_shown = models.BooleanField(default=True)

    objects = OwnActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case",), condition=Q(ended_at__isnull=True), name="one_act_pending"
            ),
        ]
        indexes = [
            models.Index(fields=("by",), condition=Q(is_shown=True), name="pending_act_shown"),
            models.Index(
                fields=("final_at",), condition=Q(ended_at__isnull=True), name="pending_act_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.case_id}"
