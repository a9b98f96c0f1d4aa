"""The PDF library alone, drawing pages that are already written: the limit of what can be hoped.

`plain` calls it as its manual does; `kept` also lets it keep fonts and style from page to page, as
we do.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import weasyprint

from workflows.printing import STYLE, draw

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain(pages: Sequence[str], style: str) -> float:
    """Seconds for these pages."""
    begun = time.perf_counter()
    base = STYLE.as_uri() + "/"
    for html in pages:
        weasyprint.HTML(string=html, base_url=base).write_pdf(stylesheets=[STYLE / style])
    return time.perf_counter() - begun


def kept(pages: Sequence[str], style: str) -> float:
    """Seconds for these pages with fonts and style kept."""
    begun = time.perf_counter()
    for html in pages:
        draw(html, style=style)
    return time.perf_counter() - begun
