"""Every address of the site x nine roles and nobody x own and another's x every method, whole and
as a part of a page: who is not meant to come in does not, and leaves nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.failing.ground.asking import asked
from bench.failing.table import Figure, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Nine roles and nobody, with five methods.
WAYS = 10 * 5


def figures() -> Iterator[Figure]:
    """Walk the whole matrix of tests/test_access.py, of which `./mitra test` walks the half."""
    code, counts = asked("tests/test_access.py", {"MITRA_MATRIX": "full"})
    knocks = counts.get("matrix", {})
    yield none_of("doors that open to whom they are not meant for", int(code != 0), of=1)
    done, doors = knocks.get("knocks", 0), knocks.get("doors", 0)
    yield Figure(
        f"knocks at {doors} addresses, by every role, in every way",
        f">= {WAYS} at each", str(done), done >= WAYS * doors > 0,
    )  # fmt: skip
