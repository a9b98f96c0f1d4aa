"""Firms and their referrals: named, recognised, judged by the rules, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding import events
from onboarding.actions.knowledge import check_values, known_firms, recognise_row
from onboarding.errors import NotAllowed, Overtaken, Refused
from onboarding.identifiers import fold_name
from onboarding.models import Agency, Referral, SheetRow, Vendor

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from config.gate.shown import Shown
    from onboarding.models import ReferralRequest, ReferralSheet, User

FACTS_FROM_A_ROW = (
    "name",
    "legal_form",
    "nib",
    "npwp",
    "owner_name",
    "nik",
    "phone",
    "email",
    "address",
    "kbli",
    "kbli_version",
    "category",
    "capital",
    "yearly_sales",
)
LINKED = SheetRow.Verdict.LINKED
SOURCE_OF_KIND = {Agency.Kind.COOPERATIVE.value: Referral.Source.COOPERATIVE}
FILLED_WHEN_EMPTY = ("nib", "npwp", "nik", "phone", "email", "kbli", "kbli_version", "address")


def enter_rows(*, sheet: ReferralSheet, rows: Iterable[SheetRow]) -> list[Referral]:
    """Turn accepted rows of a confirmed sheet into referrals, making firms that are new."""
    rows = list(rows)
    referrals = _refer(
        [(row.clean, row.received) for row in rows],
        agency=sheet.agency,
        by=sheet.confirmed_by or sheet.received_by,
    )
    for referral, row in zip(referrals, rows, strict=True):
        referral.sheet, referral.sheet_name, referral.row = sheet, row.sheet_name, row.row
    return Referral.objects.bulk_create(referrals, batch_size=500)


@transaction.atomic
def refer_vendor(
    *,
    values: dict[str, Any],
    agency: Agency,
    form_key: str = "",
    request: ReferralRequest | None = None,
    programme: str = "",
    by: User,
) -> Referral:
    """Name one firm through the form, under the same checks as a row of a sheet.

    The same ``form_key`` sent again (a double press) returns the referral that it made.
    """
    if not by.may("onboarding.refer_vendors"):
        raise NotAllowed(_("Your role cannot refer a business."))
    if form_key:
        again = Referral.objects.filter(agency=agency, form_key=form_key).first()
        if again is not None:
            return again
    checked = check_values(values)
    if not checked.is_acceptable:
        raise Refused(_("Some answers cannot be accepted; the form says which and why."))
    (referral,) = _refer([(checked.clean, values)], agency=agency, by=by)
    referral.form_key, referral.request, referral.programme = form_key, request, programme
    referral.save()
    events.vendor_referred.send(sender=Referral, referral=referral, by=by)
    return referral


@transaction.atomic
def refer_oneself(
    *, values: dict[str, Any], consent: str, programme: str = "", form_key: str, by: User
) -> Referral:
    """A business names itself through the public form; ``by`` is the machine, nobody has signed in.

    What a stranger types fills no gap of a firm that is known: a telephone number would become a
    key to its page. ``consent`` is the version of the words that were agreed to. The same
    ``form_key`` again returns the referral that it made.
    """
    if not by.may("onboarding.enter_self_referral"):
        raise NotAllowed(_("Your role cannot refer a business."))
    referral, is_new = _refer_unasked(values, form_key, said={"consent": consent}, by=by)
    if is_new:
        referral.programme = programme
        referral.needs_look = referral.verdict != SheetRow.Verdict.CREATED
        referral.save()
        events.vendor_referred.send(sender=Referral, referral=referral, by=by)
    return referral


@transaction.atomic
def refer_walk_in(*, values: dict[str, Any], form_key: str, by: User) -> Referral:
    """Name a firm that came to a session unasked; what was typed at the door fills no gap of a
    known one. The same ``form_key`` again returns the referral that it made."""
    if not by.may("onboarding.refer_walk_in"):
        raise NotAllowed(_("Your role cannot refer a business."))
    referral, is_new = _refer_unasked(values, form_key, by=by)
    if is_new:
        referral.source = Referral.Source.WALK_IN
        referral.save()
        events.vendor_referred.send(sender=Referral, referral=referral, by=by)
    return referral


def _refer_unasked(
    values: dict[str, Any], form_key: str, *, said: dict[str, Any] | None = None, by: User
) -> tuple[Referral, bool]:
    """Make the referral of a firm that no office named, unsaved; or find the one of this form."""
    again = Referral.objects.filter(agency__isnull=True, form_key=form_key).first()
    if again is not None:
        return again, False
    checked = check_values(values)
    if not checked.is_acceptable:
        raise Refused(_("Some answers cannot be accepted; the form says which and why."))
    (referral,) = _refer([(checked.clean, {**values, **(said or {})})], agency=None, by=by)
    referral.form_key = form_key
    return referral, True


def _refer(
    rows: list[tuple[dict[str, Any], dict[str, Any]]], *, agency: Agency | None, by: User
) -> list[Referral]:
    """Make the referrals of a chunk, unsaved; the firms that are new are made in one go."""
    known = known_firms([clean for clean, _received in rows])
    verdicts = [recognise_row(clean, known, {}) for clean, _received in rows]
    on_record = Vendor.objects.in_bulk(
        [vendor_id for verdict, vendor_id, _r in verdicts if verdict == LINKED and vendor_id]
    )
    new: dict[str, Vendor] = {}
    referrals = []
    for (clean, received), (said, vendor_id, _reasons) in zip(rows, verdicts, strict=True):
        firm = on_record.get(vendor_id or 0) if said == LINKED else new.get(clean["nib"])
        verdict = said if firm is None else LINKED
        if firm is None:
            firm = _new_vendor(clean, known_nibs=known.by_nib)
            new[firm.nib or f"row {len(new)}"] = firm
        elif agency is not None:
            _fill_gaps(firm, clean)
        referrals.append(
            Referral(
                agency=agency,
                vendor=firm,
                received=received,
                source=_source(agency),
                verdict=verdict,
                reason=str(clean.get("reason", ""))[:250],
                needs_look=verdict == SheetRow.Verdict.REVIEW,
                created_by=by,
            )
        )
    Vendor.objects.bulk_create(new.values(), batch_size=500)
    for referral in referrals:
        referral.vendor_id = referral.vendor.pk
    return referrals


def _source(agency: Agency | None) -> Referral.Source:
    if agency is None:
        return Referral.Source.SELF
    return SOURCE_OF_KIND.get(agency.kind, Referral.Source.AGENCY)


def _new_vendor(clean: dict[str, Any], *, known_nibs: Container[str]) -> Vendor:
    facts = {key: clean[key] for key in FACTS_FROM_A_ROW if clean.get(key) not in (None, "")}
    if facts.get("nib") in known_nibs:
        del facts["nib"]  # something contradicts an equal NIB: a person looks, the row keeps it
    return Vendor(region_id=clean["region"], folded_name=fold_name(clean["name"]), **facts)


def _fill_gaps(vendor: Vendor, clean: dict[str, Any]) -> None:
    """A second office may know what the first did not; what is already known is never
    overwritten."""
    gaps = [key for key in FILLED_WHEN_EMPTY if not getattr(vendor, key) and clean.get(key)]
    if "nib" in gaps and Vendor.objects.standing().filter(nib=clean["nib"]).exists():
        gaps.remove("nib")
    for key in gaps:
        setattr(vendor, key, clean[key])
    if gaps and vendor.pk:
        vendor.save(update_fields=gaps)


@transaction.atomic
def correct_vendor(
    vendor: Vendor,
    *,
    changes: dict[str, Any],
    shown: Shown | None = None,
    reason: str,
    by: User,
) -> Vendor:
    """Correct what is known of a firm (a number, a name, an address), with a reason.

    ``shown`` is what the page showed on which the changes were typed; raises ``Overtaken`` where
    somebody else has changed the same facts since.
    """
    if not by.may("onboarding.correct_vendor"):
        raise NotAllowed(_("Your role cannot correct this business."))
    # Read anew under the lock: whoever waited here holds a status and facts of before.
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    known = {key: getattr(vendor, key) for key in changes}
    if shown and (names := shown.overtaken(changes, known)):
        raise Overtaken(names)
    changed = sorted(key for key, value in changes.items() if known[key] != value)
    nib = changes.get("nib")
    if nib and Vendor.objects.standing().filter(nib=nib).exclude(pk=vendor.pk).exists():
        raise Refused(_("This NIB already belongs to another business."))
    for key in changed:
        setattr(vendor, key, changes[key])
    if "name" in changed:
        vendor.folded_name = fold_name(vendor.name)
    vendor.save(update_fields=[*changed, "folded_name"])
    events.vendor_corrected.send(
        sender=Vendor, vendor=vendor, fields=changed, reason=reason, by=by, at=timezone.now()
    )
    return vendor
