"""What leaves the house: letters, messages, and links that open one door for one purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.sight import OfVendorQuerySet

if TYPE_CHECKING:
    from typing import Self

    from onboarding.models import User


class OutgoingQuerySet(models.QuerySet):
    """Letters and messages are read by those whose work they are."""

    act = ""

    def visible_to(self, user: User) -> Self:
        """Keep everything for those who hold the act, the firm's own for its owner."""
        if user.may(self.act) and user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight(), vendor__isnull=False)


class LetterQuerySet(OutgoingQuerySet):
    """Letters of the Bureau."""

    act = "workflows.view_letters"


class MessageQuerySet(OutgoingQuerySet):
    """Messages to people; those about a complaint would tell who complained, so nobody lists
    them."""

    act = "workflows.view_messages"

    def visible_to(self, user: User) -> Self:
        """Leave out what was sent about complaints."""
        return super().visible_to(user).exclude(kind__in=("complaint", "complaint_answered"))


class Letter(models.Model):
    """An official letter. DRAF until the agenda number is typed in and the signature recorded."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation to technical guidance")
        DECISION = "decision", _("Notice of decision")
        REQUEST = "request", _("Request to an office")
        REMINDER = "reminder", _("Reminder to an office")
        MINUTES = "minutes", _("Minutes of a session")
        REPORT = "report", _("Report on a session")
        VERDICT = "verdict", _("Minutes of decision")

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        NUMBERED = "NUMBERED", _("Numbered")
        SIGNED = "SIGNED", _("Signed")
        CANCELLED = "CANCELLED", _("Cancelled")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    subject = models.CharField(max_length=200)
    number = models.CharField(_("letter number"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField()
    dated_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by_name = models.CharField(_("signed by"), max_length=120, blank=True)
    content = models.JSONField(default=dict)
    stored_as = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    session = models.ForeignKey(
        "training.Session", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    request = models.ForeignKey(
        "onboarding.ReferralRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
    )
    #: Of minutes of decision: of one case, or of many decided together.
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    approval = models.ForeignKey(
        "workflows.BulkApproval",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
    )
    #: 0 for the request itself, 1 and up for its reminders.
    reminder = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("year", "number"),
                condition=~Q(number=""),
                name="a_number_is_used_once_a_year",
            ),
            models.UniqueConstraint(
                fields=("request", "reminder"),
                condition=Q(request__isnull=False) & ~Q(state="CANCELLED"),
                name="an_office_gets_one_letter_of_each",
            ),
            models.UniqueConstraint(
                fields=("session", "kind"),
                condition=Q(kind__in=("minutes", "report")) & ~Q(state="CANCELLED"),
                name="a_session_has_one_of_each_paper",
            ),
            models.UniqueConstraint(
                fields=("session", "vendor"),
                condition=Q(session__isnull=False, vendor__isnull=False) & ~Q(state="CANCELLED"),
                name="one_invitation_letter_a_firm",
            ),
        ]
        indexes = [
            models.Index(fields=("number",), condition=~Q(number=""), name="letter_by_number"),
        ]

    def __str__(self) -> str:
        return self.number or f"DRAF {self.pk}"

    @property
    def is_draft(self) -> bool:
        """Anything not numbered and signed is a draft on paper."""
        return self.state != self.State.SIGNED


class Message(models.Model):
    """A message in the outbox: written with the act, delivered after commit, never twice."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS")
        WHATSAPP = "whatsapp", "WhatsApp"

    class State(models.TextChoices):
        QUEUED = "QUEUED", _("Waiting")
        SENT = "SENT", _("Sent")
        DELIVERED = "DELIVERED", _("Delivered")
        READ = "READ", _("Read")
        FAILED = "FAILED", _("Not delivered")
        BY_HAND = "BY_HAND", _("To be sent by hand")

    kind = models.SlugField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    vendor = models.ForeignKey(
        "onboarding.Vendor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
    )
    request = models.ForeignKey(
        "onboarding.ReferralRequest",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
    )
    #: Whose answer link is put into the text when it leaves.
    seat = models.ForeignKey(
        "training.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=160, blank=True)
    #: The gateway's own number of it, by which it reports what became of it.
    reference = models.CharField(max_length=120, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    #: What was really sent, where an officer changed the text before sending.
    sent_body = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(
                fields=("next_try_at",), condition=Q(state="QUEUED"), name="message_to_send"
            ),
            models.Index(fields=("state", "-id"), name="message_by_state"),
            models.Index(fields=("kind", "-id"), name="message_by_kind"),
            models.Index(fields=("reference",), name="message_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.channel}"


class AccessLinkQuerySet(OfVendorQuerySet):
    """Links are for those who make them."""

    needs = ("workflows.make_access_link",)


class AccessLink(models.Model):
    """A link for one purpose, kept as a hash: sign in once, or see the status words of one firm."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("Single-use sign-in")
        STATUS = "status", _("Status page")

    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="access_links"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.purpose}: {self.vendor}"
