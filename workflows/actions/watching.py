"""Showing covered numbers with a reason, and noticing who looks at more than the work asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import roles
from onboarding.models import User
from workflows import audit, messages, numbers
from workflows.errors import NotAllowed, Refused, TakenByAnother
from workflows.looks import note_look
from workflows.models import AuditEvent, BrowsingAlert, Case, Look, Round, Setting
from workflows.models.rights import this_hour
from workflows.rights import check_may

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from onboarding.models import Vendor

Kind = BrowsingAlert.Kind
HOUR: Final = timedelta(hours=1)
#: What is opened when nobody works here (WIB).
NIGHT_FROM, NIGHT_UNTIL = 22, 5


@transaction.atomic
def reveal_numbers(vendor: Vendor, *, reason: str, by: User) -> AuditEvent:
    """Show NIK, NPWP and phone of a firm in full for some minutes; the owner is told who looked.

    Whoever shows as many as the setting ``alert_reveals`` within an hour raises an alert.
    """
    check_may(by, numbers.REVEAL, vendor)
    if not reason.strip():
        raise Refused(_("Write why you need the full numbers."))
    event = audit.record(numbers.ACT, by=by, vendor=vendor, reason=reason)
    note_look(by, vendor.pk, Look.What.NUMBERS)
    most = Setting.value_of("alert_reveals")
    shown = AuditEvent.objects.filter(act=numbers.ACT, by=by, at__gte=event.at - HOUR).count()
    if most and shown >= most:
        _raise_alert(by, Kind.REVEALS, shown)
    return event


def watch_browsing(*, now: datetime) -> int:
    """Raise an alert for each person who opened too many firms within the last hour: outside their
    own cases, or at night. Returns how many alerts are new."""
    is_night = not NIGHT_UNTIL <= timezone.localtime(now).hour < NIGHT_FROM
    new = _raise_for(_opened(now), Kind.FIRMS, "alert_firms")
    return new + (_raise_for(_opened(now), Kind.NIGHT, "alert_night_firms") if is_night else 0)


@transaction.atomic
def settle_alert(alert: BrowsingAlert, *, note: str, by: User) -> BrowsingAlert:
    """The head writes down what was found. Nobody settles an alert about themselves."""
    check_may(by, "workflows.settle_alerts")
    if alert.person_id == by.pk:
        raise NotAllowed(_("This alert is about you, so somebody else has to settle it."))
    if not note.strip():
        raise Refused(_("Write what you found."))
    settled = BrowsingAlert.objects.filter(pk=alert.pk, settled_at__isnull=True)
    if not settled.update(settled_at=timezone.now(), settled_by=by, note=note):
        raise TakenByAnother(_("A colleague has just settled this."))
    audit.record("settle_alert", by=by, reason=note, person=alert.person_id, kind=alert.kind)
    alert.refresh_from_db()
    return alert


def _opened(now: datetime) -> QuerySet[Look]:
    """Looks of the last hour at firms whose case the person neither holds nor judged."""
    holds = Case.objects.filter(vendor=OuterRef("vendor"), owner=OuterRef("by"))
    rounds = Round.objects.filter(case__vendor=OuterRef("vendor"))
    judged = rounds.filter(verified_by=OuterRef("by")) | rounds.filter(decided_by=OuterRef("by"))
    begun = now - HOUR
    from_hour = begun.replace(minute=0, second=0, microsecond=0)
    looks = Look.objects.filter(hour__gte=from_hour, at__gt=begun, at__lte=now)
    return looks.exclude(Exists(holds)).exclude(Exists(judged))


def _raise_for(looks: QuerySet[Look], kind: Kind, setting: str) -> int:
    most = Setting.value_of(setting)
    if not most:
        return 0
    counted = looks.order_by().values("by").annotate(firms=Count("vendor", distinct=True))
    over = {row["by"]: row["firms"] for row in counted.filter(firms__gte=most)}
    people = User.objects.filter(pk__in=over)
    return sum(_raise_alert(person, kind, over[person.pk]) for person in people)


@transaction.atomic
def _raise_alert(person: User, kind: Kind, count: int) -> bool:
    """Once for a person, a kind and an hour; the head is written to."""
    alert, is_new = BrowsingAlert.objects.get_or_create(
        person=person, kind=kind, since=this_hour(), defaults={"count": count}
    )
    if not is_new:
        return False
    audit.record(
        "raise_alert", by=User.objects.system(), person=person.pk, kind=kind.value, firms=count
    )
    heads = User.objects.filter(role=roles.MANAGER, is_active=True).exclude(email=None)
    for head in heads.exclude(email="").exclude(pk=person.pk):
        messages.tell_colleague(
            head,
            "browsing_alert",
            key=f"browsing:{alert.pk}:{head.pk}",
            about=person,
            words=kind.label,
            count=count,
            page=settings.SITE_URL + reverse("workflows:alerts"),
        )
    return True
