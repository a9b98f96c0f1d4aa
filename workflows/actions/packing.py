"""Packs of evidence: ordered by an auditor, made by the machine, proving themselves afterwards."""

from __future__ import annotations

import tempfile
import uuid
from typing import IO, TYPE_CHECKING, Any, Final

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.models import Vendor
from workflows import audit, jobs
from workflows.actions.drawing import check_audits
from workflows.chain import facts_of
from workflows.errors import NotAllowed
from workflows.models import AuditEvent, AuditPack, Case, ChainLink, Job, Look
from workflows.models.rights import this_hour
from workflows.packs.contents import add_case
from workflows.packs.covering import without_numbers
from workflows.packs.writing import Pack, digest_and_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from onboarding.models import User
    from workflows.models import AuditAssignment

CHUNK: Final = 1000


@transaction.atomic
def order_pack(
    assignment: AuditAssignment, *, case: Case | None, send: Callable[[int], None], by: User
) -> AuditPack:
    """Order the pack of a case, or of the whole period; ``send`` hints the queue after commit."""
    check_audits(by, assignment)
    if case is not None and not cases_of(assignment).filter(pk=case.pk).exists():
        raise NotAllowed(_("This case is not part of the assignment."))
    pack = AuditPack.objects.create(assignment=assignment, case=case, ordered_by=by)
    audit.record(
        "order_pack", by=by, vendor=case.vendor if case else None,
        assignment=assignment.pk, pack=pack.pk, case=case.pk if case else "",
    )  # fmt: skip
    jobs.order(Job.Kind.MAKE_PACK, pack.pk, send=send)
    return pack


def cases_of(assignment: AuditAssignment) -> QuerySet[Case]:
    """Return the cases that were opened or decided in the period, of firms that are covered."""
    start, end = assignment.period
    firms = Vendor.objects.filter(assignment.firms()).values("pk")
    opened = Q(opened_at__gte=start, opened_at__lt=end)
    decided = Q(rounds__decided_at__gte=start, rounds__decided_at__lt=end)
    return Case.objects.filter(opened | decided, vendor__in=firms).distinct()


def make_pack(pack_id: int, *, by: User, beat: Callable[[], None]) -> AuditPack:
    """Write a pack and keep it; done again from the start it makes none twice. A pack that was
    given up meanwhile, because data of a firm in it was erased, is not kept."""
    pack = AuditPack.objects.select_related("assignment", "case").get(pk=pack_id)
    if not pack.is_working:
        return pack
    with tempfile.TemporaryFile() as target:
        head = _write(pack, target, beat)
        digest, size = digest_and_size(target)
        stored_as = default_storage.save(f"packs/{uuid.uuid4().hex}.zip", File(target))
    with transaction.atomic():
        beat()
        held = AuditPack.objects.select_for_update().get(pk=pack.pk)
        if not held.is_working:
            default_storage.delete(stored_as)
            return held
        pack.stored_as, pack.sha256, pack.size, pack.head = stored_as, digest, size, head
        pack.finished_at = timezone.now()
        pack.save(update_fields=["stored_as", "sha256", "size", "head", "finished_at"])
        audit.record(
            "make_pack", by=by, vendor=pack.case.vendor if pack.case else None,
            assignment=pack.assignment_id, pack=pack.pk, sha256=digest,
        )  # fmt: skip
    return pack


def packs_ready() -> Any:
    """Return the packs that are whole."""
    return AuditPack.objects.exclude(stored_as="")


def give_up_pack(pack_id: int, *, by: User) -> None:
    """Say on the page that it could not be made; a person orders it again."""
    del by
    AuditPack.objects.filter(pk=pack_id, finished_at=None).update(has_failed=True)


