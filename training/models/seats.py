"""Chairs: who is asked, who answered what, who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.sessions import SEATED, Session

if TYPE_CHECKING:
    from typing import Self

__all__ = ["SEATED", "Seat", "SeatQuerySet"]


class SeatQuerySet(models.QuerySet["Seat"]):
    """A seat names a firm or a person of an office: seen by those who see the firm or the
    session."""

    def visible_to(self, user: Any) -> Self:
        """Keep the seats of firms in this person's sight, and of people of their own office."""
        if user.sees_every_vendor():
            return self
        of_offices = Q(agency__isnull=False, agency=user.agency_id)
        if user.role == "trainer":
            of_offices = Q(agency__isnull=False, session__in=Session.objects.visible_to(user))
        return self.filter(Q(vendor__in=user.vendors_in_sight()) | of_offices)


class Seat(models.Model):
    """A place in a session for a firm, or for one person of an office, and whether it was taken.

    Just one of ``vendor`` and ``agency`` is set. ``person_name`` is who comes: for an office
    always, for a firm when it names a delegate.
    """

    class State(models.TextChoices):
        INVITED = "INVITED", _("Invited")
        CONFIRMED = "CONFIRMED", _("Will come")
        DECLINED = "DECLINED", _("Declined")
        RELEASED = "RELEASED", _("Seat released")
        WAITING = "WAITING", _("On the waiting list")

    class AnsweredVia(models.TextChoices):
        LINK = "link", _("by the link")
        PHONE = "phone", _("by telephone, written down by staff")
        PAGE = "page", _("on the page of the business")

    class ArrivedVia(models.TextChoices):
        PASS = "pass", _("pass scanned")
        CODE = "code", _("pass code typed")
        SELF = "self", _("code on the hall’s screen")
        HAND = "hand", _("marked by hand")
        PAPER = "paper", _("copied from the signed list")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="seats")
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    agency = models.ForeignKey(
        "onboarding.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    user = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    person_name = models.CharField(_("who comes"), max_length=120, blank=True)
    person_role = models.CharField(_("position"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    is_walk_in = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    hold_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_via = models.CharField(max_length=8, choices=AnsweredVia.choices, blank=True)
    answered_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wish = models.CharField(_("another date"), max_length=160, blank=True)
    #: Renewed to make the earlier answer link worthless; alone it makes no token.
    link_seed = models.CharField(max_length=16, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_via = models.CharField(max_length=8, choices=ArrivedVia.choices, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mark_reason = models.CharField(max_length=160, blank=True)
    #: Counted up when the pass of this seat is made worthless (lost, sent to others).
    pass_version = models.PositiveSmallIntegerField(default=1)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("vendor__name", "person_name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("session", "vendor"), name="one_seat_per_firm"),
            models.UniqueConstraint(
                fields=("session", "agency", "person_name"), name="one_seat_per_person_of_office"
            ),
            models.CheckConstraint(
                condition=Q(vendor__isnull=False, agency__isnull=True)
                | (Q(vendor__isnull=True, agency__isnull=False) & ~Q(person_name="")),
                name="seat_of_firm_or_office",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True, marked_by__isnull=True)
                | Q(arrived_at__isnull=False, marked_by__isnull=False),
                name="seat_arrived_at_and_marked_by",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(arrived_at__isnull=False),
                name="seat_left_after_arriving",
            ),
        ]
        indexes = [
            models.Index(fields=("vendor", "-id"), name="seat_by_vendor"),
            models.Index(
                fields=("hold_until",),
                condition=Q(hold_until__isnull=False),
                name="seat_held_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} @ {self.session}"

    @property
    def is_present(self) -> bool:
        """Somebody marked this firm or person as there."""
        return self.arrived_at is not None

    @property
    def name(self) -> str:
        """The firm; of an office, the person."""
        return self.person_name if self.vendor is None else self.vendor.name

    @property
    def attendee(self) -> str:
        """Who sits there: the delegate, else the owner; of an office, the person."""
        return self.person_name or (self.vendor.owner_name if self.vendor else "")
