"""Audits: who is let in by which letter, and what one assignment drew, counted and took away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from django_htmx.http import HttpResponseClientRefresh

from config.gate.keys import read_key
from config.gate.refusals import form_code
from documents.errors import FileRefused
from onboarding.models import Agency, Region
from workflows import actions, tasks
from workflows.errors import Refused
from workflows.flagwords import tiles_of
from workflows.forms.auditing import AssignAuditorsForm, DrawCasesForm, EndAuditForm
from workflows.models import AuditAssignment, AuditEvent, Case
from workflows.sentences import act_words, detail_words
from workflows.signin import lead_to_proof

if TYPE_CHECKING:
    from django.forms import Form

    from onboarding.signed_in import SignedIn

READ = "workflows.read_audits"
AUDIT = "workflows.audit"
FINDINGS = "workflows.read_findings"
ASSIGN = "workflows.assign_auditors"
SHOWN = 50
TAKEN = ("take_pack", "order_pack", "draw_audit_sample", "order_flags")


@require_safe
@permission_required(READ, raise_exception=True)
def audits(request: SignedIn) -> HttpResponse:
    """List the assignments; an auditor without one is told so, and that is all they see."""
    rows = AuditAssignment.objects.visible_to(request.user).prefetch_related("auditors")
    context = {"assignments": rows[:SHOWN], "may_assign": request.user.may(ASSIGN)}
    return render(request, "workflows/audits.html", context)


def _can_wait(request: SignedIn) -> bool:
    """What is filled in is kept while somebody shows who they are; a file that is chosen is not."""
    return not request.FILES


@require_http_methods(["GET", "POST"])
@permission_required(ASSIGN, raise_exception=True)
@reauthentication_required(enabled=_can_wait)
def assign_auditors(request: SignedIn) -> HttpResponse:
    """Enter an assignment letter; who it is is asked before a file is chosen, and when it comes."""
    asked = lead_to_proof(request, reverse("workflows:assign_auditors"))
    if asked is not None:
        return asked
    form = AssignAuditorsForm(request.POST or None, request.FILES or None)
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        try:
            assignment = actions.enter_assignment(form.cleaned_data, by=request.user)
        except (Refused, FileRefused) as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            messages.success(request, _("The auditors may look. The access ends by itself."))
            return redirect("workflows:audit", assignment.pk)
    if form.is_bound:
        actions.refuse_file(door="assignment_letter", code=form_code(form, "scan"), by=request.user)
    return render(request, "workflows/assign_auditors.html", {"form": form}, status=status)


@require_safe
@permission_required(READ, raise_exception=True)
def audit(request: SignedIn, pk: int) -> HttpResponse:
    """Show one assignment: its letter, samples, red flags, packs, and what was taken away."""
    return audit_page(request, pk)


@require_POST
@permission_required(ASSIGN, raise_exception=True)
def end_audit(request: SignedIn, pk: int) -> HttpResponse:
    """End an access before its time."""
    form = EndAuditForm(request.POST)
    if not form.is_valid():
        return audit_page(request, pk, end_form=form, status=422)
    actions.end_assignment(
        assignment_or_404(request, pk), reason=form.cleaned_data["reason"], by=request.user
    )
    messages.success(request, _("The access has ended."))
    return redirect("workflows:audit", pk)


@require_safe
@permission_required(READ, raise_exception=True)
def audit_letter(request: SignedIn, pk: int) -> FileResponse:
    """Send the picture of the assignment letter, as we drew it."""
    assignment = assignment_or_404(request, pk)
    if not assignment.scan_as or not default_storage.exists(assignment.scan_as):
        raise Http404
    response = FileResponse(default_storage.open(assignment.scan_as), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="surat-tugas-{pk}.jpg"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@permission_required(AUDIT, raise_exception=True)
def count_flags(request: SignedIn, pk: int) -> HttpResponse:
    """Order a count of the red flags."""
    actions.order_flags(assignment_or_404(request, pk), send=tasks.do_job.delay, by=request.user)
    messages.success(request, _("The red flags are being counted. You may leave this page."))
    return redirect("workflows:audit", pk)


@require_POST
@permission_required(AUDIT, raise_exception=True)
def order_pack(request: SignedIn, pk: int) -> HttpResponse:
    """Order the pack of the period, or of one case."""
    assignment, wanted = assignment_or_404(request, pk), request.POST.get("case", "")
    asked = lead_to_proof(request, reverse("workflows:audit", args=[pk]))
    if asked is not None:
        return asked
    case = None
    if wanted:
        cases = Case.objects.visible_to(request.user)
        case = get_object_or_404(cases, pk=read_key(wanted) or 0)
    try:
        actions.order_pack(assignment, case=case, send=tasks.do_job.delay, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The pack is being made. You may leave this page."))
    return redirect("workflows:audit", pk)


@require_GET  # a look ahead (HEAD) takes nothing
@permission_required(AUDIT, raise_exception=True)
def take_pack(request: SignedIn, pk: int) -> FileResponse:
    """Hand a pack out; every firm in it is told, by its page, that it was taken."""
    packs = actions.packs_ready().visible_to(request.user)
    pack = get_object_or_404(packs.select_related("assignment", "case"), pk=pk)
    if not default_storage.exists(pack.stored_as):
        raise Http404
    actions.take_pack(pack, by=request.user)
    response = FileResponse(
        default_storage.open(pack.stored_as),
        as_attachment=True,
        filename=pack.file_name,
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@permission_required(READ, raise_exception=True)
def audit_progress(request: SignedIn, pk: int) -> HttpResponse:
    """Show how far the machine is; when it is done, the whole page is asked for again."""
    assignment = assignment_or_404(request, pk)
    if not getattr(request, "htmx", False):
        return redirect("workflows:audit", pk)
    context = _work(assignment)
    if not context["is_working"]:
        return HttpResponseClientRefresh()
    return render(request, "workflows/_audit_progress.html", context)


def assignment_or_404(request: SignedIn, pk: int) -> AuditAssignment:
    """Find an assignment in this person's sight."""
    return get_object_or_404(AuditAssignment.objects.visible_to(request.user), pk=pk)


