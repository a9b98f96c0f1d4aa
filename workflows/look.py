"""How a status looks: a colour only where somebody must act, always with an icon and the word."""

from __future__ import annotations

from typing import Final, NamedTuple

from onboarding.models import Status


class Look(NamedTuple):
    """The kind of a tag (``ok warn bad info off``) and its icon."""

    kind: str
    icon: str


LOOKS: Final[dict[str, Look]] = {
    Status.REFERRED: Look("info", "clock"),
    Status.INELIGIBLE: Look("warn", "alert"),
    Status.ELIGIBLE: Look("info", "check"),
    Status.INVITED: Look("info", "cal"),
    Status.GUIDED: Look("info", "check"),
    Status.SUBMITTED: Look("info", "clock"),
    Status.RETURNED: Look("warn", "alert"),
    Status.VERIFIED: Look("info", "check"),
    Status.APPROVED: Look("ok", "check"),
    Status.REGISTERED: Look("ok", "check"),
    Status.ACTIVE: Look("ok", "check"),
    Status.REJECTED: Look("bad", "x"),
    Status.SUSPENDED: Look("bad", "x"),
    Status.WITHDRAWN: Look("off", "x"),
    Status.LAPSED: Look("off", "clock"),
}


def look_of(status: str) -> Look:
    """Return how a vendor's status is shown."""
    return LOOKS.get(status, Look("off", "clock"))
