"""Holds facts against the rules that are in force on a day, all of them at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from onboarding.eligibility.paths import REASON_PATHS
from onboarding.eligibility.rules import (
    CODES,
    LEGAL_FORMS,
    Facts,
    Reason,
    Rule,
    Scale,
    Verdict,
    rules_version,
)
from onboarding.eligibility.scale import scale_of
from onboarding.identifiers import IdentifierError, is_placeholder, read_nib

#: What a register's answer does to the rule that asks it: a silence never passes.
WAIT_FOR = ("", "unavailable")


class RulesOfDay:
    """The rules as they stand on one day; made once, then asked for as many firms as needed."""

    def __init__(self, rules: Sequence[Rule], today: date) -> None:
        self.in_force = tuple(rule for rule in rules if rule.is_in_force(today))
        self.version = rules_version(self.in_force)
        self._by_form: dict[str, dict[str, Rule]] = {}

    def has(self, code: str) -> bool:
        """Whether this rule counts for any form of business on the day."""
        return any(rule.code == code for rule in self.in_force)

    def for_form(self, legal_form: str) -> dict[str, Rule]:
        """The rules in force for one form of business, by code."""
        known = self._by_form.get(legal_form)
        if known is None:
            known = {rule.code: rule for rule in self.in_force if rule.is_for(legal_form)}
            self._by_form[legal_form] = known
        return known

    def judge(self, facts: Facts) -> Verdict:
        """All reasons at once, and what has to be waited for.

        A missing NIB does not stop a referral: the firm is not yet eligible, with a path.
        """
        rules = self.for_form(facts.legal_form)
        scale, notes = scale_of(facts, rules.get("msme_scale"))
        reasons = [_legal_form(facts, rules)] + [
            check(facts, rules[code], scale) for code, check in CHECKS.items() if code in rules
        ]
        found = tuple(reason for reason in reasons if reason is not None)
        waits = tuple(_waits(facts, rules))
        notes = (*notes, *_notes(facts, rules))
        return Verdict(not found and not waits, found, scale, self.version, notes, waits)


def judge(facts: Facts, rules: Sequence[Rule], today: date) -> Verdict:
    """Hold the facts of one firm against the rules that are in force on this day."""
    return RulesOfDay(rules, today).judge(facts)


def problems_of(rules: Sequence[Rule]) -> list[tuple[str, str]]:
    """What is wrong with rules that somebody wrote: ``(rule code, problem code)``, [] if sound."""
    found = [(rule.code, problem) for rule in rules for problem in _problems(rule)]
    for one, other in combinations([rule for rule in rules if rule.is_on], 2):
        if one.code == other.code and _share_a_form(one, other) and _share_a_day(one, other):
            found.append((one.code, "rule_twice"))
    return found


def _problems(rule: Rule) -> Iterator[str]:
    if rule.code not in CODES:
        yield "rule_unknown"
        return
    if rule.from_on and rule.until_on and rule.until_on < rule.from_on:
        yield "rule_ends_before_it_begins"
    if not set(rule.forms) <= set(LEGAL_FORMS):
        yield "rule_form_unknown"
    for key in ("capital_bounds", "sales_bounds"):
        bounds = rule.params.get(key)
        if bounds is not None and not (len(bounds) == 3 and 0 < bounds[0] < bounds[1] < bounds[2]):
            yield "rule_bounds_do_not_rise"
    if rule.is_on and rule.code == "umk_only" and not rule.params.get("scales"):
        yield "rule_admits_nobody"
    if rule.is_on and rule.code == "kbli_admitted" and not any(rule.params.values()):
        yield "rule_says_nothing"


def _share_a_form(one: Rule, other: Rule) -> bool:
    return not one.forms or not other.forms or bool(set(one.forms) & set(other.forms))


def _share_a_day(one: Rule, other: Rule) -> bool:
    begin = max(one.from_on or date.min, other.from_on or date.min)
    return begin <= min(one.until_on or date.max, other.until_on or date.max)


def _notes(facts: Facts, rules: Mapping[str, Rule]) -> Iterator[str]:
    if facts.in_east_java is None:
        yield "region_not_known"
    if "kbli_admitted" in rules and not facts.kbli:
        yield "kbli_not_known"
    if facts.name_on_blacklist and not facts.blacklisted:
        yield "name_on_blacklist"


def _waits(facts: Facts, rules: Mapping[str, Rule]) -> Iterator[str]:
    if "no_open_twin" in rules and facts.looks_like_another:
        yield "looks_like_another"
    rule = rules.get("in_register")
    asked = rule.params["registers"] if rule else ()
    if any(facts.registers.get(register, "") in WAIT_FOR for register in asked):
        yield "not_yet_verified"


def _reason(code: str) -> Reason:
    return Reason(code, REASON_PATHS[code])


def _legal_form(facts: Facts, rules: Mapping[str, Rule]) -> Reason | None:
    if facts.legal_form == "perorangan":
        if "admit_perorangan" in rules:
            return None
        return Reason("NO_LEGAL_FORM", ("pt_perorangan", "cooperative_clinic"))
    rule = rules.get("legal_forms")
    if rule is None or facts.legal_form in rule.params["admitted"]:
        return None
    return _reason("NO_LEGAL_FORM")


def _in_east_java(facts: Facts, rule: Rule, _scale: Scale) -> Reason | None:
    regions = rule.params.get("regions", ())
    is_elsewhere = bool(regions and facts.region_code and facts.region_code not in regions)
    if facts.in_east_java is not False and not is_elsewhere:
        return None
    return _reason("OUT_OF_REGION")


def _umk_only(facts: Facts, rule: Rule, scale: Scale) -> Reason | None:
    if scale == "unknown" or scale in rule.params["scales"]:
        return None
    if facts.legal_form in rule.params.get("exempt_forms", ()):
        return None
    return _reason("NOT_UMK")


def _nib_required(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    if not facts.nib and facts.has_nib:
        return None  # seen by a person, its number not typed yet
    try:
        is_sham = is_placeholder(read_nib(facts.nib).value)
    except IdentifierError:
        is_sham = True
    return _reason("NIB_INVALID") if is_sham or facts.has_nib is False else None


def _not_blacklisted(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    return _reason("BLACKLISTED") if facts.blacklisted else None


def _no_asn_owner(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    return _reason("ASN_OWNER") if facts.asn_owner else None


def _kbli_admitted(facts: Facts, rule: Rule, _scale: Scale) -> Reason | None:
    """A firm has several activities: it fails only when none of them is admitted."""
    if not facts.kbli:
        return None
    allowed = tuple(rule.params.get("allowed", ()))
    barred = tuple(rule.params.get("not_allowed", ()))
    for code in facts.kbli:
        if (not allowed or code.startswith(allowed)) and not code.startswith(barred):
            return None
    return _reason("KBLI_MISMATCH")


#: What a register is asked about, so that "not found" names the number that is wrong.
REASON_OF_REGISTER: Mapping[str, str] = {
    "oss": "NIB_INVALID",
    "djp": "NPWP_INVALID",
    "ahu": "NO_LEGAL_FORM",
}


def _in_register(facts: Facts, rule: Rule, _scale: Scale) -> Reason | None:
    for register in rule.params["registers"]:
        answer = facts.registers.get(register, "")
        if answer == "not_found":
            return _reason(REASON_OF_REGISTER.get(register, "NIB_INVALID"))
        if answer == "mismatch":
            return _reason("NAME_MISMATCH")
    return None


CHECKS: dict[str, Callable[[Facts, Rule, Scale], Reason | None]] = {
    "in_east_java": _in_east_java,
    "umk_only": _umk_only,
    "nib_required": _nib_required,
    "not_blacklisted": _not_blacklisted,
    "no_asn_owner": _no_asn_owner,
    "kbli_admitted": _kbli_admitted,
    "in_register": _in_register,
}
