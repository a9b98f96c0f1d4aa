"""Who may act on this firm now, apart from what the role holds: sight, kinship, four eyes.

``check_…`` raises; the pages ask through the same functions, so a button and its act never
disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Case as Choice, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from onboarding.models import Membership, Referral, Vendor
from workflows import kinship
from workflows.errors import ConflictOfInterest, NotAllowed, SamePerson
from workflows.models import Assistance, Conflict, PersonalMark, Round

if TYPE_CHECKING:
    from onboarding.models import User
    from workflows.models import Case


def check_may(by: User, act: str, vendor: Vendor | None = None) -> None:
    """Demand the act and, where a firm is named, that it is in sight. Raises ``NotAllowed``."""
    if not by.may(act):
        raise NotAllowed(_("Your role cannot do this."))
    if vendor is not None and vendor.merged_into_id is not None:
        raise NotAllowed(_("This business was merged into another one. Go on there."))
    if vendor is None or by.sees_every_vendor():
        return
    if not Vendor.objects.visible_to(by).filter(pk=vendor.pk).exists():
        raise NotAllowed(_("This business is not in your list."))


def check_no_kinship(by: User, *vendors: Vendor | int, is_to_judge: bool = False) -> None:
    """Nobody of the office acts on a firm that is theirs, that they said they are tied to, or that
    shares something with them (see ``kinship``); nobody judges a firm for whose owner they acted.

    A whole batch is asked about at once. Raises ``ConflictOfInterest``.
    """
    ties = ties_of(
        by,
        [firm if isinstance(firm, int) else firm.pk for firm in vendors],
        is_to_judge=is_to_judge,
    )
    if ties:
        raise ConflictOfInterest(next(iter(ties.values())))


def ties_of(by: User, vendor_ids: list[int], *, is_to_judge: bool = False) -> dict[int, str]:
    """Return, by firm, why this person may not act on it: never what is shared, only that
    something is. One query, and one more for who has stated marks."""
    own = Q(Exists(Membership.objects.filter(user=by, vendor=OuterRef("pk"))))
    if by.phone:
        own |= Q(phone=by.phone)
    if by.email:
        own |= Q(email__iexact=by.email)
    declared = Exists(Conflict.objects.filter(user=by, vendor=OuterRef("pk"), ended_at=None))
    helped = Exists(Assistance.objects.filter(vendor=OuterRef("pk"), helper=by))
    marked = Exists(PersonalMark.objects.filter(user=by))
    found = Vendor.objects.filter(pk__in=vendor_ids).filter(own | declared | helped | marked)
    cause = Choice(
        When(declared, then=Value("declared")),
        When(own, then=Value("shared")),
        When(helped, then=Value("helped")),
        default=Value(""),
    )
    rows = found.annotate(cause=cause, marked=marked).values_list(
        "cause", "marked", "pk", *kinship.FACTS
    )
    binding = {"declared", "shared", "helped"} if is_to_judge else {"declared", "shared"}
    ties = {row[2]: row[0] for row in rows if row[0] in binding}
    unsure = [row[2:] for row in rows if row[1] and row[2] not in ties]
    ties |= dict.fromkeys(kinship.sharing(by, unsure), "shared") if unsure else {}
    return {pk: _why(cause) for pk, cause in ties.items()}


def _why(cause: str) -> str:
    return {
        "declared": _("You said that you are tied to this business, so a colleague handles it."),
        "helped": _("You acted for this owner, so a colleague has to judge."),
    }.get(cause) or _("You are tied to this business, so a colleague has to handle it.")


def check_may_verify(by: User, case: Case) -> None:
    """The act, no kinship, and after an appeal another officer than before."""
    check_may(by, "workflows.verify_case", case.vendor)
    check_no_kinship(by, case.vendor, is_to_judge=True)
    if case.appealed_at and _acted_before_appeal(case, "verified_by", by):
        raise SamePerson(_("An appeal is checked by another officer than the first time."))


def check_may_decide(by: User, case: Case) -> None:
    """The act, no kinship, not the referrer, not the verifier; after an appeal another approver."""
    check_may(by, "workflows.decide_case", case.vendor)
    check_no_kinship(by, case.vendor, is_to_judge=True)
    if Referral.objects.filter(vendor=case.vendor, created_by=by).exists():
        raise ConflictOfInterest(_("You referred this business, so a colleague has to decide."))
    if case.round.verified_by_id == by.pk:
        raise SamePerson(_("You verified this case, so a colleague has to decide."))
    if case.appealed_at and _acted_before_appeal(case, "decided_by", by):
        raise SamePerson(_("An appeal is decided by another approver than the first time."))


def _acted_before_appeal(case: Case, role: str, by: User) -> bool:
    return Round.objects.filter(case=case, opened_at__lt=case.appealed_at, **{role: by}).exists()
