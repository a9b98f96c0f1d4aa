"""Whatever is sent gets a verdict from the real child: soon, in little memory, without a crash."""

import io
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pillow_heif
import pytest
from PIL import Image, ImageDraw

from workflows.sample_deeds.drawing import font

pillow_heif.register_heif_opener()

SECONDS, KILOBYTES = 20, 1024 * 1024
TITLE, NUMBER = "AKTA PENDIRIAN PERSEROAN TERBATAS", "3578990000000000"


# A process of its own asks the child: in this one, what other tests used would count as well.
ASK = """
import json, resource, sys, time
from pathlib import Path
from documents import child
begun = time.monotonic()
*_, last = child.read([Path(name) for name in sys.argv[1:]], kind=None, declared={})
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([last, time.monotonic() - begun, peak]))
"""


def answer(*paths: Path) -> dict[str, Any]:
    command = [sys.executable, "-c", ASK, *map(str, paths)]
    asked = subprocess.run(command, capture_output=True, text=True, check=True)
    last, seconds, peak = json.loads(asked.stdout)
    assert seconds < SECONDS * (1 + len(paths))
    assert peak < KILOBYTES
    return dict(last)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "kiriman"
    path.write_bytes(content)
    return path


def as_file(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format=kind, **options)
    return out.getvalue()


def paper(mode: str = "RGB") -> Image.Image:
    sheet = Image.new("RGB", (1240, 900), "white")
    for at, line in enumerate((TITLE, "Nomor : 31", NUMBER)):
        ImageDraw.Draw(sheet).text((120, 120 + 120 * at), line, font=font(44), fill="black")
    return sheet.convert(mode)


def scribble() -> Image.Image:
    """Lines as of a hurried hand."""
    sheet, random = Image.new("L", (1240, 1754), 245), np.random.default_rng(3)
    for top in range(200, 1500, 90):
        steps = np.cumsum(random.normal((9, 0), (3, 16), (110, 2)), axis=0)
        steps[:, 1] = 28 * np.sin(steps[:, 1] / 9)
        ImageDraw.Draw(sheet).line([(100 + x, top + y) for x, y in steps], fill=40, width=4)
    return sheet


def face() -> Image.Image:
    """A lit oval with dark spots before a coloured wall: all that a selfie is to a reader."""
    random = np.random.default_rng(5)
    wall = random.normal((90, 120, 150), 14, (1600, 1200, 3)).clip(0, 255).astype(np.uint8)
    picture = Image.fromarray(wall)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((300, 350, 900, 1200), fill=(222, 178, 150))
    for x in (450, 680):
        pen.ellipse((x, 650, x + 70, 700), fill=(40, 30, 30))
    pen.arc((480, 850, 720, 1020), 10, 170, fill=(150, 60, 70), width=18)
    return picture


def pages_pdf(count: int) -> bytes:
    out, pdf = io.BytesIO(), pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(200, 280))
    pdf.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, encryption=pikepdf.Encryption(owner="rahasia", user="rahasia"))
    return out.getvalue()


def huge_png() -> bytes:
    """400 megapixels of white in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    rows = zlib.compress((b"\0" + b"\xff" * 2500) * 20_000, 9)
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def huge_pdf() -> bytes:
    out, pdf = io.BytesIO(), pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    bits = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=20_000, Height=20_000,
        BitsPerComponent=1, ColorSpace=pikepdf.Name.DeviceGray,
    )  # fmt: skip
    stream = pdf.make_stream(b"\xff" * (2500 * 20_000), bits)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
    pdf.save(out, compress_streams=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "empty_file"),
        (lambda: b"halo", "not_allowed_type"),
        (lambda: b"%PDF-1.7\n" + b"\0" * 500, "broken_file"),
        (lambda: pages_pdf(3)[:120], "broken_file"),
        (locked_pdf, "locked_pdf"),
        (lambda: pages_pdf(10_000), "too_many_pages"),
        (huge_png, "too_many_pixels"),
        (huge_pdf, "too_many_pixels"),
        (lambda: as_file(paper(), "HEIF")[:3000], "broken_file"),
    ],
    ids=["empty", "text", "header", "truncated", "locked", "10000", "400Mpx", "400Mpx-pdf", "heic"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    tmp_path: Path, make: Callable[[], bytes], code: str
) -> None:
    assert answer(written(tmp_path, make()))["refusal"] == code


@pytest.mark.parametrize(
    "make",
    [
        lambda: as_file(paper("CMYK"), "JPEG"),
        lambda: as_file(paper("P"), "PNG"),
        lambda: as_file(paper("1"), "TIFF", compression="group4"),
        lambda: as_file(Image.fromarray(np.asarray(paper("L"), dtype=np.uint16) * 257), "PNG"),
        lambda: as_file(paper().rotate(180), "WEBP", lossless=True),
        lambda: as_file(paper(), "HEIF", quality=80),
    ],
    ids=["cmyk", "palette", "bilevel", "16bit", "upside-down-webp", "heic"],
)
def test_odd_pictures_are_read_like_plain_ones(tmp_path: Path, make: Callable[[], bytes]) -> None:
    (page,) = answer(written(tmp_path, make()))["reading"]["text"]
    assert TITLE in page
    assert NUMBER in page


def test_print_on_clear_ground_is_read_as_on_white(tmp_path: Path) -> None:
    ink = Image.new("RGBA", (1240, 900), (0, 0, 0, 0))
    ImageDraw.Draw(ink).text((120, 120), TITLE, font=font(44), fill=(0, 0, 0, 255))
    (page,) = answer(written(tmp_path, as_file(ink, "PNG")))["reading"]["text"]
    assert TITLE in page


@pytest.mark.parametrize(
    ("picture", "warnings"),
    [
        (lambda: Image.new("L", (1240, 1754), 255), {"blank_page:1"}),
        (scribble, set()),
        (face, set()),
    ],
    ids=["blank", "handwriting", "selfie"],
)
def test_what_is_no_document_is_read_as_nothing(
    tmp_path: Path, picture: Callable[[], Image.Image], warnings: set[str]
) -> None:
    reading = answer(written(tmp_path, as_file(picture(), "JPEG")))["reading"]
    assert reading["kind"] == "unknown"
    assert not reading["fields"]
    assert {"not_a_deed", *warnings} <= set(reading["warnings"])


def test_pages_of_one_document_may_lie_in_all_directions(tmp_path: Path) -> None:
    files = []
    for at, turn in enumerate((0, 90, 180, 270)):
        path = tmp_path / f"{at}.png"
        path.write_bytes(as_file(full_page().rotate(turn, expand=True), "PNG"))
        files.append(path)
    texts = answer(*files)["reading"]["text"]
    assert [TITLE in text for text in texts] == [True] * 4


def full_page() -> Image.Image:
    sheet, random = Image.new("L", (1240, 1754), 255), np.random.default_rng(1)
    words = [
        "para",
        "penghadap",
        "menerangkan",
        "dengan",
        "akta",
        "ini",
        "telah",
        "sepakat",
        "mendirikan",
        "suatu",
    ]
    for at in range(18):
        line = TITLE if at == 0 else " ".join(random.choice(words, 6))
        ImageDraw.Draw(sheet).text((120, 120 + 80 * at), line, font=font(32), fill=0)
    return sheet
