"""Writes an invented deed to files: a PDF with text, a scanned PDF, or phone photographs."""

from html import escape
from pathlib import Path
from typing import Literal

import numpy as np

from workflows.sample_deeds import damage as wear
from workflows.sample_deeds.drawing import draw_sheet
from workflows.sample_deeds.wording import NOTICE, Deed, Sheet, cover, first_page

Damage = Literal["clean", "scan", "photo"]
_STYLE = """
@page { size: A4; margin: 22mm 18mm 18mm 32mm; @top-center { content: "%s"; font-size: 7pt } }
body { font: 11pt/1.45 "Liberation Serif", "DejaVu Serif", serif; margin: 0 }
p { margin: 0; text-align: justify }
.title, .centre { text-align: center }
.title { font-weight: bold }
.gap { height: 22mm }
section { break-after: page }
section:last-child { break-after: auto }
"""


def write_deed(
    path: Path,
    deed: Deed,
    damage: Damage = "clean",
    seed: int = 0,
    *,
    quarters: int = 0,
    tells: bool = True,
) -> list[Path]:
    """Write a deed and give the files made, in page order; the same seed makes the same files.

    A photo is one JPEG for each page, named ``<stem>-1.jpg`` and so on, stored turned by
    clockwise ``quarters``; ``tells`` says whether its EXIF knows.
    """
    sheets = (cover(deed), first_page(deed))
    if damage == "clean":
        path.write_bytes(_text_pdf(sheets))
        return [path]
    random = np.random.default_rng(seed)
    pages = [draw_sheet(sheet, stamp=deed.notary) for sheet in sheets]
    if damage == "scan":
        scans = [wear.scanned(page, random) for page in pages]
        scans[0].save(path, format="PDF", resolution=200, save_all=True, append_images=scans[1:])
        return [path]
    files = []
    for number, page in enumerate(pages, start=1):
        file = path.with_name(f"{path.stem}-{number}.jpg")
        photo = wear.photographed(page, random)
        file.write_bytes(wear.as_jpeg(photo, quarters=quarters, tells=tells))
        files.append(file)
    return files


def _text_pdf(sheets: tuple[Sheet, ...]) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - slow to import, only this path needs it

    body = "".join(
        "<section>"
        + "".join(f'<p class="{line.style}">{escape(line.text)}</p>' for line in sheet)
        + "</section>"
        for sheet in sheets
    )
    page = f'<!doctype html><html lang="id"><style>{_STYLE % NOTICE}</style>{body}</html>'
    pdf = HTML(string=page, url_fetcher=_refuse).write_pdf()
    return bytes(pdf)


def _refuse(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"samples fetch nothing: {url}")
