"""The rules of the programme as a truth table."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import workflows
from onboarding.eligibility import (
    DEFAULT_RULES,
    PATHS,
    REASON_PATHS,
    Facts,
    Rule,
    judge,
    problems_of,
    rules_version,
    scale_of,
)

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


@pytest.mark.parametrize(
    ("params", "kbli", "eligible"),
    [
        ({"allowed": ["56"]}, ("56210",), True),
        ({"allowed": ["56"]}, ("47112",), False),
        ({"allowed": ["56"]}, ("47112", "56210"), True),
        ({"not_allowed": ["12"]}, ("12011",), False),
        ({"not_allowed": ["12"]}, ("12011", "47112"), True),
        ({"allowed": ["5"], "not_allowed": ["56301"]}, ("56301",), False),
        ({"allowed": ["56"]}, (), True),
    ],
)
def test_kbli_rule_fails_a_firm_only_when_no_activity_is_admitted(params, kbli, eligible):
    rules = (*DEFAULT_RULES, Rule("kbli_admitted", params=params))
    verdict = judge(replace(GOOD, kbli=kbli), rules, TODAY)
    assert verdict.eligible is eligible
    assert [r.code for r in verdict.reasons] == ([] if eligible else ["KBLI_MISMATCH"])
    assert ("kbli_not_known" in verdict.notes) is (not kbli)


def test_region_rule_may_name_regions():
    rules = (Rule("in_east_java", params={"regions": ["35.78"]}),)
    assert "OUT_OF_REGION" not in _codes(GOOD, rules)
    assert "OUT_OF_REGION" in _codes(replace(GOOD, region_code="35.01"), rules)


def test_firm_that_looks_like_another_waits_unless_it_fails_anyway():
    rules = (*DEFAULT_RULES, Rule("no_open_twin"))
    verdict = judge(replace(GOOD, looks_like_another=True), rules, TODAY)
    assert (verdict.eligible, verdict.reasons, verdict.waits) == (
        False,
        (),
        ("looks_like_another",),
    )
    assert _codes(replace(GOOD, looks_like_another=True, nib=""), rules) == ["NIB_INVALID"]


def test_rule_counts_for_its_legal_forms_only():
    rules = (*_without("nib_required"), Rule("nib_required", forms=("cv", "pt")))
    assert judge(replace(GOOD, nib=""), rules, TODAY).eligible
    assert _codes(replace(GOOD, nib="", legal_form="cv"), rules) == ["NIB_INVALID"]


def test_bounds_of_the_scale_are_those_of_the_version():
    tighter = {"capital_bounds": [1, 2, 3], "sales_bounds": [10, 20, 30]}
    rule = Rule("msme_scale", params={**tighter, "capital_counts_from": "2021-02-02"})
    assert scale_of(replace(GOOD, yearly_sales=21), rule)[0] == "medium"
    assert scale_of(replace(GOOD, yearly_sales=21))[0] == "micro"


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ((Rule("nib_required"), Rule("nib_required", forms=("cv",))), "rule_twice"),
        ((Rule("nib_required", from_on=AFTER, until_on=BEFORE),), "rule_ends_before_it_begins"),
        ((Rule("no_such_rule"),), "rule_unknown"),
        ((Rule("nib_required", forms=("firma",)),), "rule_form_unknown"),
    ],
)
def test_unsound_rules_are_named(rules, problem):
    assert problem in [code for _rule, code in problems_of(rules)]


def test_lines_of_one_rule_may_follow_each_other_in_time():
    rules = (Rule("nib_required", until_on=BEFORE), Rule("nib_required", from_on=ON))
    assert problems_of(rules) == []


def test_rules_are_kept_as_json_and_come_back_with_the_same_fingerprint():
    kept = [Rule.from_json(json.loads(json.dumps(rule.as_json()))) for rule in DEFAULT_RULES]
    assert rules_version(kept) == rules_version(DEFAULT_RULES)
    assert judge(GOOD, kept, TODAY) == judge(GOOD, DEFAULT_RULES, TODAY)


def test_every_code_of_the_list_of_reasons_has_a_path():
    table = Path(workflows.__file__).parent / "reference/rejection-reasons.csv"
    with table.open(encoding="utf-8", newline="") as file:
        known = {row["code"] for row in csv.DictReader(file)}
    assert set(REASON_PATHS) == known
    assert {step for steps in REASON_PATHS.values() for step in steps} <= set(PATHS)


def _codes(facts, rules):
    return [reason.code for reason in judge(facts, rules, TODAY).reasons]


def _without(code):
    return tuple(rule for rule in DEFAULT_RULES if rule.code != code)
