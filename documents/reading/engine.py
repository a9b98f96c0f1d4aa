"""Turns a prepared page into words; the only place that talks to Tesseract.

One thread a process: several threads cost 2.6 times the work for a slower answer.
"""

import os
import re
from dataclasses import dataclass

import numpy as np
import pytesseract
from PIL import Image

from documents.reading.errors import EngineFailed, EngineSlow
from documents.reading.sheet import Grey

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

SECONDS_A_CALL = 40
PLAIN = "ind"
BOTH = "ind+eng"
COLUMN, BLOCK = 4, 6  # page modes: one column of lines, one block
_LETTERS = re.compile(r"[A-Za-z]{3,}|\d{2,}")


@dataclass(frozen=True)
class Seen:
    """A word as the engine saw it: box x0, y0, x1, y1 in the prepared page, sureness 0 to 1."""

    text: str
    line: tuple[int, int, int]
    box: tuple[float, float, float, float]
    sureness: float


def see(image: Grey, *, language: str = PLAIN, mode: int = COLUMN) -> list[Seen]:
    """Read a grey page; raises EngineFailed (absent, broken) or EngineSlow."""
    picture = Image.fromarray(image)
    picture.format = "PPM"  # spares the engine's wrapper a slow PNG round trip
    try:
        table = pytesseract.image_to_data(
            picture,
            lang=language,
            config=f"--psm {mode} --dpi 300",
            output_type=pytesseract.Output.DICT,
            timeout=SECONDS_A_CALL,
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
        raise EngineFailed(str(error)) from error
    except RuntimeError as error:
        raise EngineSlow from error
    return [_seen(table, row) for row in range(len(table["text"])) if table["text"][row].strip()]


def _seen(table: dict[str, list[str]], row: int) -> Seen:
    left, top = float(table["left"][row]), float(table["top"][row])
    wide, tall = float(table["width"][row]), float(table["height"][row])
    return Seen(
        text=table["text"][row].strip(),
        line=(
            int(table["block_num"][row]),
            int(table["par_num"][row]),
            int(table["line_num"][row]),
        ),
        box=(left, top, left + wide, top + tall),
        sureness=max(0.0, float(table["conf"][row])) / 100,
    )


def confidence(words: list[Seen]) -> float:
    """Give the mean sureness of real words, 0 to 1; 0 when there are hardly any."""
    real = [word for word in words if _LETTERS.search(word.text)]
    letters = sum(len(word.text) for word in real)
    if len(real) < 3:
        return 0.0
    return sum(word.sureness * len(word.text) for word in real) / letters


def substance(words: list[Seen]) -> float:
    """Give how much was surely read: letters weighed by sureness, for choosing a reading."""
    return sum(len(w.text) * max(0.0, w.sureness - 0.4) for w in words if _LETTERS.search(w.text))


def busiest_strip(image: Grey) -> Grey:
    """Cut the band of the page with the most ink, an eighth of its height."""
    rows = (255 - image[:, ::4].astype(np.float32)).mean(axis=1)
    band = max(120, image.shape[0] // 8)
    if band >= len(rows):
        return image
    sums = np.convolve(rows, np.ones(band), "valid")
    start = int(np.argmax(sums))
    return np.ascontiguousarray(image[start : start + band])
