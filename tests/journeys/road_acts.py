"""Every act on the road of a firm: who may, at which status, how it is done, what it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

import documents.actions
import onboarding.actions
from documents.models import DocumentType
from onboarding import roles
from onboarding.models import Status as S
from tests import factories as make
from tests.workflows import firms
from training.actions import close_sheet, mark_attendance
from training.models import Seat
from workflows import actions
from workflows.errors import MoveNotAllowed
from workflows.models import Case, Listing, RejectionReason, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from onboarding.models import User, Vendor
    from training.models import Session

NAMED = (S.REFERRED, S.INELIGIBLE, S.ELIGIBLE)
EARLY = (*NAMED, S.INVITED, S.GUIDED)
APPROVED = (S.APPROVED, S.REGISTERED, S.ACTIVE)
RUNNING = (*EARLY, S.SUBMITTED, S.RETURNED, S.VERIFIED, *APPROVED, S.SUSPENDED)
#: The paper that makes the list complete.
LAST = "pakta-integritas"
DESK = (S.SUBMITTED, S.VERIFIED, S.APPROVED, S.REGISTERED)
OFFICER, APPROVER, OWNER, TRAINER = roles.OFFICER, roles.APPROVER, roles.VENDOR, roles.TRAINER


class Walk:
    """One firm under way, with what the acts need that are not about its status."""

    def __init__(self, vendor: Vendor, *, owner: User, trainer: User) -> None:
        self.first = vendor
        self.owner = owner
        self.trainer = trainer
        self.nib = vendor.nib
        self.sessions = 0

    @property
    def vendor(self) -> Vendor:
        """The firm as it is now."""
        return self.first.refresh()

    @property
    def case(self) -> Case:
        """The newest case; without one the acts of the desk make no sense."""
        case = Case.objects.filter(vendor=self.first.pk).order_by("-pk").first()
        if case is None:
            raise MoveNotAllowed("no case")
        return case

    @property
    def listing(self) -> Listing:
        """The newest listing."""
        listing = Listing.objects.filter(vendor=self.first.pk).order_by("-pk").first()
        if listing is None:
            raise MoveNotAllowed("no listing")
        return listing

    @property
    def seat(self) -> Seat:
        """The newest seat."""
        seat = Seat.objects.filter(vendor=self.first.pk).order_by("-pk").first()
        if seat is None:
            raise MoveNotAllowed("no seat")
        return seat

    def new_session(self) -> Session:
        """A session of its own day, as two of one trainer do not clash."""
        self.sessions += 1
        return make.make_session(days=3 + self.sessions, trainer=self.trainer)


@dataclass(frozen=True)
class Act:
    """``events``: what it leaves on the trail, one of them and once."""

    name: str
    events: tuple[str, ...]
    roles: tuple[str, ...]
    at: tuple[str, ...]
    do: Callable[[Walk, User], Any]
    lay: Callable[[Walk], Any] = lambda _walk: None
    leads_on: bool = False


def _name_again(walk: Walk, by: User) -> None:
    facts = make.values(nib=walk.nib, name=walk.first.name)
    if by.agency is None:
        raise MoveNotAllowed("no office")
    onboarding.actions.refer_vendor(values=facts, agency=by.agency, by=by)


def _correct(nib: bool) -> Callable[[Walk, User], None]:
    def correct(walk: Walk, by: User) -> None:
        changes = {"nib": walk.nib if nib else ""}
        onboarding.actions.correct_vendor(walk.vendor, changes=changes, reason="Contoh", by=by)

    return correct


def _invite(walk: Walk, by: User) -> None:
    actions.invite_vendors(walk.session, vendor_ids=[walk.first.pk], by=by)  # type: ignore[attr-defined]  # laid just before


def _lay_session(walk: Walk) -> None:
    walk.session = walk.new_session()  # type: ignore[attr-defined]  # read by _invite


def _lay_end(walk: Walk) -> None:
    seat = Seat.objects.filter(vendor=walk.first.pk).order_by("-pk").first()
    if seat is not None and seat.session.is_open:
        make.begin(seat.session)


def _close(present: bool) -> Callable[[Walk, User], None]:
    def close(walk: Walk, by: User) -> None:
        seat = walk.seat
        if seat.state not in ("INVITED", "CONFIRMED"):
            raise MoveNotAllowed("no seat")
        mark_attendance(seat.session, present={seat.pk: present}, reason="Contoh", by=by)
        close_sheet(seat.session, by=by)

    return close


def _lay_papers(walk: Walk) -> None:
    """All papers but the last, which is the statement that the owner agrees to."""
    if walk.vendor.status == S.GUIDED:
        for slug in make.required_of(walk.first):
            if slug != LAST:
                _statement(walk, slug)


def _agree(walk: Walk, by: User) -> None:
    if walk.vendor.status != S.GUIDED:
        raise MoveNotAllowed("earlier or later it leads to no submission")
    actions.agree_to_statement(
        walk.vendor,
        document_type=DocumentType.objects.get(slug=LAST),
        text=f"Contoh {next(make.count)}",
        by=by,
    )


def _statement(walk: Walk, slug: str) -> None:
    documents.actions.receive_statement(
        walk.first.pk,
        document_type=DocumentType.objects.get(slug=slug),
        text=f"Contoh {next(make.count)}",
        by=walk.owner,
    )


def _ask_and_return(walk: Walk, by: User) -> None:
    firms.ask(walk.case, by=by)
    actions.return_case(walk.case, by=by)


def _lay_correction(walk: Walk) -> None:
    if walk.vendor.status == S.RETURNED:
        _statement(walk, "ktp")


def _reject(walk: Walk, by: User) -> None:
    actions.decide_case(
        walk.case, approve=False, reason="Contoh",
        reason_code=RejectionReason.objects.get(code="NAME_MISMATCH"), by=by,
    )  # fmt: skip


def _lay_lapse(walk: Walk) -> None:
    case = Case.objects.filter(vendor=walk.first.pk, stage=Stage.CORRECT).first()
    if case is not None:
        past = timezone.now() - timedelta(minutes=1)
        Case.objects.filter(pk=case.pk).update(due_at=past)
        case.task_set.filter(finished=None, scheduled__isnull=False).update(scheduled=past)


def _lapse(walk: Walk, by: User) -> None:
    if by.role != roles.SYSTEM or walk.vendor.status != S.RETURNED:
        raise MoveNotAllowed("nobody lets lapse")
    actions.lapse_due(by=by)


def _hold(walk: Walk, by: User) -> None:
    until = timezone.localdate() + timedelta(days=3)
    actions.hold_case(walk.case, reason="Contoh", look_again_on=until, by=by)


def _today(walk: Walk, by: User) -> None:
    actions.confirm_listing(walk.case, on_sale_on=timezone.localdate(), by=by)


def _on_vendor(act: Callable[..., Any]) -> Callable[[Walk, User], Any]:
    return lambda walk, by: act(walk.vendor, reason="Contoh", by=by)


ACTS: tuple[Act, ...] = (
    Act(
        "name_again",
        ("refer_vendor",),
        (roles.AGENCY, roles.COOPERATIVE),
        (S.WITHDRAWN, S.LAPSED, S.REJECTED),
        _name_again,
        leads_on=True,
    ),
    Act("hand_in", ("submit",), (OWNER,), (S.GUIDED,), _agree, _lay_papers, leads_on=True),
    Act("correct_badly", ("correct_vendor",), (OFFICER,), NAMED, _correct(nib=False)),
    Act(
        "correct_well",
        ("correct_vendor",),
        (OFFICER,),
        (S.REFERRED, S.INELIGIBLE),
        _correct(nib=True),
        leads_on=True,
    ),
    Act(
        "override",
        ("find_eligible",),
        (OFFICER,),
        (S.REFERRED, S.INELIGIBLE),
        _on_vendor(actions.override_screening),
    ),
    Act(
        "waive",
        ("guide",),
        (OFFICER,),
        (S.ELIGIBLE, S.INVITED),
        _on_vendor(actions.waive_guidance),
        leads_on=True,
    ),
    Act("unguide", ("unguide",), (OFFICER,), (S.GUIDED,), _on_vendor(actions.unguide_vendor)),
    Act("invite", ("invite",), (OFFICER,), (S.ELIGIBLE,), _invite, _lay_session, leads_on=True),
    Act(
        "release",
        ("release_seat",),  # the firm stays invited while another seat of it stands
        (OFFICER,),
        (S.INVITED,),
        lambda walk, by: actions.release_seat(walk.seat, declined=True, by=by),
    ),
    Act(
        "close_present",
        ("close_sheet",),
        (TRAINER, OFFICER),
        (S.INVITED,),
        _close(present=True),
        _lay_end,
        leads_on=True,
    ),
    Act(
        "close_absent",
        ("close_sheet",),
        (TRAINER, OFFICER),
        (S.INVITED,),
        _close(present=False),
        _lay_end,
    ),
    Act("return", ("return_for_correction",), (OFFICER,), (S.SUBMITTED,), _ask_and_return),
    Act(
        "resubmit",
        ("resubmit",),
        (OWNER,),
        (S.RETURNED,),
        lambda walk, by: actions.resubmit_case(walk.vendor, by=by),
        _lay_correction,
        leads_on=True,
    ),
    Act(
        "verify",
        ("verify",),
        (OFFICER,),
        (S.SUBMITTED,),
        lambda walk, by: actions.verify_case(walk.case, recommendation="Contoh", by=by),
        leads_on=True,
    ),
    Act(
        "send_back",
        ("send_back",),
        (APPROVER,),
        (S.VERIFIED,),
        lambda walk, by: actions.send_back_case(walk.case, reason="Contoh", by=by),
    ),
    Act(
        "approve",
        ("approve",),
        (APPROVER,),
        (S.VERIFIED,),
        lambda walk, by: actions.decide_case(walk.case, approve=True, by=by),
        leads_on=True,
    ),
    Act("reject", ("reject",), (APPROVER,), (S.VERIFIED,), _reject),
    Act(
        "appeal",
        ("appeal",),
        (OWNER, OFFICER),
        (S.REJECTED,),
        _on_vendor(actions.appeal_case),
        leads_on=True,
    ),
    Act(
        "hand_over",
        ("register",),
        (OFFICER,),
        (S.APPROVED,),
        lambda walk, by: make.hand_over(walk.case, by=by),
        leads_on=True,
    ),
    Act("go_live", ("go_live",), (OFFICER,), (S.REGISTERED,), _today, leads_on=True),
    Act(
        "delist",
        ("delist", "take_off_sale"),
        (OFFICER,),
        (S.ACTIVE, S.SUSPENDED),
        lambda walk, by: actions.delist_vendor(walk.listing, reason="Contoh", by=by),
    ),
    Act(
        "relist",
        ("go_live", "put_on_sale"),
        (OFFICER,),
        (S.REGISTERED, S.SUSPENDED),
        lambda walk, by: actions.relist_vendor(
            walk.listing, on_sale_on=timezone.localdate(), by=by
        ),
    ),
    Act("suspend", ("suspend",), (APPROVER,), APPROVED, _on_vendor(actions.suspend_vendor)),
    Act(
        "reinstate",
        ("reinstate",),
        (APPROVER,),
        (S.SUSPENDED,),
        _on_vendor(actions.reinstate_vendor),
        leads_on=True,
    ),
    Act("withdraw", ("withdraw",), (OWNER, OFFICER), RUNNING, _on_vendor(actions.withdraw_vendor)),
    Act("lapse", ("lapse",), (roles.SYSTEM,), (S.RETURNED,), _lapse, _lay_lapse),
    Act(
        "claim",
        ("claim_case",),
        (OFFICER, APPROVER),
        DESK,
        lambda walk, by: actions.claim_case(walk.case, by=by),
    ),
    Act(
        "give_back",
        ("give_back_case",),
        (OFFICER, APPROVER),
        DESK,
        lambda walk, by: actions.give_back_case(walk.case, by=by),
        leads_on=True,
    ),
    Act("hold", ("hold_case",), (OFFICER, APPROVER), DESK, _hold),
    Act(
        "go_on",
        ("go_on_with_case",),
        (OFFICER, APPROVER),
        DESK,
        lambda walk, by: actions.go_on_with_case(walk.case, by=by),
        leads_on=True,
    ),
)
