"""A letter of invitation for each guest of a session: written, numbered, signed, bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from training.models import Session
from workflows import actions
from workflows.errors import Refused
from workflows.models import LetterRun
from workflows.views.campaign_letters import RUN_FORMS, act_on_run, run_context, send_bundle

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import FileResponse, HttpResponse

    from onboarding.signed_in import SignedIn

VIEW, RUN = "workflows.view_letters", "workflows.invite_vendors"


@require_http_methods(["GET", "POST"])
@permission_required(VIEW, raise_exception=True)
def guest_letters(request: SignedIn, pk: int) -> HttpResponse:
    """Show the letters of a session's guests; write what is missing, number, sign."""
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        return _page(request, session, {})
    if not request.user.may(RUN):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act not in RUN_FORMS:
        return _page(request, session, {}, status=400)
    form_of = RUN_FORMS[act]
    form = form_of(request.POST, prefix=act) if form_of else None
    if form is not None and not form.is_valid():
        return _page(request, session, {act: form})
    try:
        sentence = act_on_run(request, session, act, form.cleaned_data if form else {})
    except Refused as refusal:
        if form is None:
            notices.error(request, refusal.sentence)
            return redirect("workflows:guest_letters", session.pk)
        form.add_error(None, refusal.sentence)
        return _page(request, session, {act: form}, status=409)
    notices.success(request, sentence)
    return redirect("workflows:guest_letters", session.pk)


@require_GET
@permission_required(VIEW, raise_exception=True)
def guest_bundle(request: SignedIn, pk: int) -> FileResponse:
    """Send the letters of a session's guests bound together, to be printed."""
    visible = Session.objects.visible_to(request.user)
    runs = LetterRun.objects.visible_to(request.user).exclude(stored_as="")
    run = get_object_or_404(runs, pk=pk, session__in=visible)
    return send_bundle(run, f"surat-undangan-{run.session_id}-{run.pk}.pdf")


def _page(
    request: SignedIn, session: Session, bound: dict[str, Form], *, status: int = 200
) -> HttpResponse:
    run = LetterRun.objects.visible_to(request.user).filter(session=session).first()
    letters = actions.every_letter(session).visible_to(request.user)
    may_run = request.user.may(RUN) and session.is_open
    context = {
        "session": session,
        **run_context(list(letters), run, bound, may_run=may_run),
        "intro": _(
            "One letter for each business that has a seat, with the papers that it must still"
            " bring. Until it has its number and signature it says DRAF."
        ),
        "bundle_url": reverse("workflows:guest_bundle", args=[run.pk]) if run else "",
    }
    return render(request, "workflows/guest_letters.html", context, status=status)
