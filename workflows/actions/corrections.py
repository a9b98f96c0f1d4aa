"""Corrections: drafted one by one, sent together, each open until its answer came."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

import documents.actions
from documents.models import Paper
from workflows import audit, deadlines, flows, messages, steps
from workflows.actions.assisting import check_acts_for
from workflows.errors import ItemsStillOpen, MoveNotAllowed, Refused, TakenByAnother
from workflows.models import Case, CorrectionItem, CorrectionRequest, Setting, Stage
from workflows.rights import check_may, check_may_verify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from documents.models import DocumentType
    from onboarding.models import User, Vendor
    from workflows.models import RejectionReason


def add_correction_item(
    case: Case,
    *,
    reason_code: RejectionReason,
    text: str,
    document_type: DocumentType | None = None,
    place: Mapping[str, Any] | None = None,
    by: User,
) -> CorrectionItem:
    """Add one thing to the draft list of corrections; nothing is sent yet.

    ``place`` says where it stands: ``paper``, ``page``, ``box``, ``path`` (see ``points``).
    """
    check_may(by, "workflows.return_case", case.vendor)
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        draft, _made = CorrectionRequest.objects.get_or_create(
            case=case,
            sent_at=None,
            defaults={"created_by": by, "round_number": case.round_number},
        )
        item = CorrectionItem.objects.create(
            request=draft,
            number=draft.items.count() + 1,
            reason_code=reason_code,
            document_type=document_type,
            text=text,
            **(place or {}),
        )
        audit.record(
            "add_correction_item",
            by=by,
            vendor=case.vendor,
            case=case.pk,
            item=item.number,
            code=reason_code.pk,
        )
        return item


def remove_correction_item(item: CorrectionItem, *, by: User) -> None:
    """Take one thing off the draft list; the others are numbered anew."""
    case = item.request.case
    check_may(by, "workflows.return_case", case.vendor)
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        draft = CorrectionRequest.objects.filter(case=case, sent_at=None).first()
        if draft is None or not draft.items.filter(pk=item.pk).delete()[0]:
            raise TakenByAnother(_("This item is no longer on the list."))
        for number, left in enumerate(draft.items.all(), start=1):
            CorrectionItem.objects.filter(pk=left.pk).update(number=number)
        audit.record(
            "remove_correction_item",
            by=by,
            vendor=case.vendor,
            case=case.pk,
            item=item.number,
            code=item.reason_code_id,
        )


def change_correction_item(item: CorrectionItem, *, text: str, by: User) -> CorrectionItem:
    """Say a thing on the draft list in other words."""
    case = item.request.case
    check_may(by, "workflows.return_case", case.vendor)
    if not text.strip():
        raise Refused(_("Write what has to be corrected."))
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        on_draft = CorrectionItem.objects.filter(pk=item.pk, request__sent_at__isnull=True)
        if not on_draft.update(text=text.strip()):
            raise TakenByAnother(_("This item is no longer on the list."))
        audit.record(
            "change_correction_item", by=by, vendor=case.vendor, case=case.pk, item=item.number
        )
        item.refresh_from_db()
        return item


def set_correction_due(case: Case, *, due_on: date, by: User) -> CorrectionRequest:
    """Give the owner less or more time than usual, within the limits of the Bureau."""
    check_may(by, "workflows.return_case", case.vendor)
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        draft = CorrectionRequest.objects.filter(case=case, sent_at=None).first()
        if draft is None:
            raise Refused(_("Write down at least one thing to correct before sending the list."))
        first, last = due_limits()
        if not first <= due_on <= last:
            raise Refused(
                _("Choose a day from %(first)s to %(last)s.")
                % {"first": date_format(first), "last": date_format(last)}
            )
        draft.due_on = due_on
        draft.save(update_fields=["due_on"])
        audit.record(
            "set_correction_due", by=by, vendor=case.vendor, case=case.pk, until=str(due_on)
        )
        return draft


def due_limits() -> tuple[date, date]:
    """Return the first and the last day until which an owner may be given time, from today."""
    days = Setting.values_of("correction_days_least", "correction_days_most")
    today = timezone.localdate()
    least, most = sorted(days.values())
    return today + timedelta(days=least), today + timedelta(days=most)


def return_case(case: Case, *, by: User) -> CorrectionRequest:
    """Send the numbered list together and wait for the owner. Limited by ``max_returns``."""
    check_may(by, "workflows.return_case", case.vendor)
    with steps.locked(case.pk, at=Stage.VERIFY) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        draft = CorrectionRequest.objects.filter(case=case, sent_at=None).first()
        if draft is None or not draft.items.exists():
            raise Refused(_("Write down at least one thing to correct before sending the list."))
        if case.returns >= Setting.value_of("max_returns"):
            raise MoveNotAllowed(
                _(
                    "This case was returned as often as the rules allow. "
                    "Verify it with your recommendation, so that the approver decides."
                )
            )
        due_at = deadlines.due_for(Stage.CORRECT)
        if draft.due_on:
            day = max(draft.due_on, due_limits()[0])  # the list may have lain for a while
            due_at = deadlines.end_of_day((day - timezone.localdate()).days)
        draft.sent_at, draft.sent_by = timezone.now(), by
        draft.round_number = case.round_number
        draft.due_on = timezone.localdate(due_at)
        draft.save()
        documents.actions.mark_papers(
            case.vendor_id,
            returned=[i.document_type_id for i in draft.items.all() if i.document_type_id],
        )
        steps.move(
            case,
            "return_for_correction",
            by=by,
            reason="; ".join(item.text for item in draft.items.all())[:500],
            case=case.pk,
            codes=[item.reason_code_id for item in draft.items.all()],
        )
        case.returns, case.due_at = case.returns + 1, due_at
        case.save(update_fields=["returns", "due_at"])
        flows.complete(case, "verify", by=by)
        steps.settle(case)
        messages.tell_vendor(case.vendor, "correction", key=f"return:{draft.pk}", request=draft)
        return draft


def resubmit_case(vendor: Vendor, *, by: User) -> Case:
    """Hand the corrections in. Papers that were asked for must have come; other points the owner
    confirms by sending."""
    check_may(by, "workflows.resubmit_case", vendor)
    check_acts_for(vendor, by)
    waiting_for_owner = Case.objects.filter(vendor=vendor, stage=Stage.CORRECT).first()
    if waiting_for_owner is None:
        raise MoveNotAllowed(_("There is nothing to correct now. Look at the page again."))
    with steps.locked(waiting_for_owner.pk, at=Stage.CORRECT) as case:
        waiting = open_items(case.vendor_id).filter(document_type__isnull=False).count()
        if waiting:
            raise ItemsStillOpen(
                ngettext(
                    "%(count)d paper still has to be sent.",
                    "%(count)d papers still have to be sent.",
                    waiting,
                )
                % {"count": waiting}
            )
        if Paper.objects.filter(vendor=case.vendor, state=Paper.State.RECEIVED).exists():
            raise ItemsStillOpen(_("Your paper is still being read. Try again in a minute."))
        open_items(case.vendor_id).update(resolved_at=timezone.now(), resolved_by=by)
        steps.move(case, "resubmit", by=by)
        steps.open_round(case)
        flows.resume(case, "correct")
        return steps.settle(case)


@transaction.atomic
def answer_item(item: CorrectionItem, *, answer: str, by: User) -> CorrectionItem:
    """The owner says what was done about a point, where no new paper has to come."""
    vendor = item.request.case.vendor
    check_may(by, "workflows.resubmit_case", vendor)
    check_acts_for(vendor, by)
    if not answer.strip():
        raise Refused(_("Write in a few words what you did."))
    with steps.locked(item.request.case_id, at=Stage.CORRECT) as case:
        _resolve(item, by=by, answer=answer.strip())
        audit.record("answer_item", by=by, vendor=case.vendor, case=case.pk, item=item.number)
    return item


@transaction.atomic
def resolve_item(item: CorrectionItem, *, reason: str, by: User) -> CorrectionItem:
    """The officer lets a point go, with a reason: it was cleared up on the phone, for example."""
    check_may(by, "workflows.return_case", item.request.case.vendor)
    if not reason.strip():
        raise Refused(_("Write why this point is settled."))
    with steps.locked(item.request.case_id, at=(Stage.CORRECT, Stage.VERIFY)) as case:
        steps.check_in_hand(case, by)
        check_may_verify(by, case)
        _resolve(item, by=by, resolution=reason.strip())
        audit.record(
            "resolve_item",
            by=by,
            vendor=case.vendor,
            reason=reason,
            case=case.pk,
            item=item.number,
        )
    return item


def check_nothing_open(case: Case) -> None:
    """Demand that every point that was asked has its answer; called under the case's lock.

    Raises ``ItemsStillOpen``.
    """
    if CorrectionItem.objects.filter(request__case=case, resolved_at__isnull=True).exists():
        raise ItemsStillOpen(_("A point to correct is still open, so this cannot be decided yet."))


def _resolve(item: CorrectionItem, *, by: User, **said: str) -> None:
    waiting = CorrectionItem.objects.filter(
        pk=item.pk, request__sent_at__isnull=False, resolved_at__isnull=True
    )
    if not waiting.update(resolved_at=timezone.now(), resolved_by=by, **said):
        raise TakenByAnother(_("This point is settled already."))
    item.refresh_from_db()


def open_items(vendor_id: int) -> QuerySet[CorrectionItem]:
    """The things that this firm was asked to correct and has not yet."""
    return CorrectionItem.objects.filter(
        request__case__vendor_id=vendor_id,
        request__sent_at__isnull=False,
        resolved_at__isnull=True,
    )
