"""One question to many offices: drafted, sent, repeated next year, closed."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.actions.answers import new_link
from onboarding.errors import NotAllowed, Refused
from onboarding.models import Agency, Campaign, ReferralRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from onboarding.models import User

#: What is typed of a draft; the date by which it is due is reckoned by the desk.
TYPED = ("title", "question", "criteria", "dated_on", "days", "due_on")
CONTACT = ("addressee", "contact_name", "email", "phone")


@transaction.atomic
def make_campaign(*, values: Mapping[str, Any], agency_ids: Iterable[int], by: User) -> Campaign:
    """Draft a campaign: ``values`` are the fields of ``TYPED``, the offices are given by key."""
    _check_may_run(by)
    campaign = Campaign(created_by=by, **{key: values[key] for key in TYPED})
    campaign.save()
    _ask(campaign, _offices(agency_ids))
    events.campaign_changed.send(sender=Campaign, campaign=campaign, act="make_campaign", by=by)
    return campaign


@transaction.atomic
def change_campaign(
    campaign: Campaign,
    *,
    values: Mapping[str, Any],
    agency_ids: Iterable[int],
    written_ids: Collection[int] = (),
    by: User,
) -> Campaign:
    """Change a draft. An office that is unticked leaves it; ``written_ids`` are the requests to
    which letters are written, and those stay."""
    _check_may_run(by)
    campaign = _locked(campaign, Campaign.State.DRAFT)
    for key in TYPED:
        setattr(campaign, key, values[key])
    campaign.save(update_fields=list(TYPED))
    wanted = _offices(agency_ids)
    unticked = campaign.requests.exclude(agency__in=[office.pk for office in wanted])
    if unticked.filter(pk__in=written_ids).exists():
        raise Refused(_("Letters to some of these offices are already written. Leave them in."))
    unticked.delete()
    known = set(campaign.requests.values_list("agency_id", flat=True))
    _ask(campaign, [office for office in wanted if office.pk not in known])
    events.campaign_changed.send(sender=Campaign, campaign=campaign, act="change_campaign", by=by)
    return campaign


@transaction.atomic
def send_campaign(campaign: Campaign, *, due: Mapping[int, date], by: User) -> Campaign:
    """Ask every office from now on; ``due`` is the day of each request by its key."""
    _check_may_run(by)
    campaign = _locked(campaign, Campaign.State.DRAFT)
    now = timezone.now()
    requests = list(campaign.requests.all())
    if not requests:
        raise Refused(_("Tick at least one office."))
    for request in requests:
        request.asked_at, request.due_on = now, due[request.pk]
        new_link(request)
    ReferralRequest.objects.bulk_update(
        requests, ["asked_at", "due_on", "link_seed", "token_hash", "link_expires_at"]
    )
    campaign.state, campaign.sent_at, campaign.sent_by = Campaign.State.SENT, now, by
    campaign.save(update_fields=["state", "sent_at", "sent_by"])
    events.campaign_sent.send(sender=Campaign, campaign=campaign, by=by)
    return campaign


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: User) -> Campaign:
    """End a campaign: its links open nothing any more, nobody is reminded."""
    _check_may_run(by)
    campaign = _locked(campaign, Campaign.State.SENT)
    campaign.state, campaign.closed_at = Campaign.State.CLOSED, timezone.now()
    campaign.closed_by = by
    campaign.save(update_fields=["state", "closed_at", "closed_by"])
    events.campaign_changed.send(sender=Campaign, campaign=campaign, act="close_campaign", by=by)
    return campaign


@transaction.atomic
def replay_campaign(campaign: Campaign, *, dated_on: date, due_on: date, by: User) -> Campaign:
    """Draft a campaign anew: same question, offices and contacts, next version of the criteria."""
    _check_may_run(by)
    if campaign.state == Campaign.State.DRAFT:
        raise Refused(_("This campaign was not sent yet, so there is nothing to repeat."))
    again = Campaign.objects.create(
        title=_of_another_year(campaign.title, campaign.dated_on.year, dated_on.year),
        question=_of_another_year(campaign.question, campaign.dated_on.year, dated_on.year),
        criteria=campaign.criteria,
        criteria_version=campaign.criteria_version + 1,
        dated_on=dated_on,
        days=campaign.days,
        due_on=due_on,
        replays=campaign,
        created_by=by,
    )
    ReferralRequest.objects.bulk_create(
        ReferralRequest(
            campaign=again,
            agency_id=earlier.agency_id,
            **{key: getattr(earlier, key) for key in CONTACT},
        )
        for earlier in campaign.requests.order_by("pk")
    )
    events.campaign_changed.send(sender=Campaign, campaign=again, act="replay_campaign", by=by)
    return again


@transaction.atomic
def remind_offices(
    campaign: Campaign, *, request_ids: Iterable[int], today: date, by: User
) -> list[ReferralRequest]:
    """Count silent offices of a campaign as reminded once more, and return just those.

    An office that answered, is still in time, or was reminded today is left out, so a press that
    is repeated reminds nobody twice.
    """
    if not by.may("onboarding.remind_offices"):
        raise NotAllowed(_("Your role cannot remind offices."))
    campaign = _locked(campaign, Campaign.State.SENT)
    silent = (
        campaign.requests.unanswered()
        .filter(pk__in=list(request_ids), due_on__lt=today)
        .exclude(reminded_on=today)
        .select_related("agency", "campaign")
    )
    reminded = list(silent)
    for request in reminded:
        request.reminders += 1
        request.reminded_on = today
        request.link_expires_at = _later(request.link_expires_at, timezone.now())
    ReferralRequest.objects.bulk_update(reminded, ["reminders", "reminded_on", "link_expires_at"])
    if reminded:
        events.offices_reminded.send(sender=Campaign, campaign=campaign, requests=reminded, by=by)
    return reminded


def addressee_of(agency: Agency) -> str:
    """To whom a letter to this office is addressed, until a person types something better."""
    if agency.kind == Agency.Kind.GOVERNMENT:
        place = agency.name.removeprefix("Pemerintah ")
        return f"Sekretaris Daerah {place}"
    if agency.name.startswith(("Sekretariat", "Inspektorat")):
        head = {"S": "Sekretaris", "I": "Inspektur"}[agency.name[0]]
        rest = agency.name.partition(" ")[2]
        return f"{head} {rest} Provinsi Jawa Timur".replace("  ", " ")
    under = " Sekretariat Daerah" if agency.name.startswith("Biro") else ""
    return f"Kepala {agency.name.removesuffix(' Provinsi')}{under} Provinsi Jawa Timur"


def _ask(campaign: Campaign, offices: Iterable[Agency]) -> None:
    ReferralRequest.objects.bulk_create(
        ReferralRequest(campaign=campaign, agency=office, addressee=addressee_of(office))
        for office in offices
    )


def _offices(agency_ids: Iterable[int]) -> list[Agency]:
    found = list(Agency.objects.filter(pk__in=list(agency_ids)))
    if not found:
        raise Refused(_("Tick at least one office."))
    return found


def _of_another_year(text: str, old: int, new: int) -> str:
    """Move the years that stand in a text; other numbers, such as of a decree, stay."""
    return re.sub(rf"(?<![\d/]){old}(?![\d/])", str(new), text)


def _later(moment: datetime | None, now: datetime) -> datetime:
    """A reminder's link opens for two weeks at least."""
    soon = timezone.make_aware(
        datetime.combine(timezone.localdate(now) + timedelta(days=14), time(23, 59))
    )
    return max(moment, soon) if moment else soon


def _check_may_run(by: User) -> None:
    if not by.may("onboarding.run_campaigns"):
        raise NotAllowed(_("Your role cannot write to offices."))


def _locked(campaign: Campaign, *states: str) -> Campaign:
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state not in states:
        raise Refused(
            _("This campaign is “%(state)s” now. Somebody may have just done it; look at it again.")
            % {"state": campaign.get_state_display()}
        )
    return campaign
