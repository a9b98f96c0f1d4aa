"""Files that cannot be read are turned away with the reason; odd but sound ones are opened."""

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from documents.reading import errors, pages
from workflows.sample_deeds import SampleDeed


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(out, format=kind)
    return out.getvalue()


def blank_pdf(count: int, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out, pdf = io.BytesIO(), pikepdf.new()
    for _ in range(count):
        pdf.add_blank_page(page_size=(200, 280))
    pdf.save(out, encryption=encryption)
    return out.getvalue()


def test_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.EmptyFile):
        pages.look(written(tmp_path, "kosong.pdf", b""))


@pytest.mark.parametrize("content", [b"sekadar teks", b"MZ\x90\x00", b"GIF89a", b"<html>"])
def test_file_is_judged_by_its_bytes_and_not_by_its_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(errors.NotAllowedType):
        pages.look(written(tmp_path, "foto.jpg", content))


def test_locked_pdf_is_refused(tmp_path: Path) -> None:
    locked = blank_pdf(1, pikepdf.Encryption(owner="rahasia", user="rahasia"))
    with pytest.raises(errors.LockedPdf):
        pages.look(written(tmp_path, "a.pdf", locked))


def test_pdf_that_only_forbids_printing_is_opened(tmp_path: Path) -> None:
    restricted = blank_pdf(1, pikepdf.Encryption(owner="rahasia", user=""))
    assert pages.look(written(tmp_path, "a.pdf", restricted)) == ("pdf", 1)


def test_pdf_with_a_damaged_index_is_mended(tmp_path: Path) -> None:
    content = blank_pdf(2)
    damaged = content[: content.rindex(b"startxref")] + b"startxref\n7\n%%EOF"
    assert pages.look(written(tmp_path, "a.pdf", damaged)) == ("pdf", 2)


def test_pdf_that_is_only_a_header_is_broken(tmp_path: Path) -> None:
    with pytest.raises(errors.BrokenFile):
        pages.look(written(tmp_path, "a.pdf", b"%PDF-1.7\nrusak"))


def test_truncated_photo_is_broken(tmp_path: Path, samples: dict[str, SampleDeed]) -> None:
    whole = samples["pt-photo"].files[0].read_bytes()
    path = written(tmp_path, "a.jpg", whole[: len(whole) // 2])
    with pytest.raises(errors.BrokenFile):
        list(pages.open_pages([path]))


def test_sixty_one_pages_are_too_many(tmp_path: Path) -> None:
    with pytest.raises(errors.TooManyPages):
        pages.look(written(tmp_path, "a.pdf", blank_pdf(61)))


def test_pages_of_several_files_are_counted_together(tmp_path: Path) -> None:
    paths = [written(tmp_path, f"{at}.pdf", blank_pdf(31)) for at in range(2)]
    with pytest.raises(errors.TooManyPages):
        pages.count_pages(paths)


def test_sixty_five_million_pixels_are_too_many_before_any_is_decoded(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (65_000, 1_001), 1).save(out, format="PNG")
    with pytest.raises(errors.TooManyPixels):
        pages.look(written(tmp_path, "a.png", out.getvalue()))


def test_sixteen_megabytes_are_too_large(tmp_path: Path) -> None:
    content = picture() + b"\0" * (16 * 1024 * 1024)
    with pytest.raises(errors.TooLarge):
        pages.look(written(tmp_path, "a.jpg", content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_allowed_pictures_are_known_whatever_their_name(tmp_path: Path, kind: str) -> None:
    assert pages.look(written(tmp_path, "tanpa-akhiran", picture(kind))) == (kind.lower(), 1)


def test_every_page_of_a_tiff_is_opened(tmp_path: Path) -> None:
    out = io.BytesIO()
    sheets = [Image.new("1", (90, 120), 1) for _ in range(3)]
    sheets[0].save(
        out, format="TIFF", save_all=True, append_images=sheets[1:], compression="group4"
    )
    path = written(tmp_path, "a.tif", out.getvalue())
    assert pages.look(path) == ("tiff", 3)
    assert len(list(pages.open_pages([path]))) == 3


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_other_colour_models_are_opened(tmp_path: Path, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (90, 120)).save(out, format="JPEG")
    (page,) = pages.open_pages([written(tmp_path, "a.jpg", out.getvalue())])
    assert page.raster.shape == (120, 90, 3)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (90, 120), (0, 0, 0, 0)).save(out, format="PNG")
    (page,) = pages.open_pages([written(tmp_path, "a.png", out.getvalue())])
    assert page.raster.min() == 255


def test_sixteen_bit_grey_is_opened(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.fromarray(np.full((120, 90), 60_000, dtype=np.uint16)).save(out, format="PNG")
    (page,) = pages.open_pages([written(tmp_path, "a.png", out.getvalue())])
    assert page.raster.shape == (120, 90, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_stored_turn_is_undone_and_remembered(tmp_path: Path, orientation: int) -> None:
    stored = np.zeros((40, 60, 3), dtype=np.uint8)
    stored[5:9, 10:14] = 255
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.fromarray(stored).save(out, format="PNG", exif=exif)
    (page,) = pages.open_pages([written(tmp_path, "a.png", out.getvalue())])
    rows, columns = np.nonzero(page.raster[:, :, 0])
    shown = np.array([columns.mean() + 0.5, rows.mean() + 0.5, 1.0])
    x, y, _ = page.to_stored @ shown
    assert (x, y) == (12.0, 7.0)
