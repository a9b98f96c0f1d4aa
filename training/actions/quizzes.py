"""The short quiz of a syllabus version: an officer writes it, owners take it before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from training import events
from training.actions.opinions import check_has_begun, own_seat
from training.errors import Refused
from training.models import QuizQuestion, QuizResult, Syllabus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from training.models import Seat, Session

BEFORE, AFTER = QuizResult.Moment.BEFORE, QuizResult.Moment.AFTER
MOST_QUESTIONS: Final = 10


@transaction.atomic
def save_question(
    syllabus: Syllabus,
    *,
    number: int | None = None,
    text: str,
    answers: Sequence[str],
    right: int,
    by: Any,
) -> QuizQuestion:
    """Write a question, or the one of this number anew; ``right`` counts the answers from 0.

    Once somebody has answered the quiz it stays as it is, so that scores can be compared.
    """
    syllabus = _open_quiz(syllabus, by)
    if not 0 <= right < len(answers):
        raise Refused(_("Say which of the answers is right."))
    if number is None:
        last = syllabus.questions.order_by("-number").values_list("number", flat=True).first()
        number = (last or 0) + 1
        if syllabus.questions.count() >= MOST_QUESTIONS:
            raise Refused(
                _("A short quiz has at most %(most)d questions.") % {"most": MOST_QUESTIONS}
            )
    question, _made = QuizQuestion.objects.update_or_create(
        syllabus=syllabus,
        number=number,
        defaults={"text": text, "answers": list(answers), "right": right},
    )
    events.quiz_changed.send(sender=QuizQuestion, syllabus=syllabus, number=number, by=by)
    return question


@transaction.atomic
def remove_question(syllabus: Syllabus, *, number: int, by: Any) -> None:
    """Take a question out of a quiz that nobody has answered yet."""
    syllabus = _open_quiz(syllabus, by)
    syllabus.questions.filter(number=number).delete()
    events.quiz_changed.send(sender=QuizQuestion, syllabus=syllabus, number=number, by=by)


@transaction.atomic
def answer_quiz(seat: Seat, *, answers: Mapping[int, int], by: Any) -> QuizResult:
    """Keep the score of the quiz of this moment, once; ``answers``: question number to choice.

    Until the middle of the session it is the quiz before, from then on the one after, which only
    those take who were there.
    """
    seat = own_seat(seat, by=by)
    moment = moment_of(seat.session, timezone.now())
    if moment == AFTER:
        check_has_begun(seat.session)
        if not seat.is_present:
            raise Refused(_("Only those who were at the session can answer this."))
    if QuizResult.objects.filter(seat=seat, moment=moment).exists():
        raise Refused(_("You have answered already. Thank you."))
    questions = list(QuizQuestion.objects.filter(syllabus=seat.session.syllabus_id))
    if not questions:
        raise Refused(_("This session has no quiz."))
    if {question.number for question in questions} != set(answers):
        raise Refused(_("Answer every question."))
    result = QuizResult.objects.create(
        seat=seat,
        moment=moment,
        answers={str(number): choice for number, choice in answers.items()},
        score=sum(answers[question.number] == question.right for question in questions),
        out_of=len(questions),
    )
    events.quiz_answered.send(sender=QuizResult, result=result, by=by)
    return result


def moment_of(session: Session, now: datetime) -> QuizResult.Moment:
    """Before the middle of the session, or after it."""
    middle = session.starts_at + (session.ends_at - session.starts_at) / 2
    return BEFORE if now < middle else AFTER


def _open_quiz(syllabus: Syllabus, by: Any) -> Syllabus:
    if not by.has_perm("training.plan_session"):
        raise Refused(_("Your role cannot change the quiz."))
    syllabus = Syllabus.objects.select_for_update().get(pk=syllabus.pk)
    if is_answered(syllabus):
        raise Refused(
            _(
                "Somebody has answered this quiz, so it stays as it is. "
                "A new version of the syllabus gets a new quiz."
            )
        )
    return syllabus


def is_answered(syllabus: Syllabus) -> bool:
    """Whether anybody took the quiz of this version."""
    return QuizResult.objects.filter(seat__session__syllabus=syllabus).exists()
