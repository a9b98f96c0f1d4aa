"""Ten thousand of everything, written straight into the tables: nobody walks so many roads.

Only the size of the tables matters here, so the rows tell no story; what they hold is as long as
real rows are.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from viewflow.workflow.models import Process

from documents.models import ValueReview
from onboarding import roles
from onboarding.identifiers import fold_name
from onboarding.models import (
    Invitation,
    Membership,
    Referral,
    ReferralSheet,
    Region,
    Screening,
    SheetRow,
    Status,
    User,
    Vendor,
)
from training.models import Seat, Session, Syllabus
from workflows.flows import CaseFlow
from workflows.models import AuditEvent, Case, Letter, Listing, Message, Platform, Round, Stage

if TYPE_CHECKING:
    from documents.models import Paper
    from tests.access.world import World

MANY = 10_000
CASES = 2_000
SESSIONS = 400
WORDS = "Toko Sembako dan Katering Sumber Rejeki Makmur Abadi Contoh"
BATCH = 500


def fill(world: World) -> None:
    """Add the rows; office A, trainer A, session A and list A get their share of them."""
    side = world.sides["A"]
    vendors = _vendors()
    _referrals(side.office, side.things["sheet"], vendors)
    _people(side.owner, world.people[roles.ADMIN], vendors)
    _guidance(side.trainer, side.things["session"], vendors)
    _cases(vendors)
    _sent(side.things["vendor"], side.things["session"], vendors)
    _reviews(side.things["paper"], world.people[roles.OFFICER])
    _trail(world.people[roles.OFFICER], side.things["vendor"], vendors)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its own housekeeping does, once rows are committed


def _reviews(paper: Paper, officer: User) -> None:
    fields = ("deed_number", "deed_date", "notary_name", "company_name", "kbli")
    ValueReview.objects.bulk_create(
        (
            ValueReview(
                paper=paper,
                path=f"{fields[n % len(fields)]}.{n}",
                field=fields[n % len(fields)],
                machine_confidence=0.8 + n % 20 / 100,
                outcome=ValueReview.Outcome.WRONG if n % 9 == 0 else ValueReview.Outcome.RIGHT,
                kind="akta_pt",
                capture=ValueReview.Capture.values[n % 4],
                reader_version="2",
                by=officer,
            )
            for n in range(MANY)
        ),
        batch_size=BATCH,
    )


def _vendors() -> list[Vendor]:
    regions = list(Region.objects.values_list("pk", flat=True))
    statuses = [*Status.values, *[Status.ELIGIBLE.value] * 15]
    now = timezone.now()
    Vendor.objects.bulk_create(
        (
            Vendor(
                name=f"{WORDS} {n}",
                folded_name=fold_name(f"{WORDS} {n}"),
                legal_form="perorangan",
                nib=f"{n + 10**12:013d}",
                owner_name=f"Contoh Nama Panjang Pemilik Usaha {n}",
                phone=f"+62812{n + 90_000_000}",
                email=f"ramai{n}@contoh.test",
                region_id=regions[n % len(regions)],
                category="Makanan dan minuman ringan",
                status=statuses[n % len(statuses)],
                status_at=now - timedelta(minutes=n),
            )
            for n in range(MANY)
        ),
        batch_size=BATCH,
    )
    found = Vendor.objects.filter(email__startswith="ramai").order_by("pk")
    vendors = list(found)
    reasons = [{"code": "nib_missing", "path": []}, {"code": "kbli_missing", "path": []}]
    Screening.objects.bulk_create(
        (
            Screening(
                vendor=vendor,
                is_eligible=vendor.status != Status.INELIGIBLE,
                reasons=reasons if vendor.status == Status.INELIGIBLE else [],
                rules_version="2026",
            )
            for vendor in vendors
        ),
        batch_size=BATCH,
    )
    return vendors


def _referrals(office: User, sheet: ReferralSheet, vendors: list[Vendor]) -> None:
    received = {"name": WORDS}
    Referral.objects.bulk_create(
        (
            Referral(
                agency=office.agency,
                vendor=vendor,
                sheet=sheet if n % 2 else None,
                received=received,
                source=Referral.Source.AGENCY,
                verdict=SheetRow.Verdict.CREATED,
                created_by=office,
            )
            for n, vendor in enumerate(vendors)
        ),
        batch_size=BATCH,
    )
    ReferralSheet.objects.bulk_create(
        (
            ReferralSheet(
                agency=office.agency,
                original_name=f"Daftar usulan UMKM semester {n} revisi akhir.xlsx",
                stored_as=f"sheets/ramai{n}",
                sha256=f"{n:064d}",
                size=1000,
                state=ReferralSheet.State.READ,
                rows_total=20,
                rows_read=20,
                received_by=office,
            )
            for n in range(MANY // 5)
        ),
        batch_size=BATCH,
    )
    problem = {
        "column": "nib",
        "code": "nib_invalid",
        "severity": "error",
        "params": {"value": "1"},
    }
    verdicts = SheetRow.Verdict.values
    SheetRow.objects.bulk_create(
        (
            SheetRow(
                sheet=sheet,
                sheet_name="Ramai",
                row=n + 2,
                received={"name": vendor.name, "owner_name": vendor.owner_name, "nib": "1"},
                problems=[problem] * 3 if verdicts[n % 4] == "refused" else [],
                verdict=verdicts[n % 4],
                known_vendor=vendor if verdicts[n % 4] in ("linked", "review") else None,
                match_reasons=["same_nib"] if verdicts[n % 4] in ("linked", "review") else [],
            )
            for n, vendor in enumerate(vendors)
        ),
        batch_size=BATCH,
    )


def _people(owner: User, keeper: User, vendors: list[Vendor]) -> None:
    User.objects.bulk_create(
        (
            User(
                email=f"orang{n}@contoh.test",
                full_name=f"Contoh Nama Petugas yang Panjang {n}",
                role=roles.OFFICER if n % 2 else roles.VENDOR,
            )
            for n in range(MANY)
        ),
        batch_size=BATCH,
    )
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(user=owner, vendor=vendor, proved_at=now, proved_by=owner)
        for vendor in vendors[:200]
    )
    Invitation.objects.bulk_create(
        Invitation(
            token_hash=f"{n:064d}",
            email=f"calon{n}@contoh.test",
            full_name="Contoh Calon",
            role=roles.OFFICER,
            created_by=keeper,
            expires_at=now + timedelta(days=3),
        )
        for n in range(200)
    )


def _guidance(trainer: User, session: Session, vendors: list[Vendor]) -> None:
    begin = timezone.now() + timedelta(days=10)
    facts = {
        "region_id": "35.78",
        "place": "Aula Contoh lantai dua gedung serbaguna",
        "capacity": 30,
        "trainer": trainer,
        "syllabus": Syllabus.objects.first(),
        "created_by": trainer,
    }
    states = (
        (begin, {"state": Session.State.PLANNED}),
        (
            timezone.now() - timedelta(days=300),
            {"state": Session.State.CLOSED, "closed_at": begin, "closed_by": trainer},
        ),
    )
    Session.objects.bulk_create(
        Session(
            title=f"Bimtek Contoh Toko Daring angkatan {n}",
            starts_at=first + timedelta(hours=6 * n),
            ends_at=first + timedelta(hours=6 * n + 4),
            **facts,
            **state,
        )
        for first, state in states
        for n in range(SESSIONS // 2)
    )
    sessions = list(Session.objects.filter(created_by=trainer))
    Seat.objects.bulk_create(
        (
            Seat(
                session=session if n < 280 else sessions[n % len(sessions)],
                vendor=vendor,
                given_by=trainer,
            )
            for n, vendor in enumerate(vendors)
        ),
        batch_size=BATCH,
    )


def _cases(vendors: list[Vendor]) -> None:
    """Every stage, most of them late; a case is a row in two tables."""
    now = timezone.now()
    stages = [stage for stage in Stage.values if stage != Stage.CLOSED]
    some = vendors[:CASES]
    Process.objects.bulk_create(
        (Process(flow_class=CaseFlow) for _vendor in some), batch_size=BATCH
    )
    processes = list(Process.objects.order_by("-pk").values_list("pk", flat=True)[:CASES])
    for n, (pk, vendor) in enumerate(zip(processes, some, strict=True)):
        Case(
            process_ptr_id=pk,
            vendor=vendor,
            region_id=vendor.region_id,
            stage=stages[n % len(stages)],
            due_at=now + timedelta(hours=n - CASES // 2),
            created=now,
        ).save_base(raw=True, force_insert=True)
    Round.objects.bulk_create((Round(case_id=pk, number=1) for pk in processes), batch_size=BATCH)
    Listing.objects.bulk_create(
        (
            Listing(
                vendor=vendor,
                platform=Platform.objects.get(code="toko-daring"),
                account=f"Toko Contoh {vendor.pk}",
                registered_on=now.date(),
            )
            for vendor in some
        ),
        batch_size=BATCH,
    )


def _sent(firm: Vendor, session: Session, vendors: list[Vendor]) -> None:
    body = "Yth. Bapak/Ibu, usaha Anda diundang. Layanan ini tidak dipungut biaya.\n" * 6
    Message.objects.bulk_create(
        (
            Message(
                kind="invitation",
                channel=Message.Channel.WHATSAPP,
                vendor=firm if n % 50 == 0 else vendor,
                to=vendor.phone,
                subject="Undangan bimbingan teknis",
                body=body,
                key=f"ramai:{n}",
                state=Message.State.BY_HAND if n % 2 else Message.State.SENT,
            )
            for n, vendor in enumerate(vendors)
        ),
        batch_size=BATCH,
    )
    Letter.objects.bulk_create(
        (
            Letter(
                kind=Letter.Kind.DECISION,
                subject="Pemberitahuan Hasil Verifikasi",
                year=2026,
                vendor=firm if n % 50 == 1 else vendor,
                session=session if n % 100 == 0 else None,
                content={},
                created_by_id=session.created_by_id,
            )
            for n, vendor in enumerate(vendors)
        ),
        batch_size=BATCH,
    )


def _trail(officer: User, firm: Vendor, vendors: list[Vendor]) -> None:
    acts = ("refer", "find_eligible", "invite", "guide", "submit", "verify", "approve", "go_live")
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                act=acts[n % len(acts)],
                by=officer,
                role=officer.role,
                vendor=firm if n % 20 == 0 else vendors[n // len(acts)],
                from_status=Status.ELIGIBLE,
                to_status=Status.INVITED,
                reason="Alasan yang ditulis petugas dengan beberapa kata" if n % 3 else "",
            )
            for n in range(MANY)
        ),
        batch_size=BATCH,
    )
