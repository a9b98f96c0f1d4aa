"""Who looked at a firm's papers and data: one row for a person, a firm and a thing in an hour.

Kept apart from the trail, because a chained event on every page would make the whole site wait in
line. Two queries the first time in an hour, one after that; a look that cannot be noted (another
writer holds an embedded database) is logged and the page goes on.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError

from onboarding import roles
from workflows.models import Look
from workflows.models.rights import this_hour

if TYPE_CHECKING:
    from onboarding.models import User

logger = logging.getLogger("mitra.looks")

#: The owner's own eyes are nobody's business, and the machine has none.
NOT_NOTED = frozenset({roles.VENDOR, roles.SYSTEM})


def note_look(user: User, vendor_id: int, what: str) -> None:
    """Note that somebody opened something of a firm."""
    if user.role in NOT_NOTED:
        return
    look = {"vendor_id": vendor_id, "by_id": user.pk, "what": what, "hour": this_hour()}
    try:
        if Look.objects.filter(**look).exists():
            return
        Look(**look, role=user.role).save(force_insert=True)
    except IntegrityError:  # two tabs at once are one look
        return
    except DatabaseError as error:
        logger.error("a look at firm %s was not noted: %s", vendor_id, type(error).__name__)
