"""Finds what a PDF would do by itself, or carries inside it, by walking its objects.

Bytes are never searched: names may be written in many ways and objects packed or encrypted. What
is found is a *flag*: the paper is taken, people see our own pictures of its pages, and the officer
is told. Signatures, links and forms to fill in are nothing of the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from documents.reading.errors import TooComplex, TooManyPixels

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OBJECTS = 1_000_000  # some six seconds
MOST_IMAGE_PIXELS = 64_000_000

#: Kinds of action (ISO 32000-2, table 201) that reach beyond the pages.
ACTIONS = {
    "/JavaScript": "pdf_javascript",
    "/Launch": "pdf_launch",
    "/SubmitForm": "pdf_sends",
    "/ImportData": "pdf_sends",
    "/GoToR": "pdf_other_file",
    "/GoToE": "pdf_other_file",
    "/Rendition": "pdf_media",
    "/Movie": "pdf_media",
    "/Sound": "pdf_media",
    "/RichMediaExecute": "pdf_media",
    "/GoTo3DView": "pdf_media",
}
#: Kinds of annotation (table 171) that hold more than a mark on the page.
ANNOTATIONS = {
    "/FileAttachment": "pdf_attachment",
    "/RichMedia": "pdf_media",
    "/3D": "pdf_media",
    "/Screen": "pdf_media",
    "/Movie": "pdf_media",
    "/Sound": "pdf_media",
}
#: Keys that mean the same wherever they stand.
KEYS = {
    "/JS": "pdf_javascript",
    "/XFA": "pdf_xfa",
    "/EF": "pdf_attachment",
    "/RichMediaContent": "pdf_media",
}
#: Where a name says what the whole is.
KINDS = {
    "/S": ACTIONS,
    "/Subtype": ANNOTATIONS,
    "/Type": {"/EmbeddedFile": "pdf_attachment"},
}
HARMLESS_AT_OPENING = ("/GoTo",)
_CONTAINERS = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)


def find_active(pdf: pikepdf.Pdf) -> list[str]:
    """The codes of all that is active in a document, sorted.

    Raises ``TooComplex`` for a document of more objects than any paper has, ``TooManyPixels`` for
    one that holds a picture which must not be unpacked.
    """
    found: set[str] = set()
    for number, thing in enumerate(_objects(pdf)):
        if number > MOST_OBJECTS:
            raise TooComplex
        if not isinstance(thing, pikepdf.Array):
            found.update(_signs(thing))
            _check_pixels(thing)
    return sorted(found)


def _objects(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary, list and stream, once: those with a number, and those within them."""
    open_ones: list[Any] = [pdf.trailer]
    for thing in pdf.objects:
        open_ones.append(thing)
        while open_ones:
            node = open_ones.pop()
            if not isinstance(node, _CONTAINERS):
                continue
            yield node
            within = node.as_list() if isinstance(node, pikepdf.Array) else _values(node)
            open_ones.extend(
                one for one in within if isinstance(one, _CONTAINERS) and not one.is_indirect
            )


def _values(node: Any) -> list[Any]:
    return [value for _key, value in node.items()]


def _signs(node: Any) -> Iterator[str]:
    keys = node.keys()
    yield from (code for key, code in KEYS.items() if key in keys)
    yield from (
        kinds[kind]
        for key, kinds in KINDS.items()
        if key in keys and (kind := _name(node.get(key))) in kinds
    )
    if "/OpenAction" in keys and _acts_at_opening(node.get("/OpenAction")):
        yield "pdf_opens"
    if "/URI" in keys and _is_script(node.get("/URI")):
        yield "pdf_javascript"
    if isinstance(node, pikepdf.Stream) and "/F" in keys:
        yield "pdf_other_file"  # its content lies in another file


def _check_pixels(node: Any) -> None:
    is_image = isinstance(node, pikepdf.Stream) and _name(node.get("/Subtype")) == "/Image"
    if is_image and _size(node, "/Width") * _size(node, "/Height") > MOST_IMAGE_PIXELS:
        raise TooManyPixels


def _size(node: Any, key: str) -> int:
    value = node.get(key)
    return int(value) if isinstance(value, int) else 0


def _acts_at_opening(action: Any) -> bool:
    """Whether more happens at opening than that a page is shown."""
    return isinstance(action, pikepdf.Dictionary) and (
        _name(action.get("/S")) not in HARMLESS_AT_OPENING
    )


def _is_script(link: Any) -> bool:
    return isinstance(link, pikepdf.String) and str(link).strip().lower().startswith("javascript:")


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""
