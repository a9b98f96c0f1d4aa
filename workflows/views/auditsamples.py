"""What an auditor drew and what the rules flagged: lists with links, notes, and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onboarding.views.files import table_file
from workflows import actions, paging
from workflows.errors import Refused
from workflows.flagwords import TITLES, found_words, rule_words
from workflows.forms.auditing import DrawCasesForm, NoteSampledForm
from workflows.models import AuditSample, RedFlag, SampledCase
from workflows.views.audits import AUDIT, FINDINGS, assignment_or_404, audit_page

if TYPE_CHECKING:
    from onboarding.signed_in import SignedIn


@require_POST
@permission_required(AUDIT, raise_exception=True)
def draw_cases(request: SignedIn, pk: int) -> HttpResponse:
    """Draw a sample."""
    form = DrawCasesForm(request.POST)
    if not form.is_valid():
        return audit_page(request, pk, draw_form=form, status=422)
    assignment = assignment_or_404(request, pk)
    try:
        sample = actions.draw_cases(
            assignment, cases=actions.cases_of(assignment), by=request.user, **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return audit_page(request, pk, draw_form=form, status=409)
    return redirect("workflows:audit_sample", sample.pk)


@require_safe
@permission_required(FINDINGS, raise_exception=True)
def audit_sample(request: SignedIn, pk: int) -> HttpResponse:
    """Show the cases of a sample and how far the auditor is with them."""
    sample = _sample_or_404(request, pk)
    rows = list(_rows(sample))
    context = {
        "sample": sample,
        "rows": rows,
        "population": len(sample.weights),
        "looked": sum(row.looked_at is not None for row in rows),
        "findings": sum(row.outcome == SampledCase.Outcome.FINDING for row in rows),
        "may_audit": request.user.may(AUDIT),
    }
    return render(request, "workflows/audit_sample.html", context)


@require_safe
@permission_required(FINDINGS, raise_exception=True)
def export_sample(request: SignedIn, pk: int, kind: str) -> HttpResponse:
    """Send a sample as a table, with the seed and the weights by which it can be drawn again."""
    sample = _sample_or_404(request, pk)
    titles = [
        _("Place"), _("Case"), _("Business number"), _("Business"), _("Weight"), _("Result"),
        _("Note"), _("Looked at"), _("By"), _("Method"), _("Seed"), _("Drawn from"),
    ]  # fmt: skip
    rows = [
        [
            row.position, row.case_id, row.case.vendor.number, row.case.vendor.name, row.weight,
            row.get_outcome_display() if row.outcome else "", row.note, _moment(row.looked_at),
            str(row.looked_by or ""), sample.get_method_display(), sample.seed,
            len(sample.weights),
        ]
        for row in _rows(sample)
    ]  # fmt: skip
    return table_file(
        kind,
        name=f"sampel-{sample.pk}",
        sheet=_("Sample of cases"),
        titles=titles,
        rows=rows,
        wide=(3, 6),
        by=request.user,
    )


@require_http_methods(["GET", "POST"])
@permission_required(AUDIT, raise_exception=True)
def note_sampled(request: SignedIn, pk: int) -> HttpResponse:
    """Write down what was found at one case of a sample."""
    rows = SampledCase.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("sample", "case__vendor"), pk=pk)
    known = {"outcome": row.outcome or SampledCase.Outcome.FINE, "note": row.note}
    form = NoteSampledForm(request.POST or None, initial=known)
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_sampled(row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("note", refusal.sentence)
            status = 409
        else:
            messages.success(request, _("Kept."))
            return redirect("workflows:audit_sample", row.sample_id)
    context = {"row": row, "form": form}
    return render(request, "workflows/note_sampled.html", context, status=status)


@require_safe
@permission_required(FINDINGS, raise_exception=True)
def red_flags(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """List what one rule flagged in the last count."""
    assignment = assignment_or_404(request, pk)
    count = assignment.flag_counts.filter(cut_at__isnull=False).first()
    if slug not in TITLES or count is None:
        raise Http404
    flags = RedFlag.objects.filter(count=count, kind=slug)
    page = paging.newest_first(
        flags.select_related("vendor", "case", "session"), request.GET.get("before", "")
    )
    context: dict[str, Any] = {
        "assignment": assignment,
        "count": count,
        "title": TITLES[slug],
        "rule": rule_words(slug, count),
        "total": count.counts.get(slug, 0),
        "rows": found_words(page.rows),
        "next_url": page.next_url,
        "may_audit": request.user.may(AUDIT),
    }
    return render(request, "workflows/red_flags.html", context)


def _sample_or_404(request: SignedIn, pk: int) -> AuditSample:
    samples = AuditSample.objects.visible_to(request.user)
    return get_object_or_404(samples.select_related("assignment", "drawn_by"), pk=pk)


def _rows(sample: AuditSample) -> Any:
    return SampledCase.objects.filter(sample=sample).select_related("case__vendor", "looked_by")


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
