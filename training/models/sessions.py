"""Technical guidance sessions: what is taught, where, when, by whom, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self

SEATED = ("INVITED", "CONFIRMED")


class VenueQuerySet(models.QuerySet[Any]):
    """Halls hold nothing private: who may see sessions may see them."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for those who work with sessions, nothing for others."""
        return self if user.has_perm("training.view_sessions") else self.none()


class Venue(models.Model):
    """A hall or room that can hold one session at a time."""

    name = models.CharField(_("name"), max_length=120)
    region = models.ForeignKey(
        "onboarding.Region", verbose_name=_("region"), on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    map_url = models.URLField(_("link to the map"), max_length=300, blank=True)
    chairs = models.PositiveSmallIntegerField(_("chairs"), null=True, blank=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("region", "name"), name="one_venue_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SeriesQuerySet(models.QuerySet[Any]):
    """A series is seen by those who see one of its sessions."""

    def visible_to(self, user: Any) -> Self:
        """Keep the series of the sessions that this person works with."""
        return self.filter(pk__in=Session.objects.visible_to(user).values("series"))


class Series(models.Model):
    """Sessions planned together: the same guidance, several days or several regions."""

    title = models.CharField(_("title"), max_length=160)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


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


class Material(models.Model):
    """A file or a link that belongs to one version of the syllabus."""

    syllabus = models.ForeignKey(Syllabus, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(_("title"), max_length=160)
    url = models.URLField(_("link"), max_length=300)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions are no secret among staff; a trainer sees the ones they lead."""

    def visible_to(self, user: Any) -> SessionQuerySet:
        """Keep the sessions that this person works with."""
        if not user.has_perm("training.view_sessions"):
            return self.none()
        if user.role == "trainer":
            return self.filter(Q(trainer=user) | Q(pk__in=user.assisted_sessions.values("pk")))
        return self.filter(user.audited("sessions"))

    def with_counts(self) -> SessionQuerySet:
        """Add ``taken`` (seats given) and ``present`` to each session in the same query."""
        return self.annotate(
            taken=Count("seats", filter=Q(seats__state__in=SEATED)),
            present=Count("seats", filter=Q(seats__arrived_at__isnull=False)),
        )

    def with_answers(self) -> SessionQuerySet:
        """Add how many are ``invited``, ``confirmed``, ``declined`` and ``waiting``."""
        states = ("INVITED", "CONFIRMED", "DECLINED", "WAITING")
        counts = {name.lower(): Count("seats", filter=Q(seats__state=name)) for name in states}
        return self.annotate(**counts)


class Session(models.Model):
    """A technical guidance session (*bimtek*)."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        CANCELLED = "CANCELLED", _("Cancelled")
        CLOSED = "CLOSED", _("Closed")

    class Audience(models.TextChoices):
        VENDORS = "vendors", _("MSMEs")
        GOVERNMENT = "government", _("Government users")

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Indonesian")
        JAVANESE = "jv", _("Javanese")
        MADURESE = "mad", _("Madurese")

    class Way(models.TextChoices):
        HALL = "hall", _("in a hall")
        ONLINE = "online", _("online")
        BOTH = "both", _("in a hall and online")

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
    way = models.CharField(_("how"), max_length=6, choices=Way.choices, default=Way.HALL)
    #: Of an online session the word for "online": letters and messages print it as the place.
    place = models.CharField(_("place"), max_length=160)
    address = models.CharField(_("address"), max_length=250, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    capacity = models.PositiveSmallIntegerField(_("seats"))
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("hall"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
    )
    map_url = models.URLField(_("link to the map"), max_length=300, blank=True)
    online_url = models.URLField(_("link to the online meeting"), max_length=300, blank=True)
    serves = models.ManyToManyField(
        "onboarding.Region", verbose_name=_("regions served"), blank=True, related_name="served_by"
    )
    category = models.CharField(_("category of goods"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=3, choices=Language.choices, default=Language.INDONESIAN
    )
    cost = models.PositiveBigIntegerField(_("cost (rupiah)"), null=True, blank=True)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    #: How often the date or the place changed: SEQUENCE of its entry in a calendar (RFC 5545).
    changes = models.PositiveSmallIntegerField(default=0)
    move_reason = models.CharField(max_length=160, blank=True)
    cancel_reason = models.CharField(max_length=160, blank=True)
    late_after = models.PositiveSmallIntegerField(_("minutes until late"), default=15)
    trainer = models.ForeignKey(
        "onboarding.User",
        verbose_name=_("trainer"),
        on_delete=models.PROTECT,
        related_name="sessions",
        limit_choices_to={"role": "trainer", "is_active": True},
    )
    co_trainers = models.ManyToManyField(
        "onboarding.User",
        verbose_name=_("other trainers"),
        blank=True,
        related_name="assisted_sessions",
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
    def is_in_hall(self) -> bool:
        """People sit in one room, whether others join by a link or not."""
        return self.way != self.Way.ONLINE

    @property
    def is_over_chairs(self) -> bool:
        """More people are asked than the hall has chairs for; unknown chairs are no warning."""
        chairs = self.venue.chairs if self.venue is not None else None
        return chairs is not None and self.capacity > chairs

    @property
    def seats_left(self) -> int:
        """How many chairs nobody has yet; under the session's lock it is sure."""
        return self.capacity - self.seats.filter(state__in=SEATED).count()

    @property
    def is_open(self) -> bool:
        """The sheet can still be written on."""
        return self.state == self.State.PLANNED
