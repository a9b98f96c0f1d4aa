"""Firms and people at every point of the road, brought there by the real actions."""

from __future__ import annotations

import io
import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

import documents.actions
from documents.models import DocumentType, Paper, Requirement
from onboarding import roles
from onboarding.actions import confirm_contact, refer_vendor
from onboarding.models import Agency, User, Vendor
from training.actions import close_sheet, mark_attendance, plan_series, plan_session
from training.models import Series, Session, Syllabus
from workflows import actions, tasks
from workflows.models import AuditAssignment, Case, Job, Platform, RejectionReason

if TYPE_CHECKING:
    from collections.abc import Collection

count = itertools.count(1)
PASSWORD = "kata-sandi-contoh-2026"


def make_user(role: str, *, agency: str | None = None, **fields: Any) -> User:
    """A person of a role; offices get the department of education unless told otherwise."""
    number = next(count)
    office = {roles.AGENCY: "dindik", roles.COOPERATIVE: "dinkop-ukm"}.get(role)
    office = agency or office
    user = User.objects.create_user(
        f"{role}{number}@contoh.test",
        PASSWORD,
        role=role,
        full_name=f"Contoh {role.title()} {number}",
        agency=Agency.objects.get(code=office) if office else None,
        is_staff=role == roles.ADMIN,
        **fields,
    )
    if role == roles.AUDITOR:
        assign(user)
    return user


def assign(*auditors: User, **changes: Any) -> AuditAssignment:
    """An assignment that lets auditors see everything from now on, unless the changes say less."""
    today = timezone.localdate()
    facts = {
        "letter_number": f"094/{next(count)}/2026",
        "letter_on": today,
        "issued_by": "Inspektorat Contoh",
        "access_from": today,
        "access_until": today + timedelta(days=30),
        "audited_from": today - timedelta(days=365),
        "audited_until": today + timedelta(days=30),
    }
    by = User.objects.filter(role=roles.ADMIN).first() or make_user(roles.ADMIN)
    return actions.assign_auditors(auditors=auditors, **facts | changes, by=by)


def values(**changes: Any) -> dict[str, Any]:
    """What an office types of one firm that fulfils every rule."""
    number = next(count)
    return {
        "name": f"Contoh Usaha {number}",
        "legal_form": "perorangan",
        "nib": f"00{number:011d}",
        "npwp": "",
        "owner_name": f"Contoh Pemilik {number}",
        "nik": "",
        "phone": f"0812{number:08d}",
        "email": f"pemilik{number}@contoh.test",
        "region": "Kota Surabaya",
        "address": "Jalan Contoh 1",
        "kbli": "56210",
        "category": "Makanan",
        "reason": "Sering dibeli",
        "capital": "50000000",
        "yearly_sales": "100000000",
        **changes,
    }


def refer(*, by: User | None = None, **changes: Any) -> Vendor:
    """A firm named by an office and screened: ELIGIBLE unless the changes say otherwise."""
    by = by or make_user(roles.AGENCY)
    assert by.agency
    vendor = refer_vendor(values=values(**changes), agency=by.agency, by=by).vendor.refresh()
    Job.objects.filter(kind=Job.Kind.LOOK_FOR_TWINS).delete()  # it has tests of its own
    return vendor


def make_session(*, days: float = 3, capacity: int = 20, **fields: Any) -> Session:
    """A planned session, by default in three days."""
    starts_at = timezone.now() + timedelta(days=days)
    facts = {
        "title": "Bimtek Contoh",
        "audience": Session.Audience.VENDORS,
        "region_id": "35.78",
        "place": "Aula Contoh",
        "address": "Jalan Contoh 2",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "capacity": capacity,
        "trainer": fields.pop("trainer", None) or make_user(roles.TRAINER),
        "syllabus": Syllabus.objects.get(version="2026.1"),
        "by": fields.pop("by", None) or make_user(roles.OFFICER),
    }
    return plan_session(**facts | fields)


def make_series(*, days: tuple[float, ...] = (30, 31, 32), **fields: Any) -> Series:
    """Sessions planned together, by default three."""
    starts = [timezone.now() + timedelta(days=day) for day in days]
    same = {
        "title": "Seri Contoh",
        "audience": Session.Audience.VENDORS,
        "region_id": "35.78",
        "place": "Aula Contoh",
        "capacity": 20,
        "trainer": fields.pop("trainer", None) or make_user(roles.TRAINER),
        "syllabus": Syllabus.objects.get(version="2026.1"),
    }
    rows = [{**same, "starts_at": at, "ends_at": at + timedelta(hours=4)} for at in starts]
    return plan_series(title="Seri Contoh", rows=rows, by=make_user(roles.OFFICER))


def begin(session: Session) -> Session:
    """Let the day of the session come (a session cannot be planned in the past)."""
    starts_at = timezone.now() - timedelta(hours=2)
    Session.objects.filter(pk=session.pk).update(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=4)
    )
    session.refresh_from_db()
    return session


