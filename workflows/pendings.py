"""Acts that were pressed and can still be taken back, as the pages of the desk show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from workflows import clock
from workflows.models import PendingAct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onboarding.models import User

#: What the bar says right after a press: the person goes on as if it were done.
SAID: Final[dict[str, Any]] = {
    PendingAct.Act.VERIFY: gettext_lazy("%(name)s is verified."),
    PendingAct.Act.RETURN: gettext_lazy("The list for %(name)s is sent."),
    PendingAct.Act.APPROVE: gettext_lazy("%(name)s is approved."),
    PendingAct.Act.REJECT: gettext_lazy("%(name)s is refused."),
    PendingAct.Act.SEND_BACK: gettext_lazy("%(name)s goes back to be checked again."),
}


class Pressed(NamedTuple):
    """One act in the bar: its sentence, the seconds left, or why it could not be carried out."""

    pk: int
    case_id: int
    sentence: str
    seconds: int
    refusal: str


class Pendings(NamedTuple):
    """``bar`` is this person's; ``of_case`` says of each case that is being finished how long."""

    bar: list[Pressed]
    of_case: dict[int, str]


def pendings_of(user: User, case_ids: Iterable[int]) -> Pendings:
    """Gather what stands in the bar and what concerns the cases on the page, in one query."""
    waiting = Q(case__in=list(case_ids), ended_at__isnull=True)
    found = PendingAct.objects.filter(Q(by=user, is_shown=True) | waiting)
    rows = list(found.select_related("case__vendor", "by").order_by("-pk"))
    return Pendings(
        bar=[_pressed(row) for row in rows if row.by_id == user.pk and row.is_shown],
        of_case={row.case_id: _being_finished(row) for row in rows if row.ended_at is None},
    )


def said_of(act: str, name: str) -> str:
    """Return the sentence of an act that was pressed."""
    return str(SAID[act]) % {"name": name}


def _pressed(row: PendingAct) -> Pressed:
    left = (row.final_at - clock.now()).total_seconds()
    return Pressed(
        pk=row.pk,
        case_id=row.case_id,
        sentence=row.case.vendor.name if row.refusal else said_of(row.act, row.case.vendor.name),
        seconds=max(0, round(left)),
        refusal=row.refusal,
    )


def _being_finished(row: PendingAct) -> str:
    moment = date_format(timezone.localtime(row.final_at), "H.i.s")
    words = _("Being finished by %(name)s; can be taken back until %(moment)s.")
    return words % {"name": row.by.full_name, "moment": moment}
