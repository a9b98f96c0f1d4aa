"""Many letters in one go, of a campaign or of the guests of a session: ordered by a person,
written by the machine, numbered together.

The number comes from the agenda desk; a run of them is checked as a whole, so that either every
letter gets its number or none does.
"""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING, Any

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.models import Campaign
from training.models import SEATED, Seat, Session
from workflows import audit, jobs
from workflows.actions.letters import sign_letter
from workflows.errors import NumberTaken, Refused
from workflows.guest_letters import letters_of_guests, write_guest_letters
from workflows.letters import is_erased, render_pdf
from workflows.models import Job, Letter, LetterRun
from workflows.numbering import count_on, pasted, repeated, tidy
from workflows.office_letters import follow_date, letters_of, office_letter
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet

    from onboarding.models import User

SHOWN = 5


@transaction.atomic
def order_run(
    subject: Campaign | Session,
    *,
    reminder: int = 0,
    signed_by_name: str = "",
    signed_on: date | None = None,
    send: Callable[[int], None],
    by: User,
) -> LetterRun:
    """Order the letters of a campaign (or of its n-th reminder), or a letter for each guest of a
    session: what is missing is written, what is numbered is signed when a signature is given, and
    all are bound for printing.

    ``send`` hints the queue after commit, as in ``jobs.order``.
    """
    check_may(by, _act_for(subject))
    if signed_by_name:
        check_may(by, "workflows.number_letter")
    if signed_on and signed_on > timezone.localdate():
        raise Refused(_("This date is in the future."))
    subject = type(subject).objects.select_for_update().get(pk=subject.pk)
    if subject.state in (Campaign.State.CLOSED, Session.State.CANCELLED):
        raise Refused(_("This is closed, so no more letters are written for it."))
    if signed_by_name and not every_letter(subject, reminder).filter(state=Letter.State.NUMBERED):
        raise Refused(_("No letter here has a number and waits for its signature."))
    named = _named(subject)
    run = LetterRun.objects.create(
        **named,
        reminder=reminder,
        signed_by_name=signed_by_name,
        signed_on=signed_on,
        total=_asked(subject, reminder).count(),
        created_by=by,
    )
    about = {name: one.pk for name, one in named.items()}
    audit.record("write_letters", by=by, **about, number=reminder or "", run=run.pk)
    jobs.order(Job.Kind.WRITE_LETTERS, run.pk, send=send)
    return run


def write_run(run_id: int, *, by: User, beat: Callable[[], None]) -> LetterRun:
    """Write, sign and bind the letters of a run; done again from the start it makes none twice.

    A letter whose content was erased is left out; what was bound while a firm in it was erased is
    not kept.
    """
    del by  # the letters are of the person who ordered them
    run = LetterRun.objects.select_related("campaign", "session", "created_by").get(pk=run_id)
    if not run.is_working:
        return run
    with transaction.atomic():
        beat()
        _write_missing(run)
    bundle = pikepdf.Pdf.new()
    letters = [one for one in every_letter(_subject(run), run.reminder) if not is_erased(one)]
    LetterRun.objects.filter(pk=run.pk).update(total=len(letters), done=0)
    for done, letter in enumerate(letters, start=1):
        signed = _signed(letter, run)
        with pikepdf.Pdf.open(io.BytesIO(render_pdf(signed))) as pdf:
            bundle.pages.extend(pdf.pages)
        beat()
        LetterRun.objects.filter(pk=run.pk).update(done=done)
    content = io.BytesIO()
    bundle.save(content)
    name = f"letters/{uuid.uuid4().hex}.pdf"
    with transaction.atomic():
        beat()
        held = LetterRun.objects.select_for_update().get(pk=run.pk)
        if not held.is_working:
            return held
        run.stored_as = default_storage.save(name, ContentFile(content.getvalue()))
        run.save(update_fields=["stored_as"])
    return run


def give_up_run(run_id: int, *, by: User) -> None:
    """Say on the page of the letters that they could not be made; a person orders them again."""
    del by
    LetterRun.objects.filter(pk=run_id, stored_as="", has_failed=False).update(
        has_failed=True, done=0
    )


