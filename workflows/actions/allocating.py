"""Who is invited, worked out at the desk: it knows who waits, whose papers are in and how many
seats each region had; the room's formula makes the list, and all of it is invited together."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

import training.actions
from documents.models import Paper
from onboarding.models import ENDED, Region, Status, Vendor
from training.allocation import Candidate, Share, is_of_category
from training.errors import Refused as RoomRefused
from training.models import SEATED, Allocation, Seat, Session
from workflows import jobs
from workflows.actions.answering import put_on_waiting_list
from workflows.actions.guidance import invite_vendors
from workflows.bringing import papers_in, required_papers
from workflows.errors import Refused
from workflows.models import Job
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from onboarding.models import User

ACT = "workflows.invite_vendors"
#: So many who wait, or are invited, are dealt with while the page is waited for; more by a worker.
MOST_LISTED, MOST_INVITED = 3000, 60
#: Seats of the last so many days count as what a region had.
LOOK_BACK = timedelta(days=365)
NOT_ON_THE_ROAD = (Status.REFERRED, Status.INELIGIBLE, *ENDED)


@transaction.atomic
def order_allocation(
    session: Session, *, is_wide: bool = False, send: Callable[[int], None], by: User
) -> Allocation:
    """Order a list for the free seats of a session; with few who wait it is there at once.

    ``send`` hints the queue after commit, as in ``jobs.order``.
    """
    check_may(by, ACT)
    allocation = training.actions.open_allocation(session, is_wide=is_wide, by=by)
    if _waiting(allocation).count() <= MOST_LISTED:
        return work_out_allocation(allocation.pk, by=by, beat=lambda: None)
    jobs.order(Job.Kind.ALLOCATE_SEATS, allocation.pk, send=send)
    return allocation


@transaction.atomic
def work_out_allocation(allocation_id: int, *, by: User, beat: Callable[[], None]) -> Allocation:
    """Bring the formula its firms and shares and keep the list; done twice it changes nothing."""
    allocation = Allocation.objects.select_related("session", "made_by").get(pk=allocation_id)
    if allocation.state != Allocation.State.WORKING:
        return allocation
    beat()
    codes = _regions(allocation)
    firms = _waiting(allocation)
    facts = {
        "as_of": timezone.localdate().isoformat(),
        "since": timezone.localdate(timezone.now() - LOOK_BACK).isoformat(),
        "category": allocation.session.category,
        "declined": _said_no(allocation.session).count(),
    }
    candidates = _candidates(firms, allocation.session.category)
    beat()
    return training.actions.fill_allocation(
        allocation,
        candidates=candidates,
        shares=shares_of(codes),
        facts=facts,
        by=by,
    )


def give_up_allocation(allocation_id: int, *, by: User) -> None:
    """Say on the page that the list could not be made; a person orders it again."""
    del by
    allocation = Allocation.objects.get(pk=allocation_id)
    refusal = _("The list could not be made. Order it once more.")
    training.actions.close_allocation(allocation, state=Allocation.State.DROPPED, refusal=refusal)


@transaction.atomic
def order_invitations(
    allocation: Allocation,
    *,
    has_own_letters: bool = False,
    waiting: int = 0,
    send: Callable[[int], None],
    by: User,
) -> Allocation:
    """Invite all that are in the list, or none; ``waiting`` of the next ones go on the waiting
    list. A long list is invited by a worker, and how it ended stands on the page."""
    check_may(by, ACT)
    rows = allocation.rows.filter(is_in=True)
    check_no_kinship(by, *rows.values_list("vendor", flat=True))
    allocation = training.actions.begin_inviting(
        allocation, has_own_letters=has_own_letters, waiting=waiting, by=by
    )
    if rows.count() > MOST_INVITED:
        jobs.order(Job.Kind.INVITE_ALLOCATED, allocation.pk, send=send)
        return allocation
    return _invite(allocation, by=by)


def invite_allocated(allocation_id: int, *, by: User, beat: Callable[[], None]) -> None:
    """Invite the firms of a list in the name of who ordered it; a refusal is kept for them."""
    allocation = Allocation.objects.select_related("session", "ordered_by").get(pk=allocation_id)
    if allocation.state != Allocation.State.INVITING:
        return
    try:
        with transaction.atomic():
            beat()
            _invite(allocation, by=allocation.ordered_by or by)
            beat()
    except (Refused, RoomRefused) as refused:
        training.actions.close_allocation(
            allocation, state=Allocation.State.DRAFT, refusal=refused.sentence
        )


def give_up_inviting(allocation_id: int, *, by: User) -> None:
    """Give the list back to a person; nobody of it was invited."""
    del by
    refusal = _("Nobody was invited: the work was broken off. Try once more.")
    training.actions.close_allocation(
        Allocation.objects.get(pk=allocation_id), state=Allocation.State.DRAFT, refusal=refusal
    )


def shares_of(codes: list[str]) -> dict[str, Share]:
    """Return for each region its firms on the road and the seats that they had in a year."""
    firms = Vendor.objects.standing().filter(region__in=codes).exclude(status__in=NOT_ON_THE_ROAD)
    seats = Seat.objects.filter(
        state__in=SEATED,
        vendor__region__in=codes,
        session__starts_at__gte=timezone.now() - LOOK_BACK,
    ).exclude(session__state=Session.State.CANCELLED)
    named = _counted(firms, "region_id")
    given = _counted(seats, "vendor__region_id")
    return {code: Share(named[code], given[code]) for code in codes}


def _invite(allocation: Allocation, *, by: User) -> Allocation:
    rows = allocation.rows.order_by("rank").values_list("vendor", "is_in", "override_reason")
    ids = [pk for pk, is_in, _reason in rows if is_in]
    invite_vendors(
        allocation.session,
        vendor_ids=ids,
        has_own_letters=allocation.has_own_letters,
        by=by,
    )
    allocation = training.actions.close_allocation(allocation, state=Allocation.State.USED)
    # who was taken out by hand does not come back through the waiting list
    most = int(allocation.outcome.get("to_wait", 0))
    out = [pk for pk, is_in, reason in rows if not is_in and not reason][:most]
    if out:
        put_on_waiting_list(allocation.session, vendor_ids=out, by=by)
    return allocation


def _regions(allocation: Allocation) -> list[str]:
    if allocation.inputs.get("is_wide"):
        return list(Region.objects.order_by("code").values_list("code", flat=True))
    session = allocation.session
    return sorted({session.region_id, *session.serves.values_list("code", flat=True)})


def _waiting(allocation: Allocation) -> QuerySet[Vendor]:
    return (
        Vendor.objects.standing()
        .filter(status=Status.ELIGIBLE, region__in=_regions(allocation))
        .exclude(pk__in=_said_no(allocation.session).values("vendor"))
    )


def _said_no(session: Session) -> QuerySet[Seat]:
    return Seat.objects.filter(session=session, state=Seat.State.DECLINED, vendor__isnull=False)


def _candidates(firms: QuerySet[Vendor], category: str) -> list[Candidate]:
    """One row for each firm that waits; the time counts from the day on which it was named, so
    that a session that was called off costs nobody their turn."""
    required = {form: {paper.pk for paper in papers} for form, papers in required_papers().items()}
    handed_in = papers_in(Paper.objects.filter(vendor__status=Status.ELIGIBLE))
    now = timezone.now()
    rows = firms.order_by().values_list(
        "pk", "region_id", "created_at", "no_shows", "legal_form", "category"
    )
    return [
        Candidate(
            id=pk,
            region=region,
            days=max((now - named_at).days, 0),
            missed=missed,
            papers=_readiness(required.get(form, set()), handed_in.get(pk, set())),
            is_of_category=bool(category) and is_of_category(category, own),
        )
        for pk, region, named_at, missed, form, own in rows.iterator(chunk_size=5000)
    ]


def _readiness(required: set[str], handed_in: set[str]) -> float:
    return len(required & handed_in) / len(required) if required else 1.0


def _counted(rows: QuerySet[Any], key: str) -> Counter[str]:
    found = rows.order_by().values(key).annotate(number=Count("pk")).values_list(key, "number")
    return Counter(dict(found))
