"""Fits how much each fact adds to a chance of being right, and prints the curve as it stands.

``python -m bench.calibrate TRUTH READ``: TRUTH holds the truth of a set of deeds, READ the
answers of ``read_document --json`` under the same names. The weights go into
``documents/reading/calibration.py`` by hand, so that a person sees them change.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np

from documents.reading.calibration import SURE, WEIGHTS

COST = 5.0  # a wrong value counts so often: better unsure than sure and wrong
PULL = 20.0  # how strongly weights keep to what they are: small sets make no big changes
ROUNDS = 60
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
_NUMBERS = ("deed_number", "authorized_capital", "paid_up_capital", "nib", "npwp", "nik", "kbli")

Row = tuple[tuple[str, ...], bool, float]  # facts, whether right, the chance claimed


def main(truth: Path, read: Path) -> None:
    """Read both folders, fit, and print weights and curve."""
    rows = [row for file in sorted(truth.glob("*.json")) for row in _rows(file, read / file.name)]
    weights = fit(rows)
    for name, weight in weights.items():
        _say(f'    "{name}": {weight:.2f},')
    _say(f"{len(rows)} values, {sum(right for _, right, _ in rows)} right")
    for line in curve(rows):
        _say(line)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _rows(truth: Path, read: Path) -> Iterator[Row]:
    if not read.exists():
        return
    told = json.loads(truth.read_text(encoding="utf-8"))["fields"]
    answer = json.loads(read.read_text(encoding="utf-8"))
    for key, reading in answer["readings"].items():
        right = is_right(key, answer["fields"], told)
        yield tuple(reading["facts"]), right, answer["confidence"][key]


def is_right(key: str, read: Mapping[str, object], told: Mapping[str, object]) -> bool:
    """Say whether the value under ``key`` is what stands in the truth, lists in any order."""
    name, *rest = key.split(".")
    if name == "persons":
        return _is_right_person(int(rest[0]), rest[1], read, told)
    value, wanted = read.get(name), told.get(name)
    if rest:
        value, wanted_all = _item(value, int(rest[0])), wanted if isinstance(wanted, list) else []
        return str(value) in map(str, wanted_all)
    return wanted is not None and folded(name, value) == folded(name, wanted)


def _is_right_person(
    at: int, part: str, read: Mapping[str, object], told: Mapping[str, object]
) -> bool:
    person = _item(read.get("persons"), at)
    people = told.get("persons")
    if not isinstance(person, dict) or not isinstance(people, list):
        return False
    named = [
        one for one in people if folded("name", one["name"]) == folded("name", person.get("name"))
    ]
    return any(folded(part, one.get(part)) == folded(part, person.get(part)) for one in named)


def _item(values: object, at: int) -> object:
    return values[at] if isinstance(values, list) and at < len(values) else None


def folded(name: str, value: object) -> str:
    """Give the form in which two values of a field are compared."""
    text = str(value or "").upper()
    if name in _NUMBERS:
        return re.sub(r"\D", "", text).lstrip("0")
    text = text.split(",")[0] if name == "notary_name" else text
    return re.sub(r"[^A-Z0-9]", "", text)


def fit(rows: list[Row]) -> dict[str, float]:
    """Fit a logistic sum by Newton's steps, drawn gently to the weights that stand."""
    names = list(WEIGHTS)
    facts = np.array([[name in row for name in names] for row, _, _ in rows], dtype=float)
    right = np.array([right for _, right, _ in rows], dtype=float)
    standing = np.array([WEIGHTS[name] for name in names])
    weights = standing.copy()
    cost = np.where(right > 0, 1.0, COST)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-facts @ weights))
        slope = facts.T @ (cost * (right - chance)) - PULL * (weights - standing)
        bend = (facts * (cost * chance * (1 - chance))[:, None]).T @ facts + PULL * np.eye(
            len(names)
        )
        weights = weights + np.linalg.solve(bend, slope)
    return dict(zip(names, weights.tolist(), strict=True))


def curve(rows: list[Row]) -> Iterator[str]:
    """Compare the chance that the reader claimed with the share that was right."""
    claimed = np.array([chance for _, _, chance in rows])
    right = np.array([right for _, right, _ in rows], dtype=float)
    yield f"{'claimed':>12}{'values':>8}{'right %':>9}"
    for low, high in pairwise(BINS):
        here = (claimed >= low) & ((claimed < high) | (high == BINS[-1]))
        if here.any():
            yield f"{low:.2f}-{high:.2f}   {here.sum():>8}{100 * right[here].mean():>9.2f}"
    sure = claimed >= SURE
    yield f"sure and wrong {int((1 - right[sure]).sum())} of {int(sure.sum())}"
    yield f"right values that are sure {100 * sure[right == 1].mean():.1f} %"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
