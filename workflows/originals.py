"""The originals of offices' lists: none outlives a row of it that was erased.

What stays as evidence of what an office sent: the name of the file, its SHA-256, how many rows it
had, and each row that was not erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from onboarding.models import Referral, ReferralSheet, SheetRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

State = ReferralSheet.State
#: Nobody and no machine needs the file of these any more; the others may still be read again.
SETTLED: Final = (State.ENTERED, State.CANCELLED, State.UNREADABLE, State.UNDONE)


def kept() -> QuerySet[ReferralSheet]:
    """The settled lists whose original is still in the store."""
    found: QuerySet[ReferralSheet] = ReferralSheet.objects.filter(state__in=SETTLED)
    return found.exclude(stored_as="")


def naming(firms: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[ReferralSheet]:
    """Those of them in which one of these firms stands."""
    referrals = Referral.objects.filter(vendor__in=firms)
    sheets = set(referrals.exclude(sheet=None).values_list("sheet", flat=True))
    for named in ({"known_vendor__in": firms}, {"earlier__in": referrals.values("pk")}):
        sheets.update(SheetRow.objects.filter(**named).values_list("sheet", flat=True).distinct())
    return kept().filter(pk__in=sheets)


def take_away(sheets: Iterable[ReferralSheet]) -> int:
    """Let their rows forget the file and the cells that were shown of it; returns how many. The
    file itself is the caller's: it goes after the row."""
    count = 0
    for sheet in sheets:
        sheet.stored_as, sheet.file_gone_at = "", timezone.now()
        sheet.layout = _without_samples(sheet.layout)
        sheet.save(update_fields=["stored_as", "file_gone_at", "layout"])
        count += 1
    return count


def _without_samples(layout: dict[str, Any]) -> dict[str, Any]:
    for one in layout.get("sheets", []):
        for column in one.get("columns", []):
            column.pop("samples", None)
    return layout
