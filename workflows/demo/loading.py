"""Loads the demonstration once: about 200 firms in every state, sessions past and to come."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

import onboarding.actions
import training.actions
from documents.models import DocumentType
from onboarding.models import Referral, Region, Status, User, Vendor
from training.models import Seat, Session, Syllabus
from workflows import actions, chain, lifecycle, sample_deeds
from workflows.demo import papers, past
from workflows.demo.afterwards import leave_traces
from workflows.demo.answers import answer_and_list
from workflows.demo.audits import bring_audits
from workflows.demo.campaigns import bring_campaign
from workflows.demo.changes import bring_changes
from workflows.demo.deciding import prepare_decisions
from workflows.demo.door import open_door
from workflows.demo.firms import invent
from workflows.demo.guidance import plan_calendar
from workflows.demo.messages import bring_messages
from workflows.demo.missing import say_missing
from workflows.demo.offices import bring_offices, count_all
from workflows.demo.people import OFFICES, OWNERS, PASSWORD, STAFF, email_of, make_owner, make_staff
from workflows.demo.rights import bring_rights
from workflows.demo.sheets import bring_sheets
from workflows.demo.tickets import bring_tickets
from workflows.models import (
    AuditEvent,
    Case,
    ChainLink,
    Message,
    Platform,
    Pulse,
    RejectionReason,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "demo"
FIRMS = 196
#: Days ago and region of the sessions that were held.
PAST_SESSIONS = ((75, "35.78"), (60, "35.73"), (45, "35.09"), (30, "35.77"), (14, "35.15"))
#: How many of the guided firms end where; the rest stay guided with papers to send.
CASEWORK = {
    Status.SUBMITTED: 9,
    Status.RETURNED: 8,
    Status.VERIFIED: 5,
    Status.APPROVED: 5,
    Status.REGISTERED: 7,
    Status.ACTIVE: 24,
    Status.REJECTED: 4,
    Status.SUSPENDED: 2,
}


def is_demo() -> bool:
    """Say whether this database holds the demonstration."""
    return Pulse.objects.filter(pk=MARK).exists()


def accounts() -> list[dict[str, str]]:
    """Return the demonstration's accounts as ``role``, ``email``, ``password``."""
    staff = [(role, name) for role, name, *_rest in STAFF]
    owners = [("vendor", name) for name in OWNERS]
    return [
        {"role": role, "email": email_of(name), "password": PASSWORD}
        for role, name in [*staff, *owners]
    ]


def load(say: Callable[[str], None]) -> None:
    """Load the demonstration in one transaction; ``say`` is told what is going on."""
    with transaction.atomic():
        chain.unguard()  # a past is laid; the chain begins when it is there
        Loader(say).load()
        chain.link_everything(AuditEvent, ChainLink)
        chain.guard()
        Pulse.objects.create(name=MARK, seen_at=timezone.now())


