"""A file that was turned away at a door of the site: nothing of it is kept but that it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from workflows import audit

if TYPE_CHECKING:
    from onboarding.models import User, Vendor


@transaction.atomic
def refuse_file(
    *, door: str, code: str, by: User, vendor: Vendor | None = None, **detail: Any
) -> None:
    """Write down at which ``door`` a file was turned away, and by which ``code``; no code is no
    file, or nothing wrong with it."""
    if code:
        audit.record("refuse_file", by=by, vendor=vendor, door=door, refusal=code, **detail)
