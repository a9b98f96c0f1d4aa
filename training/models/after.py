"""After a session: its evidence, what people thought and learnt, their certificates."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.seats import Seat
from training.models.sessions import Session, Syllabus


class OfSessionQuerySet(models.QuerySet[Any]):
    """What hangs on a session is seen by those who work with it."""

    def visible_to(self, user: Any) -> OfSessionQuerySet:
        """Keep what belongs to the sessions that this person works with."""
        return self.filter(session__in=Session.objects.visible_to(user))


class OfSeatQuerySet(models.QuerySet[Any]):
    """What hangs on a seat is seen by those who see the seat."""

    def visible_to(self, user: Any) -> OfSeatQuerySet:
        """Keep what belongs to the seats in this person's sight."""
        return self.filter(seat__in=Seat.objects.visible_to(user))


class SessionPicture(models.Model):
    """A photograph of the session, or of the signed attendance list."""

    class Kind(models.TextChoices):
        SIGNED_LIST = "signed", _("signed attendance list")
        PHOTOGRAPH = "photo", _("photograph of the session")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="pictures")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    caption = models.CharField(_("caption"), max_length=120, blank=True)
    stored_as = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("session", "sha256"), name="one_picture_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


_GRADE = (MinValueValidator(1), MaxValueValidator(5))


class Feedback(models.Model):
    """Three questions, answered once a seat: useful, clear, ready to sell (1 no … 5 yes)."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="feedback")
    useful = models.PositiveSmallIntegerField(_("useful"), validators=_GRADE)
    clear = models.PositiveSmallIntegerField(_("clear"), validators=_GRADE)
    ready = models.PositiveSmallIntegerField(_("ready"), validators=_GRADE)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    objects = OfSeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.useful} {self.clear} {self.ready}"


class QuizQuestion(models.Model):
    """One question of the short quiz of a syllabus version; ``answers`` are texts, one right."""

    syllabus = models.ForeignKey(Syllabus, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300)
    answers = models.JSONField(_("answers"), default=list)
    right = models.PositiveSmallIntegerField(_("right answer"))

    class Meta:
        ordering = ("syllabus", "number")
        constraints = [
            models.UniqueConstraint(fields=("syllabus", "number"), name="one_question_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class QuizResult(models.Model):
    """What one seat answered, before or after the session; ``score`` counts the right ones."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="quiz_results")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    answers = models.JSONField(default=dict)
    score = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)

    objects = OfSeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("seat", "moment"), name="one_quiz_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.moment} {self.score}/{self.out_of}"


class CertificateBatch(models.Model):
    """The certificates of one session, made in one piece of long work."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="batches")
    wanted = models.PositiveIntegerField()
    made = models.PositiveIntegerField(default=0)
    ordered_at = models.DateTimeField(default=timezone.now)
    ordered_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    #: All certificates of the batch in one file, to be printed.
    stored_as = models.CharField(max_length=100, blank=True)
    has_failed = models.BooleanField(default=False)

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.session}: {self.made}/{self.wanted}"

    @property
    def is_working(self) -> bool:
        """Whether the machine is still at it."""
        return self.finished_at is None and not self.has_failed


class CertificateYear(models.Model):
    """The last running number of a year; locked while numbers are drawn, so none is left out."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Certificate(models.Model):
    """Proof that one person was there; its public page says valid or revoked and nothing private.

    ``code`` is what stands in the QR: random, so that numbers cannot be counted through.
    """

    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=24, unique=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="certificates")
    batch = models.ForeignKey(
        CertificateBatch, on_delete=models.PROTECT, related_name="certificates"
    )
    #: What is printed, as it was on the day: name, business, title, lesson hours, day, place. Of an
    #: erased firm without name and business; once it was empty.
    facts = models.JSONField(default=dict)
    stored_as = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoke_reason = models.CharField(max_length=160, blank=True)

    objects = OfSeatQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("seat",),
                condition=Q(revoked_at__isnull=True),
                name="one_valid_certificate_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="certificate_revoked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_erased(self) -> bool:
        """Whether the data of its holder was erased; every other names a business or an office."""
        return not self.facts.get("business")
