"""The only writer of ``Vendor.status``: the table of the road, moved by compare-and-set.

Each transition below is one row of the table in ``docs/states.md``. ``move`` takes one vendor
along a
verb, ``move_many`` a batch; both write the audit event in the same transaction. ``by`` says which
act
(see ``onboarding.roles``) the mover must hold; ``None`` means that holding the calling action's own
right is enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from viewflow import fsm

from onboarding.models import Status as S, Vendor
from workflows import audit
from workflows.errors import MoveNotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onboarding.models import User

BEFORE_DECISION = (S.REFERRED, S.INELIGIBLE, S.ELIGIBLE, S.INVITED, S.GUIDED)
AFTER_APPROVAL = (S.APPROVED, S.REGISTERED, S.ACTIVE)


class VendorLifecycle:
    """The state machine around one vendor; it saves nothing, ``move`` does."""

    state = fsm.State(S, default=S.REFERRED)

    def __init__(self, vendor: Vendor) -> None:
        self.vendor = vendor

    @state.setter()
    def _set_status(self, value: S) -> None:
        self.vendor.status = value

    @state.getter()
    def _get_status(self) -> S:
        return S(self.vendor.status)

    @state.transition(source={S.REFERRED, S.INELIGIBLE}, target=S.ELIGIBLE, permission=None)
    def find_eligible(self) -> None:
        """The rules found nothing missing, or an officer overruled them with a reason."""

    @state.transition(source={S.REFERRED, S.ELIGIBLE}, target=S.INELIGIBLE, permission=None)
    def find_ineligible(self) -> None:
        """A rule is not met; the screening keeps the reasons and the path."""

    @state.transition(source=S.ELIGIBLE, target=S.INVITED, permission=None)
    def invite(self) -> None:
        """A seat in a session was given."""

    @state.transition(source=S.INVITED, target=S.ELIGIBLE, permission=None)
    def release(self) -> None:
        """The seat was declined or the session cancelled; not counted."""

    @state.transition(source=S.INVITED, target=S.ELIGIBLE, permission=None)
    def miss(self) -> None:
        """Did not come; counted, the N-th leads to lapse."""

    @state.transition(source={S.INVITED, S.ELIGIBLE}, target=S.GUIDED, permission=None)
    def guide(self) -> None:
        """Attended, counted when the sheet is closed; or waived with a reason."""

    @state.transition(source=S.GUIDED, target=S.ELIGIBLE, permission=None)
    def unguide(self) -> None:
        """Attendance corrected with a reason, before submission."""

    @state.transition(source=S.GUIDED, target=S.SUBMITTED, permission=None)
    def submit(self) -> None:
        """All required papers are in; a case opens."""

    @state.transition(source=S.SUBMITTED, target=S.RETURNED, permission=None)
    def return_for_correction(self) -> None:
        """A numbered list of what to correct was sent."""

    @state.transition(source=S.RETURNED, target=S.SUBMITTED, permission=None)
    def resubmit(self) -> None:
        """The corrections were handed in."""

    @state.transition(source=S.SUBMITTED, target=S.VERIFIED, permission=None)
    def verify(self) -> None:
        """Every paper checked by an officer, with a recommendation."""

    @state.transition(source=S.VERIFIED, target=S.SUBMITTED, permission=None)
    def send_back(self) -> None:
        """The approver wants it checked again, with a reason."""

    @state.transition(source=S.VERIFIED, target=S.APPROVED, permission=None)
    def approve(self) -> None:
        """Cleared for hand-over."""

    @state.transition(source=S.VERIFIED, target=S.REJECTED, permission=None)
    def reject(self) -> None:
        """Refused, with a reason from the list."""

    @state.transition(source=S.REJECTED, target=S.SUBMITTED, permission=None)
    def appeal(self) -> None:
        """Once, within the time; another officer, another approver."""

    @state.transition(source=S.APPROVED, target=S.REGISTERED, permission=None)
    def register(self) -> None:
        """Has its account on at least one platform."""

    @state.transition(source=S.REGISTERED, target=S.ACTIVE, permission=None)
    def go_live(self) -> None:
        """First product on sale."""

    @state.transition(source=S.ACTIVE, target=S.REGISTERED, permission=None)
    def delist(self) -> None:
        """On sale nowhere."""

    @state.transition(source=set(AFTER_APPROVAL), target=S.SUSPENDED, permission=None)
    def suspend(self) -> None:
        """Stopped after approval, with a reason."""

    @state.transition(
        source=S.SUSPENDED,
        target=fsm.State.GET_STATE(
            lambda life: S(life.vendor.status_before_suspension), states=list(AFTER_APPROVAL)
        ),
        permission=None,
    )
    def reinstate(self) -> None:
        """Back to where it was, by another approver than the suspender."""

    @state.transition(
        source={
            *BEFORE_DECISION,
            S.SUBMITTED,
            S.RETURNED,
            S.VERIFIED,
            *AFTER_APPROVAL,
            S.SUSPENDED,
        },
        target=S.WITHDRAWN,
        permission=None,
    )
    def withdraw(self) -> None:
        """Left, on the owner's word."""

    @state.transition(source={*BEFORE_DECISION, S.RETURNED}, target=S.LAPSED, permission=None)
    def lapse(self) -> None:
        """Ran out of time or chances, after reminders."""

    @state.transition(
        source={S.REJECTED, S.WITHDRAWN, S.LAPSED}, target=S.REFERRED, permission=None
    )
    def refer(self) -> None:
        """Named again; keeps its history. After a refusal a waiting time applies."""


