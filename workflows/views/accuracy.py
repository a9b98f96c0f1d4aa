"""How often the machine was right, for those who answer for its use; also as a file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.models import ValueReview
from onboarding.imports import escape_cell
from workflows import accuracy as measured, kinds
from workflows.evidence import LABELS
from workflows.forms.looking import AccuracyForm

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn
    from workflows.accuracy import Cell, Measure


@require_safe
@permission_required("workflows.view_accuracy", raise_exception=True)
def accuracy(request: SignedIn) -> HttpResponse:
    """Show what officers confirmed and corrected, by field, kind of paper and way of capture."""
    form = AccuracyForm(request.GET, readers=measured.readers())
    wanted = form.cleaned_data if form.is_valid() else {}
    cells = measured.measure(**wanted) if wanted else []
    if request.GET.get("format") == "csv" and wanted:
        return _file(cells)
    chosen = form.chosen()
    whole = measured.total(cells)
    context = {
        "form": form,
        "is_filtered": bool(chosen),
        "tiles": _tiles(whole),
        "tables": [
            (title, head, [_row(_name(side, key), one) for key, one in _of(cells, side)])
            for side, title, head in (
                ("field", _("By value"), _("Value")),
                ("kind", _("By kind of paper"), _("Kind of paper")),
                ("capture", _("By way of capture"), _("Way of capture")),
            )
        ],
        "looked_at": whole.looked_at,
        "file_url": f"?{urlencode({**chosen, 'format': 'csv'})}",
    }
    status = 200 if form.is_valid() else 400
    return render(request, "workflows/accuracy.html", context, status=status)


def _of(cells: list[Cell], side: str) -> list[tuple[str, Measure]]:
    """The least accurate first."""
    return sorted(measured.summed(cells, side).items(), key=lambda one: one[1].share or 0)


def _name(side: str, key: str) -> str:
    words: dict[str, Any] = {
        "field": LABELS,
        "kind": kinds.TITLES,
        "capture": dict(ValueReview.Capture.choices),
    }[side]
    return str(words.get(key, key or _("Unknown")))


def _row(name: str, one: Measure) -> dict[str, Any]:
    return {
        "name": name,
        "looked_at": one.looked_at,
        "right": one.right,
        "share": _percent(one.share),
        "interval": _between(one.interval),
        "sure": one.sure,
        "sure_wrong": one.sure_wrong,
    }


def _tiles(whole: Measure) -> list[dict[str, Any]]:
    between = _("right (between %(interval)s)") % {"interval": _between(whole.interval)}
    wrong = _between(whole.sure_wrong_interval)
    return [
        {"number": whole.looked_at, "label": _("values looked at by officers")},
        {"number": _percent(whole.share), "label": between},
        {"number": whole.sure, "label": _("of them the machine was sure")},
        {
            "number": whole.sure_wrong,
            "label": _("sure and wrong (between %(interval)s)") % {"interval": wrong},
        },
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{formats.number_format(100 * share, 1)}%"


def _between(interval: tuple[float, float]) -> str:
    low, high = (formats.number_format(100 * edge, 1) for edge in interval)
    return f"{low}–{high}%"


def _file(cells: list[Cell]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"ketelitian-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        [
            _("Value"), _("Kind of paper"), _("Way of capture"), _("Looked at"), _("Right"),
            _("Share right"), _("Lower bound"), _("Upper bound"), _("Sure"), _("Sure and wrong"),
        ]
    )  # fmt: skip
    for cell in cells:
        one = cell.measure
        shares = [f"{share:.4f}" for share in (one.share or 0.0, *one.interval)]
        names = [_name(side, getattr(cell, side)) for side in ("field", "kind", "capture")]
        counts = [one.looked_at, one.right, *shares, one.sure, one.sure_wrong]
        writer.writerow([*map(escape_cell, names), *counts])
    return response
