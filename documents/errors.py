"""Why an act of this room is refused: named exceptions, each with a sentence fit for the user."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """An act that cannot be done now; its text says what happened and what to do, translated."""

    @property
    def sentence(self) -> str:
        """What to show; its presence is what tells a page that this is a refusal, not a fault."""
        return str(self)


class FileRefused(Refused):
    """The file cannot be taken; ``code`` is stable, the text tells the owner what to do instead;
    ``peak_mb`` is what the child held that looked at it, 0 where none did, None if it was ended."""

    def __init__(self, sentence: str, *, code: str, peak_mb: int | None = 0) -> None:
        super().__init__(sentence)
        self.code, self.peak_mb = code, peak_mb


class PaperFrozen(Refused):
    """Papers are frozen from verification on."""


class PieceMisplaced(Refused):
    """A piece does not begin where the bytes that are here end; ``received`` says where."""

    def __init__(self, received: int) -> None:
        super().__init__(_("This part of the photo is here already, or one before it is missing."))
        self.received = received
