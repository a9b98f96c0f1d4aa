"""Races on the road of a firm: every verb of the lifecycle, every node of the two flows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bench.racing.races import Race, race
from onboarding import roles
from onboarding.models import User, Vendor
from tests import factories as make
from tests.workflows import firms
from workflows import actions
from workflows.models import Case, CaseKind

WRONG = "NAME_MISMATCH"


def at(name: str, *args: Any) -> str:
    """The address of a door of the desk."""
    return reverse(f"workflows:{name}", args=args)


def officer() -> User:
    """A new officer."""
    return make.make_user(roles.OFFICER)


def approver() -> User:
    """A new approver."""
    return make.make_user(roles.APPROVER)


def _move(vendor: Vendor, slug: str, event: str, by: User) -> Race:
    return Race(event, [by], at("move_vendor", vendor.pk, slug), {f"{slug}-reason": "Contoh"})


@race("refer", "welcome_back", each=("Referral", "Screening", " refer_vendor"))
def named_again() -> Race:
    vendor, by = firms.withdrawn(), make.make_user(roles.AGENCY)
    facts = make.values(nib=vendor.nib, name=vendor.name, region="35.78")
    return Race("refer", [by], reverse("onboarding:refer_vendor"), {**facts, "request": ""})


@race("find_eligible", "override_screening")
def found_eligible() -> Race:
    vendor = make.refer(nib="")
    return _move(vendor, "find_eligible", "find_eligible", officer())


@race("find_ineligible", "correct_vendor", "settle_firm", each=("Screening", " correct_vendor"))
def found_ineligible() -> Race:
    vendor = firms.eligible()
    known = ("name", "legal_form", "npwp", "owner_name", "nik", "phone", "email", "address", "kbli")
    facts = {name: getattr(vendor, name) for name in known}
    more = {"nib": "", "region": vendor.region_id, "category": vendor.category, "capital": "",
            "yearly_sales": "", "founded_on": "", "reason": "Contoh"}  # fmt: skip
    return Race("find_ineligible", [officer()], at("correct_vendor", vendor.pk), facts | more)


@race("waive_guidance", "guide")
def guidance_waived() -> Race:
    return _move(firms.eligible(), "waive_guidance", "guide", officer())


@race("unguide", "unguide_vendor")
def guidance_taken_back() -> Race:
    return _move(firms.guided(), "unguide", "unguide", officer())


@race("submit", "agree_to_statement", "submit_if_complete", "open_case", "take_in_paper")
def last_paper_agreed_to() -> Race:
    vendor = firms.guided()
    for slug in make.required_of(vendor):
        if slug != "pakta-integritas":
            firms.put_paper(vendor, slug)
    url = at("agree_to_statement", vendor.pk, "pakta-integritas")
    return Race("submit", [make.owner_of(vendor)], url, {"agree": "on"})


@race("verify", "verify_case", "CaseFlow.verify")
def verified() -> Race:
    url = at("verify_case", firms.submitted().pk)
    return Race("verify", [officer()], url, {"advice": "approve"})


@race("verify", "verify_case", "CaseFlow.verify")
def verified_by_rivals() -> Race:
    url = at("verify_case", firms.submitted().pk)
    return Race("verify", [officer() for _one in range(8)], url, {"advice": "approve"})


@race("return_for_correction", "return_case", "CaseFlow.verify")
def sent_to_correct() -> Race:
    case = firms.submitted()
    return Race("return_for_correction", [firms.ask(case)], at("return_case", case.pk))


@race("resubmit", "resubmit_case", "CaseFlow.correct", "take_in_correction")
def corrected() -> Race:
    case = firms.returned()
    firms.put_paper(case.vendor, "ktp")
    return Race("resubmit", [make.owner_of(case.vendor)], at("resubmit_case", case.vendor_id))


@race("send_back", "send_back_case", "CaseFlow.decide")
def sent_back() -> Race:
    url = at("send_back_case", firms.verified().pk)
    return Race("send_back", [approver()], url, {"back-reason": "Contoh"})


@race("approve", "decide_case", "CaseFlow.decide")
def approved() -> Race:
    return Race("approve", [approver()], at("decide_case", firms.verified().pk),
                {"decision": "approve", "approve-reason": "Contoh"})  # fmt: skip


@race("approve", "decide_case", "CaseFlow.decide")
def approved_by_rivals() -> Race:
    return Race("approve", [approver() for _one in range(8)],
                at("decide_case", firms.verified().pk),
                {"decision": "approve", "approve-reason": "Contoh"})  # fmt: skip


@race("reject", "decide_case", "CaseFlow.decide")
def rejected() -> Race:
    said = {"decision": "reject", "reject-reason": "Contoh", "reject-reason_code": WRONG}
    return Race("reject", [approver()], at("decide_case", firms.verified().pk), said)


@race("appeal", "appeal_case", "CaseFlow.appeal")
def appealed() -> Race:
    vendor = firms.rejected().vendor
    url = at("appeal_case", vendor.pk)
    return Race("appeal", [make.owner_of(vendor)], url, {"reason": "Contoh"})


@race("register", "hand_over_case", "CaseFlow.hand_over")
def registered() -> Race:
    said = {"platform": "toko-daring", "account": "Contoh", "registered_on": timezone.localdate()}
    return Race("register", [officer()], at("hand_over_case", firms.approved().pk), said)


@race("go_live", "confirm_listing", "CaseFlow.confirm_listing")
def gone_live() -> Race:
    url = at("confirm_listing", firms.registered().pk)
    return Race("go_live", [officer()], url, {"on_sale_on": timezone.localdate()})


@race("delist", "delist_vendor")
def delisted() -> Race:
    listing = firms.only_listing(firms.active())
    said = {f"listing-{listing.pk}-reason": "Contoh"}
    return Race("delist", [officer()], at("change_listing", listing.pk), said)


@race("go_live", "relist_vendor")
def listed_again() -> Race:
    listing = firms.only_listing(firms.active())
    actions.delist_vendor(listing, reason="Contoh", by=officer())
    said = {f"listing-{listing.pk}-on_sale_on": timezone.localdate()}
    return Race("go_live", [officer()], at("change_listing", listing.pk), said)


@race("suspend", "suspend_vendor")
def suspended() -> Race:
    return _move(firms.active(), "suspend", "suspend", approver())


@race("reinstate", "reinstate_vendor")
def reinstated() -> Race:
    return _move(firms.suspended(), "reinstate", "reinstate", approver())


@race("withdraw", "withdraw_vendor")
def withdrawn() -> Race:
    vendor = firms.submitted().vendor
    said = {"reason": "Contoh", "sure": "on"}
    url = at("withdraw_own_firm", vendor.pk)
    return Race("withdraw", [make.owner_of(vendor)], url, said)


@race("lapse")
def lapsed() -> Race:
    case = firms.returned(slug=None)
    past = timezone.now() - timedelta(minutes=1)
    Case.objects.filter(pk=case.pk).update(due_at=past)
    firms.flow_task(case, "correct").update(scheduled=past)
    system = User.objects.system()
    return Race("lapse", [system], do=lambda by: actions.lapse_due(by=by))


# --- a change at a firm whose status stays ---
def _change() -> Case:
    vendor = firms.active()
    return actions.open_change_case(
        vendor, kind=CaseKind.KBLI_2025, kbli="56301", by=make.owner_of(vendor)
    )


def _changed() -> Case:
    case = _change()
    firms.put_paper(case.vendor, "nib")
    return actions.resubmit_case(case.vendor.refresh(), by=make.owner_of(case.vendor))


@race("open_change_case")
def change_reported() -> Race:
    vendor = firms.active()
    said = {"kind": "KBLI_2025", "kbli": "56301", "note": "Contoh"}
    return Race("open_change", [make.owner_of(vendor)], at("report_change", vendor.pk), said)


@race("drop_change_case")
def change_dropped() -> Race:
    vendor = _change().vendor
    url = at("drop_change_case", vendor.pk)
    return Race("drop_change", [officer()], url, {"drop-reason": "Contoh"})


@race("resubmit_case", "ChangeFlow.correct")
def change_sent_off() -> Race:
    vendor = _change().vendor
    firms.put_paper(vendor, "nib")
    return Race("resubmit_change", [make.owner_of(vendor)], at("resubmit_case", vendor.pk))


@race("verify_case", "ChangeFlow.verify")
def change_verified() -> Race:
    url = at("verify_case", _changed().pk)
    return Race("verify_change", [officer()], url, {"advice": "approve"})


@race("decide_case", "ChangeFlow.decide")
def change_approved() -> Race:
    return Race("approve_change", [approver()], at("decide_case", make.verify(_changed()).pk),
                {"decision": "approve", "approve-reason": "Contoh"})  # fmt: skip
