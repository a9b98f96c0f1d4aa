"""Personal data whose time is over is listed by the machine, confirmed by a person, then erased.

Law 27 of 2022, articles 8, 16, 43 and 44 (to be confirmed by a lawyer). Each erasure is written to
a list outside the database first, so that a backup from before does not bring anybody back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import roles
from onboarding.models import ENDED, Status, Vendor
from workflows import audit, erasure, erasure_list, jobs
from workflows.actions.letting_go import let_go, years_before
from workflows.errors import NotAllowed, Refused, TakenByAnother
from workflows.models import AuditEvent, Case, Erasure, Job, Setting, Ticket
from workflows.rights import check_may

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from onboarding.models import User

ERASE: Final = "workflows.erase_data"
#: Data that is kept after all is listed again after so long, unless a day is named.
AGAIN: Final = timedelta(days=365)


def erasures_due(*, now: datetime) -> list[tuple[str, int]]:
    """Return the job that lists whose time is over, once a day (the subject is the day), and what
    was confirmed an hour ago and is not erased yet."""
    begun = Erasure.objects.filter(
        state=Erasure.State.CONFIRMED, decided_at__lt=now - timedelta(hours=1)
    )
    work = [(Job.Kind.ERASE_FIRM.value, pk) for pk in begun.values_list("pk", flat=True)]
    day = timezone.localdate(now).toordinal()
    if not Job.objects.filter(kind=Job.Kind.LIST_ERASURES, subject_id=day).exists():
        work.append((Job.Kind.LIST_ERASURES.value, day))
    return work


def list_erasures(day: int, *, by: User, beat: Callable[[], None]) -> int:
    """List the firms whose time of keeping is over, and let go what waits for nobody; returns how
    many firms are new on the list."""
    del day
    found = 0
    today = timezone.localdate()
    for firm in overdue(today)[:500]:
        beat()
        _made, is_new = _list(firm, ground=Erasure.Ground.RETENTION, by=by)
        found += is_new
    if found:
        audit.record("list_erasures", by=by, firms=found)
    let_go(today, by=by, beat=beat)
    return found


def overdue(today: date) -> QuerySet[Vendor]:
    """The firms whose outcome is older than the years of keeping, and that nobody listed yet."""
    years = Setting.values_of("keep_years_left", "keep_years_refused", "keep_years_approved")
    approved = AuditEvent.objects.filter(vendor=OuterRef("pk"), act="approve")
    firms = Vendor.objects.standing().annotate(was_approved=Exists(approved))
    # WITHDRAWN and LAPSED stand for "left"; an approval, however long ago, counts before both.
    groups = (
        ("keep_years_left", Q(status__in=(Status.WITHDRAWN, Status.LAPSED), was_approved=False)),
        ("keep_years_refused", Q(status=Status.REJECTED, was_approved=False)),
        ("keep_years_approved", Q(status__in=ENDED, was_approved=True)),
    )
    due = Q(pk__in=())
    for setting, outcome in groups:
        if years[setting]:
            due |= outcome & Q(status_at__date__lt=years_before(today, years[setting]))
    states = Erasure.State
    listed = Erasure.objects.filter(vendor=OuterRef("pk")).exclude(
        state=states.KEPT, again_on__lte=today
    )
    return firms.filter(due).exclude(Exists(listed)).order_by("status_at")


@transaction.atomic
def ask_erasure(vendor: Vendor, *, by: User) -> Erasure:
    """The owner asks that the data goes. Raises ``Refused`` while the firm is on its road."""
    if by.role != roles.VENDOR:
        raise NotAllowed(_("Only the owner can say this."))
    check_may(by, "workflows.own_page", vendor)
    _check_ended(vendor)
    erasing, is_new = _list(vendor, ground=Erasure.Ground.REQUEST, by=by)
    if not is_new:
        if Erasure.objects.filter(pk=erasing.pk, ground=Erasure.Ground.REQUEST).exists():
            raise Refused(_("You have asked for this already. The office answers here."))
        # The machine had listed it before; from now on it is the owner's wish, with its three days.
        erasing.ground, erasing.listed_by = Erasure.Ground.REQUEST, by
        erasing.listed_at = timezone.now()
        erasing.save(update_fields=["ground", "listed_at", "listed_by"])
    audit.record("ask_erasure", by=by, vendor=vendor)
    return erasing


@transaction.atomic
def confirm_erasure(
    erasing: Erasure, *, reason: str, send: Callable[[int], Any], by: User
) -> Erasure:
    """The head of the office has the data erased; it cannot be taken back."""
    _hold_firm(erasing.pk)
    erasing = _decide(erasing, state=Erasure.State.CONFIRMED, reason=reason, by=by)
    _check_ended(erasing.vendor)
    audit.record("confirm_erasure", by=by, vendor=erasing.vendor, ground=erasing.ground)
    jobs.order(Job.Kind.ERASE_FIRM, erasing.pk, send=send)
    return erasing


@transaction.atomic
def keep_data(erasing: Erasure, *, reason: str, by: User) -> Erasure:
    """The data is kept for another year, because a law or a dispute asks it; the owner reads
    why."""
    erasing = _decide(erasing, state=Erasure.State.KEPT, reason=reason, by=by)
    return _list_again_later(erasing, by=by)


def erase_firm(erasing_id: int, *, by: User, beat: Callable[[], None]) -> Erasure:
    """Erase one firm's data: the list outside, then the rows, then the files. Each step can be
    done again, so a worker that is killed leaves nothing half for ever.

    A firm that came back since somebody confirmed it keeps its data, and the owner reads why.
    """
    with transaction.atomic():
        beat()
        _hold_firm(erasing_id)
        erasing = Erasure.objects.select_related("vendor").get(pk=erasing_id)
        if erasing.state != Erasure.State.CONFIRMED:
            return erasing
        if not erasing.done_at:
            try:
                _check_ended(erasing.vendor)
            except Refused as refusal:
                return _keep_after_all(erasing, reason=refusal.sentence, by=by)
            _erase_rows(erasing, by=by)
    return _erase_files(erasing, beat=beat)


def _hold_firm(erasing_id: int) -> None:
    """Nobody moves or merges the firm of an erasure, or opens a case of it, before this is over."""
    held = Vendor.objects.select_for_update(of=("self",), no_key=True)
    held.get(erasures=erasing_id)  # acts that only point at the firm need not wait


def _keep_after_all(erasing: Erasure, *, reason: str, by: User) -> Erasure:
    erasure_list.strike(erasing)  # of a try that was undone
    erasing.state, erasing.reason = Erasure.State.KEPT, reason
    erasing.decided_by, erasing.decided_at = by, timezone.now()
    erasing.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return _list_again_later(erasing, by=by, reason=reason)


def _list_again_later(erasing: Erasure, *, by: User, reason: str = "") -> Erasure:
    erasing.again_on = timezone.localdate() + AGAIN
    erasing.save(update_fields=["again_on"])
    audit.record("keep_data", by=by, vendor=erasing.vendor, ground=erasing.ground, reason=reason)
    return erasing


def _erase_rows(erasing: Erasure, *, by: User) -> None:
    """Written on the list first: what is erased and not on it would come back with a backup."""
    erasure_list.write(erasing)
    firms = erasure.firms_of(erasing.vendor)
    bound = erasure.bound_with(firms)
    erasing.files = erasure.files_of(firms, bound)
    erasing.counts = erasure.erase(firms, bound)
    erasing.done_at = timezone.now()
    erasing.save(update_fields=["files", "counts", "done_at"])
    audit.record("erase_data", by=by, vendor=erasing.vendor, ground=erasing.ground,
                 firms=len(firms), files=len(erasing.files))  # fmt: skip


def _erase_files(erasing: Erasure, *, beat: Callable[[], None]) -> Erasure:
    for name in erasing.files:
        beat()
        default_storage.delete(name)
    with transaction.atomic():
        beat()
        erasing.files, erasing.state = [], Erasure.State.DONE
        erasing.save(update_fields=["files", "state"])
    return erasing


def replay_erasures(lines: list[erasure_list.Line], *, by: User) -> int:
    """Erase again what a backup brought back; returns how many firms. A firm that was erased is
    left as it is, and one that the backup does not know yet needs nothing."""
    done = 0
    for line in lines:
        vendor = Vendor.objects.filter(pk=line.vendor).first()
        if vendor is None or vendor.number != line.number or _is_gone(vendor):
            continue
        with transaction.atomic():
            erasing, _made = Erasure.objects.get_or_create(
                vendor=vendor, state__in=(Erasure.State.DUE, Erasure.State.CONFIRMED),
                defaults={"ground": line.ground, "key": line.key, "listed_by": by},
            )  # fmt: skip
            erasing.state, erasing.decided_by = Erasure.State.CONFIRMED, by
            erasing.decided_at = timezone.now()
            erasing.save(update_fields=["state", "decided_by", "decided_at"])
            _erase_rows(erasing, by=by)  # whatever the backup says of where the firm stands
        _erase_files(erasing, beat=lambda: None)
        done += 1
    return done


def _list(vendor: Vendor, *, ground: str, by: User) -> tuple[Erasure, bool]:
    return Erasure.objects.get_or_create(
        vendor=vendor,
        state__in=(Erasure.State.DUE, Erasure.State.CONFIRMED),
        defaults={"ground": ground, "listed_by": by},
    )


def _decide(erasing: Erasure, *, state: str, reason: str, by: User) -> Erasure:
    check_may(by, ERASE)
    decided = Erasure.objects.filter(pk=erasing.pk, state=Erasure.State.DUE).update(
        state=state, reason=reason, decided_by=by, decided_at=timezone.now()
    )
    if not decided:
        raise TakenByAnother(_("A colleague has just answered this."))
    return Erasure.objects.select_related("vendor").get(pk=erasing.pk)


def _check_ended(vendor: Vendor) -> None:
    """Data is needed while the firm is on its road, has an open case, or waits for an answer."""
    if vendor.merged_into_id is not None:
        raise Refused(_("This business was merged into another one. Go on there."))
    if vendor.status not in ENDED:
        raise Refused(
            _("The business is still in the programme. It has to leave before its data can go.")
        )
    if Case.objects.is_open().filter(vendor=vendor).exists():
        raise Refused(_("A case of this business is still open."))
    if Ticket.objects.is_open().filter(vendor=vendor).exists():
        raise Refused(_("A complaint or a fault of this business is still open."))


def _is_gone(vendor: Vendor) -> bool:
    return vendor.name.startswith(erasure.GONE) and not vendor.owner_name
