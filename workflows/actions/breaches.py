"""The register of breaches of personal data: entered, told within three days, closed.

Law 27 of 2022, article 46 (to be confirmed by a lawyer). A drill takes the same road; its message
goes to the one who holds it, never to a business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from config.gate.keys import read_key
from onboarding.models import Vendor
from workflows import audit, jobs
from workflows.errors import Refused
from workflows.messages import tell_person, tell_vendor
from workflows.models import Breach, Job
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from onboarding.models import User

KEEP: Final = "workflows.keep_breaches"
CHUNK: Final = 100
AT_WORK: Final = (Job.State.QUEUED, Job.State.RUNNING)
ENTERED: Final = ("is_drill", "what", "known_at", "whose", "which", "people", "done", "advice")


@transaction.atomic
def enter_breach(*, facts: dict[str, Any], by: User) -> Breach:
    """Write a breach down; the three days run from when it was known, not from now."""
    check_may(by, KEEP)
    if facts["known_at"] > timezone.now():
        raise Refused(_("This moment is in the future."))
    breach = Breach.objects.create(**{key: facts[key] for key in ENTERED}, entered_by=by)
    audit.record("enter_breach", by=by, breach=breach.pk, people=breach.people,
                 is_drill=breach.is_drill)  # fmt: skip
    return breach


@transaction.atomic
def note_authority(breach: Breach, *, whom: str, at: datetime, by: User) -> Breach:
    """Write down which authority was told, and when."""
    breach = _open(breach, by)
    if not breach.known_at <= at <= timezone.now():
        raise Refused(_("Choose a moment between when it was known and now."))
    breach.told_whom, breach.told_at = whom, at
    breach.save(update_fields=["told_whom", "told_at"])
    audit.record("note_authority", by=by, breach=breach.pk)
    return breach


@transaction.atomic
def tell_concerned(
    breach: Breach, *, numbers: Iterable[str], send: Callable[[int], Any], by: User
) -> Breach:
    """Have the owners of these businesses told through the outbox; ``numbers`` as people quote
    them, or nothing for every business. Raises ``Refused`` for a number that is none."""
    breach = _open(breach, by)
    if breach.firms_told_at:
        raise Refused(_("The people concerned were told already."))
    breach.firms = _firms(numbers)
    breach.firms_told_at = timezone.now()
    breach.save(update_fields=["firms", "firms_told_at"])
    audit.record("tell_concerned", by=by, breach=breach.pk, firms=len(breach.firms))
    if breach.is_drill:
        tell_person(by, "breach_drill", key=f"breach:{breach.pk}", breach=breach)
    else:
        jobs.order(Job.Kind.TELL_BREACH, breach.pk, send=send)
    return breach


def tell_breach(breach_id: int, *, by: User, beat: Callable[[], None]) -> int:
    """Write the messages, once for each business however often this is begun; returns how many."""
    del by
    breach = Breach.objects.get(pk=breach_id)
    told = 0
    for start in range(0, len(breach.firms), CHUNK):
        with transaction.atomic():
            beat()
            for vendor in Vendor.objects.filter(pk__in=breach.firms[start : start + CHUNK]):
                key = f"breach:{breach.pk}:{vendor.pk}"
                told += len(tell_vendor(vendor, "breach", key=key, breach=breach))
    return told


def give_up_telling(breach_id: int, *, by: User) -> None:
    """Nobody was told, or not everybody: the page asks again, and who was told is told once."""
    del by
    Breach.objects.filter(pk=breach_id).update(firms_told_at=None)


@transaction.atomic
def close_breach(breach: Breach, *, done: str, untold_reason: str = "", by: User) -> Breach:
    """Close it with what was done about it; only after the authority was told, and the people
    concerned too, or a reason stands there why they are not."""
    breach = _open(breach, by)
    if breach.told_at is None:
        raise Refused(_("Write down first which authority was told, and when."))
    if breach.firms_told_at is None and not untold_reason.strip():
        raise Refused(_("Tell the people concerned first, or write why they are not told."))
    if Job.objects.filter(kind=Job.Kind.TELL_BREACH, subject_id=breach.pk, state__in=AT_WORK):
        raise Refused(_("The messages are still being written. Close the entry after that."))
    breach.untold_reason = "" if breach.firms_told_at else untold_reason.strip()
    breach.done, breach.closed_at, breach.closed_by = done, timezone.now(), by
    breach.save(update_fields=["untold_reason", "done", "closed_at", "closed_by"])
    told = len(breach.firms) if breach.firms_told_at else 0
    audit.record("close_breach", by=by, breach=breach.pk, firms=told, reason=breach.untold_reason)
    return breach


def _open(breach: Breach, by: User) -> Breach:
    check_may(by, KEEP)
    breach = Breach.objects.select_for_update().get(pk=breach.pk)
    if breach.closed_at:
        raise Refused(_("This entry is closed."))
    return breach


def _firms(numbers: Iterable[str]) -> list[int]:
    """The ids behind numbers such as ``VO-2026-000123``; all standing firms for none."""
    asked = [number.strip().upper() for number in numbers if number.strip()]
    if not asked:
        return list(Vendor.objects.standing().order_by("pk").values_list("pk", flat=True))
    by_number = {}
    for number in asked:
        key = read_key(number.rpartition("-")[2])
        firm = Vendor.objects.filter(pk=key).first() if key else None
        if firm is None or firm.number != number:
            raise Refused(_("%(number)s is the number of no business.") % {"number": number[:40]})
        by_number[number] = firm.pk
    return sorted(by_number.values())
