"""The points that an owner is asked to correct: where each is on the paper, what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from documents.models import PageImage
from documents.spots import around

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workflows.casefile import CaseFile
    from workflows.evidence import Line
    from workflows.models import CorrectionItem

#: The reason from the list that a differing value most likely means.
REASON_OF_FIELD: Final = {
    "company_name": "NAME_MISMATCH",
    "person_name": "NAME_MISMATCH",
    "person_nik": "NAME_MISMATCH",
    "company_seat": "ADDRESS_MISMATCH",
    "address": "ADDRESS_MISMATCH",
    "nib": "NIB_INVALID",
    "npwp": "NPWP_INVALID",
    "kbli": "KBLI_MISMATCH",
    "deed_number": "DOC_NOT_LATEST",
    "deed_date": "DOC_NOT_LATEST",
    "notary_name": "DOC_NOT_LATEST",
}
UNREADABLE: Final = "DOC_UNREADABLE"


def line_of(file: CaseFile, path: str) -> Line | None:
    """Return the row of the shown paper that a path names, or None."""
    return next((line for line in file.lines if line.path == path), None) if path else None


def beginning_of(file: CaseFile, path: str) -> dict[str, Any]:
    """Return what an item about one value begins with: paper, reason, words for the owner."""
    line = line_of(file, path)
    if line is None or file.shown is None:
        return {}
    with translation.override(settings.LANGUAGE_CODE):
        words = _words(line)
    field = "person_nik" if path.endswith(".nik") else path.split(".", maxsplit=1)[0]
    known = bool(line.read)
    return {
        "document_type": file.shown.document_type_id,
        "reason_code": REASON_OF_FIELD.get(field, "NAME_MISMATCH") if known else UNREADABLE,
        "text": words,
        "path": path,
    }


def place_of(file: CaseFile, path: str) -> dict[str, Any]:
    """Return where a value stands, as an item keeps it: paper, page, box, path."""
    line = line_of(file, path)
    if line is None or file.shown is None:
        return {}
    box = [round(side) for side in line.box] if line.page else []
    return {"paper": file.shown, "page": line.page if box else None, "box": box, "path": path}


def with_spots(items: Sequence[CorrectionItem]) -> Sequence[CorrectionItem]:
    """Give each item its picture as ``item.spot`` (None without one); one query when any has."""
    placed = [item for item in items if item.paper_id and item.page and len(item.box) == 4]
    pages = _pages((item.paper_id, item.page) for item in placed)
    for item in items:
        page = pages.get((item.paper_id, item.page)) if len(item.box) == 4 else None
        item.spot = around(page, item.box) if page else None  # type: ignore[attr-defined]  # for the template
    return items


def _pages(wanted: Iterable[tuple[Any, Any]]) -> dict[tuple[Any, Any], PageImage]:
    which = Q()
    for paper, number in wanted:
        which |= Q(paper=paper, number=number)
    if not which:
        return {}
    return {(page.paper_id, page.number): page for page in PageImage.objects.filter(which)}


def _words(line: Line) -> str:
    declared = " ".join(piece.text for piece in line.declared)
    read = " ".join(piece.text for piece in line.read)
    known = {"what": line.label, "declared": declared, "read": read}
    if not read:
        return _("%(what)s cannot be read on your paper. Please send a clearer photo.") % known
    if declared:
        return (
            _(
                "%(what)s: you wrote “%(declared)s”, on the paper stands “%(read)s”. "
                "Please send the right paper."
            )
            % known
        )
    return _("%(what)s: on the paper stands “%(read)s”. Please check and send it again.") % known
