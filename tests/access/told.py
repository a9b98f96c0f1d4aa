"""What an answer says, whatever it is: the text of a page, the cells of a workbook, the words of a
letter."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from django.http import HttpResponse

#: When a file was taken, in its last line.
TAKEN_AT = re.compile(r" pada [^<]*")
#: What differs from one answer to the next without saying anything.
NOISE = re.compile(
    r'name="(csrfmiddlewaretoken|form_key|key)" value="[^"]*"|nonce="[^"]*"'
    r'|value="[0-9a-f-]{36}"|DTSTAMP:[0-9TZ]+'
    r'|<svg[^>]*class="qr".*?</svg>\s*<p class="bigcode">.*?</p>',  # the hall's code turns
    re.DOTALL,
)


def told(response: HttpResponse) -> str:
    """Return what a page, a workbook or a text says; "" for a PDF, which bears its hour."""
    sent: bytes = response.sent  # type: ignore[attr-defined]  # see World.ask
    if sent[:2] == b"PK":
        return TAKEN_AT.sub("", cells_of(sent))
    if b"%PDF" in sent[:8]:
        return ""
    return NOISE.sub("", sent.decode(errors="replace"))


def cells_of(sent: bytes) -> str:
    """Return the cells of a workbook, with the marks around them."""
    with zipfile.ZipFile(io.BytesIO(sent)) as file:
        names = [name for name in file.namelist() if "/worksheets/" in name or "Str" in name]
        return "".join(file.read(name).decode() for name in names)


def words_of(response: HttpResponse) -> str:
    """Return what is told to a reader: of a PDF the words on its pages, of a picture nothing."""
    if "image/" in response.headers.get("Content-Type", ""):
        return ""
    sent: bytes = response.sent  # type: ignore[attr-defined]  # see World.ask
    if b"%PDF" not in sent[:8]:
        return told(response)
    try:
        document = pypdfium2.PdfDocument(sent)
    except pypdfium2.PdfiumError:  # an invented bundle of a few bytes
        return ""
    return " ".join(page.get_textpage().get_text_range() for page in document)
