"""How a firm wants to be reached, and which numbers turned out to be dead."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from onboarding.models.sight import OfActQuerySet, OfVendorQuerySet
from workflows.models.sending import Message


class ContactChoice(models.Model):
    """The channel that an owner chose; without a row messages go the usual ways."""

    vendor = models.OneToOneField(
        "onboarding.Vendor",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="contact_choice",
    )
    channel = models.CharField(max_length=10, choices=Message.Channel.choices)
    chosen_at = models.DateTimeField(default=timezone.now)
    chosen_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = OfVendorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.vendor_id}: {self.channel}"


class DeadContactQuerySet(OfActQuerySet):
    """Found for one firm, or beside the rows of another query."""

    needs = ("workflows.view_messages",)

    def of_row(self, vendor: str = "") -> DeadContactQuerySet:
        """Keep those of the firm of an outer row; ``vendor`` is the way to it
        (``case__vendor__``)."""
        phone, email = models.OuterRef(f"{vendor}phone"), models.OuterRef(f"{vendor}email")
        return self.filter(models.Q(to=phone) | models.Q(to=email))


class DeadContact(models.Model):
    """A number or address that a gateway or an officer found dead; nothing is sent there until
    it is changed or found alive."""

    channel = models.CharField(max_length=10, choices=Message.Channel.choices)
    to = models.CharField(max_length=254)
    reason = models.CharField(max_length=160)
    found_at = models.DateTimeField(default=timezone.now)
    found_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = DeadContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("channel", "to"), name="dead_once"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} ({self.found_at:%d.%m.%Y})"
