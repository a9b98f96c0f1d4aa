"""Certificates of a session: ordered, made while one may leave, revoked; and what anybody may
check."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import F
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

import training.actions
import training.errors
from config.gate.keys import read_key
from training.codes import as_typed, grouped
from training.models import Certificate, CertificateBatch, Session
from workflows.certificates import initials
from workflows.forms.afterwards import (
    CheckCertificateForm,
    ReissueForm,
    RevokeForm,
    SignCertificatesForm,
)
from workflows.letters import SIGNATORY
from workflows.views.access import open_to_all
from workflows.views.afterwards import session_or_404

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest

    from onboarding.signed_in import SignedIn

VIEW = "training.view_certificates"
ISSUE = "training.issue_certificates"
PAGE = 50


@require_http_methods(["GET", "POST"])
@permission_required("training.view_sessions", raise_exception=True)
@permission_required(VIEW, raise_exception=True)
def certificates(request: SignedIn, pk: int) -> HttpResponse:
    """Show the certificates of a session and how far they are; order them."""
    held = session_or_404(request, pk)
    if request.method == "GET":
        return _page(request, held)
    if not request.user.may(ISSUE):
        raise PermissionDenied
    form = SignCertificatesForm(request.POST)
    if not form.is_valid():
        return _page(request, held, form=form, status=400)
    try:
        training.actions.order_certificates(held, by=request.user, **form.cleaned_data)
    except training.errors.Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, held, form=form, status=409)
    messages.success(request, _("The certificates are being made. You may leave this page."))
    return redirect("workflows:certificates", pk)


@require_GET
@permission_required("training.view_sessions", raise_exception=True)
@permission_required(VIEW, raise_exception=True)
def certificates_progress(request: SignedIn, pk: int) -> HttpResponse:
    """Show how far the worker is; when it is done, the whole page is asked for again."""
    held = session_or_404(request, pk)
    if not getattr(request, "htmx", False):
        return redirect("workflows:certificates", pk)
    batch = _open_or_last(held)
    if batch is None or not batch.is_working:
        return HttpResponseClientRefresh()
    return render(request, "workflows/_certificates_progress.html", {"batch": batch})


@require_GET
@permission_required(ISSUE, raise_exception=True)
def certificate_bundle(request: SignedIn, pk: int) -> FileResponse:
    """Send all certificates of a batch in one PDF, to be printed."""
    batches = CertificateBatch.objects.visible_to(request.user).exclude(stored_as="")
    batch = get_object_or_404(batches, pk=pk)
    return _pdf(batch.stored_as, f"sertifikat-{batch.session_id}-{batch.pk}.pdf")


@require_GET
@permission_required(VIEW, raise_exception=True)
def certificate_pdf(request: SignedIn, pk: int) -> FileResponse:
    """Send one certificate to its owner, its office, or those who issue it."""
    in_sight = Certificate.objects.visible_to(request.user).exclude(stored_as="")
    one = get_object_or_404(in_sight, pk=pk)
    return _pdf(one.stored_as, f"{one.number.replace('/', '-')}.pdf")


@require_http_methods(["GET", "POST"])
@permission_required(ISSUE, raise_exception=True)
def change_certificate(request: SignedIn, pk: int) -> HttpResponse:
    """Revoke a certificate with a reason; in place of a revoked one, issue a new one."""
    in_sight = Certificate.objects.visible_to(request.user)
    one = get_object_or_404(in_sight.select_related("seat__session", "revoked_by"), pk=pk)
    form = _change_form(one, request)
    status = 200 if request.method == "GET" else 400
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _change(one, form.cleaned_data, request))
        except training.errors.Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 409
        else:
            return redirect("workflows:certificates", one.seat.session_id)
    context = {"certificate": one, "session": one.seat.session, "form": form}
    return render(request, "workflows/change_certificate.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_not_required
@open_to_all
def check_certificate(request: HttpRequest) -> HttpResponse:
    """Check a certificate by its number and code; nothing is told of which of them was wrong."""
    form = CheckCertificateForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code = as_typed(form.cleaned_data["code"])
        known = Certificate.objects.filter(code=code, number=form.cleaned_data["number"])
        if code and known.exists():
            return redirect("workflows:certificate", grouped(code))
        form.add_error(None, _unknown())
        status = 404
    elif request.method == "POST":
        status = 400
    return render(request, "workflows/check_certificate.html", {"form": form}, status=status)


@require_GET
@login_not_required
@open_to_all
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a certificate is valid, for whose initials, which session, which day."""
    typed = as_typed(code)
    one = Certificate.objects.filter(code=typed).first() if typed else None
    if one is None:
        form = CheckCertificateForm()
        context = {"form": form, "sentence": _unknown()}
        return render(request, "workflows/check_certificate.html", context, status=404)
    day = one.facts.get("day")  # a certificate that was erased long ago kept nothing
    context = {
        "certificate": one,
        "initials": initials(one.facts.get("name", "")),
        "is_valid": one.revoked_at is None,
        "day": date.fromisoformat(day) if day else None,
    }
    return render(request, "workflows/certificate.html", context)


