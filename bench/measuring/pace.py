"""How fast the reader is, where CPU seconds of one thread do not say it all.

`python -m bench.measuring.pace FILE…` reads born-digital PDFs one after the other in one process
that is warm, as the site's worker is, and prints [pages, wall seconds, CPU seconds] of each.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measuring.plain import pictures
from bench.measuring.runs import Paper, run
from documents.reading.story import read_document

WORKERS = 2


def clean_pages(papers: list[Paper]) -> list[tuple[int, float, float]]:
    """(pages, wall, CPU) of each born-digital PDF; the first only warms up."""
    files = [papers[0].files[0], *(paper.files[0] for paper in papers)]
    ran = run([sys.executable, "-m", "bench.measuring.pace", *files])
    return [tuple(one) for one in json.loads(ran.lines[-1][0])][1:]


def side_by_side(papers: list[Paper], rounds: int, work: Path) -> tuple[float, float]:
    """Pages a second of two of our readers and of two bare tesseracts, taking turns."""
    pages = sum(paper.pages for paper in papers)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        images = []
        for paper in papers:
            for image in (one for file in paper.files for one in pictures(file)):
                images.append(Path(folder) / f"{len(images):04}.png")
                image.save(images[-1], dpi=(200, 200))
        ours = bare = 0.0
        for _ in range(rounds):
            ours += _shared(_read, [paper.files for paper in papers])
            bare += _shared(_see, images)
    return pages * rounds / ours, pages * rounds / bare


def _read(files: list[Path]) -> None:
    run([sys.executable, "-m", "documents.reading", "read", *files])


def _see(image: Path) -> None:
    run(["tesseract", image, "-", "-l", "ind"])


def _shared(act: Callable, works: Iterable) -> float:
    """Wall seconds until two workers have done all."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(act, works))
    return time.perf_counter() - begun


def main(files: list[str]) -> int:
    told = []
    for file in files:
        wall, cpu = time.perf_counter(), time.process_time()
        pages = len(read_document([Path(file)])["page_size"])
        told.append([pages, time.perf_counter() - wall, time.process_time() - cpu])
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