@transaction.atomic
def number_run(
    subject: Campaign | Session,
    *,
    reminder: int = 0,
    first: str = "",
    numbers: str = "",
    dated_on: date,
    by: User,
) -> list[Letter]:
    """Give every draft of a run its number: counted on from ``first``, or a pasted list.

    All or none; a number that was used this year, also by a cancelled letter, refuses the run.
    Raises ``NumberTaken`` with the numbers that stand in the way.
    """
    check_may(by, "workflows.number_letter")
    drafts = list(
        every_letter(subject, reminder)
        .filter(state=Letter.State.DRAFT)
        .select_for_update(of=("self",))
    )
    given = _numbers(first, numbers, len(drafts))
    _check_are_free(given, dated_on.year)
    try:
        with transaction.atomic():
            for letter, number in zip(drafts, given, strict=True):
                letter.number, letter.dated_on, letter.year = number, dated_on, dated_on.year
                letter.state = Letter.State.NUMBERED
                follow_date(letter)
                letter.save()
                audit.record("number_letter", by=by, letter=letter.pk, number=number)
    except IntegrityError:
        raise NumberTaken(_taken(given, dated_on.year)) from None
    return drafts


def _numbers(first: str, numbers: str, wanted: int) -> list[str]:
    if not wanted:
        raise Refused(_("No letter here waits for a number."))
    if numbers.strip():
        given = pasted(numbers)
    elif tidy(first):
        try:
            given = count_on(first, wanted)
        except ValueError:
            raise Refused(
                _("This number has no part that can be counted on. Paste the list instead.")
            ) from None
    else:
        raise Refused(_("Type the first number, or paste the list of numbers."))
    if len(given) != wanted:
        raise Refused(
            _("%(letters)s letters wait for a number, but %(numbers)s numbers were given.")
            % {"letters": wanted, "numbers": len(given)}
        )
    if any(len(number) > 80 for number in given):
        raise Refused(_("A letter number has at most 80 characters."))
    if doubled := repeated(given):
        raise NumberTaken(
            _("These numbers stand twice in the list: %(numbers)s.")
            % {"numbers": ", ".join(doubled[:SHOWN])}
        )
    return given


def _check_are_free(given: list[str], year: int) -> None:
    used = Letter.objects.filter(year=year, number__in=given).values_list("number", flat=True)
    if taken := sorted(used):
        raise NumberTaken(_taken(taken, year))


def _taken(numbers: list[str], year: int) -> str:
    return _(
        "Already used in %(year)s: %(numbers)s. No letter was numbered. Ask the agenda desk again."
    ) % {"year": year, "numbers": ", ".join(numbers[:SHOWN])}


def every_letter(subject: Campaign | Session, reminder: int = 0) -> Any:
    """Return the letters that stand of a campaign or of a session's guests, in their order."""
    if isinstance(subject, Session):
        return letters_of_guests(subject)
    return letters_of(subject, reminder)


def _asked(subject: Campaign | Session, reminder: int) -> QuerySet[Any]:
    if isinstance(subject, Session):
        return Seat.objects.filter(session=subject, state__in=SEATED, vendor__isnull=False)
    return subject.requests.filter(reminders__gte=reminder)


def _subject(run: LetterRun) -> Campaign | Session:
    found = run.campaign or run.session
    if found is None:
        raise LookupError(f"run {run.pk} is of nothing")
    return found


def _named(subject: Campaign | Session) -> dict[str, Any]:
    return {"session" if isinstance(subject, Session) else "campaign": subject}


def _act_for(subject: Campaign | Session) -> str:
    is_session = isinstance(subject, Session)
    return "workflows.invite_vendors" if is_session else "onboarding.run_campaigns"


def _write_missing(run: LetterRun) -> None:
    if run.session is not None:
        ids = _asked(run.session, 0).values_list("vendor", flat=True)
        write_guest_letters(run.session, vendor_ids=list(ids), by=run.created_by)
        return
    campaign = Campaign.objects.select_for_update(of=("self",)).get(letter_runs=run)
    has_letter = letters_of(campaign, run.reminder).values("request")
    missing = _asked(campaign, run.reminder).exclude(pk__in=has_letter).select_related("agency")
    firsts = {letter.request_id: letter for letter in letters_of(campaign, 0)}
    letters = []
    for request in missing.order_by("agency__kind", "agency__name"):
        request.campaign = campaign
        letters.append(
            office_letter(
                request,
                reminder=run.reminder,
                first=firsts.get(request.pk),
                by=run.created_by,
            )
        )
    Letter.objects.bulk_create(letters)


def _signed(letter: Letter, run: LetterRun) -> Letter:
    if not run.signed_by_name or run.signed_on is None or letter.state != Letter.State.NUMBERED:
        return letter
    return sign_letter(
        letter, signed_by_name=run.signed_by_name, signed_on=run.signed_on, by=run.created_by
    )