@transaction.atomic
def take_pack(pack: AuditPack, *, by: User) -> AuditPack:
    """Note that a pack left the house, at every firm that is in it."""
    check_audits(by, pack.assignment)
    AuditPack.objects.filter(pk=pack.pk).update(taken=F("taken") + 1)
    audit.record(
        "take_pack", by=by, vendor=pack.case.vendor if pack.case else None,
        assignment=pack.assignment_id, pack=pack.pk, sha256=pack.sha256,
    )  # fmt: skip
    firms = set(_cases(pack).values_list("vendor", flat=True))
    look = {"by_id": by.pk, "role": by.role, "what": Look.What.PACK, "hour": this_hour()}
    Look.objects.bulk_create(
        [Look(vendor_id=firm, **look) for firm in sorted(firms)],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    return pack


def _cases(pack: AuditPack) -> QuerySet[Case]:
    if pack.case_id:
        return Case.objects.filter(pk=pack.case_id)
    return cases_of(pack.assignment)


def _write(pack: AuditPack, target: IO[bytes], beat: Callable[[], None]) -> str:
    """Write the cases, then what the trail says of them; returns the head of the chain."""
    assignment = pack.assignment
    ids = list(_cases(pack).order_by("pk").values_list("pk", flat=True))
    AuditPack.objects.filter(pk=pack.pk).update(total=len(ids), done=0)
    with Pack(target) as written:
        for done, pk in enumerate(ids, start=1):
            case = Case.objects.select_related("vendor").get(pk=pk)
            until = assignment.period[1]
            add_case(written, case, until=until, shows_numbers=assignment.shows_numbers)
            beat()
            AuditPack.objects.filter(pk=pack.pk).update(done=done)
        before, head = _write_trail(pack, written, beat)
        written.seal(
            before=before,
            head=head,
            pack=pack.pk,
            letter={"number": assignment.letter_number, "issued_by": assignment.issued_by},
            period=[str(assignment.audited_from), str(assignment.audited_until)],
            cases=len(ids),
        )
    return head


def _write_trail(pack: AuditPack, written: Pack, beat: Callable[[], None]) -> tuple[str, str]:
    """The events, and the chain from the first of them to its end; returns the hashes around it."""
    events, links = _events(pack), ChainLink.objects.order_by("-position")
    last, first = links.first(), events.aggregate(first=Min("link__position"))["first"] or 0
    before = links.filter(position__lt=first).first()
    end = last.position if last else 0
    said = events.filter(link__position__lte=end).order_by("link__position")
    shows = pack.assignment.shows_numbers
    written.add_lines("events.jsonl", _told(said, beat, shows=shows))
    part = links.filter(position__gte=first, position__lte=end)
    written.add_lines("chain.jsonl", _linked(part, beat))
    return before.hash if before else "", last.hash if last else ""


def _events(pack: AuditPack) -> QuerySet[AuditEvent]:
    """Of a case, what happened to its firm; of a period, everything that is covered."""
    start, end = pack.assignment.period
    events = AuditEvent.objects.filter(at__gte=start, at__lt=end).order_by()
    if pack.case is not None:
        return events.filter(vendor=pack.case.vendor_id)
    if not pack.assignment.regions and not pack.assignment.agencies:
        return events
    return events.filter(vendor__in=Vendor.objects.filter(pack.assignment.firms()).values("pk"))


def _told(
    events: QuerySet[AuditEvent], beat: Callable[[], None], *, shows: bool
) -> Iterator[dict[str, Any]]:
    """Words that hold a number of a person stay here: their hash is in the chain all the same."""
    for count, event in enumerate(events.iterator(CHUNK)):
        if count % CHUNK == 0:
            beat()
        is_open = shows or without_numbers(event.reason) == event.reason
        words = (
            {"words": event.reason, "salt": event.salt} if is_open else {"words": "", "salt": ""}
        )
        yield {"id": event.pk, **facts_of(event), **words}


def _linked(links: QuerySet[ChainLink], beat: Callable[[], None]) -> Iterator[dict[str, Any]]:
    rows = links.order_by("position").values_list("position", "event_id", "event__digest", "hash")
    for count, (position, event, digest, link) in enumerate(rows.iterator(CHUNK)):
        if count % CHUNK == 0:
            beat()
        yield {"position": position, "event": event, "digest": digest, "hash": link}