class Loader:
    """Walks invented firms along the road, each as far as it is meant to get."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.random = Random(7)  # noqa: S311 - demonstration data, not a secret
        self.people = make_staff()
        self.officers = cycle([self.people["petugas"], self.people["petugas2"]])
        self.approvers = cycle([self.people["penyetuju"], self.people["penyetuju2"]])
        self.platform = Platform.objects.get(pk="toko-daring")

    def load(self) -> None:
        """Do it all."""
        self.say("naming firms")
        firms = self._refer(invent(FIRMS))
        eligible = iter([firm for firm in firms if firm.status == Status.ELIGIBLE])
        self.say("holding sessions")
        guided = self._hold_sessions(eligible)
        self._plan_sessions(eligible)
        plan_calendar(self.people)
        open_door(self.people)
        answer_and_list(self.people)
        self.say("filing papers, verifying, deciding")
        self._work(guided)
        self.say("what the held sessions left")
        leave_traces(self.people)
        bring_changes(self.people)
        bring_tickets(self.people)
        bring_rights(self.people)
        say_missing()
        self.say("reading six deeds with Tesseract")
        self._read_deeds()
        prepare_decisions(self.people)
        self.say("bringing two lists")
        bring_sheets(self.people["instansi"], self.people["koperasi"])
        self.say("asking twenty offices")
        bring_campaign(self.people)
        self.say("counting the figures")
        bring_offices(self.people)
        count_all(User.objects.system())
        bring_audits(self.people)
        Message.objects.filter(state=Message.State.QUEUED).update(
            state=Message.State.SENT, sent_at=timezone.now()
        )
        bring_messages(self.people)

    def _refer(self, rows: list[dict[str, Any]]) -> list[Vendor]:
        firms = []
        for row, office in zip(rows, cycle(OFFICES), strict=False):
            by = self.people[office]
            referral = onboarding.actions.refer_vendor(values=row, agency=_agency(by), by=by)
            firms.append(referral.vendor)
            if self.random.random() < 0.15 and row["nib"]:  # named by a second office too
                other = self.people[self.random.choice(OFFICES)]
                onboarding.actions.refer_vendor(values=row, agency=_agency(other), by=other)
        for firm in firms:
            firm.refresh_from_db()
            self._age(firm, named=120, moved=100)
        for firm in firms[::49]:  # entered a moment ago, the rules have not been asked yet
            _name_only(firm, by=self.people["instansi"])
        for firm in firms[5::50]:
            if firm.status == Status.ELIGIBLE:
                actions.withdraw_vendor(
                    firm, reason="Usaha tutup sementara.", by=next(self.officers)
                )
                firm.refresh_from_db()
        return firms

    def _hold_sessions(self, eligible: Iterator[Vendor]) -> list[Vendor]:
        guided: list[Vendor] = []
        for days, code in PAST_SESSIONS:
            session = self._plan(code, days=9)
            firms = list(islice(eligible, 22))
            by = next(self.officers)
            actions.invite_vendors(session, vendor_ids=[firm.pk for firm in firms], by=by)
            past.move_session(session, _at(-days, 9))
            seats = dict(session.seats.values_list("vendor", "pk"))
            there = {seats[firm.pk]: self.random.random() < 0.85 for firm in firms}
            training.actions.mark_attendance(
                session,
                present=there,
                reason="Disalin dari daftar hadir",
                via=Seat.ArrivedVia.PAPER,
                by=session.trainer,
            )
            training.actions.close_sheet(session, by=session.trainer)
            for firm in firms:
                firm.refresh_from_db()
                self._age(firm, named=days + 30, moved=days)
            guided += [firm for firm in firms if firm.status == Status.GUIDED]
        return guided

    def _plan_sessions(self, eligible: Iterator[Vendor]) -> None:
        """One session today, two to come, one cancelled."""
        for days, code, count in ((0, "35.78", 14), (6, "35.07", 12), (13, "35.25", 6)):
            session = self._plan(code, days=days + 9)
            firms = list(islice(eligible, count))
            actions.invite_vendors(
                session, vendor_ids=[firm.pk for firm in firms], by=next(self.officers)
            )
            past.move_session(session, _at(days, 9))
            for firm in firms:
                self._age(firm.refresh(), named=40, moved=4)
        training.actions.cancel_session(
            self._plan("35.71", days=20),
            reason="Aula dipakai kegiatan lain.",
            by=self.people["petugas"],
        )

    def _work(self, guided: list[Vendor]) -> None:
        wanted = [status for status, count in CASEWORK.items() for _n in range(count)]
        firms = [firm for firm in guided if firm.legal_form in {"perorangan", "pt_perorangan"}]
        for name, firm in zip(OWNERS, firms[-2:], strict=True):
            owner = make_owner(name, firm.owner_name)
            onboarding.actions.confirm_contact(firm, owner, by=self.people["petugas"])
        for firm, status in zip(firms, wanted, strict=False):
            owner = self._owner(firm)
            papers.file_everything(firm, by=owner)
            self._take_to(Case.objects.get(vendor=firm), status, owner)
            late = status in {Status.SUBMITTED, Status.VERIFIED} and self.random.random() < 0.4
            self._age(firm.refresh(), named=self.random.randint(50, 110), moved=6 if late else 1)
        for firm in firms[len(wanted) :]:
            papers.file_everything(
                firm, by=self._owner(firm), leave_out=("rekening", "foto-produk")
            )
        second = firms[-1]
        papers.file_everything(second, by=self._owner(second))
        self._take_to(Case.objects.get(vendor=second), Status.RETURNED, self._owner(second))
        for firm in Vendor.objects.filter(status=Status.ELIGIBLE, no_shows__gte=1)[:6]:
            self._lapse(firm)

    def _take_to(self, case: Case, status: str, owner: User) -> None:
        officer, approver = next(self.officers), next(self.approvers)
        if status == Status.SUBMITTED:
            return
        if status == Status.RETURNED:
            actions.add_correction_item(
                case,
                reason_code=RejectionReason.objects.get(pk="DOC_UNREADABLE"),
                document_type=DocumentType.objects.get(pk="rekening"),
                text="Nomor rekening tidak terbaca. Foto ulang di tempat terang.",
                by=officer,
            )
            actions.return_case(case, by=officer)
            return
        actions.verify_case(case, recommendation="Semua dokumen sesuai.", by=officer)
        if status == Status.VERIFIED:
            return
        if status == Status.REJECTED:
            actions.decide_case(
                case,
                approve=False,
                reason="Nama pada rekening bukan nama usaha atau pemilik.",
                reason_code=RejectionReason.objects.get(pk="BANK_MISMATCH"),
                by=approver,
            )
            return
        actions.decide_case(case, approve=True, by=approver)
        if status == Status.APPROVED:
            return
        actions.hand_over_case(
            case,
            platform=self.platform,
            account=case.vendor.name,
            registered_on=timezone.localdate(),
            by=officer,
        )
        if status == Status.REGISTERED:
            return
        actions.confirm_listing(case, on_sale_on=timezone.localdate(), by=officer)
        if status == Status.SUSPENDED:
            vendor = case.vendor.refresh()
            actions.suspend_vendor(vendor, reason="Tiga pesanan tidak dikirim.", by=approver)

    def _read_deeds(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            samples = sample_deeds.write_samples(Path(folder))
            by_firm: dict[str, list[Any]] = {}
            for sample in sorted(samples, key=lambda s: s.damage != "photo"):
                by_firm.setdefault(sample.deed.company, []).append(sample)
            for number, group in enumerate(by_firm.values(), start=1):
                self._bring_company(group, number)

    def _bring_company(self, group: list[Any], number: int) -> None:
        deed = group[0].deed
        by = self.people["disperindag"]
        values = {
            **invent(1, seed=900 + number)[0],
            "name": f"{'' if deed.form == 'koperasi' else deed.form.upper() + ' '}{deed.company}",
            "legal_form": deed.form,
            "nib": f"00022{9000 + number:08d}",
            "phone": f"0812901{number:05d}",
            "email": f"badan{number}@contoh.test",
            "owner_name": deed.founders[0].name.title(),
            "region": Region.objects.get(name=deed.seat).display_name,
        }
        firm = onboarding.actions.refer_vendor(values=values, agency=_agency(by), by=by).vendor
        firm = actions.waive_guidance(
            firm.refresh(), reason="Sudah mengikuti bimtek LKPP.", by=self.people["petugas2"]
        )
        owner = self._owner(firm)
        for sample in group:
            papers.hand_in_deed(firm.refresh(), sample, by=owner)
        papers.file_everything(firm.refresh(), by=owner)
        self._age(firm.refresh(), named=30, moved=number % 3 + 1)

    def _plan(self, code: str, *, days: int) -> Session:
        region = Region.objects.get(pk=code)
        starts_at = _at(days, 9)
        return training.actions.plan_session(
            title=f"Bimtek JATIM BEJO {region.display_name}",
            audience=Session.Audience.VENDORS,
            region=region,
            place=f"Aula Contoh {region.display_name}",
            address="Jalan Contoh Nomor 1",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=5),
            capacity=40,
            trainer=self.people["narasumber"],
            syllabus=Syllabus.objects.get(version="2026.1"),
            by=next(self.officers),
        )

    def _owner(self, firm: Vendor) -> User:
        owner = User.objects.filter(memberships__vendor=firm).first()
        if owner is None:
            owner = onboarding.actions.open_owner_account(phone=firm.phone)
            if owner is None:
                raise LookupError(firm.pk)
            onboarding.actions.confirm_contact(firm, owner, by=self.people["petugas"])
        return owner

    def _lapse(self, firm: Vendor) -> None:
        lifecycle.move(firm, "lapse", by=User.objects.system(), reason="3 kali tidak hadir")

    def _age(self, firm: Vendor, *, named: int, moved: int) -> None:
        past.age_firm(
            firm,
            named=timedelta(days=named),
            moved=timedelta(days=moved, hours=self.random.randint(1, 8)),
            random=self.random,
        )


def _agency(user: User) -> Any:
    return user.agency


def _name_only(firm: Vendor, *, by: User) -> None:
    """A firm that is named but not screened yet, as it is while a worker is busy."""
    twin = Vendor.objects.create(
        name=f"{firm.name} Cabang",
        legal_form=firm.legal_form,
        owner_name=firm.owner_name,
        region=firm.region,
    )
    Referral.objects.create(
        agency=by.agency,
        vendor=twin,
        received={"name": twin.name},
        source=Referral.Source.AGENCY,
        verdict="created",
        created_by=by,
    )


def _at(days: int, hour: int) -> Any:
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
