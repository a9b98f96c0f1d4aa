"""A corrected list sent again: what is the same stays, what changed corrects what was entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onboarding.actions.knowledge import check_values
from onboarding.identifiers import fold_name
from onboarding.models import ENDED, Referral, ReferralSheet, SheetRow, Vendor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

CORRECTABLE = (
    "name", "legal_form", "nib", "npwp", "owner_name", "nik", "phone", "email", "region_id",
    "address", "kbli", "kbli_version", "category", "capital", "yearly_sales",
)  # fmt: skip
#: Likeness that, within one office's own lists, means the same row and not another firm.
SAME_ROW = frozenset({"same_name_and_region", "same_nik"})
Change = SheetRow.Change
Place = tuple[int | None, str, int | None]


def mark_resent(sheet: ReferralSheet, rows: list[SheetRow]) -> None:
    """Say of each acceptable row whether this office sent it before, for the same request."""
    same = _sent_before(sheet, {row.digest for row in rows})
    named = _named_before(sheet, {row.known_vendor_id for row in rows if _names_its_own(row)})
    for row in rows:
        row.change, row.earlier_id = Change.NEW, None
        if row.verdict == SheetRow.Verdict.REFUSED:
            continue
        if row.digest in same:
            row.change, row.earlier_id = Change.UNCHANGED, same[row.digest]
        elif _names_its_own(row) and row.known_vendor_id in named:
            row.change, row.earlier_id = Change.CHANGED, named[row.known_vendor_id]


def named_again(rows: Iterable[SheetRow]) -> list[int]:
    """The firms of unchanged rows that had left the road: an office may name them again."""
    referrals = [row.earlier_id for row in rows]
    ended = Vendor.objects.filter(referrals__in=referrals, status__in=ENDED)
    return list(ended.values_list("pk", flat=True).distinct())


def correct_rows(rows: Iterable[SheetRow]) -> list[int]:
    """Take what changed in these rows over into the firms that they named; returns their ids.

    Only a fact that still is what the office itself had said is replaced. Where somebody else
    changed it since, or the owner has an account, an officer looks instead.
    """
    rows = list(rows)
    earlier = Referral.objects.select_related("vendor__merged_into")
    referrals = earlier.in_bulk([row.earlier_id for row in rows if row.earlier_id])
    said = _said_before(referrals.values())
    owned = set(
        Vendor.objects.filter(
            referrals__in=referrals, memberships__proved_at__isnull=False
        ).values_list("pk", flat=True)
    )
    vendor_ids = []
    for row in rows:
        referral = referrals[row.earlier_id or 0]
        vendor = referral.vendor.merged_into or referral.vendor
        is_left = _correct(vendor, row.clean, said[referral.pk], is_owned=vendor.pk in owned)
        if is_left and not referral.needs_look:
            referral.needs_look = True
            referral.save(update_fields=["needs_look"])
        vendor_ids.append(vendor.pk)
    return vendor_ids


def renew_forgotten(referrals: list[Referral], rows: list[SheetRow]) -> None:
    """A firm that was known only from a list taken back is what the new row says of it."""
    linked = {r.vendor_id for r in referrals if r.verdict == SheetRow.Verdict.LINKED}
    taken_back = Vendor.objects.filter(
        pk__in=linked, referrals__withdrawn_at__isnull=False, memberships__isnull=True
    )
    named = {referral.pk for referral in referrals}
    others = Referral.objects.standing().filter(vendor__in=linked).exclude(pk__in=named)
    kept = set(others.values_list("vendor", flat=True))
    forgotten = {vendor.pk: vendor for vendor in taken_back if vendor.pk not in kept}
    for referral, row in zip(referrals, rows, strict=True):
        vendor = forgotten.pop(referral.vendor_id, None)
        if vendor is not None:
            _correct(vendor, row.clean, _facts_of(vendor), is_owned=False)


def _names_its_own(row: SheetRow) -> bool:
    if row.verdict == SheetRow.Verdict.LINKED:
        return row.known_vendor_id is not None
    return row.verdict == SheetRow.Verdict.REVIEW and not SAME_ROW.isdisjoint(row.match_reasons)


def _sent_before(sheet: ReferralSheet, digests: set[str]) -> dict[str, int]:
    """By what a row says, the standing referral that an earlier list made of it."""
    rows = SheetRow.objects.filter(
        digest__in=digests,
        sheet__agency=sheet.agency_id,
        sheet__request=sheet.request_id,
        sheet__state=ReferralSheet.State.ENTERED,
    ).exclude(verdict=SheetRow.Verdict.REFUSED)
    found = list(rows.values_list("digest", "sheet", "sheet_name", "row", "earlier"))
    standing = Referral.objects.standing()
    made = standing.filter(sheet__in={one[1] for one in found}, row__in={one[3] for one in found})
    by_place: dict[Place, int] = {
        (sheet_id, name, number): pk
        for sheet_id, name, number, pk in made.values_list("sheet", "sheet_name", "row", "pk")
    }
    corrected = set(
        standing.filter(pk__in={one[4] for one in found if one[4]}).values_list("pk", flat=True)
    )
    same = {}
    for digest, sheet_id, name, number, earlier in found:
        pk = by_place.get((sheet_id, name, number)) or (earlier if earlier in corrected else None)
        if pk:
            same[digest] = pk
    return same


def _named_before(sheet: ReferralSheet, vendor_ids: set[int | None]) -> dict[int, int]:
    """By firm, the newest standing referral of this office's lists for the same request."""
    own: QuerySet[Referral] = Referral.objects.standing().filter(
        agency=sheet.agency_id,
        request=sheet.request_id,
        sheet__isnull=False,
        vendor__in=vendor_ids - {None},
    )
    return dict(own.order_by("pk").values_list("vendor", "pk"))


