"""The person at the terminal is told what is being done, how long it took, and what went wrong."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


class Trouble(Exception):
    """Raised with a sentence for the person at the terminal; the program then ends with 1."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done and, on the same line, how long it took."""
    begun = time.monotonic()
    print(f"• {what} …", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - begun:.1f} s", flush=True)


def print_table(rows: Sequence[Mapping[str, object]]) -> None:
    """Print like mappings as aligned columns under their keys; print nothing for no rows."""
    if not rows:
        return
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print(f"  {'  '.join(cells).rstrip()}", flush=True)
