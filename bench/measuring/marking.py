"""Marks a reading against the truth of an invented paper.

Values are compared in the canonical form that the reader's contract names: numbers without points,
names in capitals without titles, decrees without punctuation. A list counts one item each; people
are known by their name, so that a wrong name makes their number and their part wrong as well.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

SURE = 0.9
LOOSE, TIGHT = 8, 3  # areas of the printed value that a box may have
_PLAIN_NUMBERS = {"deed_number", "authorized_capital", "paid_up_capital"}
_NUMBERS = _PLAIN_NUMBERS | {"nib", "npwp", "nik", "kbli"}
_DECREES = {"sk_ahu_number", "notary_sk_number"}
_FRONT_TITLES = {"H", "HJ", "DR", "DRS", "DRA", "IR", "HAJI", "HAJJAH", "DOKTOR", "INSINYUR"}
Item = tuple[str, str]
Box = tuple[float, float, float, float]


def canon(name: str, value: object) -> str:
    """One value in the form in which it is compared."""
    text = str(value).strip().upper()
    if name in _NUMBERS:
        digits = re.sub(r"\D", "", text)
        return (digits.lstrip("0") or "0") if name in _PLAIN_NUMBERS else digits
    if name in _DECREES:
        return re.sub(r"[^A-Z0-9]", "", text)
    if name.endswith("date"):
        return text
    if name in {"notary_name", "name"}:
        return _without_titles(text.split(",")[0])
    return " ".join(re.sub(r"[^A-Z0-9 ]", " ", text).split())


def _without_titles(text: str) -> str:
    words = re.sub(r"[^A-Z0-9 ]", " ", text).split()
    while len(words) > 1 and words[0] in _FRONT_TITLES:
        words.pop(0)
    return " ".join(words)


def items(fields: dict) -> dict[str, Item]:
    """All values by their key in `confidence`: `kbli.0`, `persons.1.nik`, `deed_number`."""
    found: dict[str, Item] = {}
    for name, value in fields.items():
        if name == "kbli":
            found |= {f"kbli.{n}": ("kbli", canon("kbli", code)) for n, code in enumerate(value)}
        elif name == "persons":
            for number, person in enumerate(value):
                found |= _person(number, person)
        elif name != "document_kind" and value not in (None, ""):
            found[name] = (name, canon(name, value))
    return found


def _person(number: int, person: dict) -> dict[str, Item]:
    who = canon("name", person.get("name") or "")
    found = {f"persons.{number}.name": ("person_name", who)}
    for part in ("role", "nik"):
        if person.get(part):
            told = canon(part, person[part])
            found[f"persons.{number}.{part}"] = (f"person_{part}", f"{who}/{told}")
    return found


@dataclass
class Marks:
    """How one reading of one paper did; a `value` is (field, is right, confidence or None)."""

    level: str
    kind: str
    read_kind: str
    asked: dict[str, tuple[int, int]]  # field -> right, asked
    extra: int
    values: list[tuple[str, bool, float | None]]
    boxes: tuple[int, int, int]  # on place, on place and tight, all
    placed: tuple[int, int]  # right values with a box of their own on place and tight, all right


def mark(told: dict, read: dict) -> Marks:
    """Mark one reading; `told` is the truth, `read` what the reader printed."""
    want = list(items(told["fields"]).values())
    given = items(read.get("fields") or {})
    also = {
        (name, canon(name, value))
        for name, values in told.get("accepted", {}).items()
        for value in values
    }
    right = set(want) | also
    got = set(given.values())
    asked: dict[str, tuple[int, int]] = {}
    for name, value in want:
        hit = (name, value) in got or any(one in got for one in also if one[0] == name)
        before = asked.get(name, (0, 0))
        asked[name] = (before[0] + hit, before[1] + 1)
    lists = {name for name in asked if name.startswith(("kbli", "person"))}
    confidence = read.get("confidence") or {}
    return Marks(
        level=told["level"],
        kind=told["kind"],
        read_kind=read.get("kind") or "unknown",
        asked=asked,
        extra=sum(name in lists for name, _ in got - right),
        values=[(one[0], one in right, confidence.get(key)) for key, one in given.items()],
        boxes=boxes(told, read),
        placed=placed(told, read, {key: one[0] for key, one in given.items() if one in right}),
    )


def placed(told: dict, read: dict, names: dict[str, str]) -> tuple[int, int]:
    """How many of these values have a box of their own that lies on the print and fits it.

    What is concluded and not printed, as the form or a person's part, has no place to point at.
    """
    evidence, readings = read.get("evidence") or [], read.get("readings") or {}
    printed = {value["field"].removesuffix("_words") for value in told["evidence"]}
    asked = [key for key, name in names.items() if key in readings and name in printed]
    hits = 0
    for key in asked:
        own = (evidence[number] for number in readings[key]["evidence"])
        hits += any(_largeness(one, told, read["page_size"]) <= TIGHT for one in own)
    return hits, len(asked)


def boxes(told: dict, read: dict) -> tuple[int, int, int]:
    """How many boxes of evidence lie on the printed value; how many of them fit it closely."""
    loose = tight = 0
    evidence = read.get("evidence") or []
    for one in evidence:
        size = _largeness(one, told, read["page_size"])
        loose += size <= LOOSE
        tight += size <= TIGHT
    return loose, tight, len(evidence)


def _largeness(one: dict, told: dict, sizes: list) -> float:
    """The box's area in areas of the printed value under its centre; infinite beside it."""
    page = one["page"]
    wide, tall = (a / b for a, b in zip(told["page_size"][page], sizes[page], strict=True))
    x0, y0, x1, y1 = (side * by for side, by in zip(one["box"], (wide, tall) * 2, strict=True))
    x, y, area = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) * (y1 - y0)
    best = math.inf
    for value in told["evidence"]:
        if value["field"].removesuffix("_words") != one["field"].removesuffix("_words"):
            continue
        for left, top, right, bottom in hulls(value, page):
            if left - 12 <= x <= right + 12 and top - 6 <= y <= bottom + 6:
                best = min(best, area / max(1.0, (right - left) * (bottom - top)))
    return best


def hulls(value: dict, page: int) -> list[Box]:
    """Upright boxes of a printed value on a page: of the whole, and of each of its lines."""
    quads = [part["quad"] for part in value["place"] if part["page"] == page]
    if not quads:
        return []
    lines: list[list] = []
    for quad in quads:
        if lines and _same_line(lines[-1][-1], quad):
            lines[-1].append(quad)
        else:
            lines.append([quad])
    return [_hull(quads), *(_hull(line) for line in lines if len(lines) > 1)]


def _same_line(one: list, two: list) -> bool:
    """Words of one line follow each other along their own base line."""
    (ax, ay), (bx, by) = one[0], one[1]
    along = math.hypot(bx - ax, by - ay) or 1.0
    tall = math.hypot(one[3][0] - ax, one[3][1] - ay)
    away = ((two[0][0] - ax) * (ay - by) + (two[0][1] - ay) * (bx - ax)) / along
    ahead = ((two[0][0] - ax) * (bx - ax) + (two[0][1] - ay) * (by - ay)) / along
    return abs(away) < 0.7 * tall and ahead > 0


def _hull(quads: list) -> Box:
    xs, ys = [x for quad in quads for x, _ in quad], [y for quad in quads for _, y in quad]
    return min(xs), min(ys), max(xs), max(ys)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, in which small numbers stay honest (Wilson, 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
