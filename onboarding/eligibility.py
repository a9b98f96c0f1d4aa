"""Whether a firm may be invited, by dated rules that can be read aloud; never a bare "no".

Each reason carries a path: what to get, who issues it, who helps. Reason codes are those of
`rejection-reasons.csv`; the steps of a path are explained in `PATHS`.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from onboarding.identifiers import IdentifierError, is_placeholder, read_nib

Scale = Literal["micro", "small", "medium", "large", "unknown"]

PP_7_2021_IN_FORCE = date(2021, 2, 2)
BILLION = 10**9
# PP 7/2021 art. 35: upper bounds of micro, small and medium, in rupiah
CAPITAL_BOUNDS = (1 * BILLION, 5 * BILLION, 10 * BILLION)
SALES_BOUNDS = (2 * BILLION, 15 * BILLION, 50 * BILLION)
SCALES: tuple[Scale, ...] = ("micro", "small", "medium", "large")


@dataclass(frozen=True)
class Facts:
    """What is known of a firm; None is "not known" and never fails a rule by itself.

    Money is whole rupiah; capital is without land and building.
    """

    legal_form: str
    region_code: str | None = None
    in_east_java: bool | None = None
    nib: str = ""
    has_nib: bool | None = None
    kbli: tuple[str, ...] = ()
    capital: int | None = None
    yearly_sales: int | None = None
    founded_on: date | None = None
    blacklisted: bool = False
    asn_owner: bool = False

    def as_json(self) -> dict[str, Any]:
        """The facts as plain values, to keep beside the verdict that was built on them."""
        founded_on = self.founded_on.isoformat() if self.founded_on else None
        return {**asdict(self), "kbli": list(self.kbli), "founded_on": founded_on}


@dataclass(frozen=True)
class Rule:
    """One rule of the programme: in force from `from_on` up to and including `until_on`."""

    code: str
    from_on: date | None = None
    until_on: date | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    basis: str = ""

    def is_in_force(self, today: date) -> bool:
        """Whether the rule counts on this day; a missing date is an open end."""
        has_begun = self.from_on is None or self.from_on <= today
        return has_begun and (self.until_on is None or today <= self.until_on)


@dataclass(frozen=True)
class Reason:
    """Why not yet, and the steps that lead on (keys of `PATHS`)."""

    code: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The answer of the rules; `notes` are doubts that do not fail the firm."""

    eligible: bool
    reasons: tuple[Reason, ...]
    scale: Scale
    rules_version: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PathStep:
    """One step of a path as English msgids: what to do, who issues it, who helps."""

    what: str
    issued_by: str
    helped_by: str


def _(text: str) -> str:
    """Mark an English msgid for the translators; this module itself knows no language."""
    return text


PATHS: dict[str, PathStep] = {
    "get_nib": PathStep(
        _("Get a business identification number (NIB) at oss.go.id; it is free of charge."),
        _("OSS (Ministry of Investment)"),
        _("Cooperative and SME Office or the licensing office (DPMPTSP) of your regency or city"),
    ),
    "pt_perorangan": PathStep(
        _("Register a one-person company (PT Perorangan) online; it needs no notary."),
        _("Ministry of Law (Directorate General AHU)"),
        _("Cooperative and SME Office of your regency or city"),
    ),
    "cooperative_clinic": PathStep(
        _("Visit the business clinic to choose the form of business that suits you."),
        _("Cooperative and SME Office of your regency or city"),
        _("Cooperative and SME Office of your regency or city"),
    ),
    "correct_figures": PathStep(
        _("If the capital or sales figures are wrong, correct them on your NIB at oss.go.id."),
        _("OSS (Ministry of Investment)"),
        _("Licensing office (DPMPTSP) of your regency or city"),
    ),
    "other_channels": PathStep(
        _("Offer your goods through the national electronic catalogue or a tender."),
        _("INAPROC (LKPP)"),
        _("Procurement Bureau of East Java"),
    ),
    "own_province": PathStep(
        _("Ask the procurement bureau of the province where your business is."),
        _("Procurement bureau of your province"),
        _("Procurement Bureau of East Java"),
    ),
    "east_java_branch": PathStep(
        _("If you also do business in East Java, add that place to your NIB at oss.go.id."),
        _("OSS (Ministry of Investment)"),
        _("Licensing office (DPMPTSP) of your regency or city"),
    ),
    "blacklist_end": PathStep(
        _("Wait until the sanction ends, or show the decision that lifts it."),
        _("The office that imposed the sanction"),
        _("Procurement Bureau of East Java"),
    ),
    "non_asn_owner": PathStep(
        _(
            "Show that nobody who owns or manages the business is a serving civil servant, soldier "
            "or police officer."
        ),
        _("Notary or OSS, depending on the form of business"),
        _("Procurement Bureau of East Java"),
    ),
}

