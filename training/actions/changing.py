"""A planned session changes: what it is about without noise, its date or place with a message."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from config.gate.shown import Shown, print_of
from training import events
from training.actions.clashes import check_is_free
from training.actions.planning import (
    check_is_to_come,
    check_may_plan,
    lock_open_session,
    trainers_of,
)
from training.actions.venues import with_hall
from training.errors import Overtaken, Refused
from training.models import SEATED, Seat, Session

#: A change of these is a move: everybody who has a seat must hear of it.
WHEN_AND_WHERE = (
    "starts_at", "ends_at", "way", "venue_id", "region_id", "place", "address", "map_url",
    "online_url",
)  # fmt: skip


@transaction.atomic
def change_session(
    session: Session, *, shown: Shown | None = None, by: Any, **facts: Any
) -> Session:
    """Change what a session is about, who teaches it and how many seats it has.

    Refused below the seats given, and for another audience once somebody has a seat.
    ``shown`` is what the page showed on which the facts were typed: what the person left as it was
    there stays as it is by now; raises ``Overtaken`` where somebody else changed the same.
    """
    check_may_plan(by)
    session = lock_open_session(session)
    if shown:
        facts = _beside_others(session, facts, shown)
    taken = session.seats.filter(state__in=SEATED).count()
    if facts["capacity"] < taken:
        raise Refused(
            _("%(taken)d seats are given already. Take some back first, or type a larger number.")
            % {"taken": taken}
        )
    if taken and facts["audience"] != session.audience:
        raise Refused(_("Somebody has a seat already, so it stays a session for the same people."))
    if facts["trainer"] in facts["co_trainers"]:
        raise Refused(_("The trainer who leads is not also another trainer."))
    check_is_free(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        trainers=trainers_of(facts),
        venue=None,
        but=session.pk,
    )
    changed = sorted(name for name, value in facts.items() if _differs(session, name, value))
    if not changed:
        return session
    serves, helpers = facts.pop("serves"), facts.pop("co_trainers")
    for name, value in facts.items():
        setattr(session, name, value)
    session.save(update_fields=list(facts))
    session.serves.set(serves)
    session.co_trainers.set(helpers)
    events.session_changed.send(sender=Session, session=session, changed=changed, by=by)
    return session


@transaction.atomic
def move_session(session: Session, *, reason: str, by: Any, **facts: Any) -> Session:
    """Give a session another date, time or place, with a reason that everybody is told.

    Seats stay; what their owners answered is asked again, because it was said of another day.
    Raises ``TrainerBusy`` or ``HallTaken``, and ``Refused`` when nothing differs or people were
    already marked as there.
    """
    check_may_plan(by)
    session = lock_open_session(session)
    if session.seats.filter(arrived_at__isnull=False).exists():
        raise Refused(_("People were already marked as present, so this session was held."))
    check_is_to_come(facts["starts_at"])
    facts = with_hall(facts)
    was = copy(session)
    for name, value in facts.items():
        setattr(session, name, value)
    if all(getattr(was, name) == getattr(session, name) for name in WHEN_AND_WHERE):
        raise Refused(_("Nothing is different. Choose another date, time or place."))
    check_is_free(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        trainers=[session.trainer, *session.co_trainers.all()],
        venue=session.venue,
        but=session.pk,
    )
    session.changes += 1
    session.move_reason = reason
    session.save(update_fields=[*WHEN_AND_WHERE, "changes", "move_reason"])
    seats = session.seats.filter(state__in=(*SEATED, Seat.State.WAITING))
    seats.update(answered_at=None, answered_via="", answered_by=None, reminded_at=None)
    events.session_moved.send(
        sender=Session,
        session=session,
        was=was,
        seats=list(seats.select_related("session", "vendor", "user")),
        reason=reason,
        by=by,
    )
    return session


def _beside_others(session: Session, facts: dict[str, Any], shown: Shown) -> dict[str, Any]:
    known = {name: _known(session, name) for name in facts}
    changes = shown.changes(facts)
    if names := shown.overtaken(changes, known):
        raise Overtaken(names)
    return known | changes


def _known(session: Session, name: str) -> Any:
    value = getattr(session, name)
    return list(value.all()) if name in ("serves", "co_trainers") else value


def _differs(session: Session, name: str, value: Any) -> bool:
    return print_of(_known(session, name)) != print_of(value)
