"""QR codes for our pages: drawn here, because a page must load nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


def qr_of(text: str, *, title: str, scale: int = 6) -> SafeString:
    """Return a QR as SVG for a page: level M, quiet zone of four, named for those who cannot see.

    ``text`` and ``title`` are escaped by segno.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        scale=scale, border=4, title=title, light="#fff", omitsize=True, svgclass="qr"
    )
    return mark_safe(drawn)  # noqa: S308 - segno's own drawing; it escapes the title
