"""Papers enter at the desk, because whether one may be handed in depends on the vendor's status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import documents.actions
from documents.errors import FileRefused
from documents.models import Paper
from onboarding import roles
from onboarding.models import LegalForm, Status, Vendor
from workflows import lifecycle, messages
from workflows.actions.assisting import check_acts_for
from workflows.actions.casework import open_case
from workflows.actions.consenting import note_consent
from workflows.actions.corrections import open_items
from workflows.actions.screening import screen_vendors
from workflows.errors import MoveNotAllowed, NotAllowed, Refused
from workflows.lifecycle import AFTER_APPROVAL
from workflows.models import Case, CaseKind, Consent, Stage
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.core.files.uploadedfile import UploadedFile

    from documents.actions import Judged
    from documents.models import DocumentType
    from onboarding.models import User

MAY_HAND_IN = (Status.ELIGIBLE, Status.INVITED, Status.GUIDED, Status.RETURNED)
FORM_ON_PAPER = {
    LegalForm.SOLE_TRADER: "PERORANGAN",
    LegalForm.CV: "CV",
    LegalForm.PT: "PT",
    LegalForm.ONE_PERSON_PT: "PT PERORANGAN",
    LegalForm.COOPERATIVE: "KOPERASI",
}


def hand_in_paper(
    vendor: Vendor,
    *,
    document_type: DocumentType,
    files: Sequence[UploadedFile],
    declared: dict[str, str],
    upload_key: str = "",
    by: User,
) -> Paper:
    """Take a paper in for a firm whose status allows it; the files are judged before they are kept.

    What is declared of the firm itself is added, so that the reader can compare. An upload that is
    sent again (a lost answer, a double tap) gets its paper back, even if the firm has moved on.
    """
    return hand_in_judged(
        vendor,
        document_type=document_type,
        judge=lambda: _judged(vendor, document_type, files, by=by),
        declared=declared,
        upload_key=upload_key,
        by=by,
    )


def _judged(
    vendor: Vendor, document_type: DocumentType, files: Sequence[UploadedFile], *, by: User
) -> list[Judged]:
    """Have the files judged at the door; one that is turned away leaves its trace."""
    try:
        return documents.actions.judge_files(files)
    except FileRefused as refusal:
        if files:
            documents.actions.note_refusal(
                vendor.pk, document_type=document_type, code=refusal.code, by=by
            )
        raise


def hand_in_judged(
    vendor: Vendor,
    *,
    document_type: DocumentType,
    judge: Callable[[], list[Judged]],
    declared: dict[str, str],
    upload_key: str,
    by: User,
) -> Paper:
    """As ``hand_in_paper``, with files that ``judge`` gives once it is known that they may come."""
    check_may(by, "workflows.hand_in_paper", vendor)
    again = _sent_before(vendor, upload_key)
    if again is not None:
        return again
    check_window(vendor, by)
    known = {
        "company_name": vendor.name,
        "entity_form": FORM_ON_PAPER[LegalForm(vendor.legal_form)],
        "company_seat": vendor.region.name,
    }
    return documents.actions.receive_judged(
        vendor.pk,
        document_type=document_type,
        judged=judge(),
        check=lambda: _check_again(vendor, upload_key, by),
        declared={**known, **declared} if document_type.is_read else declared,
        upload_key=upload_key,
        by=by,
    )


def _sent_before(vendor: Vendor, upload_key: str) -> Paper | None:
    sent = Paper.objects.filter(vendor=vendor, upload_key=upload_key)
    return sent.exclude(upload_key="").first()


def _check_again(vendor: Vendor, upload_key: str, by: User) -> None:
    """Judging takes its time: hold the firm as it is now, and ask once more whether it may send.

    Held before its papers, as everywhere; acts that only point at the firm need not wait. What came
    meanwhile by the same key is given back, not refused.
    """
    vendor = Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
    if _sent_before(vendor, upload_key) is None:
        check_window(vendor, by)


@transaction.atomic
def agree_to_statement(
    vendor: Vendor, *, document_type: DocumentType, text: str, by: User
) -> Paper:
    """The owner agrees to a statement in the system instead of sending a signed paper."""
    if by.role != roles.VENDOR:
        raise NotAllowed(_("Only the owner can say this."))
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)  # pressed twice, said once
    check_window(vendor, by)
    if not document_type.is_statement:
        raise Refused(_("This paper has to be sent as a file or a photo."))
    return documents.actions.receive_statement(
        vendor.pk, document_type=document_type, text=text, by=by
    )


@transaction.atomic
def take_in_paper(paper: Paper, *, by: User) -> Vendor:
    """A paper came: it resolves the items that asked for it, and may make the firm complete.

    The owner who sends one agrees to what stands above the button.
    """
    if by.role == roles.VENDOR:
        note_consent(paper.vendor, purpose=Consent.Purpose.PROCESSING, by=by)
    open_items(paper.vendor_id).filter(document_type_id=paper.document_type_id).update(
        resolved_at=timezone.now(), resolved_by=by
    )
    return submit_if_complete(paper.vendor, by=by)


@transaction.atomic
def take_in_correction(vendor: Vendor, *, by: User) -> Vendor:
    """What is known of a firm was corrected: the rules judge again, and another legal form may ask
    for fewer papers."""
    screen_vendors([vendor.pk], by=by)
    return submit_if_complete(vendor, by=by)


@transaction.atomic
def submit_if_complete(vendor: Vendor, *, by: User) -> Vendor:
    """Submit a guided firm whose required papers are all in and read; opens its case."""
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    if vendor.status != Status.GUIDED or vendor.merged_into_id is not None:
        return vendor
    missing = documents.actions.missing_papers(
        vendor.pk, legal_form=vendor.legal_form, today=timezone.localdate()
    )
    being_read = Paper.objects.filter(vendor=vendor, state=Paper.State.RECEIVED).exists()
    if missing or being_read:
        return vendor
    vendor = lifecycle.move(vendor, "submit", by=by)
    case = open_case(vendor)
    messages.tell_vendor(vendor, "submitted", key=f"submit:{case.pk}", case=case)
    return vendor


def may_hand_in(vendor: Vendor) -> bool:
    """Say whether papers are taken now: before a case, while one waits for the owner, and for a
    change that the owner was asked to show."""
    if vendor.status in MAY_HAND_IN:
        return True
    if vendor.status not in (*AFTER_APPROVAL, Status.SUSPENDED):
        return False
    changes = Case.objects.filter(vendor=vendor, stage=Stage.CORRECT)
    return changes.exclude(kind=CaseKind.ONBOARDING).exists()


def check_window(vendor: Vendor, by: User, document_type: DocumentType | None = None) -> None:
    """Demand that this person may hand in papers of this firm now, and that one is not frozen."""
    check_may(by, "workflows.hand_in_paper", vendor)
    check_acts_for(vendor, by)
    if by.role != roles.VENDOR:
        check_no_kinship(by, vendor)
    if not may_hand_in(vendor):
        raise MoveNotAllowed(
            _("Papers cannot be sent while %(name)s is “%(status)s”.")
            % {"name": vendor.name, "status": vendor.get_status_display()}
        )
    if (
        document_type
        and Paper.objects.filter(
            vendor=vendor, document_type=document_type, frozen_at__isnull=False
        )
        .exclude(state=Paper.State.REPLACED)
        .exists()
    ):
        raise Refused(_("This paper is being decided on and cannot be replaced now."))
