"""Turns marked readings into the figures that we claim, each beside its target."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from bench.deeds import LEVELS
from bench.measuring.marking import SURE, Marks, wilson

EXACT = {"clean": 99.5, "scan300": 98.5, "tiff": 97.5, "photo": 96.0, "fax150": 90.0}
RIGHT_AND_SURE = {"clean": 85, "scan300": 85, "tiff": 85, "fax150": 75, "photo": 75}
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
# What the reader calls the check that must find each planted contradiction, by its beginning.
FOUND_BY = {
    "deed_date_weekday": ("deed_date",),
    "deed_date_words": ("deed_date",),
    "deed_number_cover": ("deed_number",),
    "capital_words": ("authorized_capital", "capital"),
    "shares_total": ("shares",),
    "paid_over_authorized": ("paid_up",),
    "nik_birth": ("nik",),
    "npwp_check_digit": ("npwp",),
    "sk_form": ("sk_ahu_form",),
    "sk_cites": ("sk_cites",),
    "sk_before_deed": ("sk_ahu_after_deed",),
    "company_name_differs": ("company_name",),
}


@dataclass(frozen=True)
class Figure:
    """One line of the table; `is_met` is None where there is no target."""

    name: str
    target: str
    measured: str
    is_met: bool | None = None


def percent(hits: float, of: float) -> float:
    return 100 * hits / of if of else 0.0


def exact(marks: list[Marks]) -> list[Figure]:
    """Exact fields at each level."""
    lines = []
    for level in LEVELS:
        some = [one.asked.values() for one in marks if one.level == level]
        right = sum(hit for asked in some for hit, _ in asked)
        asked = sum(of for asked in some for _, of in asked)
        if asked:
            share, target = percent(right, asked), EXACT[level]
            text = f"{share:.1f} % ({right}/{asked})"
            lines.append(Figure(f"exact fields, {level}", f"{target} %", text, share >= target))
    return lines


def by_field(marks: list[Marks]) -> dict[str, dict[str, tuple[int, int]]]:
    """field -> level -> (right, asked)."""
    table: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for one in marks:
        for name, (hit, of) in one.asked.items():
            before = table[name].get(one.level, (0, 0))
            table[name][one.level] = (before[0] + hit, before[1] + of)
    return dict(sorted(table.items()))


def sure(marks: list[Marks]) -> list[Figure]:
    """Sure and wrong over all levels, and how much of what is right is sure."""
    claims = [
        (one.level, is_right)
        for one in marks
        for _, is_right, confidence in one.values
        if confidence is not None and confidence >= SURE
    ]
    wrong = sum(not is_right for _, is_right in claims)
    low, high = wilson(wrong, len(claims))
    share = percent(wrong, len(claims))
    text = f"{share:.2f} % ({wrong}/{len(claims)}; {100 * low:.2f}-{100 * high:.2f} %)"
    lines = [Figure("sure and wrong", "<= 0.5 % of >= 2000", text, share <= 0.5)]
    for level in LEVELS:
        held = [c for one in marks if one.level == level for _, good, c in one.values if good]
        if held:
            certain = percent(sum(c is not None and c >= SURE for c in held), len(held))
            target = RIGHT_AND_SURE[level]
            text = f"{certain:.1f} % of {len(held)}"
            lines.append(
                Figure(f"right and sure, {level}", f">= {target} %", text, certain >= target)
            )
    return lines


def evidence(marks: list[Marks]) -> list[Figure]:
    """Boxes on the printed value."""
    loose, tight, total = (sum(one.boxes[n] for one in marks) for n in range(3))
    hits, values = (sum(one.placed[n] for one in marks) for n in range(2))
    share, close, own = percent(loose, total), percent(tight, total), percent(hits, values)
    return [
        Figure("right values with a tight box", ">= 98 %", f"{own:.1f} % of {values}", own >= 98),
        Figure("all boxes on print, <= 8 x its size", "", f"{share:.1f} % of {total}"),
        Figure("all boxes on print, <= 3 x its size", "", f"{close:.1f} % of {total}"),
    ]


def contradictions(readings: list[tuple[dict, dict]]) -> list[Figure]:
    """Planted contradictions that were flagged, and papers flagged without reason."""
    planted = [(told, _differing(read)) for told, read in readings if told["anomalies"]]
    sound = [_differing(read) for told, read in readings if not told["anomalies"]]
    asked = sum(
        check["verdict"] != "cannot_tell"
        for told, read in readings
        if not told["anomalies"]
        for check in read.get("checks") or []
    )
    hit = sum(any(d.startswith(FOUND_BY[t["anomalies"][0]]) for d in found) for t, found in planted)
    named, alarmed = percent(hit, len(planted)), percent(sum(map(bool, sound)), len(sound))
    false = sum(map(len, sound))
    return [
        Figure(
            "planted contradictions flagged",
            ">= 95 %",
            f"{named:.1f} % ({hit}/{len(planted)})",
            named >= 95,
        ),
        Figure(
            "papers flagged without reason",
            "<= 1 %",
            f"{alarmed:.1f} % ({sum(map(bool, sound))}/{len(sound)})",
            alarmed <= 1,
        ),
        Figure(
            "checks that differ without reason", "", f"{percent(false, asked):.2f} % of {asked}"
        ),
    ]


def _differing(read: dict) -> list[str]:
    return [c["name"] for c in read.get("checks") or [] if c["verdict"] == "differs"]


def alarms(readings: list[tuple[dict, dict]]) -> dict[str, dict[str, int]]:
    """How often each check differed without reason, and each contradiction was missed."""
    false = Counter(
        name for told, read in readings if not told["anomalies"] for name in _differing(read)
    )
    missed = Counter(
        f"{told['anomalies'][0]} ({told['level']})"
        for told, read in readings
        if told["anomalies"]
        and not any(d.startswith(FOUND_BY[told["anomalies"][0]]) for d in _differing(read))
    )
    return {"differ without reason": dict(false), "missed": dict(missed)}


def curve(marks: list[Marks]) -> list[tuple[str, int, float, float]]:
    """Calibration: (bin, values, mean confidence, share that is right)."""
    lines = []
    claims = [(c, good) for one in marks for _, good, c in one.values if c is not None]
    for low, high in pairwise(BINS):
        inside = [(c, good) for c, good in claims if low <= c < high]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            right = percent(sum(good for _, good in inside), len(inside))
            lines.append((f"{low:.2f}-{min(high, 1):.2f}", len(inside), mean, right))
    return lines


def kinds(marks: list[Marks]) -> list[Figure]:
    """Whether the kind of paper was recognised."""
    right = sum(one.kind == one.read_kind for one in marks)
    share = percent(right, len(marks))
    return [Figure("kind recognised", "", f"{share:.1f} % ({right}/{len(marks)})")]


def confusions(marks: list[Marks]) -> dict[str, int]:
    """`true -> read` and how often, where they are not the same."""
    wrong = [one for one in marks if one.kind != one.read_kind]
    return dict(Counter(f"{one.kind} -> {one.read_kind} ({one.level})" for one in wrong))
