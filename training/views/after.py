"""After a session: pictures, what people thought, the short quiz.

``feedback_page`` and ``quiz_page`` serve whoever was let in to a seat: its owner who signed in
(here), or whoever holds the seat's link, whom the desk has checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.gate.keys import read_key
from training import actions
from training.errors import Refused
from training.forms.after import FeedbackForm, QuestionForm, QuizForm
from training.models import (
    SEATED,
    Feedback,
    QuizQuestion,
    QuizResult,
    Seat,
    SessionPicture,
    Syllabus,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

ANSWER = "training.answer_for_seat"
LOCKED_DOWN = "default-src 'none'; sandbox"


@require_safe
@permission_required("training.view_sessions", raise_exception=True)
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """Send a picture of a session, as we drew it."""
    shown = get_object_or_404(SessionPicture.objects.visible_to(request.user), pk=pk)
    if not default_storage.exists(shown.stored_as):
        raise Http404
    response = FileResponse(default_storage.open(shown.stored_as), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="foto-{shown.pk}.jpg"'
    response["Content-Security-Policy"] = LOCKED_DOWN
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_http_methods(["GET", "POST"])
@permission_required(ANSWER, raise_exception=True)
def give_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The three questions, for the owner of the seat."""
    return feedback_page(request, _own_seat_or_404(request, pk), by=request.user, back_url="/")


@require_http_methods(["GET", "POST"])
@permission_required(ANSWER, raise_exception=True)
def take_quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """The short quiz, for the owner of the seat."""
    return quiz_page(request, _own_seat_or_404(request, pk), by=request.user, back_url="/")


@require_http_methods(["GET", "POST"])
@permission_required("training.plan_session", raise_exception=True)
def quiz(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions of one syllabus version: add, change, take out, until somebody answered."""
    syllabus = get_object_or_404(Syllabus, pk=pk)
    form = QuestionForm(request.POST or None, initial=_question(syllabus, request))
    number = _number(request.POST.get("number") or request.GET.get("number", ""))
    status = 200
    if request.method == "POST" and request.POST.get("act") == "remove" and number:
        actions.remove_question(syllabus, number=number, by=request.user)
        messages.success(request, _("The question is taken out."))
        return redirect("training:quiz", pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_question(syllabus, number=number, by=request.user, **form.facts())
        except Refused as error:
            form.add_error(None, error.sentence)
            status = 409
        else:
            messages.success(request, _("The question is kept."))
            return redirect("training:quiz", pk)
    elif request.method == "POST":
        status = 400
    context = {
        "syllabus": syllabus,
        "questions": [
            (one, [(at == one.right, answer) for at, answer in enumerate(one.answers)])
            for one in syllabus.questions.all()
        ],
        "form": form,
        "number": number,
        "is_answered": actions.is_answered(syllabus),
    }
    return render(request, "training/quiz.html", context, status=status)


def feedback_page(request: HttpRequest, seat: Seat, *, by: Any, back_url: str) -> HttpResponse:
    """Ask the three questions of somebody whom the caller has let in to this seat."""
    is_done = Feedback.objects.filter(seat=seat).exists()
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_feedback(seat, by=by, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.sentence)
            status = 409
        else:
            messages.success(request, _("Thank you. Your answer is kept."))
            return redirect(request.path)
    elif request.method == "POST":
        status = 400
    context = {
        "seat": seat,
        "session": seat.session,
        "form": form,
        "is_done": is_done,
        "is_open": seat.is_present and seat.session.starts_at <= timezone.now(),
        "back_url": back_url,
    }
    return render(request, "training/give_feedback.html", context, status=status)


def quiz_page(request: HttpRequest, seat: Seat, *, by: Any, back_url: str) -> HttpResponse:
    """Give the quiz of this moment; after the second one, show which answers were right."""
    questions = list(QuizQuestion.objects.filter(syllabus=seat.session.syllabus_id))
    if not questions:
        raise Http404
    moment = actions.moment_of(seat.session, timezone.now())
    results = {result.moment: result for result in QuizResult.objects.filter(seat=seat)}
    form = QuizForm(request.POST if request.method == "POST" else None, questions=questions)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_quiz(seat, answers=form.answers(), by=by)
        except Refused as error:
            form.add_error(None, error.sentence)
            status = 409
        else:
            messages.success(request, _("Thank you. Your answers are kept."))
            return redirect(request.path)
    elif request.method == "POST":
        status = 400
    after = results.get(QuizResult.Moment.AFTER)
    context = {
        "seat": seat,
        "session": seat.session,
        "form": form,
        "is_after": moment == QuizResult.Moment.AFTER,
        "is_done": moment in results,
        "is_open": moment == QuizResult.Moment.BEFORE or seat.is_present,
        "before": results.get(QuizResult.Moment.BEFORE),
        "after": after,
        "solved": _solved(questions, after) if after else [],
        "back_url": back_url,
    }
    return render(request, "training/take_quiz.html", context, status=status)


def _solved(questions: list[QuizQuestion], result: QuizResult) -> list[dict[str, Any]]:
    solved = []
    for one in questions:
        chosen = result.answers.get(str(one.number))
        solved.append(
            {
                "text": one.text,
                "right": one.answers[one.right],
                "is_right": chosen == one.right,
                "chosen": one.answers[chosen] if chosen is not None else "",
            }
        )
    return solved


def _own_seat_or_404(request: HttpRequest, pk: int) -> Seat:
    seats = Seat.objects.visible_to(request.user).filter(state__in=SEATED)
    seat = get_object_or_404(seats.select_related("session__region", "vendor"), pk=pk)
    if not actions.is_own_seat(seat, request.user):
        raise Http404
    return seat


def _question(syllabus: Syllabus, request: HttpRequest) -> dict[str, Any]:
    number = _number(request.GET.get("number", ""))
    held = syllabus.questions.filter(number=number).first() if number else None
    if held is None:
        return {}
    return {"text": held.text, "answers": "\n".join(held.answers), "right": held.right + 1}


def _number(text: str) -> int | None:
    return read_key(text, longest=3)
