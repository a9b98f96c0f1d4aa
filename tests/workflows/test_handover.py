"""Hand-over to the platforms: an account, the first product on sale, off sale, on sale again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onboarding import roles
from onboarding.actions import confirm_contact
from onboarding.models import Status
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.errors import ConflictOfInterest, NotAllowed, Refused, TakenByAnother
from workflows.models import Case, Listing, Message, Platform, Stage

pytestmark = pytest.mark.django_db


def tomorrow() -> object:
    return timezone.localdate() + timedelta(days=1)


def kin_of(case: Case) -> make.User:
    officer = make.make_user(roles.OFFICER)
    confirm_contact(case.vendor, officer, by=make.make_user(roles.OFFICER))
    return officer


def take_off_sale(vendor: make.Vendor) -> Listing:
    return actions.delist_vendor(
        firms.only_listing(vendor), reason="Stok habis", by=make.make_user(roles.OFFICER)
    )


# --- hand over ---
def test_the_operators_account_registers_the_firm() -> None:
    case = make.hand_over(firms.approved())
    listing = firms.only_listing(case.vendor)
    assert (firms.status_of(case), case.stage) == (Status.REGISTERED, Stage.CONFIRM_LISTING)
    assert (listing.state, listing.account) == (Listing.State.REGISTERED, "Toko Contoh")
    assert Message.objects.filter(vendor=case.vendor, kind="registered").count() == 2


def test_an_account_is_not_made_in_the_future() -> None:
    case = firms.approved()
    with pytest.raises(Refused):
        actions.hand_over_case(
            case,
            platform=Platform.objects.get(code="toko-daring"),
            account="Toko Contoh",
            registered_on=tomorrow(),
            by=make.make_user(roles.OFFICER),
        )
    assert not Listing.objects.exists()


def test_only_officers_hand_over_and_never_their_own_firm() -> None:
    case = firms.approved()
    with pytest.raises(NotAllowed):
        make.hand_over(case, by=make.make_user(roles.APPROVER))
    with pytest.raises(ConflictOfInterest):
        make.hand_over(case, by=kin_of(case))


def test_a_case_is_handed_over_once_and_only_after_approval() -> None:
    stale = firms.approved()
    make.hand_over(stale)
    for case in (stale, firms.verified()):
        with pytest.raises(TakenByAnother):
            make.hand_over(case)


def test_a_case_in_a_colleagues_hands_is_theirs_to_hand_over() -> None:
    case = firms.approved()
    actions.claim_case(case, by=make.make_user(roles.OFFICER))
    with pytest.raises(TakenByAnother):
        make.hand_over(case)


def test_a_firm_that_came_back_is_handed_over_to_the_same_platform_again() -> None:
    vendor = firms.withdrawn(firms.active())
    actions.welcome_back(vendor, by=make.User.objects.system())
    actions.screen_vendors([vendor.pk], by=make.User.objects.system())
    actions.waive_guidance(vendor.refresh(), reason="Sudah", by=make.make_user(roles.OFFICER))
    case = Case.objects.filter(vendor=vendor).is_open().get()
    case = make.hand_over(make.approve(make.verify(case)))
    listing = firms.only_listing(vendor)
    assert (listing.state, listing.on_sale_on) == (Listing.State.REGISTERED, None)
    assert Message.objects.filter(vendor=vendor, kind="registered").count() == 4
    assert firms.status_of(make.go_live(case)) == Status.ACTIVE


# --- on sale ---
def test_the_first_product_on_sale_ends_the_road() -> None:
    case = make.go_live(firms.registered())
    listing = firms.only_listing(case.vendor)
    assert (firms.status_of(case), case.stage, case.due_at) == (
        Status.ACTIVE,
        Stage.CLOSED,
        None,
    )
    assert (listing.state, listing.on_sale_on) == (Listing.State.ON_SALE, timezone.localdate())
    assert Message.objects.filter(vendor=case.vendor, kind="active").exists()


def test_nothing_is_on_sale_in_the_future() -> None:
    case = firms.registered()
    with pytest.raises(Refused):
        actions.confirm_listing(case, on_sale_on=tomorrow(), by=make.make_user(roles.OFFICER))
    assert firms.status_of(case) == Status.REGISTERED


def test_without_an_account_nothing_can_be_on_sale() -> None:
    case = firms.registered()
    Listing.objects.update(state=Listing.State.OFF_SALE)
    with pytest.raises(Refused):
        make.go_live(case)


def test_only_officers_confirm_a_listing_and_never_their_own() -> None:
    case = firms.registered()
    with pytest.raises(NotAllowed):
        make.go_live(case, by=make.make_user(roles.APPROVER))
    with pytest.raises(ConflictOfInterest):
        make.go_live(case, by=kin_of(case))


def test_a_listing_is_confirmed_once() -> None:
    stale = firms.registered()
    make.go_live(stale)
    with pytest.raises(TakenByAnother):
        make.go_live(stale)


# --- off sale and on again ---
def test_a_firm_on_sale_nowhere_is_registered_again() -> None:
    vendor = firms.active()
    listing = take_off_sale(vendor)
    assert (listing.state, listing.operator_reason) == (Listing.State.OFF_SALE, "Stok habis")
    assert firms.status_of(vendor) == Status.REGISTERED
    assert firms.acts_on(vendor)[-1] == "delist"


def test_a_firm_still_on_sale_elsewhere_stays_active() -> None:
    vendor = firms.active()
    Listing.objects.create(
        vendor=vendor,
        platform=Platform.objects.exclude(code="toko-daring").first(),
        state=Listing.State.ON_SALE,
        account="Contoh Dua",
        registered_on=timezone.localdate(),
        on_sale_on=timezone.localdate(),
    )
    listing = Listing.objects.get(vendor=vendor, platform="toko-daring")
    actions.delist_vendor(listing, reason="Tutup", by=make.make_user(roles.OFFICER))
    assert firms.status_of(vendor) == Status.ACTIVE
    assert firms.acts_on(vendor)[-1] == "take_off_sale"


def test_a_firm_put_on_sale_again_is_active_again() -> None:
    vendor = firms.active()
    listing = take_off_sale(vendor)
    actions.relist_vendor(
        listing, on_sale_on=timezone.localdate(), by=make.make_user(roles.OFFICER)
    )
    assert firms.status_of(vendor) == Status.ACTIVE
    assert firms.only_listing(vendor).off_sale_on is None


def test_a_suspended_firm_that_is_put_on_sale_stays_suspended_and_the_trail_tells() -> None:
    vendor = firms.active()
    listing = take_off_sale(vendor)
    firms.suspended(Case.objects.get(vendor=vendor))
    actions.relist_vendor(
        listing, on_sale_on=timezone.localdate(), by=make.make_user(roles.OFFICER)
    )
    assert firms.status_of(vendor) == Status.SUSPENDED
    assert firms.acts_on(vendor)[-1] == "put_on_sale"


def test_a_listing_is_taken_off_and_put_on_once() -> None:
    vendor, officer = firms.active(), make.make_user(roles.OFFICER)
    listing = firms.only_listing(vendor)
    with pytest.raises(Refused):
        actions.relist_vendor(listing, on_sale_on=timezone.localdate(), by=officer)
    take_off_sale(vendor)
    with pytest.raises(Refused):
        take_off_sale(vendor)
    with pytest.raises(Refused):
        actions.relist_vendor(listing, on_sale_on=tomorrow(), by=officer)


def test_only_officers_change_a_listing_and_never_their_own() -> None:
    vendor = firms.active()
    listing = firms.only_listing(vendor)
    kin = kin_of(Case.objects.get(vendor=vendor))
    for person, refusal in (
        (make.make_user(roles.APPROVER), NotAllowed),
        (kin, ConflictOfInterest),
    ):
        with pytest.raises(refusal):
            actions.delist_vendor(listing, reason="-", by=person)
        with pytest.raises(refusal):
            actions.relist_vendor(listing, on_sale_on=timezone.localdate(), by=person)
