"""The rules of the programme as a truth table."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import workflows
from onboarding.eligibility import DEFAULT_RULES, PATHS, Facts, judge, rules_version, scale_of

TODAY = date(2026, 11, 21)
GOOD = Facts(
    "perorangan", "35.78", in_east_java=True, nib="0001210000017", yearly_sales=300_000_000
)
BILLION = 10**9


def closed_on(day):
    return tuple(
        replace(rule, until_on=day) if rule.code == "admit_perorangan" else rule
        for rule in DEFAULT_RULES
    )


@pytest.mark.parametrize("form", ["perorangan", "cv", "pt", "pt_perorangan", "koperasi"])
def test_every_form_of_the_programme_is_admitted_by_default(form):
    verdict = judge(replace(GOOD, legal_form=form), DEFAULT_RULES, TODAY)
    assert verdict.eligible
    assert verdict.reasons == ()


@pytest.mark.parametrize(
    ("facts", "code", "path"),
    [
        ({"in_east_java": False}, "OUT_OF_REGION", ("own_province", "east_java_branch")),
        ({"yearly_sales": 16 * BILLION}, "NOT_UMK", ("correct_figures", "other_channels")),
        ({"legal_form": "yayasan"}, "NO_LEGAL_FORM", ("cooperative_clinic",)),
        ({"nib": ""}, "NIB_INVALID", ("get_nib",)),
        ({"nib": "123"}, "NIB_INVALID", ("get_nib",)),
        ({"nib": "0000000000000"}, "NIB_INVALID", ("get_nib",)),
        ({"has_nib": False}, "NIB_INVALID", ("get_nib",)),
        ({"blacklisted": True}, "BLACKLISTED", ("blacklist_end",)),
        ({"asn_owner": True}, "ASN_OWNER", ("non_asn_owner",)),
    ],
)
def test_each_failure_has_its_reason_and_a_path(facts, code, path):
    verdict = judge(replace(GOOD, **facts), DEFAULT_RULES, TODAY)
    assert not verdict.eligible
    assert [(reason.code, reason.path) for reason in verdict.reasons] == [(code, path)]


def test_all_reasons_are_told_at_once():
    facts = Facts("yayasan", in_east_java=False, blacklisted=True, asn_owner=True)
    codes = [reason.code for reason in judge(facts, DEFAULT_RULES, TODAY).reasons]
    assert codes == ["NO_LEGAL_FORM", "OUT_OF_REGION", "NIB_INVALID", "BLACKLISTED", "ASN_OWNER"]


@pytest.mark.parametrize(
    ("closed", "eligible"),
    [(None, True), (date(2026, 11, 21), True), (date(2026, 11, 20), False)],
)
def test_dated_setting_can_close_the_door_to_sole_traders(closed, eligible):
    assert judge(GOOD, closed_on(closed), TODAY).eligible is eligible


def test_sole_trader_behind_the_closed_door_is_shown_two_ways_on():
    (reason,) = judge(GOOD, closed_on(date(2026, 1, 1)), TODAY).reasons
    assert (reason.code, reason.path) == (
        "NO_LEGAL_FORM",
        ("pt_perorangan", "cooperative_clinic"),
    )


def test_rule_that_has_not_begun_does_not_count():
    rules = tuple(replace(rule, from_on=date(2027, 1, 1)) for rule in DEFAULT_RULES
                  if rule.code == "not_blacklisted")  # fmt: skip
    facts = replace(GOOD, legal_form="cv", blacklisted=True)
    assert judge(facts, rules, TODAY).eligible


def test_cooperative_is_admitted_whatever_its_size():
    facts = replace(GOOD, legal_form="koperasi", yearly_sales=40 * BILLION)
    assert judge(facts, DEFAULT_RULES, TODAY).eligible


def test_unknown_figures_and_region_are_notes_not_failures():
    facts = Facts("cv", nib="0001210000017")
    verdict = judge(facts, DEFAULT_RULES, TODAY)
    assert verdict.eligible
    assert (verdict.scale, verdict.notes) == ("unknown", ("scale_unknown", "region_not_known"))


def test_nib_that_a_person_saw_is_not_asked_again():
    assert judge(replace(GOOD, nib="", has_nib=True), DEFAULT_RULES, TODAY).eligible


BEFORE, ON, AFTER = date(2021, 2, 1), date(2021, 2, 2), date(2021, 2, 3)


@pytest.mark.parametrize(
    ("capital", "sales", "founded", "scale"),
    [
        (None, None, None, "unknown"),
        (1 * BILLION, None, None, "micro"),
        (1 * BILLION + 1, None, None, "small"),
        (5 * BILLION, None, None, "small"),
        (5 * BILLION + 1, None, None, "medium"),
        (10 * BILLION + 1, None, None, "large"),
        (None, 2 * BILLION, None, "micro"),
        (None, 2 * BILLION + 1, None, "small"),
        (None, 15 * BILLION + 1, None, "medium"),
        (None, 50 * BILLION + 1, None, "large"),
        (0, 3 * BILLION, BEFORE, "small"),
        (0, 3 * BILLION, ON, "micro"),
        (0, 3 * BILLION, AFTER, "micro"),
        (0, 3 * BILLION, None, "unknown"),
        (0, 1, None, "micro"),
        (None, 3 * BILLION, AFTER, "small"),
    ],
)
def test_scale_follows_capital_for_young_firms_and_sales_for_old(capital, sales, founded, scale):
    facts = Facts("cv", capital=capital, yearly_sales=sales, founded_on=founded)
    assert scale_of(facts)[0] == scale


def test_version_changes_with_the_rules_and_only_then():
    assert rules_version(DEFAULT_RULES) == rules_version(tuple(reversed(DEFAULT_RULES)))
    assert rules_version(DEFAULT_RULES) != rules_version(closed_on(TODAY))
    assert judge(GOOD, DEFAULT_RULES, TODAY).rules_version == rules_version(DEFAULT_RULES)


def test_every_reason_is_in_the_list_and_every_step_is_explained():
    table = Path(workflows.__file__).parent / "reference/rejection-reasons.csv"
    with table.open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    facts = Facts("yayasan", None, False, "", None, (), 11 * BILLION, None, None, True, True)
    reasons = judge(facts, DEFAULT_RULES, TODAY).reasons
    assert {reason.code for reason in reasons} <= known
    assert {step for reason in reasons for step in reason.path} <= set(PATHS)


def test_facts_can_be_kept_as_json():
    facts = replace(GOOD, founded_on=BEFORE, kbli=("56210",))
    kept = json.loads(json.dumps(facts.as_json()))
    assert (kept["founded_on"], kept["kbli"]) == ("2021-02-01", ["56210"])
