"""KBLI lists that the Bureau loads itself, because the product does not ship them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.errors import Refused
from onboarding.models import KbliCode

if TYPE_CHECKING:
    from pathlib import Path

    from onboarding.models import User

LEAST, MOST = 500, 5_000


@transaction.atomic
def load_kbli(path: Path, *, version: str, by: User) -> int:
    """Store the codes of a JSON list of ``{"code", "title"}``; returns how many stand now.

    The file is only read. Loading the same version again takes the place of what was loaded.
    Raises ``Refused`` for what is not such a list; nothing is changed then.
    """
    content = path.read_bytes()
    try:
        rows = json.loads(content)
        codes = {str(row["code"]): str(row["title"]).strip()[:300] for row in rows}
    except (ValueError, TypeError, KeyError) as fault:
        raise Refused(_("This is not a list of KBLI codes with titles in JSON.")) from fault
    if not LEAST <= len(codes) <= MOST or not all(_is_code(code) for code in codes):
        raise Refused(_("The codes are not the five digits of a whole KBLI list."))
    KbliCode.objects.filter(version=version).delete()
    KbliCode.objects.bulk_create(
        (KbliCode(version=version, code=code, title=title) for code, title in codes.items()),
        batch_size=500,
    )
    told: dict[str, Any] = {"codes_loaded": len(codes), "sha256": sha256(content).hexdigest()}
    events.kbli_loaded.send(sender=KbliCode, version=version, detail=told, by=by)
    return len(codes)


def _is_code(code: str) -> bool:
    return len(code) == 5 and code.isdecimal()
