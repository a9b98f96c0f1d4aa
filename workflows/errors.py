"""Why an act of this room is refused: named exceptions, each with a sentence fit for the user."""


class Refused(Exception):
    """An act that cannot be done now; its text says what happened and what to do, translated."""

    #: Where the page of a refusal leads back to; "" to one's own first page.
    back_url = ""

    @property
    def sentence(self) -> str:
        """What to show; its presence is what tells a page that this is a refusal, not a fault."""
        return str(self)


class NotAllowed(Refused):
    """The role does not hold this act, or the firm is not in this person's sight."""


class MoveNotAllowed(Refused):
    """The vendor's status does not allow this move, or somebody else has just moved it."""


class TakenByAnother(Refused):
    """The case is claimed by somebody else, or the step was already done."""


class PageIsOld(Refused):
    """The case has another round or other papers than the page showed on which somebody pressed."""


class OnHold(Refused):
    """The case waits for somebody outside; first it has to go on."""


class SamePerson(Refused):
    """The one who verified may not decide, the one who suspended may not reinstate."""


class ConflictOfInterest(Refused):
    """Nobody acts on a firm that is theirs, nor decides on one that they referred."""


class ItemsStillOpen(Refused):
    """A paper or an item to correct is still open, so the case cannot go on."""


class LinkNotValid(Refused):
    """The link has expired, was used, or was withdrawn."""


class NumberTaken(Refused):
    """This letter number was already used this year."""
