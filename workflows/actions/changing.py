"""Change cases: something changed at an approved firm. The same desk looks, the status stays.

What is handed in is proposed until the approver agrees; refused, dropped or never answered, the
papers in force before count again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.translation import gettext as _, gettext_noop

import documents.actions
import onboarding.actions
from documents.models import Paper, Requirement
from onboarding import roles
from onboarding.models import KbliCode, User, Vendor
from workflows import audit, deadlines, flows, messages, steps
from workflows.apart import Apart
from workflows.errors import MoveNotAllowed, Refused, TakenByAnother
from workflows.lifecycle import AFTER_APPROVAL
from workflows.models import (
    Case,
    CaseKind,
    CorrectionItem,
    CorrectionRequest,
    RejectionReason,
    Round,
    Stage,
)
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

KBLI_VERSION: Final = "2025"
AT_ONCE: Final = 200
#: Which papers a change asks for (of those that the legal form knows), why, and in which words.
ASKS: Final[dict[str, tuple[tuple[str, ...], str, str]]] = {
    CaseKind.NEW_DEED: (
        ("akta-perubahan", "sertifikat-pendaftaran"),
        "DOC_NOT_LATEST",
        gettext_noop("Send the newest version, with all its pages."),
    ),
    CaseKind.KBLI_2025: (
        ("nib",),
        "KBLI_OLD_VERSION",
        gettext_noop("Download the NIB again from OSS; it must show the KBLI 2025 code."),
    ),
    CaseKind.EXPIRED_PAPER: (
        (),
        "DOC_EXPIRED",
        gettext_noop("Send the renewed paper before the old one expires."),
    ),
}


@transaction.atomic
def open_change_case(
    vendor: Vendor,
    *,
    kind: str,
    note: str = "",
    kbli: str = "",
    paper: Paper | None = None,
    by: User,
) -> Case:
    """Open a case on what changed; it begins with the owner, who hands in what is asked for.

    ``kbli`` is the code that is proposed, ``paper`` the one that expires. One firm has one open
    case: of two who open one at once, one is told. Raises ``Refused``.
    """
    check_may(by, "workflows.open_change", vendor)
    if by.role not in (roles.VENDOR, roles.SYSTEM):
        check_no_kinship(by, vendor)
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    _check_may_change(vendor)
    asks = [paper.document_type_id] if paper else papers_for(vendor, kind)
    _check_makes_sense(vendor, kind, asks, kbli)
    documents.actions.unfreeze_papers(vendor.pk)
    in_force = Paper.objects.filter(vendor=vendor).exclude(state=Paper.State.REPLACED)
    due_at = _due_at(paper)
    case: Case = flows.ChangeFlow.begin.run(
        vendor=vendor,
        kind=kind,
        due_at=due_at,
        _process_data={
            "asks": asks,
            "before": list(in_force.values_list("pk", flat=True)),
            "kbli": kbli,
            "note": note,
            "opened_by": str(by),
            "by_owner": by.role == roles.VENDOR,
            **({"paper": paper.pk} if paper else {}),
        },
    )
    Round.objects.create(case=case, number=1)
    request = _ask_for(case, asks, due_at, by=by)
    steps.settle(case)
    audit.record("open_change", by=by, vendor=vendor, reason=note, case=case.pk, kind=kind)
    if by.role != roles.VENDOR:
        messages.tell_vendor(vendor, "change_asked", key=f"change:{case.pk}", request=request)
    return case


def drop_change_case(vendor: Vendor, *, reason: str, by: User) -> Case:
    """Nothing changed after all, or it was a mistake: as long as the owner has not sent it off."""
    check_may(by, "workflows.open_change", vendor)
    if by.role != roles.VENDOR:
        check_no_kinship(by, vendor)
    waiting = change_of(vendor)
    if waiting is None:
        raise MoveNotAllowed(_("There is no open change. Look at the page again."))
    if by.role == roles.VENDOR and not waiting.data.get("by_owner"):
        raise MoveNotAllowed(_("The office asked for this. Ask the officer, if it is a mistake."))
    with steps.locked(waiting.pk, at=Stage.CORRECT) as case:
        flows.ChangeFlow.instance.cancel(case)
        steps.settle(case)
        _put_back(case)
        audit.record("drop_change", by=by, vendor=case.vendor, reason=reason, case=case.pk)
        return case


def conclude_change(case: Case, *, is_approved: bool, by: User) -> None:
    """Carry out what was decided on a change; the caller holds the case's lock."""
    if not is_approved:
        _put_back(case)
        return
    kbli = case.data.get("kbli", "")
    if kbli:
        onboarding.actions.correct_vendor(
            case.vendor,
            changes={"kbli": kbli, "kbli_version": KBLI_VERSION},
            reason="change approved",
            by=User.objects.system(),
        )


def let_change_lapse(case: Case, *, by: User) -> None:
    """The owner's window passed in silence; what was in force before stays so."""
    _put_back(case)
    audit.record("lapse_change", by=by, vendor=case.vendor, case=case.pk, kind=case.kind)
    messages.tell_vendor(case.vendor, "lapsed_change", key=f"change-over:{case.pk}", case=case)


