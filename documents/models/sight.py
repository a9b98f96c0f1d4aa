"""Who may see a paper, and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from typing import Self


class SightQuerySet(models.QuerySet):
    """A paper is seen by those who may view papers *and* see the firm."""

    vendor_lookup = "vendor"

    def visible_to(self, user: Any) -> Self:
        """Keep what belongs to firms in this person's sight."""
        if not user.has_perm("documents.view_papers"):
            return self.none()
        if user.sees_every_vendor():
            return self
        return self.filter(**{f"{self.vendor_lookup}__in": user.vendors_in_sight()})


class PageQuerySet(SightQuerySet):
    """Pages and readings belong to a firm through their paper."""

    vendor_lookup = "paper__vendor"
