"""Is the trail as it was written? Every event against its digest, every link against the one
before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.chain import digest_of, facts_of, hash_of, link_of
from workflows.models import AuditEvent, ChainLink

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 2000


@dataclass(frozen=True)
class Verdict:
    """How many events are sound up to the first that is not; ``head`` is the hash of the last link.

    ``first_bad`` is the id of the first event that was changed, is missing a link, or follows a
    gap; of a tail that was cut, the last event that is left.
    """

    events: int
    ok: bool
    first_bad: int | None
    head: str


def verify_trail(*, anchor: str = "") -> Verdict:
    """Walk the whole chain. ``anchor`` is a head that was kept outside: a trail whose end was cut
    off is sound in itself, but does not come by it."""
    before, count, last = "", 0, None
    has_met = not anchor
    for link in _links():
        event = link.event
        if not _is_sound(event) or link.hash != link_of(before, event.digest, event.pk):
            return Verdict(count, ok=False, first_bad=event.pk, head=before)
        before, count, last = link.hash, count + 1, event.pk
        has_met = has_met or link.hash == anchor
    unlinked = AuditEvent.objects.filter(link=None).order_by("pk").values_list("pk", flat=True)
    first_bad = unlinked.first() or (None if has_met else last)
    return Verdict(count, ok=first_bad is None and has_met, first_bad=first_bad, head=before)


def _links() -> Iterator[ChainLink]:
    return ChainLink.objects.select_related("event").order_by("position").iterator(CHUNK)


def _is_sound(event: AuditEvent) -> bool:
    """Words that were erased are gone with their salt; others give the hash that is chained."""
    is_erased = not event.reason and not event.salt
    if not is_erased and hash_of(event.salt, event.reason) != event.reason_hash:
        return False
    return digest_of(facts_of(event)) == event.digest
