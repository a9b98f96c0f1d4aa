"""Firms brought quickly to a point of the casework: guidance waived, papers on file as statements.

Every step is a real action; only the reading of files, a process per paper, is left out. The road
with real files is walked in ``tests/journeys`` and ``tests/faults``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import time_machine
from viewflow.workflow.models import Task

from documents.models import DocumentType
from onboarding import roles
from onboarding.models import Status, User, Vendor
from tests import factories as make
from tests.factories import put_paper
from workflows import actions
from workflows.models import AuditEvent, Case, Listing, RejectionReason

if TYPE_CHECKING:
    from django.db.models import QuerySet


def eligible(**changes: Any) -> Vendor:
    """A firm that may be invited."""
    return make.refer(**changes)


def guided(**changes: Any) -> Vendor:
    """A firm that an officer counts as guided; none of its papers is in."""
    return actions.waive_guidance(
        eligible(**changes), reason="Dilatih dinas", by=make.make_user(roles.OFFICER)
    )


def put_papers(vendor: Vendor) -> Vendor:
    """Every required paper in force."""
    for slug in make.required_of(vendor):
        put_paper(vendor, slug)
    return vendor.refresh()


def submitted(**changes: Any) -> Case:
    """A case that waits to be verified."""
    vendor = put_papers(guided(**changes))
    assert vendor.status == Status.SUBMITTED
    return Case.objects.get(vendor=vendor)


def ask(case: Case, *, slug: str | None = "ktp", by: User | None = None) -> User:
    """One thing written on the draft list of corrections; returns the officer who wrote it."""
    by = by or make.make_user(roles.OFFICER)
    actions.add_correction_item(
        case,
        reason_code=reason(),
        text="Foto KTP buram",
        document_type=DocumentType.objects.get(slug=slug) if slug else None,
        by=by,
    )
    return by


def returned(case: Case | None = None, *, slug: str | None = "ktp") -> Case:
    """A case that waits for its owner's corrections."""
    case = case or submitted()
    officer = ask(case, slug=slug)
    actions.return_case(case, by=officer)
    return again(case)


def resubmitted(case: Case | None = None) -> Case:
    """A case that came back from its owner, corrected."""
    case = returned(case)
    put_paper(case.vendor, "ktp")
    return actions.resubmit_case(case.vendor.refresh(), by=make.owner_of(case.vendor))


def verified(**changes: Any) -> Case:
    """A case that waits for the approver."""
    return make.verify(submitted(**changes))


def rejected(**changes: Any) -> Case:
    """A refusal that may still be appealed."""
    return make.reject(verified(**changes))


def appealed(case: Case | None = None) -> Case:
    """A case that is looked at again."""
    case = case or rejected()
    return actions.appeal_case(
        case.vendor.refresh(), reason="Nama sudah benar", by=make.owner_of(case.vendor)
    )


def approved(**changes: Any) -> Case:
    """A case that waits to be handed over."""
    return make.approve(verified(**changes))


def registered(**changes: Any) -> Case:
    """A case that waits for the first product."""
    return make.hand_over(approved(**changes))


def active(**changes: Any) -> Vendor:
    """A firm on sale."""
    return make.go_live(registered(**changes)).vendor.refresh()


def suspended(case: Case | None = None, *, by: User | None = None) -> Vendor:
    """A firm that an approver stopped."""
    vendor = case.vendor.refresh() if case else active()
    return actions.suspend_vendor(
        vendor, reason="Ada laporan", by=by or make.make_user(roles.APPROVER)
    )


def withdrawn(vendor: Vendor | None = None) -> Vendor:
    """A firm that left on its own word."""
    vendor = vendor or eligible()
    return actions.withdraw_vendor(vendor, reason="Tutup usaha", by=make.owner_of(vendor))


def again(case: Case) -> Case:
    """The case as it is in the database now."""
    return Case.objects.get(pk=case.pk)


def in_time(case: Case, *, days: float = -0.5) -> time_machine.travel:
    """So many days after the end of the window in which the owner may still act (or before)."""
    due_at = again(case).due_at
    assert due_at
    return time_machine.travel(due_at + timedelta(days=days))


def status_of(subject: Case | Vendor) -> str:
    """The status of a firm, or of a case's firm, as it is in the database now."""
    vendor_id = subject.vendor_id if isinstance(subject, Case) else subject.pk
    return str(Vendor.objects.values_list("status", flat=True).get(pk=vendor_id))


def reason(code: str = "NAME_MISMATCH") -> RejectionReason:
    """A reason from the official list."""
    return RejectionReason.objects.get(code=code)


def acts_on(vendor: Vendor) -> list[str]:
    """The acts that the trail holds of a firm, oldest first."""
    events = AuditEvent.objects.filter(vendor=vendor).order_by("pk")
    return list(events.values_list("act", flat=True))


def only_listing(vendor: Vendor) -> Listing:
    """The one listing of a firm."""
    return Listing.objects.get(vendor=vendor)


def flow_task(case: Case, node: str) -> QuerySet[Task]:
    """The open steps of a case whose place in the flow begins with this name."""
    place = f".{node}"
    return Task.objects.filter(process_id=case.pk, flow_task__contains=place, finished=None)
