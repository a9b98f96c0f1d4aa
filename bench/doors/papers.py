"""Papers, sound and bad, one or more of each class; all invented, drawn here."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from bench.doors.kinds import ACCEPT, FLAG, REJECT, BadFile, only
from tests.antivirus import EICAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pillow_heif.register_heif_opener(thumbnails=False)
A4 = (595, 842)


def picture(kind: str, size: tuple[int, int] = (480, 640), mode: str = "RGB", **how: Any) -> bytes:
    """A page with a line of writing as a picture."""
    drawn = Image.new("RGB", size, "white")
    ImageDraw.Draw(drawn).text((20, 40), "Contoh Akta Nomor 41", fill="black")
    return encoded(drawn.convert(mode), kind, **how)


def encoded(drawn: Image.Image, kind: str, **how: Any) -> bytes:
    """A picture as bytes of a kind that Pillow knows."""
    out = io.BytesIO()
    drawn.save(out, kind, **how)
    return out.getvalue()


def with_place(kind: str) -> bytes:
    """A photograph that says where it was taken."""
    drawn = Image.new("RGB", (480, 640), "white")
    exif = drawn.getexif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 15.0, 30.0), 3: "E", 4: (112.0, 45.0, 8.0)})
    return encoded(drawn, kind, exif=exif)


def pdf(
    change: Callable[[pikepdf.Pdf], object] | None = None, *, pages: int = 1, **how: Any
) -> bytes:
    """A PDF of pages with a line on each, changed before it is written."""
    made = pikepdf.new()
    for _number in range(pages):
        page = made.add_blank_page(page_size=A4)
        page.Contents = made.make_stream(b"0 0 0 RG 40 800 m 400 800 l S")
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def action(kind: str, **more: Any) -> Dictionary:
    """What a PDF would do."""
    return Dictionary(S=Name(f"/{kind}"), **more)


def at_opening(kind: str, **more: Any) -> Callable[[pikepdf.Pdf], None]:
    """An action when the document is opened."""
    return lambda made: made.Root.__setitem__("/OpenAction", action(kind, **more))


def on_page(**annotation: Any) -> Callable[[pikepdf.Pdf], None]:
    """An annotation on the first page."""

    def put(made: pikepdf.Pdf) -> None:
        mark = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **annotation)
        made.pages[0].Annots = Array([made.make_indirect(mark)])

    return put


def zipped(names: dict[str, bytes]) -> bytes:
    """A zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return out.getvalue()


def sound() -> Iterator[tuple[str, bytes]]:
    """What an owner sends every day, and what looks odd and is not."""
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("HEIF", "heic")):
        yield f"foto.{ending}", picture(kind)
    frames = [Image.new("L", (300, 400), shade) for shade in (255, 240, 200)]
    yield "tiga.tif", encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    yield "tanpa-akhiran", picture("JPEG", (480, 650))
    yield "sebenarnya-jpeg.png", picture("JPEG", (480, 660))
    yield "lokasi.heic", with_place("HEIF")
    yield "lokasi.jpg", with_place("JPEG")
    yield "cmyk.jpg", picture("JPEG", mode="CMYK")
    yield "enam-belas.png", encoded(Image.new("I;16", (300, 400), 900), "PNG")
    yield "bening.png", picture("PNG", mode="RGBA")
    yield "besar.jpg", picture("JPEG", size=(8000, 7900))
    yield "akta.pdf", pdf()
    yield "enam-puluh.pdf", pdf(pages=60)
    restricted = pikepdf.Encryption(owner="contoh", user="")
    yield "dibatasi.pdf", pdf(encryption=restricted)
    yield (
        "halaman-pertama.pdf",
        pdf(lambda p: p.Root.__setitem__("/OpenAction", Array([p.pages[0].obj, Name.Fit]))),
    )
    yield "tautan.pdf", pdf(on_page(Subtype=Name.Link, A=action("URI", URI="https://contoh.test/")))
    yield "tanda-tangan.pdf", pdf(on_page(Subtype=Name.Widget, FT=Name.Sig, T="contoh"))
    yield "daftar-rusak.pdf", pdf().replace(b"startxref", b"startxxxx")


