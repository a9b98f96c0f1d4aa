"""What the machine read on a paper, and what it read anew."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models.papers import Paper
from documents.models.sight import PageQuerySet

#: The numbers by which a deed is quoted: its own, and that of the ministry's decree.
DEED_NUMBERS = Q(field__in=("deed_number", "sk_ahu_number"))


class Reading(models.Model):
    """What one version of the reader found on a paper; a machine's word, never a decision.

    ``fields``, ``confidence`` and ``evidence`` hold what is known so far while the paper is being
    read, and everything once it was; ``further`` holds the rest of the reader's answer.
    ``source_hash`` tells the same bytes read in the same way, ``identity`` the same deed.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="reading")
    reader_version = models.CharField(max_length=20, blank=True)
    pages_done = models.PositiveSmallIntegerField(default=0)
    pages_total = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=24, blank=True)
    refusal = models.CharField(max_length=40, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    checks = models.JSONField(default=list, blank=True)
    text = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    confidence = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    further = models.JSONField(default=dict, blank=True)
    source_hash = models.CharField(max_length=64, blank=True, db_index=True)
    identity = models.CharField(max_length=200, blank=True, db_index=True)
    seconds = models.FloatField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.paper}: {self.kind or '…'}"


class ReadValueQuerySet(PageQuerySet):
    """A value belongs to a firm through its reading."""

    vendor_lookup = "reading__paper__vendor"


class ReadValue(models.Model):
    """One value with its evidence: what was declared, what was read, where, how sure."""

    class Verdict(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        DIFFERS = "differs", _("Differs")
        CANNOT_TELL = "cannot_tell", _("Cannot tell")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="values_read")
    position = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=40)
    declared = models.CharField(max_length=250, blank=True)
    value = models.CharField(max_length=250, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    confidence = models.FloatField(null=True, blank=True)
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    box = models.JSONField(default=list, blank=True)
    shown_box = models.JSONField(default=list, blank=True)

    objects = ReadValueQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("reading", "position"), name="one_value_per_position"),
        ]
        #: A person looks for a deed by its number, as it was read or as it was declared.
        indexes = [
            models.Index(fields=("value",), condition=DEED_NUMBERS, name="value_by_deed_number"),
            models.Index(
                fields=("declared",), condition=DEED_NUMBERS, name="declared_by_deed_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.verdict}"


class Rereading(models.Model):
    """A paper read again by a newer reader: what changed, and the reading that is not in force.

    ``aside`` is the older reading, or the newer one where people had already decided on the older.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="rereadings")
    from_version = models.CharField(max_length=20)
    to_version = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    is_in_force = models.BooleanField(default=False)
    refusal = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=list, blank=True)
    aside = models.JSONField(default=dict, blank=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("-finished_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("paper",),
                condition=Q(finished_at__isnull=True),
                name="one_open_rereading_per_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.from_version} → {self.to_version}"
