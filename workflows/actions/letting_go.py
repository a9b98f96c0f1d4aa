"""What goes by itself when its time is over, because no firm's erasure reaches it: rows of lists
that never became a firm, the files of lists, complaints of people without a firm, messages to
others than owners.

No person confirms these one by one: nobody's place in the programme hangs on them. They need no
list outside the database either: after a restore the next day's job finds them again.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from onboarding import roles
from onboarding.actions import cancel_sheet
from onboarding.models import Referral, ReferralSheet, SheetRow
from workflows import audit, originals
from workflows.apart import Apart
from workflows.erasure import ROW, empty_messages, erase_tickets
from workflows.models import (
    AuditAssignment,
    Erasure,
    Message,
    Setting,
    Ticket,
    TicketEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from onboarding.models import User

State = ReferralSheet.State
CHUNK: Final = 500
#: A setting may be any number, a date may not.
MOST_DAYS: Final = 36_500


def let_go(today: date, *, by: User, beat: Callable[[], None]) -> dict[str, int]:
    """Erase what is older than the settings say; returns how many of each kind. Doing it
    again, or going on where a worker was killed, changes nothing more."""
    counts, apart = {}, Apart()
    for setting, act in GROUPS.items():
        years = Setting.value_of(setting)
        before = timezone.make_aware(datetime.combine(years_before(today, years), time.min))
        counts[setting.removeprefix("keep_years_")] = 0
        with apart(setting):
            counts[setting.removeprefix("keep_years_")] = act(before, by, beat) if years else 0
    days = timedelta(days=min(Setting.value_of("keep_days_messages"), MOST_DAYS))
    counts["messages"] = 0
    with apart("keep_days_messages"):
        counts["messages"] = _let_messages_go(timezone.now() - days, by, beat) if days else 0
    with apart("files of erased firms"):
        counts["lists"] += _let_files_go(_of_erased_firms(), by, beat)
    apart.end()
    return counts


def _not_audited(rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
    """What lies in the period of an audit that runs now stays until it has ended."""
    for audit_now in AuditAssignment.objects.running(timezone.localdate()):
        start, end = audit_now.period
        rows = rows.exclude(**{f"{moment}__gte": start, f"{moment}__lt": end})
    return rows


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier, the 28th for a 29th of February; not before 1900,
    because a setting may be any number."""
    year = max(day.year - years, 1900)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _let_rows_go(before: datetime, by: User, beat: Callable[[], None]) -> int:
    """Of each list that came before: the rows from which no firm came. A list that nobody
    confirmed in all that time is cancelled first."""
    lists = _not_audited(
        ReferralSheet.objects.filter(received_at__lt=before, rows_gone_at=None), "received_at"
    )
    at_work = (State.RECEIVED, State.CONFIRMED)
    gone = 0
    for pk in lists.exclude(state__in=at_work).values_list("pk", flat=True):
        with transaction.atomic():
            beat()
            sheet = ReferralSheet.objects.select_for_update().get(pk=pk)
            if sheet.state in at_work:
                continue
            if sheet.state not in originals.SETTLED:
                sheet = cancel_sheet(sheet, by=by)
            erased, file = _erase_rows(sheet), ""
            if erased and sheet.stored_as:
                file = sheet.stored_as
                originals.take_away([sheet])
            if erased:
                sheet.rows_gone_at = timezone.now()
                sheet.save(update_fields=["rows_gone_at"])
                audit.record("let_go", by=by, sheet=pk, rows=erased, files=int(bool(file)))
        gone += erased
        _delete(file)
    return gone


def _erase_rows(sheet: ReferralSheet) -> int:
    became = set(Referral.objects.filter(sheet=sheet).values_list("sheet_name", "row"))
    rows = sheet.rows.filter(earlier=None).values_list("pk", "sheet_name", "row")
    never = [pk for pk, name, row in rows if (name, row) not in became]
    for start in range(0, len(never), CHUNK):
        SheetRow.objects.filter(pk__in=never[start : start + CHUNK]).update(**ROW)
    return len(never)


def _let_old_files_go(before: datetime, by: User, beat: Callable[[], None]) -> int:
    old = originals.kept().filter(received_at__lt=before)
    return _let_files_go(_not_audited(old, "received_at"), by, beat)


def _of_erased_firms() -> QuerySet[ReferralSheet]:
    """Lists that were still in work when a firm in them was erased, or of before they had to go."""
    return originals.naming(Erasure.objects.filter(done_at__isnull=False).values("vendor"))


def _let_files_go(lists: QuerySet[ReferralSheet], by: User, beat: Callable[[], None]) -> int:
    found = list(lists)
    for sheet in found:
        file = sheet.stored_as
        with transaction.atomic():
            beat()
            originals.take_away([sheet])
            audit.record("let_go", by=by, sheet=sheet.pk, files=1)
        _delete(file)
    return len(found)


def _let_complaints_go(before: datetime, by: User, beat: Callable[[], None]) -> int:
    """Words, contact and messages of complaints that were settled before; what an owner wrote goes
    with the owner. Number, topic, dates and states stay."""
    settled = (Ticket.State.ANSWERED, Ticket.State.CLOSED)
    later = TicketEntry.objects.filter(ticket=OuterRef("pk"), at__gte=before)
    old = Ticket.objects.filter(
        ~Exists(later), kind=Ticket.Kind.COMPLAINT, state__in=settled, opened_at__lt=before
    )
    strangers = old.exclude(by__role=roles.VENDOR).exclude(text="")
    due = _not_audited(strangers, "opened_at")
    gone = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            beat()
            ticket = Ticket.objects.select_for_update().get(pk=pk)
            if not due.filter(pk=pk).exists():
                continue  # opened again since it was found
            erase_tickets(Ticket.objects.filter(pk=pk))
            audit.record("let_go", by=by, ticket=pk, kind=str(ticket.kind))
        gone += 1
    return gone


def _let_messages_go(before: datetime, by: User, beat: Callable[[], None]) -> int:
    """Text and address of what was written before to colleagues, offices and strangers: the act of
    which it told stands elsewhere, and names of businesses do not outlive them here."""
    old = Message.objects.filter(vendor=None, created_at__lt=before).exclude(to="", body="")
    gone = 0
    while found := list(old.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            beat()
            emptied = empty_messages(Message.objects.filter(pk__in=found))
            audit.record("let_go", by=by, messages=emptied)
        gone += emptied
    return gone


def _delete(file: str) -> None:
    """After the row forgot it; what a kill leaves is an orphan, which the sweep finds."""
    if file:
        default_storage.delete(file)


#: Each group by the setting that says how many years it is kept.
GROUPS: Final[dict[str, Callable[[datetime, User, Callable[[], None]], int]]] = {
    "keep_years_rows": _let_rows_go,
    "keep_years_lists": _let_old_files_go,
    "keep_years_complaints": _let_complaints_go,
}
