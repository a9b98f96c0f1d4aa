"""How the state of a list and the verdict on a row look: colour for the exceptions only."""

from __future__ import annotations

from typing import Final, NamedTuple

from onboarding.models import ReferralSheet, SheetRow

State = ReferralSheet.State
Verdict = SheetRow.Verdict


class Look(NamedTuple):
    """The kind of a tag (``ok warn bad info off``) and its icon."""

    kind: str
    icon: str


SHEET_LOOKS: Final[dict[State, Look]] = {
    State.RECEIVED: Look("info", "clock"),
    State.COLUMNS: Look("warn", "alert"),
    State.READ: Look("warn", "alert"),
    State.UNREADABLE: Look("bad", "x"),
    State.CONFIRMED: Look("info", "clock"),
    State.ENTERED: Look("ok", "check"),
    State.CANCELLED: Look("off", "x"),
    State.UNDONE: Look("off", "x"),
}
VERDICT_LOOKS: Final[dict[Verdict, Look]] = {
    Verdict.CREATED: Look("off", "plus"),
    Verdict.LINKED: Look("off", "link"),
    Verdict.REVIEW: Look("warn", "search"),
    Verdict.REFUSED: Look("bad", "x"),
}
