"""How an office writes its lists: the columns that a person of it confirmed, kept for next time."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from onboarding.models.people import Agency, User


class ColumnMap(models.Model):
    """Which column is which under one set of titles of one office.

    ``places`` is our key to the index of their column, from 0; empty says that a sheet with these
    titles is no list. ``signature`` is of the titles in their order.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="column_maps")
    signature = models.CharField(max_length=64)
    titles = models.JSONField(default=list)
    places = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-confirmed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("agency", "signature"), name="columns_are_remembered_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {', '.join(self.titles)}"
