"""Which forms were sent, and to what that led: the same form sent again leads to the same page."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PostedForm(models.Model):
    """One form that did something, by the key that was made when it was shown.

    ``key`` is a hash over the person, the address and the form's own key, so nobody's key meets
    another's. The row is written in the transaction of the act: there is an act with it, or none.
    """

    key = models.CharField(max_length=64, primary_key=True)
    #: Of the request that did it; another request with the same form has another.
    attempt = models.CharField(max_length=32)
    #: Hash of what was filled in, to tell somebody who changed it before sending it again.
    said = models.CharField(max_length=64)
    #: The page to which the act led; empty until the first answer is ready.
    outcome = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
