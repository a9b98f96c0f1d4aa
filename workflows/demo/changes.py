"""What takes its time in the demonstration: cases on hold, a change, a paper that expires, an
objection."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.models import DocumentType, Paper
from onboarding.models import Status, User, Vendor
from workflows import actions
from workflows.demo import papers
from workflows.models import Case, CaseKind, Hold, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping


def bring_changes(people: Mapping[str, User]) -> None:
    """Two cases on hold, one of them to be looked at; a change to verify; a paper that expires."""
    by = people["petugas"]
    for days, reason in ((1, "Menunggu jawaban OSS tentang NIB."), (9, "Pemilik sedang umrah.")):
        _hold(days, reason, by=by)
    changed, expiring = Vendor.objects.filter(status=Status.ACTIVE).order_by("pk")[:2]
    _change(changed, by=_owner(changed))
    paper = Paper.objects.filter(vendor=expiring, document_type="rekening", state="ACCEPTED").get()
    last = timezone.localdate() + timedelta(days=21)
    actions.note_validity(expiring, paper=paper, valid_until=last, by=by)
    actions.open_expiring(by=User.objects.system(), within=30)
    refused = Case.objects.filter(stage=Stage.APPEAL).select_related("vendor").order_by("pk")[0]
    actions.appeal_case(
        refused.vendor,
        reason="Rekening itu atas nama istri saya; surat nikah saya lampirkan.",
        by=_owner(refused.vendor),
    )


def _hold(days: int, reason: str, *, by: User) -> None:
    waiting = Case.objects.filter(stage=Stage.VERIFY, held_since=None, owner=None)
    today = timezone.localdate()
    hold = actions.hold_case(
        waiting.select_related("vendor").order_by("due_at")[0],
        reason=reason,
        look_again_on=today + timedelta(days=days),
        by=by,
    )
    before = timezone.now() - timedelta(days=3)
    Case.objects.filter(pk=hold.case_id).update(held_since=before)
    look = min(hold.look_again_on, today) if days == 1 else hold.look_again_on
    Hold.objects.filter(pk=hold.pk).update(began_at=before, look_again_on=look)


def _change(vendor: Vendor, *, by: User) -> None:
    actions.open_change_case(
        vendor,
        kind=CaseKind.KBLI_2025,
        kbli="56102",
        note="OSS sudah memakai KBLI 2025.",
        by=by,
    )
    paper = papers.put_on_file(vendor, DocumentType.objects.get(pk="nib"), by)
    actions.take_in_paper(paper, by=by)
    actions.resubmit_case(vendor.refresh(), by=by)


def _owner(vendor: Vendor) -> User:
    return User.objects.filter(memberships__vendor=vendor, memberships__proved_at__isnull=False)[0]
