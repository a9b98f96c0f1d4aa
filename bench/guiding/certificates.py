"""Certificates of one large session: numbered, drawn one by one with progress, bound for printing.

Beside them the PDF library alone draws the same pages.
"""

from __future__ import annotations

import argparse
import sys
import time

from bench.listing.databases import database, run_in


def main(arguments: list[str]) -> int:
    """Measure in a database of its own."""
    parser = argparse.ArgumentParser(
        prog="./mitra bench guidance certificates", description=__doc__
    )
    parser.add_argument("--people", type=int, default=1000)
    asked = parser.parse_args(arguments)
    with database("sqlite") as surroundings:
        print(run_in(surroundings, "bench.guiding.certificates", "inside", str(asked.people)))
    return 0


def measure(people: int) -> None:
    """Order and draw them, telling how far it is as the page would; then the library alone."""
    from django.utils import timezone  # noqa: PLC0415 - Django is set up by now

    import training.actions  # noqa: PLC0415
    from bench.guiding import bare, guests  # noqa: PLC0415
    from training.models import Certificate, CertificateBatch  # noqa: PLC0415
    from workflows import actions, certificates, printing  # noqa: PLC0415

    held, by = guests.closed_session(people), guests.officer()
    begun = time.perf_counter()
    batch = training.actions.order_certificates(
        held, signed_by_name="Contoh Kepala Biro", signed_on=timezone.localdate(), by=by
    )
    print(f"{people} certificates numbered in {time.perf_counter() - begun:.2f} s")
    beats = 0

    def beat() -> None:
        nonlocal beats
        beats += 1
        if beats % max(1, people // 10) == 0:
            made = CertificateBatch.objects.values_list("made", flat=True).get(pk=batch.pk)
            print(f"  {made + 1:>5} of {people}   {time.perf_counter() - begun:6.1f} s")

    actions.draw_certificates(batch.pk, by=by, beat=beat)
    ours = time.perf_counter() - begun
    numbers = set(Certificate.objects.values_list("number", flat=True))
    print(f"  drawn and bound in {ours:.1f} s: {60 * people / ours:.0f} a minute")
    print(f"  {len(numbers)} different numbers")
    some = Certificate.objects.all()[: min(people, 100)]
    pages = [printing.page_of("certificate", certificates.on_paper(one)) for one in some]
    alone = bare.plain(pages, "certificate.css") / len(pages)
    print(f"ratio {alone * people / ours:.2f} to the library alone ({len(pages)} of the pages)")


if __name__ == "__main__":
    measure(int(sys.argv[2]))