def active() -> Iterator[tuple[str, bytes]]:
    """What people must be told of."""
    script = {"JS": "app.alert(1)"}
    yield "skrip.pdf", pdf(at_opening("JavaScript", **script))
    yield (
        "skrip-nama-lain.pdf",
        pdf(at_opening("JavaScript", **script)).replace(b"/JavaScript", b"/J#61vaScript"),
    )
    packed = pikepdf.ObjectStreamMode.generate
    yield (
        "skrip-terbungkus.pdf",
        pdf(
            on_page(Subtype=Name.Link, A=action("JavaScript", **script)), object_stream_mode=packed
        ),
    )
    locked = pikepdf.Encryption(owner="contoh", user="")
    yield "skrip-tersandi.pdf", pdf(at_opening("JavaScript", **script), encryption=locked)
    yield "jalankan.pdf", pdf(at_opening("Launch", F="calc.exe"))
    yield (
        "kirim.pdf",
        pdf(on_page(Subtype=Name.Widget, A=action("SubmitForm", F="https://contoh.test/"))),
    )
    yield "berkas-lain.pdf", pdf(on_page(Subtype=Name.Link, A=action("GoToR", F="lain.pdf")))
    yield "lampiran.pdf", pdf(lambda p: p.attachments.__setitem__("a.exe", b"MZ"))
    yield (
        "xfa.pdf",
        pdf(lambda p: p.Root.__setitem__("/AcroForm", Dictionary(XFA=p.make_stream(b"<xdp/>")))),
    )
    yield "film.pdf", pdf(on_page(Subtype=Name.RichMedia))
    yield "suara.pdf", pdf(on_page(Subtype=Name.Sound))
    yield (
        "tautan-skrip.pdf",
        pdf(on_page(Subtype=Name.Link, A=action("URI", URI="javascript:alert(1)"))),
    )
    yield "dua-rupa.jpg", picture("JPEG") + zipped({"a.txt": b"contoh"})
    yield "php.jpg", picture("JPEG") + b"<?php echo 1; ?>"
    yield "html.png", picture("PNG") + b"<html><script>alert(1)</script>"
    yield "html-di-depan.pdf", b"<html><body>contoh</body></html>\n" + pdf()
    yield "ternyata-foto.pdf", picture("JPEG", (480, 670))


def bombs() -> Iterator[tuple[str, bytes]]:
    """What would take a machine down that opens it without looking first."""
    yield "10000-halaman.pdf", pdf(pages=10_000)
    yield "61-halaman.pdf", pdf(pages=61)
    yield (
        "dua-miliar-titik.pdf",
        pdf(lambda p: p.pages[0].__setitem__("/MediaBox", [0, 0, 612, 2_100_000_000])),
    )
    yield "satuan-besar.pdf", pdf(lambda p: p.pages[0].__setitem__("/UserUnit", 5000))
    yield "satu-bit.pdf", pdf(_huge_bitmap)
    frames = [Image.new("1", (8, 8)) for _number in range(5_000)]
    yield "5000-bingkai.tif", encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    yield "seratus-juta.png", encoded(Image.new("1", (10_000, 10_000)), "PNG")
    yield (
        "seratus-juta.tif",
        encoded(Image.new("1", (10_000, 10_000)), "TIFF", compression="group4"),
    )
    yield "tiga-miliar.png", _huge_png(60_000, 60_000)


