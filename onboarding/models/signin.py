"""What stands behind a sign-in: who a government sign-on says a person is, and what is on its way
to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignOn(models.Model):
    """A person as the government's sign-on knows them: by issuer and subject, never by e-mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_on"
    )
    issuer = models.URLField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("issuer", "subject"), name="one_person_per_subject_of_a_sign_on"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


def in_an_hour() -> datetime:
    """When nobody waits for a code any more."""
    return timezone.now() + timedelta(hours=1)


class SignInMessage(models.Model):
    """A code or a link on its way: written by the request for known and unknown contacts alike, so
    that its time tells nothing; sent by the worker, and gone when sent, or at ``until`` at the
    latest. Without ``to`` it is for nobody."""

    by_phone = models.BooleanField(default=False)
    to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)
    until = models.DateTimeField(default=in_an_hour)

    def __str__(self) -> str:
        return f"sign-in message {self.pk}"
