"""Firms that may be one are found when they are entered, so that a person is asked while it is
easy.

Three ways, by how many are new. A few: the nearest by name and owner in their region, and those
with an equal number through the indexes, some tenths of a second at 30,000 firms a region. A
list: the whole of each region that it names. A register: everything, region by region.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rapidfuzz import fuzz, process

from onboarding import events, matching
from onboarding.identifiers import is_placeholder
from onboarding.matching import Firm
from onboarding.models import FirmPair, Referral, Region, SheetRow, Vendor

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from onboarding.matching import Pair
    from onboarding.models import User

COMPARED = (
    "pk", "folded_name", "legal_form", "nib", "npwp", "nik", "owner_name", "phone", "email",
    "region_id", "address",
)  # fmt: skip
#: Facts of a firm that make it like another: when one is corrected it is looked at again.
TELLING = frozenset(
    {
        "name",
        "legal_form",
        "nib",
        "npwp",
        "nik",
        "owner_name",
        "phone",
        "email",
        "region",
        "address",
    }
)
LOOKED_UP = ("nib", "npwp", "nik", "phone")  # each has an index
FEW = 20
A_LIST = 5_000
NEAREST = 80
CHUNK = 500
SURE = frozenset({FirmPair.Band.SAME.value, FirmPair.Band.STRONG.value})


def look_for_twins(
    *,
    vendor_ids: Collection[int] | None = None,
    sheet_id: int | None = None,
    by: User,
    beat: Callable[[], None],
) -> dict[str, int]:
    """Find what the named firms, or those that a sheet made, may be one with, and keep the pairs.

    A pair that a person has judged is left as it is. Returns how many pairs of each band were
    found. Doing it again changes nothing.
    """
    new = set(vendor_ids or ()) if sheet_id is None else _made_by(sheet_id)
    counts: Counter[str] = Counter()
    sure: set[int] = set()
    for pairs in _in_chunks(_once(_found(new, beat))):
        with transaction.atomic():
            for pair in _keep(pairs, new):
                counts[pair.band] += 1
                sure |= {pair.a, pair.b} & new if pair.band in SURE else set()
            beat()  # last: who corrects a firm holds it, and then asks for this work once more
    with transaction.atomic():
        events.twins_looked_for.send(
            sender=FirmPair, firms=len(new), counts=dict(counts), sure_ids=sorted(sure), by=by
        )
        beat()
    return dict(counts)


def look_for_twins_of_referral(
    referral_id: int, *, by: User, beat: Callable[[], None]
) -> dict[str, int]:
    """The work that a referral orders: for its firm, or for the whole sheet that it came in."""
    referral = Referral.objects.get(pk=referral_id)
    if referral.sheet_id is not None:
        return look_for_twins(sheet_id=referral.sheet_id, by=by, beat=beat)
    return look_for_twins(vendor_ids=[referral.vendor_id], by=by, beat=beat)


def look_again(vendor_id: int, *, by: User, beat: Callable[[], None]) -> dict[str, int]:
    """A firm's facts were corrected: find what it may be one with now. Pairs that nobody has judged
    and that are no longer alike are not asked about any more."""
    began_at = timezone.now()
    counts = look_for_twins(vendor_ids=[vendor_id], by=by, beat=beat)
    firm = FirmPair.objects.filter(Q(first=vendor_id) | Q(second=vendor_id))
    firm.waiting().filter(found_at__lt=began_at).update(band=FirmPair.Band.DIFFERENT)
    return counts


def all_pairs() -> Iterator[Pair]:
    """Every pair of the register that is not different, whatever was found before."""
    return matching.sweep(_regions(lambda: None), _fetch)


def _made_by(sheet_id: int) -> set[int]:
    made = Referral.objects.filter(sheet=sheet_id).exclude(verdict=SheetRow.Verdict.LINKED)
    return set(made.values_list("vendor_id", flat=True))


def _found(new: set[int], beat: Callable[[], None]) -> Iterator[Pair]:
    if len(new) > A_LIST:
        yield from matching.sweep(_regions(beat), _fetch, new)
        return
    by_region: dict[str, list[Firm]] = defaultdict(list)
    for firm in _fetch(new):
        by_region[firm.region].append(firm)
    for region, firms in sorted(by_region.items()):
        beat()
        if len(firms) <= FEW:
            yield from matching.compare_all(firms, _nearest(firms, region))
        else:
            known = [firm for firm in _firms(region_id=region) if firm.id not in new]
            yield from matching.find_pairs(firms, known)
            yield from _with_equal_numbers(firms)


def _nearest(firms: list[Firm], region: str) -> list[Firm]:
    """Those of a region that are nearest by name and owner, and all that have an equal number."""
    rows = list(
        Vendor.objects.standing()
        .filter(region=region)
        .values_list("pk", "folded_name", "owner_name")
        .iterator()
    )
    ids = [pk for pk, _name, _owner in rows]
    alike = _likeness([f.name for f in firms], [name for _pk, name, _owner in rows])
    alike += _likeness([f.owner for f in firms], [owner for _pk, _name, owner in rows])
    nearest = np.argpartition(-alike, min(NEAREST, len(ids) - 1), axis=1)[:, :NEAREST]
    found = {ids[place] for place in nearest.ravel()} | _ids_by_number(firms)
    return _fetch(found - {firm.id for firm in firms})


def _likeness(asked: list[str], known: list[str]) -> np.ndarray:
    folded = [[text.casefold() for text in texts] for texts in (asked, known)]
    return process.cdist(*folded, scorer=fuzz.token_sort_ratio, dtype=np.float32)


def _with_equal_numbers(firms: list[Firm]) -> Iterator[Pair]:
    """Pairs with firms of other regions."""
    for some in _in_chunks(iter(firms)):
        others = _fetch(_ids_by_number(some) - {firm.id for firm in some})
        apart = [firm for firm in others if firm.region != some[0].region]
        if apart:
            yield from matching.find_pairs(some, apart)


def _ids_by_number(firms: Iterable[Firm]) -> set[int]:
    firms = list(firms)
    found: set[int] = set()
    for key in LOOKED_UP:
        numbers = {number for firm in firms if (number := getattr(firm, key))}
        real = {number for number in numbers if not is_placeholder(number)}
        known = Vendor.objects.standing().filter(**{f"{key}__in": real})
        found |= set(known.values_list("pk", flat=True)[: len(real) * NEAREST]) if real else set()
    return found


def _regions(beat: Callable[[], None]) -> Iterator[list[Firm]]:
    for code in Region.objects.order_by("code").values_list("pk", flat=True):
        beat()
        yield _firms(region_id=code)


def _firms(**which: Any) -> list[Firm]:
    standing = Vendor.objects.standing().filter(**which).order_by("pk")
    return [Firm(*row) for row in standing.values_list(*COMPARED).iterator(chunk_size=5000)]


def _fetch(ids: Collection[int]) -> list[Firm]:
    wanted = sorted(ids)
    return [
        firm
        for at in range(0, len(wanted), CHUNK)
        for firm in _firms(pk__in=wanted[at : at + CHUNK])
    ]


def _once(pairs: Iterable[Pair]) -> Iterator[Pair]:
    seen: set[tuple[int, int]] = set()
    for pair in pairs:
        if (pair.a, pair.b) not in seen:
            seen.add((pair.a, pair.b))
            yield pair


def _keep(pairs: list[Pair], new: set[int]) -> list[Pair]:
    """Write the pairs of a chunk that nobody has judged; returns them."""
    judged = set(
        FirmPair.objects.filter(first__in={pair.a for pair in pairs})
        .exclude(verdict=FirmPair.Verdict.OPEN)
        .values_list("first_id", "second_id")
    )
    asked = [pair for pair in pairs if (pair.a, pair.b) not in judged]
    FirmPair.objects.bulk_create(
        [_row(pair) for pair in asked],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["band", "score", "reasons", "found_at"],
    )
    touched = {pk for pair in asked for pk in (pair.a, pair.b)} & new
    Referral.objects.filter(vendor__in=touched, needs_look=False).update(needs_look=True)
    return asked


def _row(pair: Pair) -> FirmPair:
    return FirmPair(
        first_id=pair.a,
        second_id=pair.b,
        band=pair.band,
        score=pair.score,
        reasons=[reason._asdict() for reason in pair.reasons],
        found_at=timezone.now(),
    )


def _in_chunks(items: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk
