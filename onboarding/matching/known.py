"""Whether a referral names a firm that is already known; the law decides, likeness only proposes.

One owner has several firms and a helper lends one number to thirty, so only an equal NIB or an
equal company NPWP links by itself. Phone, NIK, and name with region say "look".
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from onboarding.identifiers import fold_name, is_personal_npwp, is_placeholder

SOLE_TRADER = "perorangan"


@dataclass(frozen=True)
class Known:
    """The firms on record, looked up by what may name them; values are vendor ids.

    `by_company_npwp` holds firms of a form other than sole trader only; `by_name_region` is
    keyed by (folded name, region code); `nib_of` and `form_of` are keyed by vendor id.
    """

    by_nib: Mapping[str, Hashable] = field(default_factory=dict)
    by_company_npwp: Mapping[str, Hashable] = field(default_factory=dict)
    by_phone: Mapping[str, Sequence[Hashable]] = field(default_factory=dict)
    by_nik: Mapping[str, Sequence[Hashable]] = field(default_factory=dict)
    by_name_region: Mapping[tuple[str, str], Sequence[Hashable]] = field(default_factory=dict)
    nib_of: Mapping[Hashable, str] = field(default_factory=dict)
    form_of: Mapping[Hashable, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """What was recognised: `same` links, `look` asks a person, `new` is a firm of its own.

    `vendor_id` is the firm, for `look` the likeliest of `candidates`; reasons are codes.
    """

    kind: Literal["same", "look", "new"]
    vendor_id: Hashable | None = None
    reasons: tuple[str, ...] = ()
    candidates: tuple[Hashable, ...] = ()


def recognise(clean: Mapping[str, Any], known: Known) -> Match:
    """Match the clean values of a row with the firms on record."""
    by_nib = _by_number(clean.get("nib", ""), known.by_nib)
    by_npwp = _by_number(clean.get("npwp", ""), known.by_company_npwp)
    if by_nib is not None:
        if by_npwp is not None and by_npwp != by_nib:
            return Match("look", by_nib, ("nib_and_npwp_disagree",), (by_nib, by_npwp))
        return Match("same", by_nib, ("same_nib",), (by_nib,))
    if by_npwp is not None:
        contradiction = _contradiction(clean, by_npwp, known)
        if contradiction:
            return Match("look", by_npwp, ("same_company_npwp", contradiction), (by_npwp,))
        return Match("same", by_npwp, ("same_company_npwp",), (by_npwp,))
    return _propose(clean, known)


def company_npwp(clean: Mapping[str, Any]) -> str:
    """The NPWP that names the firm itself, or `""`: never a sole trader's, a person's or a sham."""
    npwp = str(clean.get("npwp", ""))
    if clean.get("legal_form") in ("", None, SOLE_TRADER) or is_placeholder(npwp):
        return ""
    return "" if is_personal_npwp(npwp) else npwp


def _by_number(number: str, known: Mapping[str, Hashable]) -> Hashable | None:
    return None if is_placeholder(number) else known.get(number)


def _contradiction(clean: Mapping[str, Any], vendor_id: Hashable, known: Known) -> str:
    """Why an equal NPWP is not believed to be the same firm, or `""`."""
    nib, known_nib = clean.get("nib", ""), known.nib_of.get(vendor_id, "")
    if nib and known_nib and nib != known_nib:
        return "nib_differs"
    form, known_form = clean.get("legal_form", ""), known.form_of.get(vendor_id, "")
    if known_form and form != known_form:
        return "legal_form_differs"
    return "" if company_npwp(clean) else "npwp_not_of_a_company"


def _propose(clean: Mapping[str, Any], known: Known) -> Match:
    nik, phone, region = (clean.get(key) or "" for key in ("nik", "phone", "region"))
    folded = fold_name(clean.get("name") or "")
    found = (
        ("same_nik", known.by_nik.get(nik, ()) if nik else ()),
        ("same_phone", known.by_phone.get(phone, ()) if phone else ()),
        (
            "same_name_and_region",
            known.by_name_region.get((folded, region), ()) if folded and region else (),
        ),
    )
    reasons = tuple(reason for reason, vendors in found if vendors)
    if not reasons:
        return Match("new")
    votes: dict[Hashable, int] = {}
    for _, vendors in found:
        for vendor in vendors:
            votes[vendor] = votes.get(vendor, 0) + 1
    candidates = sorted(votes, key=lambda vendor: -votes[vendor])  # stable: first found first
    return Match("look", candidates[0], reasons, tuple(candidates))
