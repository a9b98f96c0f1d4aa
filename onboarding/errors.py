"""Why an act of this room is refused: named exceptions, each with a sentence fit for the user."""


class Refused(Exception):
    """An act that cannot be done now; its text says what happened and what to do, translated."""

    @property
    def sentence(self) -> str:
        """What to show; its presence is what tells a page that this is a refusal, not a fault."""
        return str(self)


class NotAllowed(Refused):
    """The person's role does not hold this act."""


class SheetNotReady(Refused):
    """The sheet is in another state than the act needs: still being read, confirmed, cancelled."""
