"""Files of papers, sent so that a browser can only look at them: nothing in them ever runs here."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from documents import child
from documents.actions import open_original
from documents.models import PageImage, Paper, PaperFile
from documents.shown import progress_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

VIEW_PAPERS = "documents.view_papers"
LOCKED_DOWN = "default-src 'none'; sandbox"


@require_safe
@permission_required(VIEW_PAPERS, raise_exception=True)
def page_image(request: HttpRequest, pk: int) -> FileResponse:
    """Send the picture of one page, redrawn by us and without the metadata of the original."""
    page = get_object_or_404(PageImage.objects.visible_to(request.user), pk=pk)
    response = FileResponse(_stored(page.stored_as), content_type="image/webp")
    response["Content-Disposition"] = f'inline; filename="halaman-{page.number}.webp"'
    return sealed(response)


@require_safe
@permission_required(VIEW_PAPERS, raise_exception=True)
def page_spot(request: HttpRequest, pk: int, box: str) -> FileResponse:
    """Send one spot of a page, small and grey, to be looked at beside what could not be read.

    ``box`` is left-top-right-bottom in pixels of the page picture.
    """
    page = get_object_or_404(PageImage.objects.visible_to(request.user), pk=pk)
    try:
        left, top, right, bottom = map(int, box.split("-"))
        with _stored(page.stored_as) as picture:
            spot = child.cut_out(picture.read(), (left, top, right, bottom))
    except ValueError as nothing_there:
        raise Http404 from nothing_there
    return sealed(FileResponse(io.BytesIO(spot), content_type="image/webp"))


@require_safe
@permission_required(VIEW_PAPERS, raise_exception=True)
def original(request: HttpRequest, pk: int) -> FileResponse:
    """Send an original as a download that no browser opens by itself."""
    item = get_object_or_404(
        PaperFile.objects.select_related("paper"),
        pk=pk,
        paper__in=Paper.objects.visible_to(request.user),
    )
    stored = _stored(item.stored_as)
    open_original(item, by=request.user)  # type: ignore[arg-type]  # signed in
    response = FileResponse(stored, content_type="application/octet-stream")
    response["Content-Length"] = str(item.size)
    response["Content-Disposition"] = _attachment(item)
    return sealed(response)


@require_safe
@permission_required(VIEW_PAPERS, raise_exception=True)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the reading of one paper is, as the part of a page that is fetched again."""
    papers = Paper.objects.visible_to(request.user).select_related("reading", "document_type")
    paper = get_object_or_404(papers.prefetch_related("pages"), pk=pk)
    return render(request, "documents/_progress.html", {"progress": progress_of(paper)})


def _stored(name: str) -> Any:
    if not default_storage.exists(name):
        raise Http404
    return default_storage.open(name)


def sealed(response: FileResponse) -> FileResponse:
    """Nothing in a file runs, nobody keeps it, no other site shows it."""
    response["Content-Security-Policy"] = LOCKED_DOWN
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    add_never_cache_headers(response)
    return response


def _attachment(item: PaperFile) -> str:
    """Name the download twice (RFC 6266): plainly for every browser, then as it was called."""
    paper = item.paper
    plain = f"{paper.document_type_id}-v{paper.version}-{item.position}.{item.kind}"
    name = "".join(
        sign for sign in item.original_name if unicodedata.category(sign)[0] != "C"
    ).replace("/", "_")
    named = quote(name.replace("\\", "_") or plain, safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"
