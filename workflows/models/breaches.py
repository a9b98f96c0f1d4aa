"""The register of breaches: what got out or was lost, and who was told within three days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from onboarding.models import User

#: Law 27 of 2022, article 46: three times twenty-four hours, whatever day it is.
TIME_TO_TELL: Final = timedelta(hours=72)


class BreachQuerySet(models.QuerySet):
    """The register is for those who answer for it."""

    def visible_to(self, user: User) -> Self:
        """Keep everything for those who keep the register, and who read the trail."""
        is_meant = user.may("workflows.keep_breaches") or user.may("workflows.read_trail")
        return self if is_meant else self.none()


class Breach(models.Model):
    """One breach of personal data, or a drill of one. ``firms`` are ids of those it concerns."""

    is_drill = models.BooleanField(_("this is a drill"), default=False)
    what = models.CharField(_("what happened"), max_length=1000)
    known_at = models.DateTimeField(_("when it was known"))
    whose = models.CharField(_("whose data"), max_length=250)
    which = models.CharField(_("which data"), max_length=250)
    people = models.PositiveIntegerField(_("how many people"))
    done = models.CharField(_("what was done about it"), max_length=1000, blank=True)
    #: What the people concerned are told; the template of the message says the rest.
    advice = models.CharField(_("what the people concerned should do"), max_length=500, blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="+")
    told_whom = models.CharField(_("which authority was told"), max_length=250, blank=True)
    told_at = models.DateTimeField(_("when it was told"), null=True, blank=True)
    firms = models.JSONField(default=list, blank=True)
    firms_told_at = models.DateTimeField(null=True, blank=True)
    #: Instead of telling them, where the law lets that be; the page and the trail keep it.
    untold_reason = models.CharField(
        _("why the people concerned are not told"), max_length=250, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="breach_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number in the register: ``PD-2026-0003``."""
        return f"PD-{self.entered_at:%Y}-{self.pk:04d}"

    @property
    def tell_by(self) -> datetime:
        """Until when the authority and the people concerned are to be told."""
        return self.known_at + TIME_TO_TELL

    @property
    def is_late(self) -> bool:
        """The time is over, and somebody was not told."""
        told = [self.told_at] if self.untold_reason else [self.told_at, self.firms_told_at]
        is_over = timezone.now() > self.tell_by
        return is_over and any(at is None or at > self.tell_by for at in told)