def audit_page(
    request: SignedIn,
    pk: int,
    *,
    draw_form: Form | None = None,
    end_form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the page of one assignment, with a form that was filled in wrongly if there is one."""
    assignment, user = assignment_or_404(request, pk), request.user
    samples = assignment.samples.annotate(
        looked=Count("cases", filter=Q(cases__looked_at__isnull=False)),
        findings=Count("cases", filter=Q(cases__outcome="finding")),
    )
    context: dict[str, Any] = {
        "assignment": assignment,
        "auditors": list(assignment.auditors.all()),
        "places": _places(assignment),
        "samples": list(samples[:SHOWN]),
        "may_audit": user.may(AUDIT),
        "may_read_findings": user.may(FINDINGS),
        "may_assign": user.may(ASSIGN),
        "draw_form": draw_form or DrawCasesForm(),
        "end_form": end_form or EndAuditForm(),
        **_work(assignment),
    }
    context["tiles"] = tiles_of(context["count"], has_links=context["may_read_findings"])
    if user.may("workflows.oversee_audits"):
        context["acts"] = _acts(assignment)
    return render(request, "workflows/audit.html", context, status=status)


def _work(assignment: AuditAssignment) -> dict[str, Any]:
    """The last count and the packs, and whether the machine is at one of them."""
    counts = list(assignment.flag_counts.all()[:2])
    done = next((one for one in counts if one.cut_at), None)
    packs = list(assignment.packs.select_related("case__vendor", "ordered_by")[:SHOWN])
    working = [pack for pack in packs if pack.is_working]
    newest = counts[0] if counts else None
    is_counting = newest is not None and newest.is_working
    return {
        "assignment": assignment,
        "count": done,
        "newest_count": newest,
        "packs": packs,
        "working": working,
        "is_counting": is_counting,
        "is_working": is_counting or bool(working),
    }


def _places(assignment: AuditAssignment) -> str:
    regions = Region.objects.filter(pk__in=assignment.regions) if assignment.regions else ()
    offices = Agency.objects.filter(pk__in=assignment.agencies) if assignment.agencies else ()
    return ", ".join(str(one) for one in [*regions, *offices])


def _acts(assignment: AuditAssignment) -> list[dict[str, Any]]:
    """What the auditors drew, ordered and took away: read by the head only."""
    events = AuditEvent.objects.filter(act__in=TAKEN, detail__assignment=assignment.pk)
    return [
        {"event": event, "what": act_words(event.act), "detail": detail_words(event.detail)}
        for event in events.select_related("by")[:SHOWN]
    ]
