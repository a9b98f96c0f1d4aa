"""MEETING: technical guidance sessions, their seats, and who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self

SEATED = ("INVITED", "CONFIRMED")


class Syllabus(models.Model):
    """What is taught, by version, so that "consistent" can be shown."""

    version = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    in_force_on = models.DateField()

    class Meta:
        ordering = ("-in_force_on",)
        verbose_name_plural = "syllabi"

    def __str__(self) -> str:
        return f"{self.version} · {self.title}"


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions are no secret among staff; a trainer sees the ones they lead."""

    def visible_to(self, user: Any) -> SessionQuerySet:
        """Keep the sessions that this person works with."""
        if not user.has_perm("training.view_sessions"):
            return self.none()
        if user.role == "trainer":
            return self.filter(trainer=user)
        return self

    def with_counts(self) -> SessionQuerySet:
        """Add ``taken`` (seats given) and ``present`` to each session in the same query."""
        return self.annotate(
            taken=Count("seats", filter=Q(seats__state__in=SEATED)),
            present=Count("seats", filter=Q(seats__arrived_at__isnull=False)),
        )


class Session(models.Model):
    """A technical guidance session (*bimtek*)."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        CANCELLED = "CANCELLED", _("Cancelled")
        CLOSED = "CLOSED", _("Closed")

    class Audience(models.TextChoices):
        VENDORS = "vendors", _("MSMEs")
        GOVERNMENT = "government", _("Government users")

    title = models.CharField(_("title"), max_length=160)
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.VENDORS
    )
    region = models.ForeignKey(
        "onboarding.Region",
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    place = models.CharField(_("place"), max_length=160)
    address = models.CharField(_("address"), max_length=250, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    capacity = models.PositiveSmallIntegerField(_("seats"))
    trainer = models.ForeignKey(
        "onboarding.User",
        verbose_name=_("trainer"),
        on_delete=models.PROTECT,
        related_name="sessions",
        limit_choices_to={"role": "trainer", "is_active": True},
    )
    syllabus = models.ForeignKey(
        Syllabus, verbose_name=_("syllabus"), on_delete=models.PROTECT, related_name="sessions"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_seats"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="session_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """The sheet can still be written on."""
        return self.state == self.State.PLANNED


class SeatQuerySet(models.QuerySet["Seat"]):
    """A seat names a firm, so it is seen only by those who see the firm."""

    def visible_to(self, user: Any) -> Self:
        """Keep the seats of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(vendor__in=user.vendors_in_sight())


class Seat(models.Model):
    """A firm's seat in a session, and whether somebody sat on it."""

    class State(models.TextChoices):
        INVITED = "INVITED", _("Invited")
        CONFIRMED = "CONFIRMED", _("Will come")
        DECLINED = "DECLINED", _("Declined")
        RELEASED = "RELEASED", _("Seat released")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="seats")
    vendor = models.ForeignKey("onboarding.Vendor", on_delete=models.PROTECT, related_name="seats")
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    is_walk_in = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mark_reason = models.CharField(max_length=160, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("vendor__name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("session", "vendor"), name="one_seat_per_firm"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True, marked_by__isnull=True)
                | Q(arrived_at__isnull=False, marked_by__isnull=False),
                name="seat_arrived_at_and_marked_by",
            ),
        ]
        indexes = [models.Index(fields=("vendor", "-id"), name="seat_by_vendor")]

    def __str__(self) -> str:
        return f"{self.vendor} @ {self.session}"

    @property
    def is_present(self) -> bool:
        """Somebody marked this firm as there."""
        return self.arrived_at is not None
