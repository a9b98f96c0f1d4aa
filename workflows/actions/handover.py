"""Hand-over to the platforms: an account is made, the first product goes on sale, or comes off
it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onboarding.models import Status, Vendor
from workflows import audit, flows, lifecycle, messages, steps
from workflows.errors import Refused
from workflows.models import Case, CaseKind, Listing, Stage
from workflows.rights import check_may, check_no_kinship

if TYPE_CHECKING:
    from datetime import date

    from onboarding.models import User
    from workflows.models import Platform


def hand_over_case(
    case: Case, *, platform: Platform, account: str, registered_on: date, by: User
) -> Listing:
    """Record the account that the platform's operator made; the firm is registered."""
    with steps.locked(case.pk, at=Stage.HAND_OVER) as case:
        check_may(by, "workflows.hand_over_case", case.vendor)
        check_no_kinship(by, case.vendor)
        steps.check_in_hand(case, by)
        _check_not_in_future(registered_on)
        # A firm that left and came back has a row on this platform from its first time.
        listing, _made = Listing.objects.update_or_create(
            vendor=case.vendor,
            platform=platform,
            defaults={
                "state": Listing.State.REGISTERED,
                "account": account,
                "registered_on": registered_on,
                "on_sale_on": None,
                "off_sale_on": None,
                "operator_reason": "",
                "changed_at": timezone.now(),
            },
        )
        lifecycle.move(case.vendor, "register", by=by, case=case.pk, platform=platform.pk)
        flows.complete(case, "hand_over", by=by)
        steps.settle(case)
        messages.tell_vendor(case.vendor, "registered", key=f"register:{case.pk}", listing=listing)
        return listing


def confirm_listing(case: Case, *, on_sale_on: date, by: User) -> Case:
    """Record that the first product is on sale: the firm is active and the road ends."""
    with steps.locked(case.pk, at=Stage.CONFIRM_LISTING) as case:
        check_may(by, "workflows.confirm_listing", case.vendor)
        check_no_kinship(by, case.vendor)
        steps.check_in_hand(case, by)
        _check_not_in_future(on_sale_on)
        listing = case.vendor.listings.filter(state=Listing.State.REGISTERED).first()
        if listing is None:
            raise Refused(_("There is no account yet on which a product could be on sale."))
        listing.state, listing.on_sale_on = Listing.State.ON_SALE, on_sale_on
        listing.changed_at = timezone.now()
        listing.save(update_fields=["state", "on_sale_on", "changed_at"])
        lifecycle.move(case.vendor, "go_live", by=by, case=case.pk, platform=listing.platform_id)
        flows.complete(case, "confirm_listing", by=by)
        messages.tell_vendor(case.vendor, "active", key=f"live:{case.pk}", listing=listing)
        return steps.settle(case)


@transaction.atomic
def delist_vendor(listing: Listing, *, reason: str, by: User) -> Listing:
    """Record that the operator took the firm off sale; on sale nowhere, it is registered again."""
    check_may(by, "workflows.delist_vendor", listing.vendor)
    check_no_kinship(by, listing.vendor)
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    if listing.state != Listing.State.ON_SALE:
        raise Refused(_("This listing is not on sale."))
    listing.state, listing.off_sale_on = Listing.State.OFF_SALE, timezone.localdate()
    listing.operator_reason, listing.changed_at = reason, timezone.now()
    listing.save()
    vendor = Vendor.objects.get(pk=listing.vendor_id)
    still_on_sale = vendor.listings.filter(state=Listing.State.ON_SALE).exists()
    if not still_on_sale and vendor.status == Status.ACTIVE:
        lifecycle.move(vendor, "delist", by=by, reason=reason, platform=listing.platform_id)
    else:
        if not still_on_sale and vendor.status_before_suspension == Status.ACTIVE:
            # Reinstated, it comes back to an account without a product.
            Vendor.objects.filter(pk=vendor.pk).update(status_before_suspension=Status.REGISTERED)
        audit.record(
            "take_off_sale", by=by, vendor=vendor, reason=reason, platform=listing.platform_id
        )
    return listing


@transaction.atomic
def relist_vendor(listing: Listing, *, on_sale_on: date, by: User) -> Listing:
    """Record that a firm taken off sale is on sale again."""
    check_may(by, "workflows.confirm_listing", listing.vendor)
    check_no_kinship(by, listing.vendor)
    _check_not_in_future(on_sale_on)
    listing = Listing.objects.select_for_update().get(pk=listing.pk)
    if listing.state != Listing.State.OFF_SALE:
        raise Refused(_("This listing is already on sale."))
    listing.state, listing.on_sale_on = Listing.State.ON_SALE, on_sale_on
    listing.off_sale_on, listing.changed_at = None, timezone.now()
    listing.save()
    vendor = Vendor.objects.get(pk=listing.vendor_id)
    # While a case waits for the first product on another platform, that case makes it active.
    onboarding = Case.objects.filter(vendor=vendor, kind=CaseKind.ONBOARDING)
    waits = onboarding.is_open().exists()
    if vendor.status == Status.REGISTERED and not waits:
        lifecycle.move(vendor, "go_live", by=by, platform=listing.platform_id)
    else:
        audit.record("put_on_sale", by=by, vendor=vendor, platform=listing.platform_id)
    return listing


def _check_not_in_future(day: date) -> None:
    if day > timezone.localdate():
        raise Refused(_("This date is in the future."))
