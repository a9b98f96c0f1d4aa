"""A run of letters: one order to write, sign and print many letters in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from onboarding.models.sight import OfActQuerySet

if TYPE_CHECKING:
    from typing import Self


class LetterRunQuerySet(OfActQuerySet):
    """Bound letters are for those who read letters and who see every part of the province."""

    needs = ("workflows.view_letters",)

    def visible_to(self, user: Any) -> Self:
        """Keep everything or nothing; a bundle names firms and offices of every part."""
        return super().visible_to(user) if user.sees_every_part() else self.none()


class LetterRun(models.Model):
    """Letters of one campaign and one reminder, or of one session with a letter for each firm,
    made by the machine with progress.

    With ``signed_by_name`` the run first records that signature on every numbered letter.
    ``stored_as`` is the bundle to print; a later run makes a fresh one.
    """

    campaign = models.ForeignKey(
        "onboarding.Campaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs",
    )
    session = models.ForeignKey(
        "training.Session",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs",
    )
    reminder = models.PositiveSmallIntegerField(default=0)
    signed_by_name = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=120, blank=True)
    has_failed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")

    objects = LetterRunQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(campaign__isnull=False, session__isnull=True)
                | models.Q(campaign__isnull=True, session__isnull=False),
                name="run_of_campaign_or_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign or self.session} ({self.reminder})"

    @property
    def is_working(self) -> bool:
        """Whether the machine is still at it."""
        return not self.stored_as and not self.has_failed

    @property
    def was_removed(self) -> bool:
        """Whether its bundle went because data of a firm in it was erased: every letter was bound,
        which is never so of a run that was given up."""
        return self.has_failed and not self.stored_as and 0 < self.done == self.total
