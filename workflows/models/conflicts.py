"""Who is tied to which firm: said by the person, or found by what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.models.sight import OwnQuerySet

if TYPE_CHECKING:
    from onboarding.models import User


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """What somebody declared is read by those who see the firm."""

    def visible_to(self, user: User) -> ConflictQuerySet:
        """Keep one's own and those of firms in this person's sight."""
        if user.sees_every_vendor():
            return self
        return self.filter(user=user)


class Conflict(models.Model):
    """A person of the office says: this firm is of my family, a friend, a former employer."""

    user = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="conflicts")
    vendor = models.ForeignKey(
        "onboarding.Vendor", on_delete=models.PROTECT, related_name="conflicts"
    )
    reason = models.CharField(_("how you are tied to it"), max_length=250)
    declared_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    #: A colleague, never the person who declared it.
    ended_by = models.ForeignKey(
        "onboarding.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.CharField(_("why it is over"), max_length=250, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("user", "vendor"),
                condition=Q(ended_at__isnull=True),
                name="one_conflict_a_firm",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_by=F("user")),
                name="conflict_ended_by_a_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.vendor}"


class PersonalMark(models.Model):
    """Something that a person of the office could share with a firm: a NIK, an address, a phone.

    Only a keyed digest is kept (``digest``), enough to see that two are the same.
    """

    class Kind(models.TextChoices):
        NIK = "nik", "NIK"
        PHONE = "phone", _("Phone number")
        EMAIL = "email", _("E-mail")
        ADDRESS = "address", _("Address")

    user = models.ForeignKey("onboarding.User", on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("user", "kind", "digest"), name="a_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
