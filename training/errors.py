"""Why an act of this room is refused: named exceptions, each with a sentence fit for the user."""


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
    """The trainer already leads another session at that time."""


class SheetChanged(Refused):
    """Somebody marked the list after it was shown, so the counts no longer hold."""