def _huge_bitmap(made: pikepdf.Pdf) -> None:
    side = 40_000
    packer = zlib.compressobj(9)
    row = bytes(side // 8)
    packed = b"".join(packer.compress(row) for _line in range(side)) + packer.flush()
    image = made.make_stream(b"")
    image.write(packed, filter=Name.FlateDecode)
    facts = {"Type": Name.XObject, "Subtype": Name.Image, "Width": side, "Height": side}
    for key, value in {**facts, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 1}.items():
        image[f"/{key}"] = value
    page = made.pages[0]
    page.Resources = Dictionary(XObject=Dictionary(I=image))
    page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")


def _huge_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + crc

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    packed = chunk(b"IDAT", zlib.compress(bytes(10_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + packed + chunk(b"IEND", b"")


def strangers() -> Iterator[tuple[str, bytes]]:
    """What is no paper, under whatever name."""
    plain = Image.new("RGB", (60, 80), "white")
    for kind, ending in (
        ("GIF", "gif"),
        ("BMP", "bmp"),
        ("EPS", "eps"),
        ("PPM", "ppm"),
        ("ICO", "ico"),
        ("AVIF", "avif"),
        ("TGA", "tga"),
        ("JPEG2000", "jp2"),
    ):
        try:
            content = encoded(plain, kind)
        except (OSError, KeyError):  # not every Pillow writes every kind
            continue
        yield f"{ending}.{ending}", content
        yield f"menyamar-{ending}.jpg", content
    yield "psd.jpg", b"8BPS\x00\x01" + bytes(200)
    yield "gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    yield "svg.png", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"
    yield "laman.pdf", b"<!doctype html><script>alert(1)</script>"
    yield "program.jpg", b"MZ" + bytes(300)
    yield "elf.pdf", b"\x7fELF" + bytes(300)
    yield "arsip.pdf", zipped({"word/document.xml": b"<a/>"})
    yield "film.heic", b"\x00\x00\x00\x18ftypisom" + bytes(300)
    yield "teks.jpg", b"bukan gambar sama sekali"
    yield "foto.jpg.exe", picture("JPEG")
    yield "foto.html", picture("JPEG")
    yield "gif-php.jpg", b"GIF89a" + b"<?php system($_GET['c']); ?>"
    yield "eicar.pdf", EICAR
    yield "kosong.jpg", b""
    yield "terlalu-besar.jpg", picture("JPEG") + bytes(15 * 1024 * 1024)


def broken() -> Iterator[tuple[str, bytes]]:
    """What no decoder can open, or nobody without its password."""
    yield "terkunci.pdf", pdf(encryption=pikepdf.Encryption(owner="contoh", user="rahasia"))
    yield "tanpa-halaman.pdf", pdf(pages=0)
    yield "hanya-kepala.pdf", b"%PDF-1.7\n"
    yield "sampah.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40
    loop = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    loop += b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj trailer<</Root 1 0 R>>"
    yield "berputar.pdf", loop
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif")):
        whole = encoded(_noise(), kind)
        yield f"terpotong.{ending}", whole[: len(whole) // 3]
        yield f"hanya-kepala.{ending}", whole[:24]
    yield "hanya-kepala.heic", b"\x00\x00\x00\x18ftypheic" + bytes(80)
    yield "virus.jpg", picture("JPEG") + EICAR
    yield "virus.pdf", pdf() + b"\n%" + EICAR


def _noise() -> Image.Image:
    return Image.effect_noise((300, 400), 80)


CLASSES = (
    ("sound", sound, only(ACCEPT)),
    ("active or two things in one", active, only(FLAG)),
    ("bomb", bombs, only(REJECT)),
    ("no paper", strangers, only(REJECT)),
    ("broken, locked or infected", broken, only(REJECT)),
)


def papers() -> Iterator[BadFile]:
    """Every paper with what may become of it."""
    for what, made, may in CLASSES:
        for name, content in made():
            yield BadFile("document", name, content, may, what)


def good_papers() -> list[tuple[str, bytes]]:
    """What is spoilt by chance; see `mutating`."""
    names = {"foto.jpg", "foto.png", "foto.webp", "foto.heic", "tiga.tif", "akta.pdf", "bening.png"}
    return [(name, content) for name, content in sound() if name in names]
