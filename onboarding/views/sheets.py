"""The road of a list: uploaded, read by the worker, checked by a person, confirmed, entered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from config.gate.refusals import form_code
from onboarding import actions, imports
from onboarding.errors import Refused, SheetAlreadyReceived
from onboarding.forms import UploadSheetForm
from onboarding.models import Referral, ReferralSheet, Region, SheetRow, Status, Vendor
from onboarding.sentences import say
from onboarding.views.asked import asked_in
from onboarding.views.looks import SHEET_LOOKS
from onboarding.views.paging import as_entered
from onboarding.views.preview import lines_of, proposals
from onboarding.views.returned import changes_of, is_own, pages_of, reading_of

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn

State = ReferralSheet.State
Verdict = SheetRow.Verdict
MACHINE_AT_WORK = (State.RECEIVED, State.CONFIRMED)
HAS_ROWS = (State.READ, State.CONFIRMED, State.ENTERED, State.CANCELLED, State.UNDONE)
ROWS_PER_PAGE = 50
MOST_RETURNED = 5_000  # about two seconds of writing
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_http_methods(["GET", "POST"])
def upload_sheet(request: SignedIn) -> HttpResponse:
    """Take a list in; the same file is taken twice only when the person says so."""
    if request.method == "GET":
        form = UploadSheetForm(by=request.user, asked=asked_in(request))
        return render(request, "onboarding/upload_sheet.html", {"form": form})
    form = UploadSheetForm(request.POST, request.FILES, by=request.user, asked=asked_in(request))
    if not form.is_valid():
        actions.note_refusal(door="sheet", code=form_code(form), by=request.user)
        return render(request, "onboarding/upload_sheet.html", {"form": form})
    try:
        sheet = actions.receive_sheet(
            file=form.cleaned_data["file"],
            agency=form.office(),
            letter_reference=form.cleaned_data["letter_reference"],
            again=form.cleaned_data["again"],
            request=form.answers(),
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        earlier = refusal.sheet if isinstance(refusal, SheetAlreadyReceived) else None
        context = {"form": form, "earlier": earlier}
        return render(request, "onboarding/upload_sheet.html", context, status=409)
    messages.success(request, _("Your file has arrived. It is being read now."))
    return redirect("onboarding:sheet", sheet.pk)


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_GET
def template(request: SignedIn) -> HttpResponse:
    """Give the empty workbook that offices fill in."""
    content = io.BytesIO()
    regions = list(Region.objects.order_by("name", "kind").values_list("display_name", flat=True))
    imports.write_template(content, regions)
    return _attachment(content.getvalue(), "templat-usulan.xlsx", XLSX)


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_GET
def template_csv(request: SignedIn) -> HttpResponse:
    """Give the titles alone, for offices whose own program writes the list."""
    content = io.BytesIO()
    imports.write_csv_template(content)
    return _attachment(content.getvalue(), "templat-usulan.csv", "text/csv; charset=utf-8")


@permission_required("onboarding.view_referrals", raise_exception=True)
@require_GET
def sheet(request: SignedIn, pk: int) -> HttpResponse:
    """Show where a list stands: being read, ready to check with every row, being entered, done."""
    shown = _sheet(request, pk)
    context: dict[str, Any] = {
        "sheet": shown,
        "look": SHEET_LOOKS[State(shown.state)],
        "is_working": shown.state in MACHINE_AT_WORK,
        "may_confirm": request.user.may("onboarding.confirm_sheet"),
        "may_refer": request.user.may("onboarding.refer_vendors"),
        "may_undo": request.user.may("onboarding.undo_sheet"),
        "sentence": say(shown.refusal, shown.refusal_detail) if shown.refusal else "",
        "reading": reading_of(shown),
    }
    if shown.state in HAS_ROWS:
        context |= _rows(request, shown)
    if shown.state == State.ENTERED:
        context["outcomes"] = _outcomes(shown)
    return render(request, "onboarding/sheet.html", context)


@permission_required("onboarding.view_referrals", raise_exception=True)
@require_GET
def sheet_progress(request: SignedIn, pk: int) -> HttpResponse:
    """Show how far the worker is; when it is done, the whole page is asked for again."""
    shown = _sheet(request, pk)
    if not getattr(request, "htmx", False):
        return redirect("onboarding:sheet", pk)
    if shown.state not in MACHINE_AT_WORK:
        return HttpResponseClientRefresh()
    return render(request, "onboarding/_sheet_progress.html", {"sheet": shown})


@permission_required("onboarding.confirm_sheet", raise_exception=True)
@require_POST
def confirm_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """Say yes to the preview."""
    actions.confirm_sheet(_sheet(request, pk), by=request.user)
    messages.success(request, _("Confirmed. The businesses are being entered now."))
    return redirect("onboarding:sheet", pk)


@permission_required("onboarding.confirm_sheet", raise_exception=True)
@require_POST
def cancel_sheet(request: SignedIn, pk: int) -> HttpResponse:
    """Throw the preview away."""
    actions.cancel_sheet(_sheet(request, pk), by=request.user)
    messages.success(request, _("Cancelled. No business of this list was entered."))
    return redirect("onboarding:referrals")


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_GET
def refused_rows(request: SignedIn, pk: int) -> HttpResponse:
    """Hand back the rows that could not be accepted, with what is wrong, ready to be repaired."""
    shown = _sheet(request, pk, rows_gone_at=None)
    refused = shown.rows.filter(verdict=Verdict.REFUSED).order_by("pk")[:MOST_RETURNED]
    content = io.BytesIO()
    in_full = is_own(shown, request.user)
    imports.write_returned(content, pages_of(shown, refused, in_full=in_full))
    return _attachment(content.getvalue(), f"usulan-{pk}-perlu-diperbaiki.xlsx", XLSX)


@permission_required("onboarding.refer_vendors", raise_exception=True)
@require_GET
def mended_file(request: SignedIn, pk: int) -> HttpResponse:
    """Hand the whole list back in the office's own columns, mended, with what is still wrong."""
    shown = _sheet(request, pk, rows_gone_at=None)
    content = io.BytesIO()
    rows, in_full = shown.rows.order_by("pk")[:MOST_RETURNED], is_own(shown, request.user)
    imports.write_returned(content, pages_of(shown, rows, in_full=in_full))
    return _attachment(content.getvalue(), f"usulan-{pk}-diperbaiki.xlsx", XLSX)


