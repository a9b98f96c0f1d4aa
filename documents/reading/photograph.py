"""Redraws photographs for the eye alone: upright, in colour, no bigger than a screen, and without
what the camera wrote beside them (EXIF, place, thumbnails)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from documents.reading.errors import TooManyPages
from documents.reading.pages import look, open_pages

if TYPE_CHECKING:
    from pathlib import Path

    from documents.reading.pages import Page

LONGEST_SIDE = 1600  # pixels
QUALITY = 82
MOST_PAGES = 10
SMALL, SMALL_QUALITY = (240, 320), 60


def redraw(path: Path, out: Path) -> int:
    """Write each page of a file as ``1.jpg``, ``2.jpg`` … into ``out``; return how many.

    Raises ``Refusal`` as ``open_pages`` does, and ``TooManyPages`` beyond ten.
    """
    if look(path)[1] > MOST_PAGES:
        raise TooManyPages
    out.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, page in enumerate(open_pages([path]), start=1):
        # From the bare raster: nothing of the original file comes along.
        picture = Image.fromarray(page.raster).convert("RGB")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        picture.save(out / f"{number}.jpg", "JPEG", quality=QUALITY, optimize=True)
    return number


def draw_small(page: Page, out: Path) -> None:
    """Write a page as a WebP the size of a thumb."""
    picture = Image.fromarray(page.raster).convert("RGB")
    picture.thumbnail(SMALL, Image.Resampling.BILINEAR, reducing_gap=2.0)
    picture.save(out, "WEBP", quality=SMALL_QUALITY)
