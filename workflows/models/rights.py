"""The rights of those whose data it is: what they agreed to, and who looked at it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.sight import OfVendorQuerySet

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from onboarding.models import User

#: Law 27 of 2022: a wish of an owner is answered within three times twenty-four hours.
TIME_TO_ANSWER: Final = timedelta(hours=72)


def this_hour() -> datetime:
    """The hour that has begun: looks within one count once."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


class Consent(models.Model):
    """An owner agreed to one use of data, in the words of one version, until withdrawn."""

    class Purpose(models.TextChoices):
        PROCESSING = "processing", _("Checking the application")
        MESSAGES = "messages", _("Messages about other programmes")
        PUBLICITY = "publicity", _("Name and pictures in public reports")

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    given_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfVendorQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("vendor", "purpose"),
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_a_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_id}: {self.purpose}"


class LookQuerySet(models.QuerySet["Look"]):
    """Owners read who looked at their own papers, auditors read everything."""

    def visible_to(self, user: User) -> LookQuerySet:
        """Keep what this person may read."""
        if user.may("workflows.read_trail") and user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())


class Look(models.Model):
    """Somebody opened a firm's papers or personal data; rows are only added.

    One row for a person, a firm and a thing within the same hour: a page that reloads itself is
    one look.
    """

    class What(models.TextChoices):
        CASE = "case", _("Case with its papers")
        VENDOR = "vendor", _("Page of the business")
        ORIGINAL = "original", _("Original file")
        EXPORT = "export", _("Copy of the data")
        NUMBERS = "numbers", _("Numbers in full")
        PAGE = "page", _("Page of a paper")
        PACK = "pack", _("Pack of evidence")

    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField(default=timezone.now)
    hour = models.DateTimeField(default=this_hour)

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("vendor", "by", "what", "hour"), name="one_look_an_hour"
            ),
        ]
        indexes = [
            models.Index(fields=("vendor", "-id"), name="look_by_vendor"),
            models.Index(fields=("hour", "by"), name="look_by_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.vendor_id}"


class FactCorrectionQuerySet(OfVendorQuerySet):
    """What owners say is wrong is seen by those who see the firm."""

    def waiting(self) -> Self:
        """Keep what nobody has answered yet, the oldest first."""
        return self.filter(state=FactCorrection.State.OPEN).order_by("proposed_at")

    def late(self, now: datetime) -> Self:
        """Keep what should have been answered before ``now``."""
        return self.waiting().filter(proposed_at__lt=now - TIME_TO_ANSWER)


class FactCorrection(models.Model):
    """What the owner says is wrong among the facts kept; an officer accepts or refuses it."""

    class Fact(models.TextChoices):
        NAME = "name", _("Name of the business")
        OWNER_NAME = "owner_name", _("Owner or director")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        ADDRESS = "address", _("Address")
        CATEGORY = "category", _("Goods or services")
        NIB = "nib", _("NIB")
        NPWP = "npwp", _("NPWP")
        NIK = "nik", _("NIK")

    class State(models.TextChoices):
        OPEN = "OPEN", _("An officer looks at it")
        ACCEPTED = "ACCEPTED", _("Corrected")
        REFUSED = "REFUSED", _("Not changed")

    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="fact_corrections"
    )
    fact = models.CharField(_("what is wrong"), max_length=10, choices=Fact.choices)
    value = models.CharField(_("how it is right"), max_length=254)
    reason = models.CharField(_("why"), max_length=250, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    proposed_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("answer to the owner"), max_length=250, blank=True)

    objects = FactCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("vendor", "fact"),
                condition=Q(state="OPEN"),
                name="one_open_correction_a_fact",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="correction_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.vendor_id}"

    @property
    def answer_by(self) -> datetime:
        """Until when the owner is to be answered."""
        return self.proposed_at + TIME_TO_ANSWER

    @property
    def is_late(self) -> bool:
        """The time to answer is over, or was when somebody answered."""
        return (self.settled_at or timezone.now()) > self.answer_by

    @property
    def value_now(self) -> str:
        """What is written down today."""
        return str(getattr(self.vendor, self.fact))
