"""Who sees the rows that hang on a firm or a person: one answer for each way in which they hang."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from typing import Self


class OfVendorQuerySet(models.QuerySet[Any]):
    """A row that belongs to a firm is seen by those who see the firm.

    ``vendor_lookup`` is the way from the row to the firm; whoever does not hold the act ``needs``
    sees none, and where ``own`` is named a person's own rows are seen too.
    """

    vendor_lookup: ClassVar[str] = "vendor"
    needs: ClassVar[tuple[str, ...]] = ()
    own: ClassVar[str] = ""

    def visible_to(self, user: Any) -> Self:
        """Keep what belongs to firms in this person's sight."""
        if self.needs and not any(user.may(act) for act in self.needs):
            return self.none()
        if user.sees_every_vendor():
            return self
        seen = Q(**{f"{self.vendor_lookup}__in": user.vendors_in_sight()})
        return self.filter(seen | Q(**{self.own: user}) if self.own else seen)


class OwnQuerySet(models.QuerySet[Any]):
    """A row that is a person's own is seen by nobody else."""

    own: ClassVar[str] = "user"

    def visible_to(self, user: Any) -> Self:
        """Keep one's own."""
        return self.filter(**{self.own: user})


class OfActQuerySet(models.QuerySet[Any]):
    """Rows for those who hold an act, and for nobody else."""

    needs: ClassVar[tuple[str, ...]] = ()

    def visible_to(self, user: Any) -> Self:
        """Keep everything or nothing."""
        return self if any(user.may(act) for act in self.needs) else self.none()
