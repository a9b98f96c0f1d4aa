"""What everyone would write first: each page at 200 dots per inch through pytesseract.

`python -m bench.measuring.plain FILE…` prints the words of all pages as one JSON list.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytesseract
from PIL import Image, ImageSequence


def pictures(path: Path) -> Iterator[Image.Image]:
    """The pages as they are stored; a picture's EXIF turn is not known to plain code."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                yield page.render(scale=200 / 72).to_pil()
    else:
        with Image.open(path) as image:
            for frame in ImageSequence.Iterator(image):
                yield frame.copy()


def words(image: Image.Image, page: int) -> list[dict]:
    found = pytesseract.image_to_data(image, lang="ind", output_type=pytesseract.Output.DICT)
    lines: dict[tuple, int] = {}
    told = []
    for n, text in enumerate(found["text"]):
        if text.strip():
            place = tuple(found[part][n] for part in ("block_num", "par_num", "line_num"))
            x, y = found["left"][n], found["top"][n]
            told.append(
                {
                    "text": text,
                    "page": page,
                    "line": lines.setdefault(place, len(lines)),
                    "box": [x, y, x + found["width"][n], y + found["height"][n]],
                    "sureness": max(0.0, float(found["conf"][n])) / 100,
                }
            )
    return told


def main(files: list[str]) -> int:
    told, page = [], 0
    for file in files:
        for image in pictures(Path(file)):
            told += words(image, page)
            page += 1
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
