"""Texts that break programs in every column and every field: shown as texts by every page, letter
and file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.asking import asked
from bench.failing.table import Figure, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: For what is shown, and again for what is typed.
SECONDS = 60


def figures() -> Iterator[Figure]:
    """Go on with tests/access/test_strings.py until the time is over."""
    code, counts = asked("tests/access/test_strings.py", {"MITRA_STRINGS": str(SECONDS)})
    shown, typed = counts.get("shown", {}), counts.get("typed", {})
    pages, forms = shown.get("asked", 0), typed.get("sent", 0)
    yield none_of("pages, letters and files: 5xx, unescaped, formulas", shown.get("wrong", 1),
                  of=pages)  # fmt: skip
    yield none_of(f"forms sent ({typed.get('forms', 0)} kinds): 5xx, unescaped",
                  typed.get("wrong", 1), of=forms)  # fmt: skip
    yield Figure("texts put into columns", "thousands", str(shown.get("planted", 0)),
                 code == 0 and shown.get("planted", 0) > 1000)  # fmt: skip
