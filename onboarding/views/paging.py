"""Long lists by the last key seen: the ten thousandth page costs what the first one costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from config.gate.keys import read_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

PER_PAGE = 25


@dataclass(frozen=True)
class Page:
    """Some rows, and the addresses of the pages beside them (empty when there is none)."""

    rows: list[Any]
    previous_url: str
    next_url: str


def key_of(request: HttpRequest, name: str) -> int | None:
    """Return a key from the address; anything that is no key is as if it were not there."""
    return read_key(request.GET.get(name, ""))


def newest_first(request: HttpRequest, rows: QuerySet[Any, Any], size: int = PER_PAGE) -> Page:
    """Cut one page out of rows that are shown newest first; going back leads to the newest."""
    before = key_of(request, "before")
    rows = rows.order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: size + 1])
    shown = found[:size]
    return Page(
        shown,
        _address(request) if before else "",
        _address(request, before=shown[-1].pk) if len(found) > size else "",
    )


def as_entered(request: HttpRequest, rows: QuerySet[Any, Any], size: int) -> Page:
    """Cut one page out of rows that are shown in the order in which they were written."""
    before, after = key_of(request, "before"), key_of(request, "after")
    if before:
        found = list(rows.filter(pk__lt=before).order_by("-pk")[: size + 1])
        shown, has_previous, has_next = found[:size][::-1], len(found) > size, True
    else:
        found = list(rows.filter(pk__gt=after or 0).order_by("pk")[: size + 1])
        shown, has_previous, has_next = found[:size], after is not None, len(found) > size
    return Page(
        shown,
        _address(request, before=shown[0].pk) if shown and has_previous else "",
        _address(request, after=shown[-1].pk) if shown and has_next else "",
    )


def _address(request: HttpRequest, **keys: int) -> str:
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    query.update({name: str(key) for name, key in keys.items()})
    return f"{request.path}?{query.urlencode()}" if query else request.path
