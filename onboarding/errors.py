"""Why an act of this room is refused: named exceptions, each with a sentence fit for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import ReferralSheet


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


class SheetAlreadyReceived(Refused):
    """The same office sent the same bytes before; ``sheet`` is what became of them."""

    def __init__(self, sentence: str, *, sheet: ReferralSheet) -> None:
        super().__init__(sentence)
        self.sheet = sheet


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
