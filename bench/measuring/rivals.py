"""Other ways to read the same pages; what they read goes through our own reader of fields.

So the figures compare eyes, not grammars: plain pytesseract, OCRmyPDF, and RapidOCR, whose packages
live in an environment of their own (requirements-bench.lock).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageSequence

from bench.deeds import pdf
from bench.measuring.plain import pictures
from bench.measuring.runs import ROOT, Paper, Ran, run
from documents.reading.deed import read_paper
from documents.reading.text import Script, Word, script_of_text

LOCK = ROOT / "requirements-bench.lock"
NAMES = ("plain", "ocrmypdf", "rapidocr")


def why_not(name: str, work: Path) -> str:
    """Why a rival cannot run here; empty when it can."""
    if name == "ocrmypdf" and not shutil.which("ocrmypdf"):
        return "OCRmyPDF is not installed: apt-get install ocrmypdf"
    if name == "rapidocr" and not _rapid_python(work).exists():
        return _install_rapid(work)
    return ""


def read_by(name: str, paper: Paper, work: Path) -> dict:
    """A rival's reading of a paper: fields by our reader of fields, CPU seconds of the rival."""
    ran, script = {"plain": _plain, "ocrmypdf": _ocrmypdf, "rapidocr": _rapid}[name](paper, work)
    if script is None:
        return {"read": {"refusal": f"exit {ran.code}"}, "cpu": ran.cpu, "wall": ran.wall}
    found = read_paper(script)
    read = {"kind": found.kind, "fields": found.values, "confidence": found.confidence}
    return {"read": json.loads(json.dumps(read, default=str)), "cpu": ran.cpu, "wall": ran.wall}


def _plain(paper: Paper, work: Path) -> tuple[Ran, Script | None]:
    ran = run([sys.executable, "-m", "bench.measuring.plain", *paper.files])
    return ran, _script(ran)


def _script(ran: Ran) -> Script | None:
    if ran.code or not ran.lines:
        return None
    return Script(
        Word(one["text"], one["page"], one["line"], tuple(one["box"]), one["sureness"])
        for one in json.loads(ran.lines[-1][0])
    )


def _ocrmypdf(paper: Paper, work: Path) -> tuple[Ran, Script | None]:
    with tempfile.TemporaryDirectory(dir=work) as folder:
        made, read = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        made.write_bytes(_as_pdf(paper))
        options = ["--force-ocr", "--deskew", "--rotate-pages", "-l", "ind", "--jobs", "1"]
        ran = run(["ocrmypdf", "-q", *options, "--output-type", "pdf", made, read])
        if ran.code or not read.exists():
            return ran, None
        with pypdfium2.PdfDocument(read) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
    return ran, script_of_text("\f".join(text.replace("\r\n", "\n") for text in texts))


def _as_pdf(paper: Paper) -> bytes:
    """OCRmyPDF takes one PDF; pictures are put into one as they are."""
    if paper.files[0].suffix == ".pdf":
        return paper.files[0].read_bytes()
    dpi = 200 if paper.told["level"] == "tiff" else 250
    pages = [np.asarray(page) for file in paper.files for page in _frames(file)]
    return pdf.pictures(pages, dpi, quality=95)


def _frames(file: Path) -> Iterator[Image.Image]:
    with Image.open(file) as image:
        for frame in ImageSequence.Iterator(image):
            yield frame.convert("L" if frame.mode == "1" else frame.mode)


def _rapid(paper: Paper, work: Path) -> tuple[Ran, Script | None]:
    with tempfile.TemporaryDirectory(dir=work) as folder:
        files = []
        for number, page in enumerate(p for file in paper.files for p in pictures(file)):
            files.append(Path(folder) / f"{number:03}.png")
            page.convert("RGB").save(files[-1])
        ran = run([_rapid_python(work), ROOT / "bench/measuring/rapid.py", *files])
    return ran, _script(_split_lines(ran))


def _split_lines(ran: Ran) -> Ran:
    """RapidOCR gives lines; our reader of fields takes words."""
    if ran.code or not ran.lines:
        return ran
    words = []
    for line in json.loads(ran.lines[-1][0]):
        words += [{**line, "text": text} for text in line["text"].split()]
    return Ran(ran.code, [(json.dumps(words), ran.wall, ran.cpu)], ran.wall, ran.cpu)


def _rapid_python(work: Path) -> Path:
    return work / "rapidocr" / "bin" / "python"


def _install_rapid(work: Path) -> str:
    """Make RapidOCR's environment from the lock; say why it could not be made."""
    place = work / "rapidocr"
    rules = ["--require-hashes", "--no-deps", "--only-binary=:all:", "-q"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", place],
        [place / "bin" / "python", "-m", "pip", "install", *rules, "-r", LOCK],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(place, ignore_errors=True)
            return f"RapidOCR could not be installed: {done.stderr.strip().splitlines()[-1:]}"
    return ""
