"""A person's own address for calendar programmes: made, made anew, revoked, opened."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.errors import Refused
from training.models import CalendarFeed


@transaction.atomic
def make_feed(*, by: Any) -> tuple[CalendarFeed, str]:
    """Make an address and return it with its token, which is shown once and kept nowhere; an
    older address stops working."""
    if not by.has_perm("training.make_feed"):
        raise Refused(_("Your role has no calendar of sessions."))
    CalendarFeed.objects.filter(user=by, revoked_at__isnull=True).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, token_hash=_hash(token))
    events.feed_made.send(sender=CalendarFeed, feed=feed, by=by)
    return feed, token


@transaction.atomic
def revoke_feed(*, by: Any) -> None:
    """Let a person's address stop working; revoking twice changes nothing."""
    live = CalendarFeed.objects.select_for_update().filter(user=by, revoked_at__isnull=True)
    feed = live.first()
    if feed is None:
        return
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    events.feed_revoked.send(sender=CalendarFeed, feed=feed, by=by)


def open_feed(token: str) -> Any:
    """Return the person whose address this is, or None when it is unknown, revoked, or theirs no
    more: their account was switched off, or their role has none."""
    live = CalendarFeed.objects.filter(
        token_hash=_hash(token), revoked_at__isnull=True, user__is_active=True
    )
    feed = live.select_related("user").first()
    return feed.user if feed and feed.user.has_perm("training.make_feed") else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
