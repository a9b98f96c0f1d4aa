"""The searches of `bench.listing.searching`, in a process that stands in the database."""

from __future__ import annotations

import random
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from rapidfuzz import fuzz, process

from bench.firms.noise import slip
from bench.firms.register import firms
from onboarding.actions import learn_words
from onboarding.identifiers import fold_name
from onboarding.models import Region, Vendor
from onboarding.search import find_firms

if TYPE_CHECKING:
    from collections.abc import Callable

SUBSTRING, TYPO_TIME, TYPO_HITS = 0.05, 0.2, 0.95
BATCH = 5_000
SHOWN = 10
SCANS = 12


def main(rows: int, queries: int) -> None:
    rng = random.Random(11)
    names, numbers = _fill(rows, rng, queries)

    def find(text: str) -> list[Any]:
        return find_firms(Vendor.objects.select_related("region"), text, most=SHOWN)

    find("warung contoh")  # the first question reads the words of all names once
    parts = [_part(rng.choice(names), rng) for _ in range(queries)]
    parts += numbers
    ours, scans = [], []
    for at, part in enumerate(parts):
        ours.append(_seconds(lambda part=part: find(part)))
        if at % (len(parts) // SCANS) == 0:
            scans.append(_seconds(lambda part=part: _scan(part)))
    _tell("any part", ours, "reading the whole table", scans, SUBSTRING)
    _typos(names[:queries], rng, find)


def _fill(rows: int, rng: random.Random, queries: int) -> tuple[list[str], list[str]]:
    """Enter the invented register; gives names and numbers of firms chosen at random from it."""

    regions = dict(Region.objects.values_list("display_name", "pk"))
    chosen = set(rng.sample(range(rows), min(rows, 2 * queries)))
    names, numbers, batch = [], [], []
    for firm in firms(rows, seed=5):
        batch.append(
            Vendor(
                name=firm.name, folded_name=fold_name(firm.name), legal_form="perorangan",
                nib=firm.nib, owner_name=firm.owner, region_id=regions[firm.region],
                phone=f"+62{firm.phone[1:]}" if firm.phone else "",
            )
        )  # fmt: skip
        if firm.entity in chosen:
            names.append(firm.name)
            part = firm.nib[rng.randint(0, 3) :]
            numbers += [number for number in (part, firm.phone) if number]  # phones only whole
        if len(batch) == BATCH:
            Vendor.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Vendor.objects.bulk_create(batch, ignore_conflicts=True)
    while learn_words():
        pass
    rng.shuffle(names)
    return names, rng.sample(numbers, min(len(numbers), queries))


def _part(name: str, rng: random.Random) -> str:
    """A run of letters out of a name, four at least."""

    folded = fold_name(name)
    start = rng.randint(0, max(len(folded) - 5, 0))
    return folded[start : start + rng.randint(4, 12)].strip()


def _scan(part: str) -> None:
    anywhere = Q(folded_name__contains=part) | Q(nib__contains=part) | Q(phone=part)
    list(Vendor.objects.filter(anywhere).order_by("-created_at")[:SHOWN])


def _typos(names: list[str], rng: random.Random, find: Callable[[str], list[Any]]) -> None:
    everything = list(Vendor.objects.values_list("folded_name", flat=True))
    ours, compared, hits = [], [], 0
    for at, name in enumerate(names):
        typed = _mistyped(name, rng)
        started = time.perf_counter()
        found = find(typed)
        ours.append(time.perf_counter() - started)
        hits += fold_name(name) in {firm.folded_name for firm in found}
        if at % (len(names) // SCANS or 1) == 0:
            folded = fold_name(typed)
            compared.append(
                _seconds(
                    lambda folded=folded: process.extract(
                        folded, everything, scorer=fuzz.ratio, limit=SHOWN
                    )
                )
            )
    _tell("mistyped", ours, "comparing with every name", compared, TYPO_TIME)
    share = hits / len(names)
    print(f"mistyped, right name in the first {SHOWN}: {share:.1%} (target {TYPO_HITS:.0%})")


def _mistyped(name: str, rng: random.Random) -> str:
    typed = name
    while typed == name:
        typed = slip(name, rng)
    return typed


def _seconds(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _tell(name: str, ours: list[float], rival: str, theirs: list[float], target: float) -> None:
    ours = sorted(ours)
    p95, median = ours[int(0.95 * (len(ours) - 1))], statistics.median(theirs)
    print(
        f"{name}: median {1000 * statistics.median(ours):.1f} ms, p95 {1000 * p95:.1f} ms;"
        f" {rival}: median {1000 * median:.0f} ms"
        f" ({1000 * min(theirs):.0f}-{1000 * max(theirs):.0f});"
        f" p95 / median {p95 / median:.3f} (target {target})",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