def open_expiring(*, by: User, within: int) -> int:
    """Open a case for each paper that expires within so many days (0: never), once for each;
    returns how many. A firm that has an open case is asked when that is over."""
    if not within:
        return 0
    until = timezone.localdate() + timedelta(days=within)
    asked = Case.objects.filter(vendor=OuterRef("vendor"), kind=CaseKind.EXPIRED_PAPER)
    asked = asked.annotate(paper=Cast(KeyTextTransform("paper", "data"), BigIntegerField()))
    expiring = (
        Paper.objects.filter(valid_until__lte=until, vendor__status__in=AFTER_APPROVAL)
        .exclude(state=Paper.State.REPLACED)
        .exclude(Exists(Case.objects.is_open().filter(vendor=OuterRef("vendor"))))
        .exclude(Exists(asked.filter(paper=OuterRef("pk"))))
        .select_related("vendor", "document_type")
        .order_by("valid_until", "pk")
    )
    apart, opened = Apart(), 0
    for paper in expiring[:AT_ONCE]:
        with apart(f"expiring paper {paper.pk}"):
            opened += _opened(paper, by=by)
    apart.end()
    return opened


def note_validity(vendor: Vendor, *, paper: Paper, valid_until: date | None, by: User) -> Paper:
    """Write down until when a paper is valid, as it stands on it; before that its owner is
    asked for the next one."""
    check_may(by, "workflows.note_validity", vendor)
    check_no_kinship(by, vendor)
    if paper.vendor_id != vendor.pk:
        raise Refused(_("This paper was replaced. Load the page again."))
    with transaction.atomic():
        documents.actions.note_validity(paper, valid_until=valid_until)
        until = f"{valid_until:%Y-%m-%d}" if valid_until else ""
        audit.record("note_validity", by=by, vendor=vendor, paper=paper.pk, until=until)
    return paper


def change_of(vendor: Vendor) -> Case | None:
    """Return the open change of a firm, if it has one."""
    return changes_of(vendor).first()


def changes_of(vendor: Any) -> QuerySet[Case]:
    """The open changes of a firm, one at most; ``vendor`` may be a reference of an outer query."""
    return Case.objects.filter(vendor=vendor).is_open().exclude(kind=CaseKind.ONBOARDING)


def kinds_for(vendor: Vendor) -> list[str]:
    """Which changes may be reported for a firm of this legal form; a sole trader has no deed."""
    kinds = (CaseKind.NEW_DEED, CaseKind.KBLI_2025)
    known = _papers_asked(vendor, [slug for kind in kinds for slug in ASKS[kind][0]])
    return [kind for kind in kinds if known & set(ASKS[kind][0])]


def papers_for(vendor: Vendor, kind: str) -> list[str]:
    """The papers that such a change asks of this firm."""
    return sorted(_papers_asked(vendor, ASKS[kind][0]))


def _papers_asked(vendor: Vendor, slugs: Iterable[str]) -> set[str]:
    """Those of these papers that the legal form is asked for today."""
    today = timezone.localdate()
    rules = Requirement.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today),
        legal_form=vendor.legal_form,
        document_type__in=list(slugs),
        from_on__lte=today,
    )
    return set(rules.values_list("document_type_id", flat=True))


def _check_may_change(vendor: Vendor) -> None:
    if vendor.status not in AFTER_APPROVAL:
        raise MoveNotAllowed(
            _("A change is reported for a business that is approved; this one is “%(status)s”.")
            % {"status": vendor.get_status_display()}
        )
    if Case.objects.filter(vendor=vendor).is_open().exists():
        raise TakenByAnother(
            _("%(name)s has an open case already. Bring it to its end first.")
            % {"name": vendor.name}
        )


def _check_makes_sense(vendor: Vendor, kind: str, asks: list[str], kbli: str) -> None:
    if not asks:
        raise Refused(_("A business of this legal form has no such paper."))
    if kind != CaseKind.KBLI_2025:
        return
    known = KbliCode.objects.filter(version=KBLI_VERSION)
    if len(kbli) != 5 or not kbli.isdecimal():
        raise Refused(_("A KBLI code has five digits."))
    if known.exists() and not known.filter(code=kbli).exists():
        raise Refused(_("This code is not in the list of KBLI 2025."))
    if (vendor.kbli, vendor.kbli_version) == (kbli, KBLI_VERSION):
        raise Refused(_("This is the code that stands there already."))


def _due_at(paper: Paper | None) -> datetime:
    """The owner's window; for a paper that expires, never before its last day."""
    due_at = deadlines.due_for(Stage.CORRECT)
    if due_at is None:
        raise LookupError(Stage.CORRECT)
    if paper is None or paper.valid_until is None:
        return due_at
    days = (paper.valid_until - timezone.localdate()).days
    return max(due_at, deadlines.end_of_day(days))


def _ask_for(case: Case, asks: list[str], due_at: datetime, *, by: User) -> CorrectionRequest:
    _slugs, code, words = ASKS[case.kind]
    now = timezone.now()
    request = CorrectionRequest.objects.create(
        case=case,
        round_number=1,
        created_by=by,
        sent_at=now,
        sent_by=by,
        due_on=timezone.localdate(due_at),
    )
    with translation.override(settings.LANGUAGE_CODE):
        text = _(words)
    for number, slug in enumerate(asks, start=1):
        CorrectionItem.objects.create(
            request=request,
            number=number,
            document_type_id=slug,
            reason_code=RejectionReason.objects.get(pk=code),
            text=text,
        )
    return request


def _put_back(case: Case) -> None:
    """What was proposed does not count; what was in force before does."""
    CorrectionItem.objects.filter(request__case=case, resolved_at__isnull=True).update(
        resolved_at=timezone.now(), resolved_by=User.objects.system()
    )
    documents.actions.take_back_versions(
        case.vendor_id, since=case.opened_at, before=case.data.get("before", [])
    )


def _opened(paper: Paper, *, by: User) -> bool:
    try:
        open_change_case(paper.vendor, kind=CaseKind.EXPIRED_PAPER, paper=paper, by=by)
    except Refused:
        return False  # somebody was quicker; the paper is asked for when that case is over
    return True
