"""Two of everything, made by the real actions: what is one's own stands beside what is not.

Side A belongs to office A, owner M and trainer S, side B to office B, owner N and trainer T; the
cooperative office has a list of its own. A module builds the world once inside a transaction that
is never kept, and every request is undone before the next one.
"""

from __future__ import annotations

import itertools
import uuid
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

import onboarding.actions
import training.actions
from documents.models import PageImage, Paper, PaperDraft, PaperFile, Requirement
from onboarding import events, roles
from onboarding.actions import link_token
from onboarding.models import (
    Invitation,
    JoiningStep,
    Membership,
    Referral,
    ReferralRequest,
    ReferralSheet,
    RegisterAnswer,
    RequestAnswer,
    RuleVersion,
    SheetRow,
    User,
    Vendor,
)
from tests import factories as make
from tests.onboarding import lists
from tests.workflows import campaigns, couples, firms
from training.actions import make_feed, order_certificates, save_question
from training.models import (
    Allocation,
    CalendarFeed,
    Certificate,
    CertificateBatch,
    Feedback,
    QuizQuestion,
    Scan,
    Seat,
    Session,
    SessionPicture,
    Venue,
)
from workflows import actions
from workflows.models import (
    AccessLink,
    Assistance,
    AuditEvent,
    Breach,
    BrowsingAlert,
    BulkApproval,
    Case,
    Conflict,
    Consent,
    CorrectionItem,
    Erasure,
    FactCorrection,
    Holiday,
    Job,
    Letter,
    LetterRun,
    Listing,
    Message,
    PairSample,
    SavedQueue,
    Setting,
    Ticket,
    TicketEntry,
    TrailHead,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse

OF_FIRMS = (
    *(Case, Paper, Listing, Letter, Membership, Seat, Referral, Assistance, AccessLink, Ticket),
    *(Consent, FactCorrection, Conflict, PaperDraft),
)
OF_OFFICES = (ReferralSheet, ReferralRequest, JoiningStep)
OF_SESSIONS = (Seat, Scan, SessionPicture, Allocation, CertificateBatch)
OF_SEATS = (Certificate, Feedback)
OFFICES = {"A": "dindik", "B": "dinkes", "C": "dinkop-ukm"}
number = itertools.count(1)


@dataclass
class Side:
    """What one office, one owner and one trainer call their own, by the word a door uses."""

    office: User
    owner: User
    trainer: User
    things: dict[str, Any] = field(default_factory=dict)
    firms: list[Vendor] = field(default_factory=list)


@dataclass
class World:
    """Both sides, a person of every role, and their sessions."""

    sides: dict[str, Side]
    people: dict[str, User]
    cookies: dict[str, str] = field(default_factory=dict)
    seen: dict[tuple[str, str, str], HttpResponse] = field(default_factory=dict)

    def thing(self, word: str, role: str, *, own: bool) -> Any:
        """Find an object by its word, on this role's own side or on another's."""
        side = self.sides["C"] if role == roles.COOPERATIVE and own else None
        if side is None or word not in side.things:
            side = self.sides["A" if own else "B"]
        return side.things[word]

    def client(self, role: str, language: str = "") -> Client:
        """A browser in which this person is signed in; "" is nobody."""
        client = Client(raise_request_exception=False)
        if role:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
        if language:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    def ask(
        self,
        role: str,
        method: str,
        url: str,
        body: Any = None,
        *,
        language: str = "",
        undone: bool = True,
        as_part: bool = False,
    ) -> HttpResponse:
        """Send one request, ``as_part`` as a page asks for a part of itself, and undo all that it
        did."""
        client = self.client(role, language)
        more = {"headers": {"HX-Request": "true"}} if as_part else {}
        with rolled_back() if undone else nullcontext():
            if method == "GET":
                response = client.get(url, **more)
            else:
                told = body if isinstance(body, bytes) else _encoded(body or {})
                if isinstance(told, bytes):
                    told = {"data": told, "content_type": "application/json"}
                response = client.generic(method, url, **told)
            response.sent = (  # type: ignore[attr-defined]  # a file is read while its rows stand
                b"".join(response.streaming_content) if response.streaming else response.content
            )
        return response

    def page(self, role: str, url: str, language: str = "") -> HttpResponse:
        """Look at a page; who looks again is shown the same, for every request is undone."""
        key = (role, url, language)
        if key not in self.seen:
            self.seen[key] = self.ask(role, "GET", url, language=language)
        return self.seen[key]

    @property
    def numbers(self) -> dict[str, Vendor]:
        """Every NIK, NPWP and phone of a firm, as digits, with the firm that it belongs to."""
        every = [firm for side in self.sides.values() for firm in side.firms]
        return {
            value.removeprefix("+62"): firm
            for firm in every
            for value in (firm.nik, firm.npwp, firm.phone)
            if value
        }


def _encoded(body: dict[str, Any]) -> dict[str, Any]:
    return {"data": encode_multipart(BOUNDARY, body), "content_type": MULTIPART_CONTENT}


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything that happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def standing_world() -> Iterator[World]:
    """The body of a module's fixture: a world that is gone when the module is done."""
    with rolled_back():
        yield build()
    cache.clear()


def digest_of(side: Side, firms: list[Vendor]) -> tuple[Any, ...]:
    """All that stands of some firms of a side, of its office and of its trainer, to see that an act
    of others left it alone."""
    pks, office, trainer = [firm.pk for firm in firms], side.office.agency, side.trainer
    rows: tuple[QuerySet[Any], ...] = (
        Vendor.objects.filter(pk__in=pks),
        *(model._default_manager.filter(vendor__in=pks) for model in OF_FIRMS),
        *(model._default_manager.filter(paper__vendor__in=pks) for model in (PageImage, PaperFile)),
        TicketEntry.objects.filter(ticket__vendor__in=pks),
        CorrectionItem.objects.filter(request__case__vendor__in=pks),
        *(model._default_manager.filter(agency=office) for model in OF_OFFICES),
        SheetRow.objects.filter(sheet__agency=office),
        RequestAnswer.objects.filter(request__agency=office),
        Session.objects.filter(trainer=trainer),
        *(model._default_manager.filter(session__trainer=trainer) for model in OF_SESSIONS),
        *(model._default_manager.filter(seat__session__trainer=trainer) for model in OF_SEATS),
        CalendarFeed.objects.filter(user=trainer),
    )
    return tuple(tuple(found.order_by("pk").values_list()) for found in rows)


def digest() -> tuple[Any, ...]:
    """Everything that an act could have changed, small enough to compare after each refusal."""
    return (
        AuditEvent.objects.count(),
        Message.objects.count(),
        tuple(Vendor.objects.order_by("pk").values_list("pk", "status", "name")),
        tuple(Case.objects.order_by("pk").values_list("pk", "stage", "owner_id", "round_number")),
        tuple(Letter.objects.order_by("pk").values_list("pk", "state")),
        tuple(Listing.objects.order_by("pk").values_list("pk", "state")),
        tuple(Paper.objects.order_by("pk").values_list("pk", "state")),
        tuple(Membership.objects.order_by("pk").values_list("pk", "proved_at", "failed_proofs")),
        tuple(User.objects.order_by("pk").values_list("pk", "role", "is_active", "password")),
        (AccessLink.objects.count(), CorrectionItem.objects.count(), Setting.objects.count()),
        tuple(RuleVersion.objects.values_list("number", "state", "digest")),
        RegisterAnswer.objects.count(),
        tuple(Certificate.objects.values_list("number", "revoked_at")),
        (Feedback.objects.count(), SessionPicture.objects.count(), QuizQuestion.objects.count()),
        tuple(Invitation.objects.order_by("pk").values_list("pk", "used_at", "expires_at")),
    )


def build() -> World:
    """Make people, firms at every point of the road, lists, sessions, letters, links."""
    people = {role: make.make_user(role) for role in roles.ROLES if role not in OWN_PEOPLE}
    sides = {name: _side(OFFICES[name]) for name in ("A", "B")}
    sides["C"] = _cooperative(sides["A"])
    for side in (sides["A"], sides["B"]):
        _fill(side, people)
    sides["A"].things |= _points_between(sides["A"])
    audited = _audit_of(people[roles.AUDITOR])
    for side in sides.values():
        side.things |= audited
        side.things["draft"] = _draft(people[roles.ADMIN])
    people |= {
        roles.AGENCY: sides["A"].office,
        roles.VENDOR: sides["A"].owner,
        roles.TRAINER: sides["A"].trainer,
        roles.COOPERATIVE: sides["C"].office,
    }
    _ask(sides, people[roles.OFFICER])
    world = World(sides, people)
    for role, person in people.items():
        client = Client()
        client.force_login(person)
        world.cookies[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return world


OWN_PEOPLE = (roles.AGENCY, roles.VENDOR, roles.TRAINER, roles.COOPERATIVE)


def _side(office: str) -> Side:
    return Side(
        make.make_user(roles.AGENCY, agency=office),
        make.make_user(roles.VENDOR),
        make.make_user(roles.TRAINER),
    )


def _cooperative(neighbour: Side) -> Side:
    side = Side(make.make_user(roles.COOPERATIVE), neighbour.owner, neighbour.trainer)
    side.things["sheet"] = lists.read(_facts(), by=side.office)
    side.things["sheet_row"] = side.things["sheet"].rows.last()
    side.firms.append(make.refer(by=side.office, **_numbers()))
    side.things |= _helped(side.firms[0], side.office)
    side.things["agency"] = side.office.agency
    side.things["tied"] = side.firms[0]
    side.things["office_seat"] = _of_offices(side, days=20)["office_seat"]
    return side


def _helped(firm: Vendor, helper: User) -> dict[str, Any]:
    said = {"consent_of": firm.owner_name, "way": Assistance.Way.PHONE}
    return {
        "helped": firm,
        "assistance": actions.begin_assistance(firm, **said, by=helper),
    }


def _numbers() -> dict[str, str]:
    """Numbers of the invented districts and tax offices, different for every firm."""
    one = next(number)
    return {"nik": f"357899410290{one:04d}", "npwp": f"1000000000{one:06d}"}


def _facts(**changes: Any) -> dict[str, Any]:
    return make.values(**_numbers(), **changes)


def _refer(side: Side) -> Vendor:
    firm = make.refer(by=side.office, **_numbers())
    onboarding.actions.confirm_contact(firm, side.owner, by=make.make_user(roles.OFFICER))
    side.firms.append(firm)
    return firm


def _guided(side: Side) -> Vendor:
    officer = make.make_user(roles.OFFICER)
    return actions.waive_guidance(_refer(side), reason="Dilatih dinas", by=officer)


def _submitted(side: Side) -> Case:
    vendor = firms.put_papers(_guided(side))
    return Case.objects.get(vendor=vendor)


def _fill(side: Side, people: dict[str, User]) -> None:
    side.things |= _firms_of(side)
    case = side.things["case"]
    for_owners = dict.fromkeys(("returned", "rejected"), case.vendor)
    for_the_desk = dict.fromkeys(("verified", "approved", "registered"), case)
    side.things |= for_owners | for_the_desk
    side.things |= _papers_of(side)
    side.things |= _meetings_of(side)
    make.refer(by=side.office, nib="")  # not yet eligible
    known = {**_facts(), "nib": side.things["vendor"].nib}
    wrong = {**_facts(), "nib": "123"}
    side.things["sheet"] = lists.read(_facts(), known, wrong, by=side.office)
    side.things["sheet_row"] = side.things["sheet"].rows.last()
    side.things |= _helped(_refer(side), make.make_user(roles.OFFICER))
    side.things["agency"] = side.office.agency
    side.things["requirement"] = Requirement.objects.first()
    side.things["holiday"] = Holiday.objects.first()
    side.things["kept_queue"] = SavedQueue.objects.get_or_create(
        name="Contoh", owner=people[roles.OFFICER], query="tab=late", is_shared=True
    )[0]
    side.things["setting"] = Setting.objects.first()
    side.things["approval"] = BulkApproval.objects.get_or_create(
        drawn_by=people[roles.APPROVER], finished_at=None, defaults={"seed": 1}
    )[0]
    side.things["tied"] = side.things["invited"]
    side.things["asked_item"] = side.things["item"]
    today = timezone.localdate()
    away, cover = make.make_user(roles.OFFICER), make.make_user(roles.OFFICER)
    side.things["leave"] = actions.plan_leave(from_on=today, until_on=today, cover=cover, by=away)
    side.things["mark"] = actions.add_mark(
        kind="email", value=f"keluarga{side.office.pk}@contoh.test", by=side.office
    )
    side.things["conflict"] = actions.declare_conflict(
        _refer(side), reason="Contoh", by=make.make_user(roles.OFFICER)
    )
    side.things["person"] = side.office
    side.things["membership"] = Membership.objects.create(
        user=side.owner, vendor=make.refer(by=side.office, **_numbers())
    )
    side.firms.append(side.things["membership"].vendor)
    side.things["message"] = Message.objects.filter(
        vendor__in=side.firms, state=Message.State.BY_HAND
    ).first()
    side.things["letter"] = Letter.objects.filter(vendor__in=side.firms).first()
    side.things |= _links_of(side, people)
    side.things["support"] = actions.open_support(
        side.things["active"],
        topic="order",
        platform=side.things["listing"].platform,
        text="Contoh",
        key=str(uuid.uuid4()),
        by=side.owner,
    )
    side.things |= _twins_of(side, people[roles.OFFICER])
    side.things["erasure"] = Erasure.objects.create(
        vendor=side.things["vendor"], ground=Erasure.Ground.RETENTION, listed_by=side.office
    )
    side.things["breach"] = Breach.objects.create(
        what="Contoh", known_at=timezone.now(), whose="Contoh", which="Contoh", people=1,
        entered_by=side.office,
    )  # fmt: skip
    side.things["trail_head"] = TrailHead.objects.get_or_create(
        day=today, defaults={"last_event": 1, "events": 1, "hash": "0" * 64}
    )[0]
    side.things["alert"] = BrowsingAlert.objects.create(
        person=side.office, kind=BrowsingAlert.Kind.FIRMS, count=70, since=timezone.now()
    )
    Case.objects.filter(vendor__in=side.firms).update(due_at=timezone.now() - timedelta(days=1))


def _firms_of(side: Side) -> dict[str, Any]:
    """One case at the start of its road and one firm at its end."""
    case = _submitted(side)
    firms.ask(case)
    live = make.go_live(make.hand_over(make.approve(make.verify(_submitted(side)))))
    return {
        "vendor": _refer(side),
        "guided": _guided(side),
        "case": case,
        "item": CorrectionItem.objects.get(request__case=case),
        "case_paper": Paper.objects.filter(vendor=case.vendor).first(),
        "active": live.vendor,
        "listing": Listing.objects.get(vendor=live.vendor),
    }


def _audit_of(auditor: User) -> dict[str, Any]:
    """The auditor's assignment with a count, a sample and a pack; it is nobody else's."""
    assignment, system = auditor.running_audits[0], User.objects.system()
    cases = actions.cases_of(assignment)
    sample = actions.draw_cases(assignment, cases=cases, method="random", size=3, by=auditor)
    count = actions.order_flags(assignment, send=lambda _pk: None, by=auditor)
    actions.count_flags(count.pk, by=system, beat=lambda: None)
    pack = actions.order_pack(
        assignment, case=sample.cases.first().case, send=lambda _pk: None, by=auditor
    )
    Job.objects.filter(kind__in=(Job.Kind.COUNT_FLAGS, Job.Kind.MAKE_PACK)).delete()
    return {
        "audit": assignment,
        "audit_sample": sample,
        "sampled": sample.cases.first(),
        "audit_pack": actions.make_pack(pack.pk, by=system, beat=lambda: None),
    }


def _draft(keeper: User) -> int:
    """A draft of the rules that was looked at, by the number that stands in its address."""
    draft = onboarding.actions.draft_rules(by=keeper)
    onboarding.actions.change_rule(draft, 4, changes={"is_on": False}, by=keeper)
    if not draft.previews.exists():
        preview = onboarding.actions.order_preview(draft, by=keeper)
        onboarding.actions.work_out_preview(preview.pk, by=User.objects.system(), beat=lambda: None)
    return draft.number


def _points_between(side: Side) -> dict[str, Any]:
    """A firm at each point at which a page waits for an act; their strangers need no such firm."""
    returned = firms.returned(_submitted(side)).vendor
    return {
        "returned": returned,
        "asked_item": CorrectionItem.objects.get(request__case__vendor=returned),
        "rejected": make.reject(make.verify(_submitted(side))).vendor,
        "verified": make.verify(_submitted(side)),
        "approved": make.approve(make.verify(_submitted(side))),
        "registered": make.hand_over(make.approve(make.verify(_submitted(side)))),
    }


def _papers_of(side: Side) -> dict[str, Any]:
    """A photograph that the machine has read: an original, a page image, a reading."""
    paper = make.hand_in(side.things["guided"], "ktp", by=side.owner)
    make.run_jobs()
    return {
        "paper": paper,
        "page": PageImage.objects.get(paper=paper),
        "original": PaperFile.objects.get(paper=paper),
    }


def _meetings_of(side: Side) -> dict[str, Any]:
    planned = make.make_session(trainer=side.trainer)
    invited = make.invite(_refer(side), planned)
    closed = make.make_session(days=5, trainer=side.trainer)
    there = make.guide(_refer(side), closed)
    return {
        **_of_offices(side),
        "session": planned,
        "series": make.make_series(days=(60, 61), trainer=side.trainer),
        "venue": Venue.objects.create(name=f"Aula {side.trainer.pk}", region_id="35.78"),
        "syllabus": planned.syllabus,
        "feed_token": make_feed(by=side.trainer)[1],
        "seat": planned.seats.get(vendor=invited),
        "invited": invited,
        "answer_token": training.actions.seat_token(planned.seats.get(vendor=invited)),
        **_list_of(planned),
        "closed": closed,
        "attended": closed.seats.get(vendor=there),
        "pass": training.actions.pass_of(planned.seats.get(vendor=invited)),
        "dispute": _dispute_of(planned, side.trainer),
        **_left_of(closed, side.trainer),
    }


def _list_of(planned: Session) -> dict[str, Any]:
    """A list of who is invited, and bound letters of guests."""
    officer = make.make_user(roles.OFFICER)
    return {
        "allocation": actions.order_allocation(planned, send=lambda _job: None, by=officer),
        "guest_bundle": LetterRun.objects.create(
            session=planned,
            stored_as=default_storage.save("letters/contoh.pdf", ContentFile(b"%PDF-1.7 contoh")),
            created_by=officer,
        ),
    }


def _of_offices(side: Side, days: int = 8) -> dict[str, Any]:
    """A session for government users to which this office sends somebody."""
    government = make.make_session(days=days, audience="government", trainer=side.trainer)
    people = [training.actions.Person(f"Contoh {side.office.pk}", "Staf")]
    (seat,) = training.actions.seat_office_people(
        government, agency=side.office.agency, people=people, by=side.office
    )
    return {"government": government, "office_seat": seat}


def _dispute_of(session: Session, trainer: User) -> Scan:
    """A guest whom a device wrote down and who has no seat yet."""
    return Scan.objects.create(
        scan_id=uuid.uuid4(), session=session, what="walk_in", via="hand", device="x", by=trainer,
        device_at=timezone.now(), outcome="disputed", remark="full", guest={"name": "Contoh Tamu"},
    )  # fmt: skip


def _left_of(closed: Session, trainer: User) -> dict[str, Any]:
    """What a session leaves: a photograph, a quiz, certificates with their bundle."""
    officer = make.make_user(roles.OFFICER)
    [picture] = actions.add_pictures(
        closed, kind="photo", caption="Contoh", file=make.photo(), by=trainer
    )
    if not closed.syllabus.questions.exists():
        save_question(closed.syllabus, text="Contoh?", answers=["Ya", "Bukan"], right=0, by=officer)
    batch = order_certificates(
        closed, signed_by_name="Contoh Kepala", signed_on=timezone.localdate(), by=officer
    )
    make.run_jobs()
    certificate = batch.certificates.get()
    return {
        "picture": picture,
        "batch": batch,
        "certificate": certificate,
        "certificate_code": certificate.code,
    }


def _ask(sides: dict[str, Side], officer: User) -> None:
    """One request to the three offices that is past its date, and a draft of the next."""
    campaign = campaigns.late(*OFFICES.values())
    bundle = LetterRun.objects.create(
        campaign=campaign,
        stored_as=default_storage.save("letters/contoh.pdf", ContentFile(b"%PDF-1.7 contoh")),
        created_by=officer,
    )
    again = actions.replay_campaign(campaign, by=officer)
    for name, side in sides.items():
        asked = campaigns.asked(campaign, OFFICES[name])
        side.things |= {"campaign": campaign, "draft_campaign": again, "bundle": bundle}
        side.things |= {"asked": asked, "request_token": link_token(asked)}


def _twins_of(side: Side, officer: User) -> dict[str, Any]:
    """Two firms that may be one, two that were, and a sample that came to its end."""
    made = [make.refer(by=side.office, **_numbers()) for _each in range(4)]
    side.firms += made
    return {
        "pair": couples.pair(made[0], made[1]),
        "merge": actions.merge_firms(kept=made[2], merged=made[3], by=officer),
        "sample": PairSample.objects.create(
            band="strong", seed=1, until_pair=0, drawn_by=officer, stopped_at=timezone.now()
        ),
    }


def _links_of(side: Side, people: dict[str, User]) -> dict[str, Any]:
    officer, vendor = people[roles.OFFICER], side.things["vendor"]
    _link, sign_in = actions.make_access_link(vendor, purpose="sign_in", by=officer)
    _link, status = actions.make_access_link(vendor, purpose="status", by=officer)
    invited = _invited(people[roles.ADMIN])
    return {
        "sign_in_token": sign_in,
        "status_token": status,
        "invitation_token": invited,
        "invitation": onboarding.actions.find_invitation(invited),
    }


def _invited(keeper: User) -> str:
    """Invite a colleague and catch the token, which leaves with the event only."""
    tokens: list[str] = []

    def catch(token: str, **_rest: Any) -> None:
        tokens.append(token)

    events.person_invited.connect(catch)
    try:
        onboarding.actions.invite_person(
            email=f"undangan{next(number)}@contoh.test",
            full_name="Contoh Undangan",
            role=roles.OFFICER,
            agency=None,
            by=keeper,
        )
    finally:
        events.person_invited.disconnect(catch)
    return tokens[0]
