"""Requests to offices, brought to a point of their road by the real actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from onboarding import roles
from onboarding.actions import link_token
from onboarding.models import Agency, Campaign, ReferralRequest, User
from tests import factories as make
from workflows import actions

OFFICES = ("dindik", "dinkes", "pemkot-malang")


def draft(*codes: str, by: User | None = None, **changes: Any) -> Campaign:
    """A campaign that nobody was sent yet; by default to three offices."""
    offices = Agency.objects.filter(code__in=codes or OFFICES)
    values = {
        "title": "Permintaan data UMKM tahun 2026",
        "question": "Mohon menyampaikan UMKM yang sering menjadi tempat belanja.",
        "criteria": "memiliki NIB\nberusaha di Jawa Timur",
        "dated_on": timezone.localdate(),
        "days": 5,
        **changes,
    }
    return actions.make_campaign(
        values=values,
        agency_ids=[office.pk for office in offices],
        by=by or make.make_user(roles.OFFICER),
    )


def sent(*codes: str, **changes: Any) -> Campaign:
    """A campaign whose offices are asked."""
    by = changes.pop("by", None) or make.make_user(roles.OFFICER)
    return actions.send_campaign(draft(*codes, by=by, **changes), by=by)


def late(*codes: str) -> Campaign:
    """A campaign whose date has passed two weeks ago."""
    campaign = sent(*codes)
    passed = timezone.localdate() - timedelta(days=14)
    ReferralRequest.objects.filter(campaign=campaign).update(
        due_on=passed, asked_at=timezone.now() - timedelta(days=30)
    )
    Campaign.objects.filter(pk=campaign.pk).update(due_on=passed)
    campaign.refresh_from_db()
    return campaign


def asked(campaign: Campaign, code: str = "dindik") -> ReferralRequest:
    """The request to one office, as it is now, with its answers beside it."""
    return (
        campaign.requests.with_answers().select_related("agency", "campaign").get(agency__code=code)
    )


def link(request: ReferralRequest) -> str:
    """The address in the office's message."""
    return f"/r/{link_token(request)}/"


def open_day(days: int = 0) -> date:
    """A weekday so many days from today on, for what must happen on a working day."""
    day = timezone.localdate() + timedelta(days=days)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
