"""Why an act of this room is refused: named exceptions, each with a sentence fit for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable


class Refused(Exception):
    """An act that cannot be done now; its text says what happened and what to do, translated."""

    @property
    def sentence(self) -> str:
        """What to show; its presence is what tells a page that this is a refusal, not a fault."""
        return str(self)


class SessionFull(Refused):
    """No seat is left."""


class SheetClosed(Refused):
    """The attendance sheet is closed, or the session was cancelled."""


class SessionNotOver(Refused):
    """A sheet cannot be closed before the session has begun."""


class TrainerBusy(Refused):
    """The trainer is already at another session at that time, leading it or helping."""


class HallTaken(Refused):
    """Another session is planned in the hall at that time."""


class RowsRefused(Refused):
    """Of a series, some sessions cannot be planned, so none is: ``rows`` says why, by place."""

    def __init__(self, message: str, rows: dict[int, str]) -> None:
        super().__init__(message)
        self.rows = rows


class SheetChanged(Refused):
    """Somebody marked the list after it was shown, so the counts no longer hold."""


class LinkNotValid(Refused):
    """The link to an invitation is not ours, or was replaced."""


class InvitationOver(Refused):
    """An invitation can no longer be answered: begun, cancelled, or taken back."""


class DoorUnsettled(Refused):
    """Devices disagree, or one of them may still hold marks that nobody has seen."""


class WrongCode(Refused):
    """What was typed is not the code that the screen of the hall shows."""


class Overtaken(Refused):
    """Somebody else changed the same fields after the page was shown on which they were typed."""

    def __init__(self, fields: Iterable[str]) -> None:
        super().__init__(
            _(
                "Somebody else has changed this since you opened the page. Open the page once more "
                "beside this one to see it. If yours is right, save again here."
            )
        )
        self.by_field = dict.fromkeys(fields, str(self))
