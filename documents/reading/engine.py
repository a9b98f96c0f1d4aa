"""Turns a prepared page into words; the only place that talks to Tesseract.

The same engine stands behind two doors: tesserocr calls it in this process with its model kept
warm, pytesseract starts a program for every page. The first spares a third of the time, the second
works wherever Tesseract is installed. One thread a process: several threads cost 2.6 times the work
for a slower answer.
"""

import functools
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytesseract
from PIL import Image

from documents.reading.errors import EngineFailed, EngineSlow
from documents.reading.sheet import Grey

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
try:
    import tesserocr
except ImportError:  # no wheel for this machine
    tesserocr = None

SECONDS_A_CALL = 18.0  # a page has twenty
PLAIN = "ind"
OTHER = "eng"
BOTH = "ind+eng"
COLUMN, BLOCK, LINE = 4, 6, 7  # page modes: one column of lines, one block, one line
DPI = 300
_LETTERS = re.compile(r"[A-Za-z]{3,}|\d{2,}")
_MODELS = re.compile(r'"([^"]+)"')
_DEBIAN = Path("/usr/share/tesseract-ocr")


@dataclass(frozen=True)
class Seen:
    """A word as the engine saw it: box x0, y0, x1, y1 in the prepared page, sureness 0 to 1."""

    text: str
    line: tuple[int, int, int]
    box: tuple[float, float, float, float]
    sureness: float


def see(image: Grey, *, language: str = PLAIN, mode: int = BLOCK) -> list[Seen]:
    """Read a grey page; raises EngineFailed (absent, broken) or EngineSlow."""
    warm = warm_engine(language)
    table = _by_program(image, language, mode) if warm is None else _by_binding(warm, image, mode)
    rows = (line.split("\t") for line in table.splitlines())
    return [_seen(row) for row in rows if len(row) == 12 and row[0] == "5" and row[11].strip()]


@functools.cache
def warm_engine(language: str) -> Any:
    """Give the engine of this process with its model loaded, or None where that cannot be."""
    folder = tesserocr and _model_folder()
    if not folder:
        return None
    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    try:
        warm = tesserocr.PyTessBaseAPI(path=folder, lang=language, oem=tesserocr.OEM.LSTM_ONLY)
    except RuntimeError:
        return None
    warm.SetVariable("invert_threshold", "0")  # prepared pages are never white on black
    return warm


@functools.cache
def _model_folder() -> str:
    """Find the models: where the environment says, Debian keeps or the program looks for them."""
    if named := os.environ.get("TESSDATA_PREFIX"):
        return named
    for folder in sorted(_DEBIAN.glob("*/tessdata"), reverse=True):
        return str(folder)
    ask = [pytesseract.pytesseract.tesseract_cmd, "--list-langs"]
    try:
        said = subprocess.run(ask, capture_output=True, text=True, check=False)  # noqa: S603 - no outside words
    except OSError:
        return ""
    named_in = _MODELS.search(said.stdout + said.stderr)
    return named_in[1] if named_in else ""


def _by_binding(warm: Any, image: Grey, mode: int) -> str:
    height, width = image.shape
    warm.SetPageSegMode(mode)
    warm.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, 1, width)
    warm.SetSourceResolution(DPI)
    try:
        if not warm.Recognize(int(SECONDS_A_CALL * 1000)):
            raise EngineSlow
        return str(warm.GetTSVText(0))
    finally:
        warm.Clear()


def _by_program(image: Grey, language: str, mode: int) -> str:
    picture = Image.fromarray(image)
    picture.format = "PPM"  # spares the engine's wrapper a slow PNG round trip
    try:
        return str(
            pytesseract.image_to_data(
                picture,
                lang=language,
                config=f"--psm {mode} --dpi {DPI} -c invert_threshold=0",
                timeout=SECONDS_A_CALL,
            )
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
        raise EngineFailed(str(error)) from error
    except RuntimeError as error:
        raise EngineSlow from error


def _seen(row: list[str]) -> Seen:
    left, top, wide, tall = (float(value) for value in row[6:10])
    return Seen(
        text=row[11].strip(),
        line=(int(row[2]), int(row[3]), int(row[4])),
        box=(left, top, left + wide, top + tall),
        sureness=max(0.0, float(row[10])) / 100,
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
