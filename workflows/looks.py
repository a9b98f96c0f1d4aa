"""Who looked at a firm's papers and data: one row for a person, a firm and a thing in an hour.

Kept apart from the trail, because a chained event on every page would make the whole site wait in
line. Two queries the first time in an hour, one after that; a look that cannot be noted (another
writer holds an embedded database) is logged and the page goes on.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from onboarding import roles
from workflows.models import Look
from workflows.models.rights import this_hour

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User

logger = logging.getLogger("mitra.looks")

#: The owner's own eyes are nobody's business, and the machine has none.
NOT_NOTED = frozenset({roles.VENDOR, roles.SYSTEM})


def note_look(user: User, vendor_id: int, what: str) -> None:
    """Note that somebody opened something of a firm."""
    note_looks(user, (vendor_id,), what)


def note_looks(user: User, vendor_ids: Iterable[int], what: str) -> None:
    """Note that somebody opened something that shows several firms, at each of them.

    Written in a savepoint, so that an act around it goes on when a row is refused; two tabs at once
    are one look.
    """
    if user.role in NOT_NOTED:
        return
    shown = set(vendor_ids)
    about = {"by_id": user.pk, "what": what, "hour": this_hour()}
    try:
        noted = Look.objects.filter(vendor__in=shown, **about).values_list("vendor", flat=True)
        fresh = [Look(vendor_id=firm, role=user.role, **about) for firm in shown.difference(noted)]
        if fresh:
            with transaction.atomic():
                Look.objects.bulk_create(fresh, ignore_conflicts=True)
    except DatabaseError as error:
        logger.error("looks at %d firms were not noted: %s", len(shown), type(error).__name__)
