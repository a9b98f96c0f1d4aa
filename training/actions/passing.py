"""Passes and codes of seats, made from what the installation keeps secret; none is ever stored."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events, passes
from training.actions.planning import lock_open_session
from training.errors import Refused
from training.models import SEATED, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A pass is good until the sheet of its day is surely closed.
GRACE: Final = timedelta(hours=12)


def pass_of(seat: Seat) -> str:
    """Return the pass of a seat, the text that its QR bears."""
    return passes.sign_pass(_key("pass"), **_facts(seat))


def code_of(seat: Seat) -> str:
    """Return the code of a seat that can be typed where no camera reads the pass."""
    return passes.short_code(_key("code"), **_facts(seat))


def digests_of(seat: Seat) -> tuple[str, str]:
    """Return by what a device without signal knows the pass and the code of a seat again."""
    code = passes.code_digest(code_of(seat), session_id=seat.session_id)
    return passes.pass_digest(pass_of(seat)), code


def read_pass(text: str) -> passes.Pass | None:
    """Return what a pass says, if it is one of ours; whether it still counts is asked elsewhere."""
    for key in _keys("pass"):
        found = passes.read_pass(text, key=key)
        if not isinstance(found, passes.Refusal):
            return found
    return None


def seat_of_pass(
    session: Session, text: str, *, at: datetime, seats: Iterable[Seat]
) -> Seat | passes.Refusal:
    """Return the seat that a pass opens at this door at this time, or why it opens none."""
    by_id = {seat.pk: seat for seat in seats}
    door = passes.Door(
        session_id=session.pk,
        versions={pk: seat.pass_version for pk, seat in by_id.items()},
        closes_at=(session.ends_at + GRACE).timestamp(),
        now=at.timestamp(),
    )
    verdicts = [passes.verify_pass(text, key=key, door=door) for key in _keys("pass")]
    # What another key made is forged to this one; the key that knows the pass decides.
    found = next((one for one in verdicts if one != passes.Refusal.FORGED), verdicts[0])
    return found if isinstance(found, passes.Refusal) else by_id[found.seat_id]


def seat_of_code(typed: str, *, seats: Iterable[Seat]) -> Seat | passes.Refusal:
    """Return the seat that a typed code belongs to; one that fits two seats fits none."""
    code = passes.read_code(typed)
    keys = _keys("code")
    found = [seat for seat in seats if code and code in _codes(seat, keys)]
    return found[0] if len(found) == 1 else passes.Refusal.FORGED


def hall_code(session: Session, *, now: datetime) -> str:
    """Return what the screen of the hall shows at this moment."""
    return passes.hall_code(_key("hall"), session_id=session.pk, now=now.timestamp())


def is_hall_code(session: Session, typed: str, *, now: datetime) -> bool:
    """Say whether somebody types what stands on the screen of this hall now, or just did."""
    return passes.is_hall_code(typed, key=_key("hall"), session_id=session.pk, now=now.timestamp())


@transaction.atomic
def renew_pass(seat: Seat, *, reason: str, by: Any) -> Seat:
    """Make the pass of a seat worthless and give it a new one: lost, or sent around."""
    if not by.has_perm("training.take_attendance"):
        raise Refused(_("Your role cannot take attendance."))
    lock_open_session(seat.session)
    Seat.objects.filter(pk=seat.pk).update(pass_version=F("pass_version") + 1)
    seat.refresh_from_db()
    if seat.state not in SEATED:
        raise Refused(_("This seat was given back, so it has no pass."))
    events.pass_renewed.send(sender=Seat, seat=seat, reason=reason, by=by)
    return seat


def has_hall_open(session: Session, *, now: datetime | None = None) -> bool:
    """Say whether people may mark themselves: from an hour before the session to its end."""
    now = now or timezone.now()
    return session.is_open and session.starts_at - timedelta(hours=1) <= now <= session.ends_at


def _facts(seat: Seat) -> dict[str, int]:
    return {"seat_id": seat.pk, "session_id": seat.session_id, "version": seat.pass_version}


def _key(purpose: str) -> bytes:
    return passes.key_of(settings.SECRET_KEY, purpose)


def _keys(purpose: str) -> list[bytes]:
    """The key in force, then those that it took the place of: what they made is still carried."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [passes.key_of(secret, purpose) for secret in secrets]


def _codes(seat: Seat, keys: list[bytes]) -> list[str]:
    return [passes.short_code(key, **_facts(seat)) for key in keys]
