"""The trail is watched: looks are sealed, each day's head goes outside, each night all is walked.

A head that lies in a mailbox of the inspectorate cannot be forged together with the trail: whoever
cuts the end off, or writes the whole chain anew, does not come by it any more.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import roles
from onboarding.models import User
from workflows import audit, jobs
from workflows.errors import Refused
from workflows.messages import tell_person
from workflows.models import ChainLink, Job, Message, TrailCheck, TrailHead
from workflows.rights import check_may
from workflows.sealing import seal_looks
from workflows.verifying import Broken, Walk, first_unlinked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from workflows.models import AuditEvent

logger = logging.getLogger("mitra.trail")

#: Links that are walked between two beats.
STRIDE: Final = 5000


@transaction.atomic
def watch_trail(*, now: datetime, send: Callable[[int], Any], by: User) -> TrailCheck | None:
    """Seal the looks of the last hour and, once a day, keep the head, send it outside and order
    the walk of the whole chain, which is returned."""
    seal_looks(now=now, by=by)
    head = _keep_head(timezone.localdate(now))
    if head is None:
        return None
    _send(head, key=f"head:{head.day}")
    check = TrailCheck.objects.create(begun_at=now)
    jobs.order(Job.Kind.VERIFY_TRAIL, check.pk, send=send)
    return check


@transaction.atomic
def resend_head(head: TrailHead, *, by: User) -> Message:
    """Send a head to the inspectorate once more. Raises ``Refused`` when no address is known."""
    check_may(by, "workflows.resend_head")
    sent = Message.objects.filter(key__startswith=f"head:{head.day}").count()
    message = _send(head, key=f"head:{head.day}:{sent}")
    if message is None:
        raise Refused(
            _("No address of the inspectorate is known. Put INSPECTORATE_EMAIL into the settings.")
        )
    audit.record("resend_head", by=by, on=head.day.isoformat())
    return message


@transaction.atomic
def order_check(*, send: Callable[[int], Any], by: User) -> TrailCheck:
    """Have the whole chain walked now, by the worker."""
    check_may(by, "workflows.resend_head")
    check = TrailCheck.objects.filter(ended_at=None).first()
    at_work = Job.objects.filter(kind=Job.Kind.VERIFY_TRAIL, state__in=("QUEUED", "RUNNING"))
    if check is not None and at_work.filter(subject_id=check.pk).exists():
        raise Refused(_("The trail is being verified already. Look again in a few minutes."))
    check = check or TrailCheck.objects.create()
    audit.record("order_check", by=by, check=check.pk)
    jobs.order(Job.Kind.VERIFY_TRAIL, check.pk, send=send)
    return check


def check_trail(check_id: int, *, by: User, beat: Callable[[], None]) -> TrailCheck:
    """Walk the chain from where this check stands to its end; a worker that is killed costs no
    more than one stride. What is broken is said to everybody who answers for the trail."""
    check = TrailCheck.objects.get(pk=check_id)
    if check.ended_at is not None:
        return check
    walk = Walk(check.position, check.hash, check.events, check.last_event, check.looks)
    first_bad = None
    try:
        while sum(1 for _link in walk.go_on(STRIDE)):
            _keep(check, beat, **walk.as_kept())
        first_bad = first_unlinked() or _first_head_missed()
    except Broken as broken:
        first_bad = broken.args[0]
    ended = {"ended_at": timezone.now(), "is_sound": first_bad is None, "first_bad": first_bad}
    with transaction.atomic():
        _keep(check, beat, **walk.as_kept(), **ended)
        if first_bad is not None:
            _raise_alarm(check, by=by)
    return check


def give_up_check(check_id: int, *, by: User) -> None:
    """Close a walk that no worker could finish: the page says that the trail was not verified."""
    del by
    TrailCheck.objects.filter(pk=check_id, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def _keep_head(day: date) -> TrailHead | None:
    """Write down where the chain ends; None when that was done today, or nothing happened yet."""
    if TrailHead.objects.filter(day=day).exists():
        return None
    last = ChainLink.objects.last()
    if last is None:
        return None
    head, is_new = TrailHead.objects.get_or_create(
        day=day,
        defaults={
            "last_event": last.event_id,
            "events": ChainLink.objects.filter(position__lte=last.position).count(),
            "hash": last.hash,
        },
    )
    return head if is_new else None


def _send(head: TrailHead, *, key: str) -> Message | None:
    if not settings.INSPECTORATE_EMAIL:
        return None
    return tell_person(settings.INSPECTORATE_EMAIL, "trail_head", key=key, head=head)


@transaction.atomic
def _keep(check: TrailCheck, beat: Callable[[], None], **columns: Any) -> None:
    beat()
    for column, value in columns.items():
        setattr(check, column, value)
    check.save(update_fields=list(columns))


def _first_head_missed() -> int | None:
    """Return the last event of the first kept head by which the chain does not come."""
    at_heads = ChainLink.objects.filter(event__in=TrailHead.objects.values("last_event"))
    links = dict(at_heads.values_list("event_id", "hash"))
    heads = TrailHead.objects.order_by("day").values_list("last_event", "hash")
    return next((event for event, kept in heads if links.get(event) != kept), None)


def _raise_alarm(check: TrailCheck, *, by: User) -> AuditEvent:
    """Tell the keepers, the head of the office and the inspectorate."""
    logger.error("the trail is broken at event %s", check.first_bad)
    keepers = User.objects.filter(role__in=(roles.ADMIN, roles.MANAGER), is_active=True)
    for person in keepers.exclude(email=None):
        tell_person(person, "trail_broken", key=f"broken:{check.pk}:{person.pk}", check=check)
    if settings.INSPECTORATE_EMAIL:
        to, key = settings.INSPECTORATE_EMAIL, f"broken:{check.pk}"
        tell_person(to, "trail_broken", key=key, check=check)
    return audit.record("find_trail_broken", by=by, check=check.pk, event=check.first_bad)