def _sheet(request: SignedIn, pk: int, **narrowed: Any) -> ReferralSheet:
    visible = ReferralSheet.objects.visible_to(request.user)
    found: ReferralSheet = get_object_or_404(
        visible.select_related("agency", "received_by", "confirmed_by"), pk=pk, **narrowed
    )
    return found


def _unscreened(shown: ReferralSheet) -> int:
    """How many firms of a long list the rules could not judge, and still have not."""
    left = shown.counts.get("unscreened")
    waiting = Vendor.objects.standing().filter(pk__in=left or (), status=Status.REFERRED)
    return waiting.count() if left else 0


def _rows(request: SignedIn, shown: ReferralSheet) -> dict[str, Any]:
    counts = dict.fromkeys(Verdict.values, 0) | dict(
        shown.rows.order_by().values_list("verdict").annotate(Count("pk"))
    )
    told = {**counts, **shown.counts}  # of a streamed list only the refused rows were kept
    chosen = request.GET.get("verdict", "")
    rows = shown.rows.all()
    if chosen in Verdict.values:
        rows = rows.filter(verdict=chosen)
    page = as_entered(request, rows.select_related("known_vendor"), ROWS_PER_PAGE)
    may_mend = shown.state == State.READ and request.user.may("onboarding.refer_vendors")
    with_remarks = shown.rows.exclude(problems=[]).values_list("problems", flat=True)
    accepted = sum(told[verdict] for verdict in Verdict.values) - told[Verdict.REFUSED]
    return {
        "page": page,
        "lines": lines_of(page.rows, request.user),
        "tiles": [{"number": _grouped(told[v.value]), "label": v.label} for v in Verdict],
        "tabs": _tabs(request, counts, chosen),
        "kinds": proposals(with_remarks[:MOST_RETURNED]) if may_mend else [],
        "changes": changes_of(shown),
        "may_mend": may_mend,
        "accepted": accepted,
        "refused": counts[Verdict.REFUSED],
        "unscreened": _unscreened(shown),
        "most_returned": MOST_RETURNED,
        "to_look_at": told[Verdict.REVIEW],
        "confirm_label": ngettext(
            "Confirm %(count)s referral", "Confirm %(count)s referrals", accepted
        )
        % {"count": _grouped(accepted)},
    }


def _tabs(request: SignedIn, counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    every = {"url": request.path, "label": _("All"), "is_current": chosen not in counts}
    return [
        {**every, "count": _grouped(sum(counts.values()))},
        *(
            {
                "url": f"{request.path}?verdict={verdict.value}",
                "label": verdict.label,
                "is_current": chosen == verdict.value,
                "count": _grouped(counts[verdict.value]),
            }
            for verdict in Verdict
            if counts[verdict.value]
        ),
    ]


def _outcomes(shown: ReferralSheet) -> list[dict[str, Any]]:
    """Count by status what became of the firms of a list."""
    found = dict(
        Referral.objects.filter(sheet=shown)
        .order_by()
        .values_list("vendor__status")
        .annotate(Count("pk"))
    )
    return [
        {"status": status.value, "label": status.label, "count": _grouped(found[status.value])}
        for status in Status
        if status.value in found
    ]


def _grouped(number: int) -> str:
    """Write a count as people read it: 10.000."""
    return number_format(number, force_grouping=True)


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
