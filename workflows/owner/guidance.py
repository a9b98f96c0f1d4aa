"""What the owner still finds of the sessions that the firm attended: questions, quiz, certificate.

One question of the database for any number of sessions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from training.actions import moment_of
from training.models import SEATED, Certificate, QuizQuestion, QuizResult, Seat, Session

if TYPE_CHECKING:
    from onboarding.models import Vendor

MOST = 5
MOMENTS = QuizResult.Moment.values


@dataclass(frozen=True)
class OwnSession:
    """One session of a firm: what its owner may still answer, and the certificate."""

    seat: Seat
    may_answer: bool
    may_take_quiz: bool
    sees_quiz: bool
    #: The key of the one that is valid and drawn.
    certificate: int | None
    has_pass: bool

    @property
    def has_something(self) -> bool:
        """Whether there is anything to press."""
        return bool(
            self.may_answer
            or self.may_take_quiz
            or self.sees_quiz
            or self.certificate
            or self.has_pass
        )


def own_sessions(vendor: Vendor) -> list[OwnSession]:
    """Return the newest sessions of a firm that leave its owner something to do or to keep."""
    drawn = Certificate.objects.filter(revoked_at__isnull=True).exclude(stored_as="")
    taken = QuizResult.objects.filter(seat=OuterRef("pk"))
    seats = (
        Seat.objects.filter(vendor=vendor, state__in=SEATED)
        .exclude(session__state=Session.State.CANCELLED)
        .select_related("session", "feedback")
        .annotate(
            has_quiz=Exists(QuizQuestion.objects.filter(syllabus=OuterRef("session__syllabus"))),
            valid_certificate=Subquery(drawn.filter(seat=OuterRef("pk")).values("pk")[:1]),
            **{f"took_{moment}": Exists(taken.filter(moment=moment)) for moment in MOMENTS},
        )
        .order_by("-session__starts_at")[:MOST]
    )
    found = [_own_session(seat) for seat in seats]
    return [one for one in found if one.has_something]


def _own_session(seat: Seat) -> OwnSession:
    now = timezone.now()
    has_begun = seat.session.starts_at <= now
    taken = {moment for moment in MOMENTS if getattr(seat, f"took_{moment}")}
    moment = moment_of(seat.session, now)
    is_due = moment == QuizResult.Moment.BEFORE or seat.is_present
    has_quiz = seat.has_quiz  # type: ignore[attr-defined]  # annotated
    return OwnSession(
        seat=seat,
        may_answer=has_begun and seat.is_present and not hasattr(seat, "feedback"),
        may_take_quiz=has_quiz and is_due and moment not in taken,
        sees_quiz=QuizResult.Moment.AFTER in taken,
        certificate=seat.valid_certificate,  # type: ignore[attr-defined]  # annotated
        has_pass=seat.session.is_open and not seat.is_present,
    )
