"""Two firms that were one are merged without loss, and un-merged to the last row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from onboarding import roles
from onboarding.models import FirmPair, Vendor
from tests import factories as make
from tests.workflows import firms
from tests.workflows.couples import STEPS, Walk, changes, officer, pair, picture, undone
from workflows import actions
from workflows.errors import (
    ConflictOfInterest,
    MoveNotAllowed,
    NotAllowed,
    Refused,
    SamePerson,
    TakenByAnother,
)
from workflows.models import Case, Merge
from workflows.twins import CARRIED, FACTS, OWN, in_order

pytestmark = pytest.mark.django_db
steps = st.lists(st.sampled_from(STEPS), max_size=7)
#: Every table that names a firm, and what a merge does with its rows.
MOVED = {
    "Referral.vendor", "SheetRow.known_vendor", "Membership.vendor", "FirmPair.first",
    "FirmPair.second", "Seat.vendor", "Paper.vendor", "Case.vendor", "Listing.vendor",
    "Letter.vendor", "Message.vendor", "AccessLink.vendor", "Assistance.vendor",
    "BlacklistVerdict.vendor", "PaperDraft.vendor", "PaperMissed.vendor", "Ticket.vendor",
    "Conflict.vendor", "Consent.vendor", "FactCorrection.vendor",
}  # fmt: skip
#: What was said of one firm at one time stays with it; the page of the firm kept shows it too.
STAYS = {
    "AuditEvent.vendor", "Screening.vendor", "RegisterAnswer.vendor", "RuleFlip.vendor",
    "Vendor.merged_into", "Merge.kept", "Merge.merged", "AllocationRow.vendor",
    "ContactChoice.vendor", "Look.vendor", "Erasure.vendor", "RedFlag.vendor",
}  # fmt: skip


def merged_from(one: Vendor, other: Vendor, **said: Any) -> Merge:
    kept, merged = in_order(one.refresh(), other.refresh())
    return actions.merge_firms(
        kept=kept, merged=merged, by=said.pop("by", None) or officer(), **said
    )


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(one=steps, other=steps, last=st.lists(st.sampled_from(("both_attend", "swap")), max_size=2))
def test_merging_and_un_merging_changes_no_row(one: list[str], other: list[str], last: Any) -> None:
    with undone():
        walk = Walk(make.make_session(), make.make_user(roles.VENDOR))
        first = walk.take(make.refer(), one)
        second = walk.take(make.refer(), other)
        if "both_attend" in last:
            walk.take(first, ["attend"])
            walk.take(second, ["attend"])
        two = pair(first, second)
        kept, merged = in_order(first.refresh(), second.refresh())
        winners = {fact.key: (merged if "swap" in last else kept).pk for fact in FACTS}
        merger, other_officer = officer(), officer()
        before = picture()
        if Case.objects.filter(vendor=merged).is_open().exists():
            with pytest.raises(MoveNotAllowed):
                actions.merge_firms(kept=kept, merged=merged, pair=two, by=merger)
            assert changes(before, picture()) == []
            return
        merge = actions.merge_firms(kept=kept, merged=merged, winners=winners, pair=two, by=merger)
        assert picture() != before
        assert kept.refresh().referrals.count() == 2 + _further(one, other)
        actions.unmerge_firms(merge, reason="Keliru", are_two=False, by=other_officer)
        assert changes(before, picture()) == []


def _further(*walks: list[str]) -> int:
    return sum(min(walk.count("name_again"), 3) for walk in walks)


def test_every_table_that_names_a_firm_and_every_column_of_one_has_an_answer() -> None:
    relations = Vendor._meta.get_fields(include_hidden=True)
    keys = [one.field for one in relations if one.auto_created and not one.concrete]
    named = {f"{key.model.__name__}.{key.name}" for key in keys}
    assert named <= MOVED | STAYS, named - MOVED - STAYS
    columns = {field.attname for field in Vendor._meta.concrete_fields}
    chosen = {column for fact in FACTS for column in fact.columns}
    assert columns == chosen | set(CARRIED) | set(OWN)


def test_the_firm_further_along_the_road_is_the_one_that_is_kept() -> None:
    far, near = firms.guided(), make.refer()
    with pytest.raises(MoveNotAllowed, match="lebih maju"):
        actions.merge_firms(kept=near, merged=far, by=officer())
    merge = merged_from(near, far)
    assert (merge.kept, merge.merged) == (far, near)
    assert near.refresh().merged_into == far
    assert near.refresh().status == "ELIGIBLE"  # only the lifecycle writes a status


def test_every_office_keeps_its_credit_for_the_firm() -> None:
    one, other = make.refer(), make.refer(by=make.make_user(roles.AGENCY, agency="dinkes"))
    received = [referral.received for referral in other.referrals.all()]
    merge = merged_from(one, other)
    offices = {referral.agency.code for referral in merge.kept.refresh().referrals.all()}
    assert offices == {"dindik", "dinkes"}
    assert merge.kept.referrals.last().received in received or merge.kept.referrals.count() == 2


def test_the_word_that_more_nominations_agree_with_is_proposed_and_the_chosen_one_holds() -> None:
    one, other = make.refer(), make.refer()
    for code in ("dinkes", "dishub"):
        agency = make.make_user(roles.AGENCY, agency=code)
        make.refer(by=agency, nib=one.nib, name=one.name, address=one.address)
    merge = merged_from(one, other, winners={"owner_name": other.pk})
    kept = merge.kept.refresh()
    assert (kept.name, kept.nib, kept.owner_name) == (one.name, one.nib, other.owner_name)


def test_a_seat_of_both_in_one_session_is_one_seat_and_the_one_who_came_counts() -> None:
    session = make.make_session()
    one, other = make.refer(), make.refer()
    actions.invite_vendors(session, vendor_ids=[one.pk, other.pk], by=officer())
    Walk(session, make.make_user(roles.VENDOR)).take(other, ["attend"])
    kept = merged_from(one, other).kept
    assert kept == one
    assert [
        (seat.vendor_id, seat.is_present) for seat in session.seats.filter(state="INVITED")
    ] == [(one.pk, True)]


def test_two_open_cases_or_two_shops_are_settled_first() -> None:
    case, far = firms.submitted(), firms.active()
    with pytest.raises(MoveNotAllowed, match="kasus yang masih terbuka"):
        merged_from(case.vendor, far)
    with pytest.raises(MoveNotAllowed, match="platform"):
        merged_from(firms.active(), far)
    deciding = firms.verified().vendor
    with pytest.raises(MoveNotAllowed, match="sedang"):
        merged_from(make.refer(), deciding)


def test_a_colleague_who_holds_the_case_is_not_surprised() -> None:
    case = firms.submitted()
    actions.claim_case(case, by=officer())
    with pytest.raises(TakenByAnother):
        merged_from(case.vendor, make.refer())


def test_what_was_verified_on_papers_is_not_changed_by_a_merge() -> None:
    far, near = firms.active(), make.refer()
    with pytest.raises(Refused, match="diverifikasi"):
        merged_from(far, near, winners={"name": near.pk})
    assert merged_from(far, near).kept.refresh().name == far.name


def test_nobody_merges_a_firm_of_their_own_and_an_office_cannot_merge() -> None:
    one, other = make.refer(), make.refer()
    tied = make.make_user(roles.OFFICER, phone=other.phone)
    with pytest.raises(ConflictOfInterest):
        merged_from(one, other, by=tied)
    with pytest.raises(NotAllowed):
        merged_from(one, other, by=make.make_user(roles.AGENCY))


def test_a_merged_firm_is_in_no_list_takes_no_move_and_its_link_opens_nobody_elses_door() -> None:
    one, other = make.refer(), make.refer()
    link, _token = actions.make_access_link(other, purpose="sign_in", by=officer())
    merge = merged_from(one, other)
    seen = Vendor.objects.visible_to(officer())
    assert (seen.filter(pk=one.pk).exists(), seen.filter(pk=other.pk).exists()) == (True, False)
    with pytest.raises(NotAllowed, match="digabungkan ke usaha lain"):
        actions.waive_guidance(other.refresh(), reason="Dilatih", by=officer())
    with pytest.raises(MoveNotAllowed):
        actions.invite_vendors(make.make_session(), vendor_ids=[other.pk], by=officer())
    link.refresh_from_db()
    assert link.revoked_at is not None
    again = make.refer(nib=other.nib, name=other.name)
    assert again == merge.kept  # its old number leads to the firm that took it in


def test_after_later_work_the_moved_goes_back_the_later_stays_and_changes_are_told() -> None:
    one, other = make.refer(), make.refer()
    firms.put_paper(other, "ktp")
    merge = merged_from(one, other, winners={"address": other.pk, "phone": other.pk})
    kept = merge.kept.refresh()
    Vendor.objects.filter(pk=kept.pk).update(phone="+6281299990000")
    firms.put_paper(kept, "ktp")  # replaces the paper that came with the other firm
    actions.waive_guidance(kept.refresh(), reason="Dilatih dinas", by=officer())
    with pytest.raises(SamePerson):
        actions.unmerge_firms(merge, reason="Keliru", are_two=True, by=merge.merged_by)
    merge = actions.unmerge_firms(merge, reason="Keliru", are_two=True, by=officer())
    assert kept.refresh().phone == "+6281299990000"
    assert [list(entry["set"]) for entry in merge.left if "phone" in entry["set"]] == [["phone"]]
    assert kept.refresh().status == "GUIDED"
    assert [paper.state for paper in kept.papers.all()] == ["READ"]
    assert [paper.state for paper in other.papers.all()] == ["READ"]
    assert other.refresh().merged_into is None


def test_chained_merges_are_undone_in_order() -> None:
    one, two, three = make.refer(), make.refer(), make.refer()
    people = [officer() for _each in range(4)]
    before = picture()
    first = actions.merge_firms(kept=two, merged=one, by=people[0])
    second = actions.merge_firms(kept=three, merged=two, by=people[1])
    assert one.refresh().standing_firm() == three
    with pytest.raises(MoveNotAllowed, match="kemudian digabungkan"):
        actions.unmerge_firms(first, reason="Keliru", are_two=True, by=people[2])
    actions.unmerge_firms(second, reason="Keliru", are_two=True, by=people[2])
    actions.unmerge_firms(first, reason="Keliru", are_two=True, by=people[3])
    assert changes(before, picture()) == []


def test_a_merge_is_undone_once_and_never_without_a_reason() -> None:
    merge = merged_from(make.refer(), make.refer())
    with pytest.raises(Refused, match="Tulis alasan"):
        actions.unmerge_firms(merge, reason=" ", are_two=True, by=officer())
    actions.unmerge_firms(merge, reason="Keliru", are_two=True, by=officer())
    with pytest.raises(TakenByAnother):
        actions.unmerge_firms(merge, reason="Keliru", are_two=True, by=officer())


def test_what_was_found_different_from_one_is_not_asked_of_the_other() -> None:
    one, other, third = make.refer(), make.refer(), make.refer()
    actions.say_different(pair(other, third), reason="Alamat lain", by=officer())
    merged_from(one, other)
    first, second = sorted((one.pk, third.pk))
    assert FirmPair.objects.get(first=first, second=second).verdict == FirmPair.Verdict.DIFFERENT