def invite(vendor: Vendor, session: Session | None = None) -> Vendor:
    """An invited firm."""
    actions.invite_vendors(
        session or make_session(), vendor_ids=[vendor.pk], by=make_user(roles.OFFICER)
    )
    return vendor.refresh()


def guide(vendor: Vendor, session: Session | None = None) -> Vendor:
    """A firm that attended a session whose sheet was closed."""
    session = session or make_session()
    if vendor.refresh().status == "ELIGIBLE":
        invite(vendor, session)
    begin(session)
    seat = session.seats.get(vendor=vendor)
    mark_attendance(session, present={seat.pk: True}, reason="Contoh", by=session.trainer)
    close_sheet(session, by=session.trainer)
    return vendor.refresh()


def owner_of(vendor: Vendor) -> User:
    """The owner's account, proved."""
    user = User.objects.filter(memberships__vendor=vendor).first()
    if user is None:
        user = make_user(roles.VENDOR)
        confirm_contact(vendor, user, by=make_user(roles.OFFICER))
    return user


def photo(text: str = "contoh", size: tuple[int, int] = (300, 400)) -> SimpleUploadedFile:
    """A small photograph, different each time."""
    number = next(count)
    image = Image.new("RGB", size, (250, 250, number % 250))
    buffer = io.BytesIO()
    # Neighbouring colours may come out of JPEG as the same bytes; the comment never does.
    image.save(buffer, "JPEG", comment=str(number))
    return SimpleUploadedFile(f"{text}.jpg", buffer.getvalue(), content_type="image/jpeg")


def hand_in(vendor: Vendor, slug: str, *, by: User | None = None, **declared: str) -> Paper:
    """One paper handed in by the owner; it still waits for the worker."""
    return actions.hand_in_paper(
        vendor.refresh(),
        document_type=DocumentType.objects.get(slug=slug),
        files=[photo(slug)],
        declared=declared,
        by=by or owner_of(vendor),
    )


def hand_in_everything(vendor: Vendor, *, as_files: Collection[str] = ("ktp",)) -> Vendor:
    """Every required paper in: those named as photographs that the machine looks at, which takes a
    second each, the others as statements."""
    for slug in required_of(vendor):
        if slug in as_files:
            hand_in(vendor, slug)
        else:
            put_paper(vendor, slug)
    run_jobs()
    return vendor.refresh()


def put_paper(vendor: Vendor, slug: str) -> None:
    """A paper in force that no machine had to look at."""
    documents.actions.receive_statement(
        vendor.pk,
        document_type=DocumentType.objects.get(slug=slug),
        text=f"Contoh {slug} {next(count)}",
        by=owner_of(vendor),
    )


def required_of(vendor: Vendor) -> list[str]:
    """What this firm's legal form must hand in."""
    return list(
        Requirement.objects.filter(legal_form=vendor.legal_form, level="required").values_list(
            "document_type_id", flat=True
        )
    )


def run_jobs() -> None:
    """Do what the worker would do, in this process."""
    for job in Job.objects.filter(state=Job.State.QUEUED).order_by("pk"):
        tasks.do_job(job.pk)


def submit(*, as_files: Collection[str] = ("ktp",), **changes: Any) -> Case:
    """A case waiting to be verified."""
    vendor = hand_in_everything(guide(refer(**changes)), as_files=as_files)
    return vendor.cases.get()


def verify(case: Case, *, by: User | None = None) -> Case:
    """A verified case waiting for the approver."""
    return actions.verify_case(
        case, recommendation="Semua dokumen sesuai.", by=by or make_user(roles.OFFICER)
    )


def approve(case: Case, *, by: User | None = None) -> Case:
    """An approved case waiting for hand-over."""
    return actions.decide_case(case, approve=True, by=by or make_user(roles.APPROVER))


def reject(case: Case, *, by: User | None = None) -> Case:
    """A refused case that may be appealed."""
    return actions.decide_case(
        case,
        approve=False,
        reason="Nama berbeda pada dokumen.",
        reason_code=RejectionReason.objects.get(code="NAME_MISMATCH"),
        by=by or make_user(roles.APPROVER),
    )


def hand_over(case: Case, *, by: User | None = None) -> Case:
    """A registered firm waiting for its first product."""
    actions.hand_over_case(
        case,
        platform=Platform.objects.get(code="toko-daring"),
        account="Toko Contoh",
        registered_on=timezone.localdate(),
        by=by or make_user(roles.OFFICER),
    )
    return Case.objects.get(pk=case.pk)


def go_live(case: Case, *, by: User | None = None) -> Case:
    """An active firm."""
    return actions.confirm_listing(
        case, on_sale_on=timezone.localdate(), by=by or make_user(roles.OFFICER)
    )
