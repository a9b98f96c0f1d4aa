"""The duplicates desk on the screen: side by side, remembered, undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from onboarding import roles
from onboarding.models import FirmPair, User, Vendor
from tests import factories as make
from tests.workflows.couples import officer, pair
from workflows import actions
from workflows.models import Merge

pytestmark = pytest.mark.django_db
TWINS = reverse("workflows:twins")


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def desk(by: User, client: Client) -> Client:
    client.force_login(by)
    return client


def two(**said: object) -> tuple[FirmPair, Vendor, Vendor]:
    one, other = make.refer(name="Contoh Berkah"), make.refer(name="CV Contoh Berkah")
    reasons = [{"field": "name", "verdict": "similar", "likeness": 0.93}]
    return pair(one, other, **{"reasons": reasons, **said}), one, other


def page(pk: int) -> str:
    return reverse("workflows:judge_pair", args=[pk])


def test_the_list_leads_to_the_pair_and_the_queue_to_the_list(desk: Client) -> None:
    one, *_firms = two()
    assert TWINS in desk.get(reverse("workflows:queue")).content.decode()
    assert page(one.pk) in desk.get(TWINS).content.decode()
    assert "93" in desk.get(page(one.pk)).content.decode()


def test_the_chosen_values_hold_and_the_merged_page_leads_to_the_kept_one(desk: Client) -> None:
    one, kept, merged = two()
    answer = desk.post(
        page(one.pk),
        {"verdict": "same", "kept": kept.pk, "fact-name": merged.pk, "fact-nib": kept.pk},
    )
    assert answer.status_code == 302
    assert (kept.refresh().name, kept.refresh().nib) == (merged.name, kept.nib)
    found = desk.get(reverse("workflows:vendor", args=[merged.pk]), follow=True)
    assert found.redirect_chain[-1][0] == reverse("workflows:vendor", args=[kept.pk])
    assert merged.number in found.content.decode()
    history = desk.get(reverse("workflows:vendor", args=[kept.pk]) + "?part=history")
    assert merged.number in history.content.decode()


def test_the_other_record_may_be_kept_when_both_stand_at_the_same_place(desk: Client) -> None:
    one, first, second = two()
    desk.post(page(one.pk), {"verdict": "same", "kept": second.pk})
    assert first.refresh().merged_into == second


def test_skipping_leads_to_the_next_pair_and_at_the_end_to_the_list(desk: Client) -> None:
    first, *_firms = two(score=0.9)
    last, *_others = two(score=0.7)
    assert desk.get(page(first.pk) + "?skip=1").headers["Location"] == page(last.pk)
    assert desk.get(page(last.pk) + "?skip=1").headers["Location"].startswith(TWINS)


def test_two_businesses_are_asked_for_a_reason_and_never_again(desk: Client) -> None:
    one, *_firms = two()
    assert desk.post(page(one.pk), {"verdict": "different", "reason": ""}).status_code == 422
    desk.post(page(one.pk), {"verdict": "different", "reason": "Pemilik lain"})
    assert page(one.pk) not in desk.get(TWINS).content.decode()
    assert desk.get(page(one.pk)).status_code == 302


def test_a_value_that_neither_record_has_is_not_taken(desk: Client) -> None:
    one, *_firms = two()
    stranger = make.refer()
    answer = desk.post(page(one.pk), {"verdict": "same", "fact-name": stranger.pk})
    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_a_wrong_number_merges_nothing_and_says_how_many_there_are(desk: Client) -> None:
    two(band="same")
    answer = desk.post(reverse("workflows:merge_same"), {"count": "2"})
    assert answer.status_code == 409
    assert desk.post(reverse("workflows:merge_same"), {"count": "banyak"}).status_code == 422
    assert desk.post(reverse("workflows:merge_same"), {"count": "1"}).status_code == 302


def test_an_approver_undoes_a_merge_with_a_reason_and_sees_no_whole_number(
    by: User, client: Client
) -> None:
    one, _kept, merged = two()
    merge = actions.say_same(one, winners={"phone": merged.pk}, by=by)
    client.force_login(make.make_user(roles.APPROVER))
    url = reverse("workflows:merge", args=[merge.pk])
    assert merged.phone not in client.get(url).content.decode()
    assert client.post(url, {"are_two": "two", "reason": ""}).status_code == 422
    client.post(url, {"are_two": "two", "reason": "Pemilik lain"})
    assert merged.refresh().merged_into is None
    assert FirmPair.objects.get(pk=one.pk).verdict == FirmPair.Verdict.DIFFERENT
    assert client.post(url, {"are_two": "two", "reason": "Lagi"}).status_code == 409


def test_an_owner_who_kept_the_old_address_finds_the_firm(client: Client) -> None:
    one, kept, merged = two()
    owner = make.owner_of(merged)
    actions.say_same(one, kept_id=kept.pk, by=officer())
    client.force_login(owner)
    answer = client.get(reverse("workflows:own_page", args=[merged.pk]))
    assert answer.headers["Location"] == reverse("workflows:own_page", args=[kept.pk])
