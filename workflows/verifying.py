"""Is the trail as it was written? Every event against its digest, every link against the one
before, every sealed look against its seal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from workflows import sealing
from workflows.chain import digest_of, facts_of, hash_of, link_of
from workflows.models import AuditEvent, ChainLink, Merge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

CHUNK: Final = 2000
#: As many digits of a head as letters print where there is little room.
SHORTEST_ANCHOR: Final = 16


@dataclass(frozen=True)
class Verdict:
    """How many events are sound up to the first that is not; ``head`` is the hash of the last link.

    ``first_bad`` is the id of the first event that was changed, is missing a link, or follows a
    gap; of looks that are not as they were, the event that sealed them; of a tail that was cut, the
    last event that is left.
    """

    events: int
    ok: bool
    first_bad: int | None
    head: str


@dataclass
class Walk:
    """How far one has come along the chain, so that a walk can be left and taken up again."""

    position: int = 0
    hash: str = ""
    events: int = 0
    last_event: int = 0
    looks: int = 0

    def go_on(self, most: int | None = None) -> Iterator[ChainLink]:
        """Give each next link after it was found sound; raises ``Broken`` at the first that is
        not."""
        links = ChainLink.objects.filter(position__gt=self.position)
        links = links.select_related("event").order_by("position")[:most]
        for link in links.iterator(CHUNK):
            event = link.event
            is_next = link.hash == link_of(self.hash, event.digest, event.pk)
            if not (is_next and self._is_sound(event) and self._keeps_looks(event)):
                raise Broken(event.pk)
            self.position, self.hash = link.position, link.hash
            self.events, self.last_event = self.events + 1, event.pk
            yield link

    def _is_sound(self, event: AuditEvent) -> bool:
        """Words that were erased are gone with their salt, of a firm whose data was erased by an
        act of the trail; others give the hash that is chained."""
        if event.reason or event.salt:
            if hash_of(event.salt, event.reason) != event.reason_hash:
                return False
        elif event.reason_hash and event.vendor_id not in self._erased:
            return False
        return digest_of(facts_of(event)) == event.digest

    @cached_property
    def _erased(self) -> set[int]:
        """The firms whose data was erased, with those that were ever merged into them."""
        acts = AuditEvent.objects.filter(act="erase_data", vendor__isnull=False)
        found = set(acts.values_list("vendor_id", flat=True))
        fresh = found
        while fresh:
            merged = Merge.objects.filter(kept__in=fresh).values_list("merged_id", flat=True)
            fresh = set(merged) - found
            found = found | fresh
        return found

    def _keeps_looks(self, event: AuditEvent) -> bool:
        """Of an event that seals looks: are they still these, from where the last seal ended?"""
        if event.act != sealing.ACT:
            return True
        sealed = dict(event.detail)
        after, upto = sealed.pop("after"), sealed.pop("upto")
        is_next, self.looks = after == self.looks, upto
        return is_next and sealed == sealing.digest_of_looks(after, upto)

    def as_kept(self) -> dict[str, Any]:
        """The columns of ``TrailCheck`` that say how far it came."""
        return asdict(self)


class Broken(Exception):
    """What stands in the trail is not what was written; its argument is the id of the event."""


def verify_trail(*, anchor: str = "") -> Verdict:
    """Walk the whole chain. ``anchor`` is a head that was kept outside (or its first sixteen
    digits): a trail whose end was cut off is sound in itself, but does not come by it."""
    walk, has_met = Walk(), not anchor
    try:
        for link in walk.go_on():
            has_met = has_met or link.hash.startswith(anchor)
    except Broken as broken:
        return Verdict(walk.events, ok=False, first_bad=broken.args[0], head=walk.hash)
    first_bad = first_unlinked() or (None if has_met else walk.last_event or None)
    return Verdict(walk.events, ok=first_bad is None and has_met, first_bad=first_bad,
                   head=walk.hash)  # fmt: skip


def first_unlinked() -> int | None:
    """Return the id of the first event that was slipped in without a link."""
    return AuditEvent.objects.filter(link=None).order_by("pk").values_list("pk", flat=True).first()
