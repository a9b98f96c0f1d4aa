"""The turns of `bench.guiding.letters`, in a process that stands in the database."""

from __future__ import annotations

import sys
import time

from django.utils import timezone

from bench.guiding import bare, guests
from workflows import actions, letters, printing
from workflows.models import Letter

TARGET = 0.8


def measure(firms: int, turns: int) -> None:
    """Take turns and print the sums."""
    share = firms // turns
    _invite(2, 0)  # imports and fonts are loaded before anybody is measured
    bare.plain(["<p>Contoh</p>"], "letter.css")
    ours = plain = kept = 0.0
    parts: dict[str, float] = {}
    for turn in range(1, turns + 1):
        last = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for name, seconds in _invite(share, turn).items():
            parts[name] = parts.get(name, 0) + seconds
            ours += seconds
        pages = [
            printing.page_of(letter.kind, letters._on_paper(letter))
            for letter in Letter.objects.filter(pk__gt=last)
        ]
        if len(pages) != share:
            raise SystemExit(f"{len(pages)} letters for {share} firms")
        plain += bare.plain(pages, "letter.css")
        kept += bare.kept(pages, "letter.css")
    drawn = share * turns
    print(f"{drawn} firms invited, each with its letter, in {turns} turns")
    print(f"  ours        {ours:7.1f} s   {drawn / ours:6.1f} a second")
    for name, seconds in parts.items():
        print(f"    {name:<24}{seconds:7.1f} s")
    print(f"  library     {plain:7.1f} s   {drawn / plain:6.1f} a second, as its manual calls it")
    print(f"  library     {kept:7.1f} s   {drawn / kept:6.1f} a second, fonts and style kept")
    ratio = plain / ours
    verdict = "reached" if ratio >= TARGET else "missed"
    print(f"ratio {ratio:.2f} to the library as its manual calls it (target {TARGET}: {verdict})")
    print(f"ratio {kept / ours:.2f} to the library with fonts and style kept")


def _invite(firms: int, turn: int) -> dict[str, float]:
    """Invite so many firms with signed letters; seconds of each step."""
    by, today = guests.officer(), timezone.localdate()
    session = guests.planned_session(firms, days=7 + turn)
    ids = [firm.pk for firm in guests.eligible_firms(firms)]
    steps: dict[str, float] = {}
    begun = time.perf_counter()
    actions.invite_vendors(session, vendor_ids=ids, has_own_letters=True, by=by)
    steps["invited, told"] = time.perf_counter() - begun
    begun = time.perf_counter()
    actions.number_run(session, first=f"005/{turn}0001/022.1/2026", dated_on=today, by=by)
    steps["numbered"] = time.perf_counter() - begun
    begun = time.perf_counter()
    signed = {"signed_by_name": "Contoh Kepala Biro", "signed_on": today}
    run = actions.order_run(session, **signed, send=lambda _job: None, by=by)
    actions.write_run(run.pk, by=by, beat=lambda: None)
    steps["signed, drawn, bound"] = time.perf_counter() - begun
    return steps


if __name__ == "__main__":
    measure(*map(int, sys.argv[1:]))
