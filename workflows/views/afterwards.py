"""What came of a session: figures, photographs, minutes and report, and the way to certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import documents.errors
import training.errors
from onboarding.models import User
from training.models import Session
from training.outcome import outcome_of
from training.views.after import feedback_page, quiz_page
from workflows import actions, errors
from workflows.forms.afterwards import PictureForm
from workflows.minutes import SUBJECTS
from workflows.models import Letter
from workflows.views.access import open_to_all
from workflows.views.answers import seat_of_link
from workflows.views.letters import LOOK_OF_LETTER
from workflows.views.owner import new_key

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onboarding.signed_in import SignedIn

REFUSALS = (documents.errors.Refused, training.errors.Refused, errors.Refused)
VIEW = "training.view_sessions"
MARK = "training.take_attendance"
WRITE = "workflows.write_minutes"
KIND_OF_SLUG = {"berita-acara": Letter.Kind.MINUTES, "laporan": Letter.Kind.REPORT}


@require_safe
@permission_required(VIEW, raise_exception=True)
def after_session(request: SignedIn, pk: int) -> HttpResponse:
    """Show what came of a session that has begun."""
    return _page(request, session_or_404(request, pk))


@require_http_methods(["POST"])
@permission_required(MARK, raise_exception=True)
def add_picture(request: SignedIn, pk: int) -> HttpResponse:
    """Take a photograph of the session or of its signed list; nothing of the file itself stays."""
    held = session_or_404(request, pk)
    form = PictureForm(request.POST)
    if not form.is_valid():
        return _page(request, held, form=form, status=400)
    files = [file for file in request.FILES.getlist("file") if file]
    try:
        kept = actions.add_pictures(
            held, file=files[0] if files else None, by=request.user, **form.cleaned_data
        )
    except REFUSALS as refusal:
        return _page(request, held, form=form, file_error=refusal.sentence, status=409)
    sentence = ngettext("%(count)d picture is kept.", "%(count)d pictures are kept.", len(kept))
    messages.success(request, sentence % {"count": len(kept)})
    return redirect("workflows:after_session", pk)


@require_POST
@permission_required(WRITE, raise_exception=True)
def write_session_paper(request: SignedIn, pk: int, slug: str) -> HttpResponse:
    """Draft minutes or report from the figures as they are now."""
    held = session_or_404(request, pk)
    if slug not in KIND_OF_SLUG:
        raise Http404
    letter = actions.write_session_paper(held, kind=KIND_OF_SLUG[slug], by=request.user)
    messages.success(
        request, _("Drafted from the figures of now. It says DRAF until numbered and signed.")
    )
    return redirect("workflows:letter", letter.pk)


@require_http_methods(["GET", "POST"])
@open_to_all
def feedback_of_link(request: HttpRequest) -> HttpResponse:
    """The three questions for whoever opened the answer link of a seat."""
    back_url = reverse("workflows:answer_invitation")
    try:
        seat = seat_of_link(request)
    except training.errors.Refused:
        return redirect(back_url)  # which says why
    return feedback_page(request, seat, by=User.objects.system(), back_url=back_url)


@require_http_methods(["GET", "POST"])
@open_to_all
def quiz_of_link(request: HttpRequest) -> HttpResponse:
    """The short quiz for whoever opened the answer link of a seat."""
    back_url = reverse("workflows:answer_invitation")
    try:
        seat = seat_of_link(request)
    except training.errors.Refused:
        return redirect(back_url)
    return quiz_page(request, seat, by=User.objects.system(), back_url=back_url)


def session_or_404(request: SignedIn, pk: int) -> Session:
    """A session that this person works with."""
    rows = Session.objects.visible_to(request.user).select_related("region", "trainer", "syllabus")
    return get_object_or_404(rows, pk=pk)


def _page(
    request: SignedIn,
    held: Session,
    *,
    form: PictureForm | None = None,
    file_error: str = "",
    status: int = 200,
) -> HttpResponse:
    user = request.user
    is_closed = held.state == Session.State.CLOSED
    outcome = outcome_of(held)
    context = {
        "session": held,
        "is_begun": held.starts_at <= timezone.now(),
        "is_closed": is_closed,
        "outcome": outcome,
        "figures": _figures(outcome),
        "pictures": list(held.pictures.all()),
        "papers": _papers(user, held),
        "may_write": is_closed and user.may(WRITE),
        "may_mark": user.may(MARK) and held.state != Session.State.CANCELLED,
        "may_certify": user.may("training.view_certificates"),
        "may_change_quiz": user.may("training.plan_session"),
        "form": form or PictureForm(),
        "is_adding": form is not None,
        "file_errors": [file_error] if file_error else [],
        "key": new_key(),
    }
    return render(request, "workflows/after_session.html", context, status=status)


def _figures(outcome: Any) -> list[tuple[str, int]]:
    return [
        (_("Invited"), outcome.invited),
        (_("Answered"), outcome.answered),
        (_("Said they would come"), outcome.confirmed),
        (_("Present"), outcome.present),
        (_("Came without invitation"), outcome.walk_ins),
        (_("Late"), outcome.late),
        (_("Left early"), outcome.left_early),
        (_("Absent"), outcome.absent),
    ]


def _papers(user: Any, held: Session) -> list[dict[str, Any]]:
    """Minutes and report, each as it stands or still to be written; they tell of every guest."""
    if not user.may("workflows.view_letters") or not user.sees_every_part():
        return []
    live = Letter.objects.filter(session=held, kind__in=SUBJECTS)
    found = {one.kind: one for one in live.exclude(state=Letter.State.CANCELLED)}
    return [
        {
            "slug": slug,
            "label": kind.label,
            "letter": found.get(kind),
            "look": LOOK_OF_LETTER[Letter.State(found[kind].state)] if kind in found else None,
            "may_draft": kind not in found or found[kind].state == Letter.State.DRAFT,
        }
        for slug, kind in KIND_OF_SLUG.items()
    ]
