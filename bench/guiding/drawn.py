"""The work of `bench.guiding.certificates`, in a process that stands in the database."""

from __future__ import annotations

import sys
import time

from django.utils import timezone

import training.actions
from bench.guiding import bare, guests
from training.models import Certificate, CertificateBatch
from workflows import actions, certificates, printing


def measure(people: int) -> None:
    """Order and draw them, telling how far it is as the page would; then the library alone."""
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
    measure(int(sys.argv[1]))
