"""Long work: the row is the truth, the queue is a hint."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Job(models.Model):
    """A piece of work for the machine. A worker claims it by one conditional UPDATE, renews the
    lease,
    finishes with the token; a sweep re-sends what is stuck; at the cap a person gets it."""

    class Kind(models.TextChoices):
        READ_SHEET = "read_sheet"
        ENTER_SHEET = "enter_sheet"
        SCREEN_SHEET = "screen_sheet"
        READ_PAPER = "read_paper"
        REREAD_PAPER = "reread_paper"
        LOOK_FOR_TWINS = "look_for_twins"
        LOOK_AGAIN = "look_again"
        WRITE_LETTERS = "write_letters"
        WRITE_NOTES = "write_notes"
        PREVIEW_RULES = "preview_rules"
        MERGE_PAIRS = "merge_pairs"
        JUDGE_AGAIN = "judge_again"
        ASK_REGISTER = "ask_register"
        ALLOCATE_SEATS = "allocate_seats"
        INVITE_ALLOCATED = "invite_allocated"
        ISSUE_CERTIFICATES = "certificates"
        COUNT_FIGURES = "count_figures"
        APPROVE_MANY = "approve_many"
        VERIFY_TRAIL = "verify_trail"
        LIST_ERASURES = "list_erasures"
        ERASE_FIRM = "erase_firm"
        TELL_BREACH = "tell_breach"
        COUNT_FLAGS = "count_flags"
        MAKE_PACK = "make_pack"

    class State(models.TextChoices):
        QUEUED = "QUEUED"
        RUNNING = "RUNNING"
        DONE = "DONE"
        GIVEN_UP = "GIVEN_UP"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    subject_id = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    #: How often it was claimed; ``errors`` of these raised, the others died with their worker.
    attempts = models.PositiveSmallIntegerField(default=0)
    errors = models.PositiveSmallIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    send_after = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=160, blank=True)
    #: The first of the refusals by a house that is away, as long as nothing else came of a try.
    refused_since = models.DateTimeField(null=True, blank=True)
    #: An act ordered it since it was claimed, so its worker may not have seen what changed.
    again = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "subject_id"),
                condition=Q(state__in=("QUEUED", "RUNNING")),
                name="one_open_job_per_subject",
            ),
        ]
        indexes = [
            models.Index(
                fields=("state", "send_after"),
                condition=Q(state__in=("QUEUED", "RUNNING")),
                name="job_to_send",
            ),
            models.Index(
                fields=("finished_at",), condition=Q(state="GIVEN_UP"), name="job_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} ({self.state})"


class Pulse(models.Model):
    """When the worker and the sweep were last seen alive."""

    name = models.SlugField(primary_key=True, max_length=16)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
