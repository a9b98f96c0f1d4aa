"""How offices set their papers: paper size, margins, spacing, fill dashes, frames."""

from __future__ import annotations

from bench.deeds import faces
from bench.deeds.draw import Draw
from bench.deeds.layout import A4, FOLIO, LEGAL, Look


def deed_look(draw: Draw, *, basic: bool, year: int, is_long: bool, head: str) -> Look:
    """A notary's manner; before 2005 most offices still typed."""
    mono = True if year < 2006 and draw.chance(0.8) else None
    face = faces.choose(draw, basic=basic, mono=mono)
    fill = draw.pick(["none", "last", "last", "all"])
    has_line = draw.chance(0.25)
    align = "left" if fill == "all" or (face.is_mono and draw.chance(0.7)) else "justify"
    return Look(
        face=face,
        size=12 if is_long else draw.pick([11, 11.5, 12], [12.5], [10.5]),
        leading=draw.real(2.2, 2.6) if is_long else draw.pick([1.3, 1.5, 1.7], [1.2], [2.0]),
        page=draw.pick([A4, A4, FOLIO], [FOLIO], [LEGAL]),
        margins=(
            draw.real(95, 150) if has_line or is_long else draw.real(70, 110),
            draw.real(40, 70),
            draw.real(60, 95),
            draw.real(60, 90),
        ),
        align=align,
        fill=fill,
        bold_names=draw.chance(0.4),
        underline_headings=draw.chance(0.3),
        dashed_headings=draw.chance(0.5),
        numbering=draw.pick(["", "-{}-", "{}", "- {} -"], ["Hal. {}"], ["Halaman {} dari {}"]),
        numbers_at=draw.pick(["top", "bottom"]),
        frame=draw.chance(0.15),
        margin_line=has_line,
        letterhead=tuple(head.split("|")) if head and draw.chance(0.12) else (),
    )


def form_look(draw: Draw, *, basic: bool) -> Look:
    """A form of the state: no fill dashes, set by a computer."""
    return Look(
        face=faces.choose(draw, basic=basic, mono=False),
        size=draw.pick([10.5, 11, 12], [12.5], [10]),
        leading=draw.pick([1.25, 1.4, 1.6]),
        page=draw.pick([A4, A4, FOLIO]),
        margins=(draw.real(60, 90), draw.real(50, 70), draw.real(55, 80), 55),
        align=draw.pick(["left", "justify"]),
    )
