"""The steps of the road with their dates, told from the trail: behind me, here, still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy

from onboarding.models import ENDED, Status
from workflows.models import AuditEvent

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import Vendor
    from workflows.owner.papers import OwnPapers

#: Each step is behind the firm once it has reached the status named here.
STEPS: Final[tuple[tuple[str, Any], ...]] = (
    (Status.ELIGIBLE, gettext_lazy("Named and checked against the rules")),
    (Status.GUIDED, gettext_lazy("Technical guidance (bimtek)")),
    (Status.SUBMITTED, gettext_lazy("All papers sent")),
    (Status.APPROVED, gettext_lazy("Check and decision")),
    (Status.REGISTERED, gettext_lazy("Account at the online shop")),
    (Status.ACTIVE, gettext_lazy("On sale")),
)
PAPERS_STEP = 2
BEHIND: Final[dict[str, int]] = {
    Status.REFERRED: 0,
    Status.INELIGIBLE: 0,
    Status.ELIGIBLE: 1,
    Status.INVITED: 1,
    Status.GUIDED: 2,
    Status.SUBMITTED: 3,
    Status.RETURNED: 3,
    Status.VERIFIED: 3,
    Status.REJECTED: 3,
    Status.APPROVED: 4,
    Status.REGISTERED: 5,
    Status.ACTIVE: 6,
}


@dataclass(frozen=True)
class Step:
    """One step as ``components/steps.html`` shows it: ``done``, ``now`` or ``todo``."""

    state: str
    title: Any
    note: str


@dataclass(frozen=True)
class Road:
    """All steps, how many are behind, and the move that brought the firm where it is."""

    steps: tuple[Step, ...]
    done: int
    last: AuditEvent | None

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.steps)


def road_of(vendor: Vendor, papers: OwnPapers | None = None) -> Road:
    """Return the steps of one firm; with ``papers`` the third step says how many are in.

    One query: the moves of the firm, newest first (a road has some ten, the cap is a safeguard).
    """
    moves = list(
        AuditEvent.objects.filter(vendor=vendor)
        .exclude(to_status="")
        .only("at", "from_status", "to_status", "reason", "act")[:100]
    )
    last = moves[0] if moves else None
    reached: dict[str, datetime] = {}
    for move in moves:
        reached.setdefault(move.to_status, move.at)
    done = _behind(vendor, last)
    steps = tuple(
        Step(
            _state(vendor, at, done),
            title,
            _done_on(reached.get(status)) if at < done else _note(vendor, papers, at, done),
        )
        for at, (status, title) in enumerate(STEPS)
    )
    return Road(steps, done, last)


def day(moment: datetime | date, *, long: bool = True) -> str:
    """Write a day as people read it: ``Sabtu, 21 November 2026``; moments are taken in WIB."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return date_format(moment, "LONG_DATE_FORMAT" if long else "DATE_FORMAT")


def _behind(vendor: Vendor, last: AuditEvent | None) -> int:
    if vendor.status in BEHIND:
        return BEHIND[vendor.status]
    if vendor.status == Status.SUSPENDED:
        return BEHIND.get(vendor.status_before_suspension, 4)
    return BEHIND.get(last.from_status, 0) if last else 0


def _state(vendor: Vendor, at: int, done: int) -> str:
    if at < done:
        return "done"
    has_stopped = vendor.status in (*ENDED, Status.SUSPENDED)
    return "now" if at == done and not has_stopped else "todo"


def _note(vendor: Vendor, papers: OwnPapers | None, at: int, done: int) -> str:
    if at == PAPERS_STEP and papers is not None:
        return _("%(in)s of %(all)s papers are in") % {
            "in": papers.received,
            "all": len(papers.required),
        }
    if at > done:
        return ""
    return _("Now: %(status)s, since %(day)s") % {
        "status": vendor.get_status_display(),
        "day": day(vendor.status_at, long=False),
    }


def _done_on(moment: datetime | None) -> str:
    return _("Done on %(day)s") % {"day": day(moment, long=False)} if moment else _("Done")
