"""A PDF's own text is believed only as far as a person sees the same on the page."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from documents.reading import engine
from documents.reading.eye import Habit, PageRead, read_page
from documents.reading.pages import open_pages
from workflows.sample_deeds.drawing import font

LINES = (
    "AKTA PENDIRIAN PERSEROAN TERBATAS",
    "PT CONTOH MAJU BERSAMA",
    "Nomor : 4711",
    "berkedudukan di Kabupaten Jember",
    "Modal dasar perseroan sebesar 50000000",
)
SIZE, STEP = 20, 60
SEEN, UNSEEN = 0, 3  # how letters are drawn in PDF


def text(lines: Sequence[str], *, mode: int = SEEN, colour: str = "0 g") -> str:
    parts = [
        f"BT {mode} Tr {colour} /F1 {SIZE} Tf 60 {700 - STEP * at} Td ({line}) Tj ET"
        for at, line in enumerate(lines)
    ]
    return "\n".join(parts)


def picture(lines: Sequence[str]) -> Image.Image:
    sheet = Image.new("L", (595 * 3, 842 * 3), 255)
    for at, line in enumerate(lines):
        place = (180, 3 * (842 - 700 + STEP * at - SIZE))
        ImageDraw.Draw(sheet).text(place, line, font=font(3 * SIZE), fill=0)
    return sheet


def read(folder: Path, content: str, image: Image.Image | None = None) -> PageRead:
    path, pdf = folder / "a.pdf", pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    name = pikepdf.Name
    helvetica = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica, Encoding=name.WinAnsiEncoding
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(helvetica)))
    if image is not None:
        page.Resources.XObject = pikepdf.Dictionary(Im=placed(pdf, image))
    page.Contents = pdf.make_stream(content.encode())
    pdf.save(path)
    (only,) = open_pages([path])
    return read_page(only, 0, Habit())


def placed(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    plain = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=image.width,
        Height=image.height, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray,
    )  # fmt: skip
    if image.mode == "LA":
        mask = pdf.make_stream(image.getchannel("A").tobytes(), dict(plain))
        plain.SMask = mask
    return pdf.make_stream(image.getchannel("L").tobytes(), dict(plain))


WHOLE_PAGE = "q 595 0 0 842 0 0 cm /Im Do Q\n"


def said(seen: PageRead) -> str:
    return " ".join(word.text for word in seen.words)


def is_from_layer(seen: PageRead) -> bool:
    return bool(seen.words) and all(word.from_layer for word in seen.words)


@pytest.fixture
def no_eye(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(engine, "see")


@pytest.mark.usefixtures("no_eye")
def test_plain_text_is_believed_without_the_eye(tmp_path: Path) -> None:
    seen = read(tmp_path, text(LINES))
    assert said(seen) == " ".join(LINES)
    assert is_from_layer(seen)


def test_a_hidden_layer_that_names_another_number_loses_and_is_told(tmp_path: Path) -> None:
    lie = [line.replace("4711", "4712") for line in LINES]
    seen = read(tmp_path, WHOLE_PAGE + text(lie, mode=UNSEEN), picture(LINES))
    assert "4711" in said(seen)
    assert "4712" not in said(seen)
    assert seen.warning == "layer_lies"


def test_a_hidden_layer_that_names_another_firm_is_told(tmp_path: Path) -> None:
    lie = ["KOPERASI WARUNG SENTOSA" if "MAJU" in line else line for line in LINES]
    lie[0] = "SURAT KETERANGAN DOMISILI USAHA"
    seen = read(tmp_path, WHOLE_PAGE + text(lie, mode=UNSEEN), picture(LINES))
    assert "PT CONTOH MAJU BERSAMA" in said(seen)
    assert seen.warning == "layer_lies"


def test_an_honest_searchable_scan_is_read_by_eye_without_reproach(tmp_path: Path) -> None:
    seen = read(tmp_path, WHOLE_PAGE + text(LINES, mode=UNSEEN), picture(LINES))
    assert said(seen) == " ".join(LINES)
    assert not is_from_layer(seen)
    assert seen.warning == ""


def test_text_under_a_picture_is_not_believed(tmp_path: Path) -> None:
    lie = [line.replace("4711", "4712") for line in LINES]
    seen = read(tmp_path, text(lie) + "\n" + WHOLE_PAGE, picture(LINES))
    assert "4711" in said(seen)
    assert seen.warning == "layer_lies"


def test_a_patch_over_a_number_is_not_overlooked(tmp_path: Path) -> None:
    patch = picture(["Nomor : 4712"]).crop((150, 330, 700, 460))
    over = "q 183.3 0 0 43.3 50 568 cm /Im Do Q"
    seen = read(tmp_path, text(LINES) + "\n" + over, patch)
    assert not is_from_layer(seen)
    assert "4712" in said(seen)


@pytest.mark.parametrize("hidden", ["1 g", "0.99 g"])
def test_white_words_on_paper_are_not_read(tmp_path: Path, hidden: str) -> None:
    seen = read(tmp_path, text(LINES) + "\n" + text(["NIK 3578990000000001"] * 9, colour=hidden))
    assert "3578990000000001" not in said(seen)


@pytest.mark.usefixtures("no_eye")
def test_white_words_on_a_dark_bar_are_believed(tmp_path: Path) -> None:
    bar = "0 0 0.5 rg 40 690 520 30 re f\n"
    seen = read(tmp_path, bar + text(LINES[:1], colour="1 g") + "\n" + text(["", *LINES[1:]]))
    assert is_from_layer(seen)


def test_a_see_through_stamp_over_the_page_leaves_the_text_believed(tmp_path: Path) -> None:
    stamp = Image.new("LA", (595, 842), (255, 0))
    ImageDraw.Draw(stamp).ellipse((300, 500, 500, 700), outline=(90, 255), width=4)
    assert is_from_layer(read(tmp_path, text(LINES) + "\n" + WHOLE_PAGE, stamp))


def test_a_footer_set_over_a_scan_does_not_speak_for_the_page(tmp_path: Path) -> None:
    footer = [
        "",
        "",
        "",
        "",
        "",
        "",
        "Dokumen ini ditandatangani secara elektronik dengan sertifikat",
    ]
    seen = read(tmp_path, WHOLE_PAGE + text(footer), picture(LINES * 2))
    assert "4711" in said(seen)


def test_a_page_with_a_line_of_print_alone_is_believed(tmp_path: Path) -> None:
    assert is_from_layer(read(tmp_path, text(["SITI CONTOH, S.H."])))


def test_words_off_the_page_are_dropped(tmp_path: Path) -> None:
    away = "BT 0 Tr 0 g /F1 20 Tf 60 2000 Td (RAHASIA DI LUAR HALAMAN) Tj ET"
    assert "RAHASIA" not in said(read(tmp_path, text(LINES) + "\n" + away))


def test_places_of_words_are_where_they_are_printed(tmp_path: Path) -> None:
    word = read(tmp_path, text(LINES)).words[0]
    assert np.allclose(word.box[:2], (60, 842 - 700 - 0.72 * SIZE), atol=2)
