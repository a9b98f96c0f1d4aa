"""Where on a page an owner should look: at a doubtful value, or where the machine found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.models import PageImage

HEAD = 0.45  # of the first page: number, date, notary and name of a deed stand there
WIDE = 0.4  # of the page: a spot shows the line before and after the value
LINES = 1.5  # heights of the value above and below it


@dataclass(frozen=True)
class Spot:
    """A picture of one spot: its address, its size in pixels of the page, and the whole page."""

    url: str
    page_url: str
    width: int
    height: int


def around(page: PageImage, box: Sequence[float]) -> Spot:
    """Give the spot around a box in pixels of the page picture."""
    left, top, right, bottom = box
    more = max(0.0, WIDE * page.width - (right - left)) / 2
    pad = LINES * (bottom - top)
    return _spot(page, left - more, top - pad, right + more, bottom + pad)


def head_of(page: PageImage) -> Spot:
    """Give the upper part of a page."""
    return _spot(page, 0, 0, page.width, HEAD * page.height)


def _spot(page: PageImage, *sides: float) -> Spot:
    left, top = (max(0, round(side)) for side in sides[:2])
    right, bottom = min(page.width, round(sides[2])), min(page.height, round(sides[3]))
    url = reverse("documents:page_spot", args=[page.pk, f"{left}-{top}-{right}-{bottom}"])
    page_url = reverse("documents:page_image", args=[page.pk])
    return Spot(url, page_url, right - left, bottom - top)
