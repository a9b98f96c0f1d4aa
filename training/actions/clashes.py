"""Nobody leads two sessions at once, and a hall holds one: asked under lock, answered by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from training.errors import HallTaken, TrainerBusy
from training.models import Session, Venue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def lock_plans(*, trainers: Iterable[Any], venues: Iterable[Venue | None]) -> None:
    """Let others who plan with these people or halls wait; always in one order, so that two who
    plan at the same time do not wait for each other."""
    people = sorted({trainer.pk for trainer in trainers})
    halls = sorted({venue.pk for venue in venues if venue is not None})
    list(get_user_model().objects.select_for_update().filter(pk__in=people).order_by("pk"))
    list(Venue.objects.select_for_update().filter(pk__in=halls).order_by("pk"))


def check_is_free(
    *,
    starts_at: datetime,
    ends_at: datetime,
    trainers: Iterable[Any],
    venue: Venue | None,
    but: int | None = None,
) -> None:
    """Refuse a time at which a trainer (leading or helping) or the hall is taken.

    ``but`` is the key of the session that is being changed: it does not stand in its own way.
    Raises ``TrainerBusy`` or ``HallTaken``, each naming the other session and its time.
    """
    people = {trainer.pk: trainer for trainer in trainers}
    lock_plans(trainers=people.values(), venues=[venue])
    others = Session.objects.filter(
        state=Session.State.PLANNED, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exclude(pk=but or 0)
    taught = Q(trainer__in=people) | Q(co_trainers__in=people)
    clash = others.filter(taught).prefetch_related("co_trainers").order_by("starts_at").first()
    if clash is not None:
        there = {clash.trainer_id, *(person.pk for person in clash.co_trainers.all())}
        busy = next(person for pk, person in people.items() if pk in there)
        raise TrainerBusy(
            _("%(trainer)s is at “%(session)s” on %(time)s. Choose another time or trainer.")
            % {"trainer": busy.full_name, "session": clash.title, "time": _span(clash)}
        )
    clash = others.filter(venue=venue).order_by("starts_at").first() if venue else None
    if clash is not None:
        raise HallTaken(
            _("%(hall)s is taken by “%(session)s” on %(time)s. Choose another time or hall.")
            % {"hall": venue, "session": clash.title, "time": _span(clash)}
        )


def _span(session: Session) -> str:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    day = formats.date_format(starts, "DATE_FORMAT")
    hours = (formats.time_format(moment, "TIME_FORMAT") for moment in (starts, ends))
    return f"{day}, {'–'.join(hours)} WIB"
