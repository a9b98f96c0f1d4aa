"""Counts the red flags of an assignment: fetches rows, asks the rules, keeps what they found."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from documents.models import PaperFile, Reading
from onboarding import roles
from onboarding.models import User, Vendor
from training.models import Seat, Session
from workflows import audit, jobs, redflags
from workflows.actions.drawing import check_audits
from workflows.models import (
    AuditAssignment,
    AuditEvent,
    Conflict,
    FlagCount,
    Job,
    RedFlag,
    Round,
    Setting,
)
from workflows.redflags import Act, Decided, Print
from workflows.rights import ties_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from workflows.redflags import Flag

#: So many of a kind are kept to look at; all are counted.
MOST_KEPT: Final = 2000
BOUNDS: Final = (
    "flag_fast_minutes", "flag_pair_cases", "flag_pair_percent", "flag_by_hand_percent",
    "flag_after_days", "flag_night_from", "flag_night_until", "flag_correction_days",
)  # fmt: skip
AT_THE_DESK: Final = ("verify", "return_for_correction", "send_back", "approve", "reject",
                      "suspend", "reinstate", "verify_change", "approve_change",
                      "reject_change")  # fmt: skip
#: What a decision relies on: who it is, how to reach and pay them, what the deed says.
TELLING_FACTS: Final = frozenset({"owner_name", "phone", "email", "nik", "npwp", "name"})
TELLING_PAPERS: Final = ("rekening", "akta-pendirian", "akta-perubahan", "sk-kemenkumham", "ktp",
                         "surat-kuasa", "sertifikat-pendaftaran")  # fmt: skip


@transaction.atomic
def order_flags(assignment: AuditAssignment, *, send: Callable[[int], None], by: User) -> FlagCount:
    """Order a count; one that is still at work is not ordered twice."""
    check_audits(by, assignment)
    AuditAssignment.objects.select_for_update().get(pk=assignment.pk)  # two presses are one count
    working = assignment.flag_counts.filter(cut_at__isnull=True, has_failed=False).first()
    count = working or FlagCount.objects.create(assignment=assignment, ordered_by=by)
    if working is None:
        audit.record("order_flags", by=by, assignment=assignment.pk)
    jobs.order(Job.Kind.COUNT_FLAGS, count.pk, send=send)
    return count


def count_flags(count_id: int, *, by: User, beat: Callable[[], None]) -> FlagCount:
    """Ask every rule and keep what it found; counting twice is harmless."""
    del by
    count = FlagCount.objects.select_related("assignment").get(pk=count_id)
    if not count.is_working:
        return count
    bounds = Setting.values_of(*BOUNDS)
    found: dict[str, int] = Counter()
    kept: list[RedFlag] = []
    for flags in _asked(count.assignment, bounds):
        beat()
        rows = iter(flags)
        for flag in islice(rows, MOST_KEPT):
            found[flag.kind] += 1
            kept.append(_row(count, flag))
        for flag in rows:
            found[flag.kind] += 1
    with transaction.atomic():
        beat()
        RedFlag.objects.filter(count=count).delete()
        RedFlag.objects.bulk_create(kept, batch_size=500)
        count.counts, count.bounds, count.cut_at = dict(found), bounds, timezone.now()
        count.save(update_fields=["counts", "bounds", "cut_at"])
    return count


def give_up_flags(count_id: int, *, by: User) -> None:
    """Say on the page that it could not be counted; a person orders it again."""
    del by
    FlagCount.objects.filter(pk=count_id, cut_at__isnull=True).update(has_failed=True)


def _row(count: FlagCount, flag: Flag) -> RedFlag:
    about = {"vendor_id": flag.vendor, "case_id": flag.case, "session_id": flag.session}
    return RedFlag(count=count, kind=flag.kind, facts=flag.facts, **about)


def _asked(assignment: AuditAssignment, bounds: dict[str, int]) -> Iterator[Iterator[Flag]]:
    """Each rule over its rows, one after the other."""
    firms = Vendor.objects.filter(assignment.firms()).values("pk")
    rounds = list(_rounds(assignment, firms))
    yield redflags.fast(rounds, minutes=bounds["flag_fast_minutes"])
    yield redflags.pairs(
        rounds, least=bounds["flag_pair_cases"], percent=bounds["flag_pair_percent"]
    )
    covered = set(firms.values_list("pk", flat=True))
    yield (flag for flag in redflags.same_deed(_prints()) if flag.vendor in covered)
    yield redflags.changed(
        _changes(assignment, firms), _approved(firms), days=bounds["flag_after_days"]
    )
    yield redflags.by_hand(_hands(assignment), percent=bounds["flag_by_hand_percent"])
    yield redflags.overrides(_overrides(assignment, firms))
    yield redflags.tied(rounds, _ties(rounds))
    decisions = _acts(assignment, firms).filter(
        act__in=AT_THE_DESK, role__in=(roles.OFFICER, roles.APPROVER)
    )
    yield redflags.at_night(
        _said(decisions), start=bounds["flag_night_from"], end=bounds["flag_night_until"]
    )
    yield redflags.late(
        _said(_acts(assignment, firms).filter(act="correct_attendance")),
        dict(_sessions(assignment).values_list("pk", "ends_at")),
        days=bounds["flag_correction_days"],
    )


def _rounds(assignment: AuditAssignment, firms: QuerySet[Any, Any]) -> Iterator[Decided]:
    start, end = assignment.period
    rows = Round.objects.filter(
        verified_at__isnull=False, decided_at__gte=start, decided_at__lt=end, case__vendor__in=firms
    )
    for row in rows.order_by("pk").values_list(
        "case", "case__vendor", "verified_by", "verified_at", "decided_by", "decided_at"
    ):
        yield Decided(*row)


def _prints() -> Iterator[Print]:
    """What stands at two firms at least, wherever they are."""
    firms = Count("paper__vendor", distinct=True)
    readings = Reading.objects.exclude(identity="").order_by("identity", "pk")
    shared = readings.order_by().values("identity").annotate(at=firms)
    of_deeds = readings.filter(identity__in=shared.filter(at__gt=1).values("identity"))
    files = PaperFile.objects.order_by("sha256", "pk")
    doubled = files.order_by().values("sha256").annotate(at=firms)
    of_files = files.filter(sha256__in=doubled.filter(at__gt=1).values("sha256"))
    for rows, mark in ((of_deeds, "identity"), (of_files, "sha256")):
        for name, vendor, paper in rows.values_list(mark, "paper__vendor", "paper"):
            yield Print(f"{mark}:{name}", vendor, paper)


def _acts(assignment: AuditAssignment, firms: QuerySet[Any, Any]) -> QuerySet[AuditEvent]:
    start, end = assignment.period
    events = AuditEvent.objects.filter(at__gte=start, at__lt=end, vendor__in=firms)
    return events.order_by("pk")


def _said(events: QuerySet[AuditEvent]) -> Iterator[Act]:
    rows = events.values_list("vendor", "detail__session", "pk", "act", "at", "by")
    for vendor, session, pk, act, at, by in rows.iterator(2000):
        known = session if isinstance(session, int) else None
        yield Act(vendor, known, pk, act, timezone.localtime(at), by)


def _approved(firms: QuerySet[Any, Any]) -> dict[int, datetime]:
    approved = Round.objects.filter(decision=Round.Decision.APPROVED, case__vendor__in=firms)
    first = approved.order_by().values_list("case__vendor").annotate(first=Min("decided_at"))
    return {vendor: timezone.localtime(at) for vendor, at in first}


def _changes(assignment: AuditAssignment, firms: QuerySet[Any, Any]) -> Iterator[Act]:
    acts = _acts(assignment, firms)
    corrected = [
        pk
        for pk, fields in acts.filter(act="correct_vendor").values_list("pk", "detail__fields")
        if TELLING_FACTS.intersection(fields or ())
    ]
    handed_in = Q(act="hand_in_paper", detail__kind__in=TELLING_PAPERS)
    yield from _said(acts.filter(handed_in))
    for at in range(0, len(corrected), 500):
        yield from _said(acts.filter(pk__in=corrected[at : at + 500]))


def _overrides(assignment: AuditAssignment, firms: QuerySet[Any, Any]) -> Iterator[Act]:
    acts = _acts(assignment, firms)
    overruled = Q(act="find_eligible", detail__overruled=True)
    return _said(acts.filter(overruled | Q(act="guide", detail__waived=True)))


def _sessions(assignment: AuditAssignment) -> QuerySet[Session]:
    start, _end = assignment.period
    held = Session.objects.filter(state=Session.State.CLOSED, starts_at__gte=start)
    return held.filter(assignment.sessions())


def _hands(assignment: AuditAssignment) -> Iterator[tuple[int, int, int]]:
    by_hand = Q(arrived_via__in=(Seat.ArrivedVia.HAND, Seat.ArrivedVia.PAPER))
    there = Seat.objects.filter(session__in=_sessions(assignment), arrived_at__isnull=False)
    rows = there.order_by("session").values_list("session")
    yield from rows.annotate(present=Count("pk"), hand=Count("pk", filter=by_hand))


def _ties(rounds: list[Decided]) -> set[tuple[int, int]]:
    """Ties that were declared, also those said to be over since, and those that can be found."""
    firms: dict[int, set[int]] = defaultdict(set)
    for one in rounds:
        firms[one.verifier].add(one.vendor)
        firms[one.decider].add(one.vendor)
    people = User.objects.filter(pk__in=firms)
    found = {
        (p.pk, firm) for p in people for firm in ties_of(p, sorted(firms[p.pk]), is_to_judge=True)
    }
    declared = Conflict.objects.filter(user__in=firms).values_list("user", "vendor")
    return found | set(declared)
