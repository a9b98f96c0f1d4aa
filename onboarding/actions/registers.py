"""Asking a register outside about a firm: one question, one of four answers, kept as evidence."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.errors import NotAllowed, Refused
from onboarding.models import RegisterAnswer
from onboarding.registers import FileRegister, NoRegister, Question, SandboxRegister, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onboarding.models import User, Vendor
    from onboarding.registers import Register

#: How long a word of a register is believed, before it is asked anew.
GOOD_FOR = timedelta(days=90)
ANSWERS_IN = 5.0
MOST_A_MINUTE = 30
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
MOST_ATTEMPTS = 10
Outcome = RegisterAnswer.Outcome


class RegisterBusy(Refused):
    """So many were asked in the last minute that the register would shut us out."""


@cache
def connect(register: str) -> Register:
    """Return the adapter that the installation chose for a register (``MITRA_REGISTERS``)."""
    chosen = settings.REGISTERS.get(register, "none")
    if chosen == "sandbox":
        return SandboxRegister()
    if chosen.startswith("file:"):
        return FileRegister(Path(chosen.removeprefix("file:")))
    return NoRegister()


def ask_register(
    vendor: Vendor, register: str, *, number: str = "", by: User, now: datetime | None = None
) -> RegisterAnswer:
    """Ask one register about a firm and keep what it said.

    ``number`` is asked where the firm itself keeps none (the decree, AHU). The call is made before
    anything is written, so that a slow register holds no lock. Raises ``RegisterBusy``.
    """
    if not by.may("onboarding.ask_registers"):
        raise NotAllowed(_("Your role cannot ask a register."))
    if register not in RegisterAnswer.Register.values:
        raise Refused(_("There is no such register."))
    now = now or timezone.now()
    _check_pace(register, now)
    answer = RegisterAnswer(vendor=vendor, register=register, number=number, asked_by=by)
    return _ask(answer, by=by, now=now)


def ask_again(answer_id: int, *, by: User, beat: Callable[[], None]) -> RegisterAnswer:
    """Ask once more what a register could not answer; after the last try it stays unanswered."""
    answer = RegisterAnswer.objects.select_related("vendor").get(pk=answer_id)
    now = timezone.now()
    if answer.ask_again_at is None or answer.ask_again_at > now:
        return answer
    try:
        _check_pace(answer.register, now)
    except RegisterBusy:
        answer.ask_again_at = now + FIRST_PAUSE
        answer.save(update_fields=["ask_again_at"])
        return answer
    answer.attempts += 1
    beat()
    return _ask(answer, by=by, now=now)


def due_to_be_asked(*, now: datetime) -> list[int]:
    """Return the answers whose time to be asked again has come, as many as one round may take."""
    due = RegisterAnswer.objects.filter(ask_again_at__lte=now).order_by("ask_again_at")
    return list(due.values_list("pk", flat=True)[:MOST_A_MINUTE])


def question_of(vendor: Vendor, register: str, *, number: str = "") -> Question:
    """What is asked of a register about a firm as it is known now."""
    own = {"oss": vendor.nib, "djp": vendor.npwp}
    if register != "oss":
        return Question(register, own.get(register) or number, name=vendor.name)
    return Question(
        register,
        vendor.nib,
        name=vendor.name,
        region=vendor.region_id,
        legal_form=vendor.legal_form,
        kbli=vendor.kbli,
    )


def fingerprint_of(vendor: Vendor, register: str, *, number: str = "") -> str:
    """Tell whether an answer still belongs to what is known of the firm, without its numbers."""
    return question_of(vendor, register, number=number).fingerprint(settings.SECRET_KEY)


def _ask(answer: RegisterAnswer, *, by: User, now: datetime) -> RegisterAnswer:
    question = question_of(answer.vendor, answer.register, number=answer.number)
    said = put(question, connect(answer.register), seconds=ANSWERS_IN)
    answer.asked = question.fingerprint(settings.SECRET_KEY)
    answer.outcome, answer.details = said.outcome, [dict(line) for line in said.details]
    answer.source, answer.error = said.source[:80], said.error[:60]
    answer.asked_at, answer.valid_until = now, now + GOOD_FOR
    answer.ask_again_at = _when_again(answer, now)
    with transaction.atomic():
        answer.save()
        events.register_asked.send(sender=RegisterAnswer, answer=answer, by=by)
    return answer


def _when_again(answer: RegisterAnswer, now: datetime) -> datetime | None:
    """Twice as long after each silence; nothing is asked again where nothing is connected."""
    is_silent = answer.outcome == Outcome.UNAVAILABLE
    is_connected = answer.source != NoRegister.source and answer.error != "NoNumber"
    if not is_silent or not is_connected or answer.attempts >= MOST_ATTEMPTS:
        return None
    return now + min(FIRST_PAUSE * 2 ** (answer.attempts - 1), LONGEST_PAUSE)


def _check_pace(register: str, now: datetime) -> None:
    lately = RegisterAnswer.objects.filter(
        register=register, asked_at__gt=now - timedelta(minutes=1)
    )
    if lately.count() >= MOST_A_MINUTE:
        raise RegisterBusy(_("The register was asked very often just now. Try again in a minute."))