def _said_before(referrals: Iterable[Referral]) -> dict[int, dict[str, Any]]:
    """By referral, what its row said once it was read: as mended, when it was mended."""
    referrals = list(referrals)
    rows = SheetRow.objects.filter(
        sheet__in={r.sheet_id for r in referrals}, row__in={r.row for r in referrals}
    )
    read: dict[Place, dict[str, Any]] = {
        (row.sheet_id, row.sheet_name, row.row): row.clean for row in rows
    }
    said = {}
    for referral in referrals:
        clean = read.get((referral.sheet_id, referral.sheet_name, referral.row))
        said[referral.pk] = _by_field(clean or check_values(referral.received).clean)
    return said


def _by_field(clean: dict[str, Any]) -> dict[str, Any]:
    return {**clean, "region_id": clean.get("region", "")}


def _facts_of(vendor: Vendor) -> dict[str, Any]:
    return {key: getattr(vendor, key) for key in CORRECTABLE}


def _correct(
    vendor: Vendor, clean: dict[str, Any], said: dict[str, Any], *, is_owned: bool
) -> bool:
    """Replace what changed; returns whether something was left to a person."""
    now = _by_field(clean)
    changed = [key for key in CORRECTABLE if now.get(key) and str(now[key]) != str(said.get(key))]
    free = [key for key in changed if not is_owned and _is_as_said(vendor, key, said)]
    if "nib" in free and _is_anothers(vendor, now["nib"]):
        free.remove("nib")
    for key in free:
        setattr(vendor, key, now[key])
    if free:
        vendor.folded_name = fold_name(vendor.name)
        vendor.save(update_fields=[*free, "folded_name"])
    return any(str(getattr(vendor, key)) != str(now[key]) for key in changed)


def _is_as_said(vendor: Vendor, key: str, said: dict[str, Any]) -> bool:
    value = getattr(vendor, key)
    return value in ("", None) or str(value) == str(said.get(key))


def _is_anothers(vendor: Vendor, nib: str) -> bool:
    return Vendor.objects.standing().filter(nib=nib).exclude(pk=vendor.pk).exists()