@dataclass(frozen=True)
class Move:
    """One row of the table: a verb from a status to another."""

    verb: str
    source: str
    target: str
    note: str


def table() -> tuple[Move, ...]:
    """Return every move of the road, in the order in which it is written above."""
    moves = []
    for name, member in vars(VendorLifecycle).items():
        if not isinstance(member, fsm.base.TransitionDescriptor):
            continue
        note = (getattr(VendorLifecycle, name).__doc__ or "").strip()
        for transition in member.get_transitions():
            moves += [
                Move(name, str(transition.source), str(target), note)
                for target in transition.declared_targets()
            ]
    order = {status: place for place, status in enumerate(S.values)}
    verbs = list(dict.fromkeys(move.verb for move in moves))
    return tuple(sorted(moves, key=lambda m: (verbs.index(m.verb), order[m.source])))


def can(vendor: Vendor, verb: str) -> bool:
    """Ask whether a verb applies now, by the same table that ``move`` obeys."""
    return bool(getattr(VendorLifecycle(vendor), verb).can_proceed())


@transaction.atomic
def move(
    vendor: Vendor,
    verb: str,
    *,
    by: User,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    **detail: Any,
) -> Vendor:
    """Move one vendor along a verb and write the trail. Raises ``MoveNotAllowed``.

    ``changes`` are other columns of the vendor that belong to the move (a count, a date).
    """
    life = VendorLifecycle(vendor)
    source = S(vendor.status)
    try:
        getattr(life, verb)()
    except fsm.TransitionNotAllowed:
        raise MoveNotAllowed(_not_allowed(vendor)) from None
    changes = dict(changes or {})
    moved = (
        Vendor.objects.standing()
        .filter(pk=vendor.pk, status=source)
        .update(status=vendor.status, status_at=timezone.now(), **changes)
    )
    if moved != 1:
        vendor.refresh_from_db()
        raise MoveNotAllowed(_not_allowed(vendor))
    audit.record(
        verb,
        by=by,
        vendor=vendor,
        from_status=source,
        to_status=vendor.status,
        reason=reason,
        **detail,
    )
    vendor.refresh_from_db()
    return vendor


@transaction.atomic
def move_many(
    vendor_ids: Iterable[int],
    verb: str,
    *,
    by: User,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    details: Mapping[int, dict[str, Any]] | None = None,
    is_told: bool = False,
) -> list[int]:
    """Move a batch along a verb; returns the ids that moved. A vendor to whom the verb does not
    apply stays where it is (the caller shows who was left). ``is_told``: the caller writes one
    event for all of a list that may have a million firms."""
    targets = {m.source: m.target for m in table() if m.verb == verb}
    found = (
        Vendor.objects.standing()
        .select_for_update()
        .filter(pk__in=list(vendor_ids), status__in=list(targets))
        .values_list("pk", "status")
    )
    by_source: dict[str, list[int]] = defaultdict(list)
    for pk, status in found:
        by_source[status].append(pk)
    moved = []
    for source, ids in by_source.items():
        Vendor.objects.filter(pk__in=ids, status=source).update(
            status=targets[source], status_at=timezone.now(), **dict(changes or {})
        )
        moved += [(pk, source, targets[source], (details or {}).get(pk, {})) for pk in ids]
    if not is_told:
        audit.record_many(verb, by=by, moves=moved, reason=reason)
    return [pk for pk, *_rest in moved]


def _not_allowed(vendor: Vendor) -> str:
    return _(
        "This cannot be done while %(name)s is “%(status)s”. "
        "Somebody may have just changed it; look at the page again."
    ) % {"name": vendor.name, "status": S(vendor.status).label}
