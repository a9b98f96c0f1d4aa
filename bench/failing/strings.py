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
KINDS_WITH_KEYS = 20
A_COLUMN = 10


def figures() -> Iterator[Figure]:
    """Go on with tests/access/test_strings.py until the time is over."""
    code, counts = asked("tests/access/test_strings.py", {"MITRA_STRINGS": str(SECONDS)})
    shown, typed = counts.get("shown", {}), counts.get("typed", {})
    pages, forms = shown.get("asked", 0), typed.get("sent", 0)
    yield none_of("pages, letters and files: 5xx, unescaped, formulas", shown.get("wrong", 1),
                  of=pages)  # fmt: skip
    yield none_of(f"forms sent ({typed.get('forms', 0)} kinds): 5xx, unescaped",
                  typed.get("wrong", 1), of=forms)  # fmt: skip
    yield Figure("forms sent with what is no key in place of their keys", "each kind",
                 str(typed.get("odd", 0)), typed.get("odd", 0) > KINDS_WITH_KEYS)  # fmt: skip
    pairs, columns = shown.get("pairs", 0), shown.get("columns", 1)
    yield Figure("pairs of a column and a text that were shown", f"{A_COLUMN} a column and more",
                 f"{pairs} in {columns} columns",
                 code == 0 and pairs > A_COLUMN * columns)  # fmt: skip