def _unknown() -> str:
    return _(
        "No certificate has this number and code. Type them as they stand on the certificate; "
        "if they are the same, ask the office."
    )


def _change_form(one: Certificate, request: SignedIn) -> Form:
    posted = request.POST if request.method == "POST" else None
    if one.revoked_at is None:
        return RevokeForm(posted)
    return ReissueForm(
        posted,
        initial={
            "name": one.facts.get("name", ""),
            "signed_by_name": one.facts.get("signed_by_name", ""),
        },
    )


def _change(one: Certificate, said: dict[str, Any], request: SignedIn) -> str:
    if "reason" in said:
        training.actions.revoke_certificate(one, by=request.user, **said)
        return _("The certificate is revoked. Its public page says so.")
    training.actions.reissue_certificate(one, by=request.user, **said)
    return _("A new certificate is being made.")


def _open_or_last(held: Session) -> CertificateBatch | None:
    """An older batch is open again when its bundle went with the data of a firm."""
    return held.batches.order_by(F("finished_at").desc(nulls_first=True), "-pk").first()


def _page(
    request: SignedIn, held: Session, *, form: Form | None = None, status: int = 200
) -> HttpResponse:
    batch = _open_or_last(held)
    is_working = batch is not None and batch.is_working
    rows = Certificate.objects.visible_to(request.user).filter(seat__session=held)
    after = read_key(request.GET.get("after", "")) or 0
    found = list(rows.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    due = training.actions.due_seats(held).filter(certificates__isnull=True)
    waiting = due.count() if held.state == Session.State.CLOSED else 0
    may_order = waiting or bool(batch and batch.has_failed)
    context = {
        "session": held,
        "batch": batch,
        "holds_erased": bool(batch and batch.has_failed and _holds_erased(batch)),
        "bundles": list(held.batches.exclude(stored_as="")[:10]),
        "is_working": is_working,
        "is_closed": held.state == Session.State.CLOSED,
        "certificates": found[:PAGE],
        "next_url": f"?after={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "waiting": waiting,
        "may_issue": request.user.may(ISSUE),
        "may_order": request.user.may(ISSUE) and may_order and not is_working,
        "hours": training.actions.lesson_hours(held),
        "form": form or SignCertificatesForm(),
        "position": SIGNATORY["position"],
    }
    return render(request, "workflows/certificates.html", context, status=status)


def _holds_erased(batch: CertificateBatch) -> bool:
    return any(one.is_erased for one in batch.certificates.all())


def _pdf(stored_as: str, name: str) -> FileResponse:
    if not default_storage.exists(stored_as):
        raise Http404
    response = FileResponse(
        default_storage.open(stored_as), content_type="application/pdf", filename=name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
