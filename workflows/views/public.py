"""Pages that need no sign-in: how it is going, privacy, the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from workflows import health, office, source as source_code, watching
from workflows.consents import WORDINGS, times_of_keeping
from workflows.models import Consent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_not_required
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer a monitor: 200 while the database answers (``ok`` or ``degraded``), else 503."""
    found = health.examine()
    response = JsonResponse(
        {
            "status": found.status,
            "database": found.database,
            "broker": found.broker,
            "worker_seen_at": found.worker_seen_at,
            "tesseract": found.tesseract,
            **(watching.as_json() if found.database else {}),
        },
        status=200 if found.database else 503,
    )
    add_never_cache_headers(response)
    return response


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, why, who sees it, and which rights people have (UU 27/2022)."""
    wording = WORDINGS[Consent.Purpose.PROCESSING].version
    context = {"office": office.contact(), "wording": wording, "times": times_of_keeping()}
    return render(request, "workflows/privacy.html", context)


@require_safe
@login_not_required
def source(request: HttpRequest) -> HttpResponse:
    """Say under which licence this runs and where its source is."""
    return render(request, "workflows/source.html", {"published_at": settings.SOURCE_URL})


@require_safe
@login_not_required
def source_archive(_request: HttpRequest) -> FileResponse:
    """Send the source of the running version."""
    path = source_code.archive()
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=path.name,
        content_type="application/zip",
    )
