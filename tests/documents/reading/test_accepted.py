"""The browser offers exactly the types that the reader takes."""

from pathlib import Path

from documents.reading.accepted import MEDIA_TYPES
from documents.reading.errors import NotAllowedType
from documents.reading.pages import file_type

BEGINNINGS = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF",
    b"\x89PNG\r\n\x1a\n\x00\x00",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    b"II*\x00\x08\x00\x00\x00",
    b"MM\x00*\x00\x00\x00\x08",
    b"%PDF-1.7\n",
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avif",
    b"GIF89a\x01\x00\x01\x00",
    b"BM\x3a\x00\x00\x00",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
)


def test_what_the_browser_offers_is_what_the_reader_takes(tmp_path: Path) -> None:
    taken = set()
    for beginning in BEGINNINGS:
        path = tmp_path / "file"
        path.write_bytes(beginning)
        try:
            taken.add(file_type(path))
        except NotAllowedType:
            continue
    assert taken == set(MEDIA_TYPES)
