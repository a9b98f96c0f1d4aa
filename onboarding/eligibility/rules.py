"""What a rule is, what it is held against, and what it answers: plain values, kept as JSON."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Scale = Literal["micro", "small", "medium", "large", "unknown"]
SCALES: tuple[Scale, ...] = ("micro", "small", "medium", "large")
LEGAL_FORMS = ("perorangan", "cv", "pt", "pt_perorangan", "koperasi")
BILLION = 10**9


@dataclass(frozen=True)
class Facts:
    """What is known of a firm; None is "not known" and never fails a rule by itself.

    Money is whole rupiah; capital is without land and building. `registers` holds the answer
    of each register that was asked: match, mismatch, not_found, unavailable.
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
    name_on_blacklist: bool = False
    looks_like_another: bool = False
    registers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The facts as plain values, to keep beside the verdict that was built on them."""
        founded_on = self.founded_on.isoformat() if self.founded_on else None
        return {**asdict(self), "kbli": list(self.kbli), "founded_on": founded_on}


@dataclass(frozen=True)
class Rule:
    """One rule of the programme: in force from `from_on` up to and including `until_on`.

    `forms` are the legal forms that it is for; none named means every form.
    """

    code: str
    from_on: date | None = None
    until_on: date | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    basis: str = ""
    forms: tuple[str, ...] = ()
    is_on: bool = True

    def is_in_force(self, today: date) -> bool:
        """Whether the rule counts on this day; a missing date is an open end."""
        has_begun = self.from_on is None or self.from_on <= today
        return self.is_on and has_begun and (self.until_on is None or today <= self.until_on)

    def is_for(self, legal_form: str) -> bool:
        """Whether the rule is for this form of business."""
        return not self.forms or legal_form in self.forms

    def as_json(self) -> dict[str, Any]:
        """The rule as plain values, fit for `from_json`."""
        kept: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        return kept

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Rule":
        """The rule that `as_json` gave."""
        return cls(
            code=kept["code"],
            from_on=_day(kept["from_on"]),
            until_on=_day(kept["until_on"]),
            params=dict(kept["params"]),
            basis=kept["basis"],
            forms=tuple(kept["forms"]),
            is_on=kept["is_on"],
        )


@dataclass(frozen=True)
class Reason:
    """Why not yet, and the steps that lead on (keys of `PATHS`)."""

    code: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The answer of the rules; `notes` are doubts that do not fail the firm.

    `waits` are the doubts that a person or a register must settle first: such a firm is neither
    eligible nor refused, it stays where it is.
    """

    eligible: bool
    reasons: tuple[Reason, ...]
    scale: Scale
    rules_version: str
    notes: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()


#: Every rule that can be written, with what it takes beside dates and forms.
CODES: Mapping[str, tuple[str, ...]] = {
    "in_east_java": ("regions",),
    "msme_scale": ("capital_bounds", "sales_bounds", "capital_counts_from"),
    "umk_only": ("scales", "exempt_forms"),
    "legal_forms": ("admitted",),
    "admit_perorangan": (),
    "nib_required": (),
    "not_blacklisted": (),
    "no_asn_owner": (),
    "kbli_admitted": ("allowed", "not_allowed"),
    "no_open_twin": (),
    "in_register": ("registers",),
}

DEFAULT_RULES = (
    Rule(
        "in_east_java",
        from_on=date(2021, 2, 23),
        basis="SE Gubernur Jawa Timur 027/2337/022.1/2021",
    ),
    Rule(
        "msme_scale",
        from_on=date(2021, 2, 2),
        params={
            "capital_bounds": (1 * BILLION, 5 * BILLION, 10 * BILLION),
            "sales_bounds": (2 * BILLION, 15 * BILLION, 50 * BILLION),
            "capital_counts_from": "2021-02-02",
        },
        basis="PP 7/2021 pasal 35 dan 36",
    ),
    Rule(
        "umk_only",
        from_on=date(2021, 2, 23),
        params={"scales": ("micro", "small"), "exempt_forms": ("koperasi",)},
        basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 65; PP 7/2021 pasal 35",
    ),
    Rule(
        "legal_forms",
        params={"admitted": ("cv", "pt", "pt_perorangan", "koperasi")},
        basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 1",
    ),
    Rule("admit_perorangan", basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 1"),
    Rule("nib_required", from_on=date(2021, 2, 2), basis="PP 5/2021 jo. PP 28/2025"),
    Rule("not_blacklisted", basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 78"),
    Rule("no_asn_owner", basis="Perpres 16/2018 jo. Perpres 12/2021 pasal 7; PP 94/2021"),
    Rule("kbli_admitted", is_on=False),
    Rule("no_open_twin", is_on=False),
    Rule("in_register", params={"registers": ("oss",)}, is_on=False),
)


def rules_version(rules: Collection[Rule]) -> str:
    """Twelve characters that change when anything in the rules that are on changes."""
    lines = sorted(json.dumps(rule.as_json(), sort_keys=True) for rule in rules if rule.is_on)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
