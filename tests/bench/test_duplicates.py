"""The bench of doubles tells every figure that the office was promised, on a list of any length."""

from __future__ import annotations

import pytest

from bench.listing import duplicates


def test_every_figure_is_told_beside_its_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert duplicates.main(["--rows", "1500", "--sizes"]) == 0
    told = capsys.readouterr().out
    for figure in ("candidate recall", "same, precision", "strong, precision", "look, share"):
        (line,) = [line for line in told.splitlines() if line.startswith(figure)]
        assert line.endswith(" met")
