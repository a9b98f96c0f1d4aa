"""Everything that the machine read on a paper as one flat list, each value with its evidence.

A value is named by its path: ``deed_number``, ``kbli.0``, ``persons.1.nik``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from documents.reading.typed import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.models import Reading, ReadValue


@dataclass(frozen=True)
class Found:
    """One value: ``page`` counts from 1, ``box`` is in pixels of the page image.

    ``places`` tells how often it was read so, ``capture`` how its page came, ``how`` whether from
    the text of the file (``layer``) or by eye, ``second`` what a second look said (``agrees``,
    ``differs``), ``against`` what else was read for it.
    """

    path: str
    field: str
    value: str
    confidence: float | None = None
    page: int | None = None
    box: Sequence[float] = ()
    places: int = 0
    capture: str = ""
    how: str = ""
    second: str = ""
    against: tuple[str, ...] = ()


def found_in(reading: Reading, compared: Sequence[ReadValue] = ()) -> list[Found]:
    """List the values: first those that are compared with the declaration, then the others."""
    first = [
        Found(one.field, one.field, one.value, one.confidence, one.page, one.shown_box)
        for one in compared
    ]
    known = {one.path for one in first}
    every = first + [one for one in _others(reading) if one.path not in known]
    captures = reading.further.get("capture", [])
    told = reading.further.get("readings", {})
    return [_with_ways(one, told.get(one.path, {}), captures) for one in every]


def _with_ways(one: Found, told: dict[str, Any], captures: Sequence[Any]) -> Found:
    at = (one.page or 1) - 1
    return replace(
        one,
        places=len(told.get("agree", ())),
        capture=str(captures[at]) if at < len(captures) else "",
        how=told.get("how", ""),
        second=told.get("second", ""),
        against=tuple(told.get("contradict", ())),
    )


def _others(reading: Reading) -> Iterator[Found]:
    boxes: dict[str, list[dict[str, Any]]] = {}
    for entry in reading.evidence:
        boxes.setdefault(entry["field"], []).append(entry)
    paths = list(_flat(reading.fields))
    fields = [field_of(path) for path, _value in paths]
    told = reading.further.get("readings", {})
    nth: dict[str, int] = {}
    for (path, value), field in zip(paths, fields, strict=True):
        nth[field] = nth.get(field, -1) + 1
        own = told.get(path, {}).get("evidence")
        entries = [reading.evidence[at] for at in own] if own else boxes.get(field, [])
        values = 1 if own else fields.count(field)
        entry = _entry(entries, nth[field], values)
        yield Found(
            path,
            field,
            str(value),
            reading.confidence.get(path),
            entry["page"] + 1 if entry else None,
            entry.get("display_box", ()) if entry else (),
        )


def _entry(entries: Sequence[dict[str, Any]], at: int, values: int) -> dict[str, Any] | None:
    """The evidence of the value at this place in its list; none rather than another's."""
    if values == 1:
        return entries[0] if entries else None
    return entries[at] if len(entries) == values else None


def _flat(fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if name == "persons":
            for at, person in enumerate(value):
                yield from ((f"persons.{at}.{key}", part) for key, part in person.items())
        elif isinstance(value, list):
            yield from ((f"{name}.{at}", item) for at, item in enumerate(value))
        else:
            yield name, value
