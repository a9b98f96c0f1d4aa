"""Writing down that somebody was looked for by a number that belongs to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from workflows import audit
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onboarding.models import User


@transaction.atomic
def note_search(*, kinds: Sequence[str], found: int, by: User) -> None:
    """Keep which kinds of number were looked for and whether it was found, never the number."""
    check_may(by, "workflows.search_everything")
    audit.record("search_everything", by=by, kinds=list(kinds), count=found)