DEFAULT_RULES = (
    Rule(
        "in_east_java",
        from_on=date(2021, 2, 23),
        basis="SE Gubernur Jawa Timur 027/2337/022.1/2021",
    ),
    Rule(
        "umk_only",
        from_on=date(2021, 2, 23),
        params={"scales": ("micro", "small"), "exempt_forms": ("koperasi",)},
        basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 65; PP 7/2021 pasal 35",
    ),
    Rule(
        "legal_forms",
        params={"forms": ("cv", "pt", "pt_perorangan", "koperasi")},
        basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 1",
    ),
    Rule("admit_perorangan", basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 1"),
    Rule("nib_required", from_on=date(2021, 2, 2), basis="PP 5/2021 jo. PP 28/2025"),
    Rule("not_blacklisted", basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 78"),
    Rule("no_asn_owner", basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 7; PP 94/2021"),
)


def judge(facts: Facts, rules: Sequence[Rule], today: date) -> Verdict:
    """Hold the facts against the rules that are in force on this day.

    A missing NIB does not stop a referral: the firm is not yet eligible, with a path to get one.
    """
    in_force = {rule.code: rule for rule in rules if rule.is_in_force(today)}
    scale, notes = scale_of(facts)
    reasons = [_legal_form(facts, in_force)] + [
        check(facts, in_force[code], scale) for code, check in CHECKS.items() if code in in_force
    ]
    if facts.in_east_java is None:
        notes = (*notes, "region_not_known")
    found = tuple(reason for reason in reasons if reason is not None)
    return Verdict(not found, found, scale, rules_version(in_force.values()), notes)


def scale_of(facts: Facts) -> tuple[Scale, tuple[str, ...]]:
    """The scale by PP 7/2021 art. 35 and doubts about it.

    Capital counts for a firm that began when the PP was in force, sales for an older one; the
    only figure known is used. Without a founding date two figures must agree.
    """
    capital = _band(facts.capital, CAPITAL_BOUNDS)
    sales = _band(facts.yearly_sales, SALES_BOUNDS)
    if capital is None and sales is None:
        return "unknown", ("scale_unknown",)
    if capital is None or sales is None:
        return capital or sales or "unknown", ("scale_by_only_figure",)
    if capital == sales:
        return capital, ()
    if facts.founded_on is None:
        return "unknown", ("scale_figures_differ",)
    return (sales if facts.founded_on < PP_7_2021_IN_FORCE else capital), ("scale_figures_differ",)


def rules_version(rules: Collection[Rule]) -> str:
    """Twelve characters that change when any rule in force changes."""
    lines = sorted(json.dumps(asdict(rule), default=str, sort_keys=True) for rule in rules)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _band(amount: int | None, bounds: tuple[int, int, int]) -> Scale | None:
    if amount is None:
        return None
    return SCALES[sum(amount > bound for bound in bounds)]


def _legal_form(facts: Facts, in_force: Mapping[str, Rule]) -> Reason | None:
    if facts.legal_form == "perorangan":
        if "admit_perorangan" in in_force:
            return None
        return Reason("NO_LEGAL_FORM", ("pt_perorangan", "cooperative_clinic"))
    rule = in_force.get("legal_forms")
    if rule is None or facts.legal_form in rule.params["forms"]:
        return None
    return Reason("NO_LEGAL_FORM", ("cooperative_clinic",))


def _in_east_java(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    if facts.in_east_java is not False:
        return None
    return Reason("OUT_OF_REGION", ("own_province", "east_java_branch"))


def _umk_only(facts: Facts, rule: Rule, scale: Scale) -> Reason | None:
    if scale == "unknown" or scale in rule.params["scales"]:
        return None
    if facts.legal_form in rule.params.get("exempt_forms", ()):
        return None
    return Reason("NOT_UMK", ("correct_figures", "other_channels"))


def _nib_required(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    if not facts.nib and facts.has_nib:
        return None  # seen by a person, its number not typed yet
    try:
        is_sham = is_placeholder(read_nib(facts.nib).value)
    except IdentifierError:
        is_sham = True
    return Reason("NIB_INVALID", ("get_nib",)) if is_sham or facts.has_nib is False else None


def _not_blacklisted(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    return Reason("BLACKLISTED", ("blacklist_end",)) if facts.blacklisted else None


def _no_asn_owner(facts: Facts, _rule: Rule, _scale: Scale) -> Reason | None:
    return Reason("ASN_OWNER", ("non_asn_owner",)) if facts.asn_owner else None


CHECKS: dict[str, Callable[[Facts, Rule, Scale], Reason | None]] = {
    "in_east_java": _in_east_java,
    "umk_only": _umk_only,
    "nib_required": _nib_required,
    "not_blacklisted": _not_blacklisted,
    "no_asn_owner": _no_asn_owner,
}
