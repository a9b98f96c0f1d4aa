"""The columns of an office's own list: confirmed by a person once, remembered for the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.errors import NotAllowed, Refused, SheetNotReady
from onboarding.imports import TITLES
from onboarding.models import ColumnMap, ReferralSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onboarding.models import Agency, User

MOST_REMEMBERED = 40
TO_BE_CHOSEN = (ReferralSheet.State.COLUMNS, ReferralSheet.State.READ)


def remembered_columns(agency: Agency) -> dict[str, dict[str, int]]:
    """What this office confirmed before, by the signature of the titles; the newest only."""
    maps = agency.column_maps.values_list("signature", "places")[:MOST_REMEMBERED]
    return dict(maps)


@transaction.atomic
def confirm_columns(
    sheet: ReferralSheet, *, places: Mapping[str, Mapping[str, int]], by: User
) -> ReferralSheet:
    """Say which column is which, by signature of the titles; the list is then read again.

    Empty places say that a sheet of the file is no list. Raises ``Refused`` when no sheet has a
    column with the names of the firms.
    """
    if not by.may("onboarding.refer_vendors"):
        raise NotAllowed(_("Your role cannot say what the columns of a list are."))
    shown = {one["signature"]: one for one in sheet.layout.get("sheets", [])}
    chosen = {
        signature: _checked(places.get(signature, {}), one) for signature, one in shown.items()
    }
    if not any("name" in one for one in chosen.values()):
        raise Refused(_("Choose the column that holds the names of the businesses."))
    changed = ReferralSheet.objects.filter(pk=sheet.pk, state__in=TO_BE_CHOSEN).update(
        state=ReferralSheet.State.RECEIVED, rows_read=0, rows_total=0
    )
    sheet.refresh_from_db()
    if changed != 1:
        raise SheetNotReady(
            _("This list is “%(state)s” now. Somebody may have just done it; look at it again.")
            % {"state": sheet.get_state_display()}
        )
    for signature, one in chosen.items():
        ColumnMap.objects.update_or_create(
            agency=sheet.agency,
            signature=signature,
            defaults={
                "titles": shown[signature]["titles"],
                "places": one,
                "confirmed_at": timezone.now(),
                "confirmed_by": by,
            },
        )
    events.columns_confirmed.send(sender=ReferralSheet, sheet=sheet, by=by)
    return sheet


def _checked(places: Mapping[str, int], shown: dict[str, list[str]]) -> dict[str, int]:
    known = {key: index for key, index in places.items() if key in TITLES}
    if len(set(known.values())) != len(known):
        raise Refused(_("One column cannot hold two things. Choose each only once."))
    width = len(shown["titles"])
    return {key: index for key, index in known.items() if 0 <= index < width}
