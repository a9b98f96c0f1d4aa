"""What people ask of the Bureau besides a decision: help with a platform, and complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding import roles

if TYPE_CHECKING:
    from onboarding.models import User

SHORTEST_NAME = 3


class TicketQuerySet(models.QuerySet["Ticket"]):
    """A ticket is read by those who answer it and by the one whose it is."""

    def visible_to(self, user: User) -> TicketQuerySet:
        """Everything for those who answer; a complaint is hidden from the person it is about.

        Until a person was picked, whoever bears one of the names that were written sees nothing.
        """
        if user.may("workflows.view_tickets"):
            return self.filter(user.audited("tickets")).exclude(about=user).exclude(_names(user))
        return self.of(user) | self.filter(
            vendor__in=user.vendors_in_sight(), kind=Ticket.Kind.SUPPORT
        )

    def of(self, user: User) -> TicketQuerySet:
        """Keep what this person asked, and for an owner what was asked for their firms."""
        if user.role != roles.VENDOR:
            return self.filter(by=user)
        return self.filter(
            Q(by=user) | Q(vendor__in=user.vendors_in_sight(), kind=Ticket.Kind.SUPPORT)
        )

    def is_open(self) -> TicketQuerySet:
        """Keep what still waits for the office."""
        return self.exclude(state__in=(Ticket.State.ANSWERED, Ticket.State.CLOSED))


def _names(user: User) -> Q:
    """A complaint about somebody who bears one of this person's names, and was not picked yet."""
    named = Q()
    for word in user.full_name.split():
        if len(word) >= SHORTEST_NAME:
            named |= Q(about_name__icontains=word)
    return Q(about__isnull=True) & named if named else Q(pk__in=())


class Ticket(models.Model):
    """A fault on a platform (handed to its operator) or a complaint, with a number and a status."""

    class Kind(models.TextChoices):
        SUPPORT = "support", _("Fault on a platform")
        COMPLAINT = "complaint", _("Complaint")

    class Topic(models.TextChoices):
        ACCOUNT = "account", _("Cannot sign in to the platform")
        PRODUCT = "product", _("Product does not appear or is wrong")
        ORDER = "order", _("Order or delivery")
        PAYMENT = "payment", _("Payment is missing or late")
        FEE = "fee", _("Somebody asked for money")
        CONDUCT = "conduct", _("How somebody behaved")
        DELAY = "delay", _("It takes too long")
        DECISION = "decision", _("A decision seems wrong")
        PRIVACY = "privacy", _("Personal data")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "NEW", _("New")
        IN_HAND = "IN_HAND", _("Being handled")
        WITH_OPERATOR = "WITH_OPERATOR", _("With the operator of the platform")
        ANSWERED = "ANSWERED", _("Answered")
        CLOSED = "CLOSED", _("Closed")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.CharField(_("what it is about"), max_length=10, choices=Topic.choices)
    text = models.CharField(_("what happened"), max_length=2000)
    state = models.CharField(max_length=14, choices=State.choices, default=State.NEW)
    vendor = models.ForeignKey(
        "onboarding.Vendor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
    )
    platform = models.ForeignKey(
        "workflows.Platform", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The person complained about, who never sees the complaint.
    about = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: The same, and the firm's number, as the one who complained wrote them.
    about_name = models.CharField(_("whom it is about"), max_length=120, blank=True)
    firm_said = models.CharField(_("number of the business"), max_length=40, blank=True)
    by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    contact = models.CharField(_("how we reach you"), max_length=254, blank=True)
    #: Hash of the word by which somebody without an account asks how it stands.
    secret_hash = models.CharField(max_length=64, blank=True)
    #: Of the press that sent it, so that a second press is the same ticket.
    key = models.CharField(max_length=36, unique=True)
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    handler = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: When the operator of the platform was asked, and when it answered.
    handed_at = models.DateTimeField(null=True, blank=True)
    operator_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(
                fields=("kind", "due_on", "id"),
                condition=~Q(state="CLOSED"),
                name="ticket_queue",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that people quote: ``PG-2026-000123``, ``BT-…`` for help."""
        head = "PG" if self.kind == self.Kind.COMPLAINT else "BT"
        return f"{head}-{self.opened_at:%Y}-{self.pk:06d}"


class TicketEntryQuerySet(models.QuerySet["TicketEntry"]):
    """The steps of a ticket are seen by those who see the ticket."""

    def visible_to(self, user: User) -> TicketEntryQuerySet:
        """Keep the steps of tickets in this person's sight."""
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


class TicketEntry(models.Model):
    """One step of a ticket, kept for good: what was said or done, by whom, to which state."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="entries")
    text = models.CharField(max_length=2000)
    state = models.CharField(max_length=14, choices=Ticket.State.choices)
    #: The one whose ticket it is reads it too; other entries are notes of the office.
    is_for_all = models.BooleanField(default=True)
    by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = TicketEntryQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.state}"
