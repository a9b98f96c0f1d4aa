"""Halls: written down once, so that two sessions are never planned in one at the same time."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from training import events
from training.errors import Refused
from training.models import Venue

OF_A_HALL = ("name", "region", "address", "map_url", "chairs")


@transaction.atomic
def keep_venue(venue: Venue | None = None, *, by: Any, **facts: Any) -> Venue:
    """Write a hall down, or change what is known of it. Sessions keep the address they were
    announced with."""
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot change halls."))
    venue = Venue.objects.select_for_update().get(pk=venue.pk) if venue else Venue()
    for name in OF_A_HALL:
        setattr(venue, name, facts[name])
    called = _("A hall called “%(name)s” is already on the list of this region.")
    twin = Venue.objects.filter(region=venue.region, name__iexact=venue.name).exclude(pk=venue.pk)
    if twin.exists():
        raise Refused(called % {"name": venue.name})
    try:
        with transaction.atomic():
            venue.save()
    except IntegrityError:  # somebody else was quicker
        raise Refused(called % {"name": venue.name}) from None
    events.venue_kept.send(sender=Venue, venue=venue, by=by)
    return venue


def with_hall(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a session with its hall: the one chosen, else the one of that name.

    The hall's place, address and map are copied: they stay as announced when the hall changes.
    A typed place that is to be kept (``keep_hall``) becomes a hall with its ``chairs``.
    """
    facts = {"venue": None, **facts}
    is_kept, chairs = facts.pop("keep_hall", False), facts.pop("chairs", None)
    if facts["venue"] is None:
        facts["venue"] = _hall_called(facts, is_kept=is_kept, chairs=chairs)
    venue = facts["venue"]
    if venue is not None:
        facts["region_id"] = venue.region_id
        facts.pop("region", None)
        facts["place"] = venue.name
        facts["address"] = venue.address or facts.get("address", "")
        facts["map_url"] = venue.map_url or facts.get("map_url", "")
    return facts


def _hall_called(facts: dict[str, Any], *, is_kept: bool, chairs: int | None) -> Venue | None:
    region_id = facts["region"].pk if facts.get("region") else facts["region_id"]
    known = Venue.objects.filter(region=region_id, name__iexact=facts["place"]).first()
    if known is not None or not is_kept:
        return known
    return Venue.objects.get_or_create(
        region_id=region_id,
        name=facts["place"],
        defaults={
            "address": facts.get("address", ""),
            "map_url": facts.get("map_url", ""),
            "chairs": chairs,
        },
    )[0]
