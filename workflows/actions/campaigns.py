"""Campaigns at the desk: dates over the holiday table, messages with the link, reminders by beat.

What an office is asked and what it says belongs to the room; when it is due, how it is told and
which letters go with it is decided here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import onboarding.actions
from onboarding.errors import Overtaken
from onboarding.models import Campaign, ReferralRequest, RequestAnswer
from workflows import calendar
from workflows.apart import Apart
from workflows.errors import Refused
from workflows.messages import tell_office
from workflows.models import Holiday, Letter, Setting
from workflows.office_letters import due_from, letters_of, roman

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from config.gate.shown import Shown
    from onboarding.models import User


@transaction.atomic
def make_campaign(*, values: Mapping[str, Any], agency_ids: Iterable[int], by: User) -> Campaign:
    """Draft a campaign whose date counts working days from the letter's date."""
    return onboarding.actions.make_campaign(
        values={**values, "due_on": due_from(values["dated_on"], values["days"])},
        agency_ids=agency_ids,
        by=by,
    )


@transaction.atomic
def change_campaign(
    campaign: Campaign,
    *,
    values: Mapping[str, Any],
    agency_ids: Iterable[int],
    shown: Shown | None = None,
    by: User,
) -> Campaign:
    """Change a draft; drafts of letters that say something else now are cancelled by themselves,
    so that they are written anew. Raises ``Refused`` for an office whose letter is written.

    ``shown`` is what the page showed on which this was typed: what the person left as it was there
    stays as it is by now; raises ``Overtaken`` where somebody else changed the same.
    """
    if shown:
        values, agency_ids = _beside_others(campaign, values, agency_ids, shown)
    written = Letter.objects.filter(request__campaign=campaign)
    if written.filter(state__in=(Letter.State.NUMBERED, Letter.State.SIGNED)).exists():
        raise Refused(
            _("Letters of this campaign already have a number. Cancel them before you change it.")
        )
    changed = onboarding.actions.change_campaign(
        campaign,
        values={**values, "due_on": due_from(values["dated_on"], values["days"])},
        agency_ids=agency_ids,
        written_ids=set(written.values_list("request_id", flat=True)),
        by=by,
    )
    written.filter(state=Letter.State.DRAFT).update(state=Letter.State.CANCELLED)
    return changed


def _beside_others(
    campaign: Campaign, values: Mapping[str, Any], agency_ids: Iterable[int], shown: Shown
) -> tuple[Mapping[str, Any], Iterable[int]]:
    row = Campaign.objects.select_for_update().get(pk=campaign.pk)
    known = {name: getattr(row, name) for name in values}
    known["agencies"] = list(row.requests.values_list("agency_id", flat=True))
    changes = shown.changes({**values, "agencies": agency_ids})
    if names := shown.overtaken(changes, known):
        raise Overtaken(names)
    known |= changes
    asked = known.pop("agencies")
    return known, asked


@transaction.atomic
def send_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """Ask every office; a request whose letter has its own date is due from that date."""
    dated = {
        letter.request_id: letter.dated_on for letter in letters_of(campaign, 0) if letter.dated_on
    }
    due = {
        pk: due_from(dated[pk], campaign.days) if pk in dated else campaign.due_on
        for pk in campaign.requests.values_list("pk", flat=True)
    }
    return onboarding.actions.send_campaign(campaign, due=due, by=by)


@transaction.atomic
def replay_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """Draft last year's campaign anew, a year later or today, whichever comes last, on a working
    day."""
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    wanted = max(_year_later(campaign.dated_on), timezone.localdate())
    dated_on = calendar.add_working_days(wanted, 0, holidays)
    return onboarding.actions.replay_campaign(
        campaign, dated_on=dated_on, due_on=due_from(dated_on, campaign.days), by=by
    )


def tell_offices(campaign: Campaign) -> int:
    """Write the message of each request of a campaign that was sent; return how many offices have
    a contact at all."""
    requests = campaign.requests.select_related("agency", "campaign")
    return sum(
        bool(tell_office(request, "request", key=f"request:{request.pk}:0"))
        for request in requests.prefetch_related("agency__people")
    )


def tell_reminded(requests: Iterable[ReferralRequest]) -> None:
    """Write the message of a reminder, once for each number."""
    for request in requests:
        tell_office(
            request,
            "request_reminder",
            key=f"request:{request.pk}:{request.reminders}",
            nth=roman(request.reminders),
        )


def tell_again(request: ReferralRequest) -> int:
    """Write the message anew after the contact or the link was changed; return how many."""
    request = ReferralRequest.objects.select_related("agency", "campaign").get(pk=request.pk)
    return len(tell_office(request, "request", key=f"request:{request.pk}:{request.link_seed[:8]}"))


def remind_silent(*, today: date, by: User) -> int:
    """Remind by the beat the offices that are silent so many working days past their date.

    An office that asked for more time waits for an officer; 0 days means by hand only.
    """
    days, most = Setting.value_of("request_reminder_days"), Setting.value_of("request_reminders")
    if not days or not most:
        return 0
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    if not calendar.is_working_day(today, holidays):
        return 0
    reminded, apart = 0, Apart()
    for campaign in Campaign.objects.filter(state=Campaign.State.SENT):
        asked_for_time = RequestAnswer.objects.filter(
            request__campaign=campaign, kind=RequestAnswer.Kind.MORE_TIME, wanted_on__gte=today
        )
        silent = campaign.requests.unanswered().filter(reminders__lt=most, due_on__lt=today)
        due = [
            request.pk
            for request in silent.exclude(pk__in=asked_for_time.values("request"))
            if _waited(request, today, holidays) >= days
        ]
        if due:
            with apart(f"reminders of campaign {campaign.pk}"):
                reminded += len(
                    onboarding.actions.remind_offices(campaign, request_ids=due, today=today, by=by)
                )
    apart.end()
    return reminded


def _waited(request: ReferralRequest, today: date, holidays: frozenset[date]) -> int:
    since = request.reminded_on or request.due_on or today
    return calendar.working_days_between(since, today, holidays)


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day + timedelta(days=365)
