"""Who audits on which letter, what they drew and found, what was flagged, what they took away."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models import Vendor
from training.models import Seat

if TYPE_CHECKING:
    from onboarding.models import User


class AuditAssignmentQuerySet(models.QuerySet["AuditAssignment"]):
    """An auditor sees by assignment; who lets auditors in, and the head, see every assignment."""

    def running(self, day: date) -> AuditAssignmentQuerySet:
        """Keep those on which an auditor may read on this day; they end by themselves."""
        return self.filter(access_from__lte=day, access_until__gte=day, ended_at__isnull=True)

    def visible_to(self, user: User) -> AuditAssignmentQuerySet:
        """Keep one's own while they run; all for those who oversee audits."""
        if user.may("workflows.oversee_audits"):
            return self
        if not user.may("workflows.read_audits"):
            return self.none()
        return self.running(timezone.localdate()).filter(auditors=user)


class AuditAssignment(models.Model):
    """An assignment letter: who may look, from when until when, at which period and which part.

    ``regions`` holds codes of regions and ``agencies`` ids of offices; both empty means all.
    """

    letter_number = models.CharField(_("number of the assignment letter"), max_length=80)
    letter_on = models.DateField(_("date of the letter"))
    issued_by = models.CharField(_("issued by"), max_length=160)
    auditors = models.ManyToManyField(
        "onboarding.User", related_name="audit_assignments", verbose_name=_("auditors")
    )
    access_from = models.DateField(_("access from"))
    access_until = models.DateField(_("access until"))
    audited_from = models.DateField(_("audited period from"))
    audited_until = models.DateField(_("audited period until"))
    regions = models.JSONField(default=list, blank=True)
    agencies = models.JSONField(default=list, blank=True)
    #: The scanned letter, redrawn by us without what was hidden in it; "" where none was brought.
    scan_as = models.CharField(max_length=120, blank=True)
    #: The assignment says that numbers of persons leave the house uncovered.
    shows_numbers = models.BooleanField(default=False)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    #: Ended before its time.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AuditAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(access_until__gte=F("access_from")), name="audit_access_has_days"
            ),
            models.CheckConstraint(
                condition=Q(audited_until__gte=F("audited_from")), name="audited_period_has_days"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="audit_ended_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.letter_number

    @property
    def is_running(self) -> bool:
        """Whether its auditors may read today."""
        is_today = self.access_from <= timezone.localdate() <= self.access_until
        return is_today and self.ended_at is None

    @property
    def period(self) -> tuple[datetime, datetime]:
        """The audited period as moments: from its first midnight to the one after its last day."""
        return _midnight(self.audited_from), _midnight(self.audited_until + timedelta(days=1))

    @property
    def covers_everything(self) -> bool:
        """Neither a part of the province, nor a period that is over, bounds what is seen."""
        return self.is_whole and self.audited_until >= timezone.localdate()

    @property
    def is_whole(self) -> bool:
        """No part of the province is named."""
        return not self.regions and not self.agencies

    def firms(self) -> Q:
        """The condition on a firm: known by the end of the period, in one of its parts."""
        known = Q(created_at__lt=self.period[1])
        if self.is_whole:
            return known
        named = Q(referrals__agency__in=self.agencies, referrals__withdrawn_at__isnull=True)
        return known & (Q(region__in=self.regions) | named)

    def sessions(self) -> Q:
        """The condition on a session: planned by the end of the period, in one of the regions or
        with one of the firms."""
        known = Q(starts_at__lt=self.period[1])
        if self.is_whole:
            return known
        seats = Seat.objects.filter(vendor__in=Vendor.objects.filter(self.firms()).values("pk"))
        return known & (Q(region__in=self.regions) | Q(pk__in=seats.values("session")))

    def requests(self) -> Q:
        """The condition on what an office was asked: it is one of the offices, or in a region."""
        known = Q(campaign__created_at__lt=self.period[1])
        named = Q(agency__in=self.agencies) | Q(agency__region__in=self.regions)
        return known if self.is_whole else known & named

    def alerts(self) -> Q:
        """The condition on an alert: of the period; one counts firms of the whole province, so of a
        part none."""
        start, end = self.period
        return Q(since__gte=start, since__lt=end) if self.is_whole else Q(pk__in=())

    def tickets(self) -> Q:
        """The condition on a ticket: opened by the end of the period and, of a part, about its
        firms."""
        known = Q(opened_at__lt=self.period[1])
        if self.is_whole:
            return known
        return known & Q(vendor__in=Vendor.objects.filter(self.firms()).values("pk"))

    def events(self) -> Q:
        """The condition on an event of the trail: in the period and, of a part, about its firms."""
        start, end = self.period
        period = Q(at__gte=start, at__lt=end)
        if self.is_whole:
            return period
        return period & Q(vendor__in=Vendor.objects.filter(self.firms()).values("pk"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class OfAssignmentQuerySet(models.QuerySet[Any]):
    """What belongs to an assignment is seen by those who see the assignment."""

    lookup = "assignment"

    def visible_to(self, user: User) -> OfAssignmentQuerySet:
        """Keep what belongs to the assignments in this person's sight."""
        return self.filter(**{f"{self.lookup}__in": AuditAssignment.objects.visible_to(user)})


class OfSampleQuerySet(OfAssignmentQuerySet):
    """The cases of a sample."""

    lookup = "sample__assignment"


class OfCountQuerySet(OfAssignmentQuerySet):
    """The flags of a count."""

    lookup = "count__assignment"


class AuditSample(models.Model):
    """Cases drawn by a rule (``workflows.sampling``), so that anybody who has the seed and the
    weights draws the same: ``weights`` holds the weight of every case that could be drawn."""

    class Method(models.TextChoices):
        RANDOM = "random", _("At random, every case alike")
        WEIGHTED = "weighted", _("At random, weighted by risk")

    assignment = models.ForeignKey(
        AuditAssignment, on_delete=models.PROTECT, related_name="samples"
    )
    method = models.CharField(_("method"), max_length=8, choices=Method.choices)
    seed = models.CharField(_("seed"), max_length=40)
    size = models.PositiveIntegerField(_("number of cases"))
    weights = models.JSONField(default=dict)
    drawn_at = models.DateTimeField(default=timezone.now)
    drawn_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.assignment} {self.method} {self.seed}"


class SampledCase(models.Model):
    """One case of a sample, and what the auditor found when looking at it."""

    class Outcome(models.TextChoices):
        FINE = "fine", _("Looked at, nothing found")
        FINDING = "finding", _("Finding")

    sample = models.ForeignKey(AuditSample, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    weight = models.PositiveIntegerField(default=1)
    outcome = models.CharField(_("result"), max_length=8, choices=Outcome.choices, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfSampleQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("sample", "case"), name="a_case_once_in_a_sample"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="sampled_case_looked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.position}"


class FlagCount(models.Model):
    """One search for red flags over the period and part of an assignment, by a job.

    ``counts`` holds how many were found by kind, ``bounds`` the settings that were in force.
    """

    assignment = models.ForeignKey(
        AuditAssignment, on_delete=models.PROTECT, related_name="flag_counts"
    )
    ordered_at = models.DateTimeField(default=timezone.now)
    ordered_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    cut_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    bounds = models.JSONField(default=dict)
    has_failed = models.BooleanField(default=False)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.assignment}: {self.cut_at}"

    @property
    def is_working(self) -> bool:
        """Whether the machine is still at it."""
        return self.cut_at is None and not self.has_failed


class RedFlag(models.Model):
    """Something that a rule found odd; a reason to look, never a finding by itself."""

    count = models.ForeignKey(FlagCount, on_delete=models.CASCADE, related_name="flags")
    kind = models.SlugField(max_length=24)
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    session = models.ForeignKey(
        "training.Session", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    facts = models.JSONField(default=dict)

    objects = OfCountQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=("count", "kind", "id"), name="flag_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.count_id}"


class AuditPack(models.Model):
    """A pack of evidence to take away: of one case, or of every case of the period.

    ``sha256`` is of the ZIP, ``head`` the end of the chain that is in it; ``stored_as`` stays empty
    until it is whole, and is emptied when data of a firm in it is erased.
    """

    assignment = models.ForeignKey(AuditAssignment, on_delete=models.PROTECT, related_name="packs")
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordered_at = models.DateTimeField(default=timezone.now)
    ordered_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    has_failed = models.BooleanField(default=False)
    taken = models.PositiveIntegerField(default=0)

    objects = OfAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.assignment} #{self.pk}"

    @property
    def is_working(self) -> bool:
        """Whether the machine is still at it."""
        return self.finished_at is None and not self.has_failed

    @property
    def file_name(self) -> str:
        """How the file is called when it is taken away."""
        about = f"kasus-{self.case_id}" if self.case_id else "periode"
        return f"paket-{about}-{self.pk}.zip"
