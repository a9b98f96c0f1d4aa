"""The auditor's page: every act, newest first, narrowed by period, act and role, and as a file."""

from __future__ import annotations

import csv
import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onboarding.imports import escape_cell
from onboarding.models import Status, User
from onboarding.views.files import taken_by
from workflows import paging
from workflows.forms.looking import TrailForm
from workflows.models import AuditEvent
from workflows.sentences import ACT_WORDS, act_words, detail_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    from onboarding.signed_in import SignedIn

MOST_ROWS = 60_000


class Echo:
    """Hands each written line back, so that a long file is sent while it is made."""

    def write(self, line: str) -> bytes:
        """Return the line as bytes."""
        return line.encode()


@require_safe
@permission_required("workflows.read_trail", raise_exception=True)
def trail(request: SignedIn) -> HttpResponseBase:
    """Read the trail; ``format=csv`` sends the chosen part of it as a file."""
    form = TrailForm(request.GET)
    rows = _chosen(request, form).select_related("by", "vendor")
    wants_file = request.GET.get("format") == "csv"
    if wants_file and form.is_valid() and rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        form.add_error(
            None,
            _("More than 60,000 acts fit this choice. Choose a shorter period for the file."),
        )
    if wants_file and form.is_valid():
        return _file(rows, taken_by(request.user))
    chosen = form.chosen()
    before = request.GET.get("before", "")
    page = paging.newest_first(rows, before, keep=chosen)
    context = {
        "form": form,
        "events": [_shown(event) for event in page.rows],
        "next_url": page.next_url,
        "first_url": f"?{urlencode(chosen)}" if before else "",
        "file_url": f"?{urlencode({**chosen, 'format': 'csv'})}",
        "is_filtered": bool(chosen),
    }
    status = 200 if form.is_valid() else 400
    return render(request, "workflows/trail.html", context, status=status)


def _chosen(request: SignedIn, form: TrailForm) -> QuerySet[AuditEvent]:
    rows = AuditEvent.objects.visible_to(request.user)
    if not form.is_valid():
        return rows.none()
    wanted = form.cleaned_data
    if wanted["since"]:
        rows = rows.filter(at__gte=_midnight(wanted["since"]))
    if wanted["until"]:
        rows = rows.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
    if wanted["act"]:
        rows = rows.filter(act=wanted["act"])
    if wanted["role"]:
        rows = rows.filter(role=wanted["role"])
    return rows


def _shown(event: AuditEvent) -> dict[str, Any]:
    return {
        "event": event,
        "role": User.ROLE_NAMES.get(event.role, event.role),
        "what": act_words(event.act),
        "source": _status(event.from_status),
        "target": _status(event.to_status),
        "reason": reason_words(event.reason),
        "detail": detail_words(event.detail),
    }


def _file(rows: QuerySet[AuditEvent], taken: str) -> StreamingHttpResponse:
    name = f"jejak-{timezone.localtime():%Y%m%d-%H%M}.csv"
    # The language of the reader is gone when the lines are sent, so all words are made now.
    titles = [
        _("Number"), _("Time (WIB)"), _("Who"), _("Role"), _("Act"), _("Act code"),
        _("Business number"), _("Business"), _("From"), _("To"), _("Reason"), _("Details"),
    ]  # fmt: skip
    words = {
        "act": {act: str(said) for act, said in ACT_WORDS.items()},
        "role": {role: str(said) for role, said in User.ROLE_NAMES.items()},
        "status": {str(status): str(status.label) for status in Status},
    }
    return StreamingHttpResponse(
        _lines(rows, titles, words, taken),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _lines(
    rows: QuerySet[AuditEvent], titles: list[str], words: dict[str, dict[str, str]], taken: str
) -> Iterator[bytes]:
    writer = csv.writer(Echo(), delimiter=";")
    yield b"\xef\xbb\xbf"
    yield writer.writerow(titles)
    lean = rows.order_by("-pk").only(
        "at", "role", "act", "from_status", "to_status", "reason", "detail",
        "by__full_name", "vendor__name", "vendor__created_at",
    )  # fmt: skip
    for event in lean[:MOST_ROWS].iterator(chunk_size=2000):
        vendor = event.vendor
        cells = [
            f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
            event.by.full_name,
            words["role"].get(event.role, event.role),
            words["act"].get(event.act, event.act),
            event.act,
            vendor.number if vendor else "",
            vendor.name if vendor else "",
            words["status"].get(event.from_status, event.from_status),
            words["status"].get(event.to_status, event.to_status),
            event.reason,
            json.dumps(event.detail, ensure_ascii=False) if event.detail else "",
        ]
        yield writer.writerow([event.pk, *map(escape_cell, cells)])
    yield writer.writerow([escape_cell(taken)])


def _status(code: str) -> str:
    return str(Status(code).label) if code in Status.values else code


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
