"""What the likeness of two firms amounts to: a score, and a band that says what happens next.

Evidence is added up as the logarithm of how much likelier it is between one firm and itself than
between two firms; a name or an address that many bear counts for less. Who owns a firm counts
only so far: one owner has several firms, so the names must be alike before a pair is *strong*. A
contradiction (two real NIBs, two NIKs, "Mawar 1" and "Mawar 2") always leaves it to a person.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onboarding.matching.likeness import Likeness
from onboarding.matching.register import OF_FIRM, Integers, Register

BANDS: Final = ("different", "look", "strong", "same")
DIFFERENT, LOOK, STRONG, SAME = range(4)

#: likeness -> evidence, between the points on a straight line; nothing where a side is missing
WEIGHTS: Final = {
    "nib": ((0, -6.0), (0.5, 5.0), (1, 10.0)),
    "company_npwp": ((0, -5.0), (0.5, 4.0), (1, 9.0)),
    "person": ((0, -6.0), (0.5, 4.0), (1, 5.5)),
    "phone": ((0, -1.8), (0.5, 4.0), (1, 4.8)),
    "email": ((0.5, -0.5), (0.8, 0.0), (0.95, 3.0), (1, 5.0)),
    "owner": ((0.5, -5.0), (0.7, -2.5), (0.8, -0.3), (0.88, 1.5), (0.95, 4.0), (1, 5.0)),
    "name": (
        (0.3, -14.0), (0.5, -9.0), (0.6, -6.0), (0.7, -3.0), (0.8, -0.5), (0.87, 2.0),
        (0.93, 4.0), (0.97, 6.0), (1, 7.5),
    ),
    "address": ((0.4, -2.5), (0.7, -1.5), (0.85, 1.5), (0.95, 4.0), (1, 5.0)),
    "legal_form": ((0, -2.0), (1, 0.0)),
    "region": ((0, -3.0), (1, 0.0)),
}  # fmt: skip
COMMON: Final = {"name": ("core", 0.7), "owner": ("owner", 0.5), "address": ("address", 0.5)}
MOST_FROM_OWNER = 11.0
STRONG_FROM, LOOK_FROM = 9.0, 4.0
LEAST_LIKE_NAME = 0.65
ONE_ADDRESS = 0.9
NUMBERED_OTHERWISE = -6.0
SCORE_MIDDLE, SCORE_SLOPE = 5.0, 2.0


class Judged(NamedTuple):
    """Score 0..1 and band (index into BANDS) of every pair."""

    score: NDArray[np.float64]
    band: NDArray[np.int8]


def judge(
    register: Register, left: Integers, right: Integers, likeness: dict[str, Likeness]
) -> Judged:
    """Weigh the likeness of pairs of rows, as `likeness.compare` gives it."""
    facts = _facts(register, left, right, likeness)
    total = _evidence(register, left, right, facts)
    contradicted = _contradicted(register, left, right, facts)
    band = np.full(len(left), DIFFERENT, dtype=np.int8)
    band[total >= LOOK_FROM] = LOOK
    alike = facts["name"] >= LEAST_LIKE_NAME
    band[(total >= STRONG_FROM) & alike & ~contradicted] = STRONG
    one_number = (facts["nib"] == 1) | (facts["company_npwp"] == 1)
    band[one_number] = LOOK
    believed = one_number & ~contradicted & (alike | (facts["owner"] >= 0.8))
    band[believed & ((facts["nib"] == 1) | (facts["legal_form"] == 1))] = SAME
    score = 1 / (1 + np.exp(-(total - SCORE_MIDDLE) / SCORE_SLOPE))
    return Judged(np.where(band == SAME, np.maximum(score, 0.999), score), band)


def _facts(
    register: Register, left: Integers, right: Integers, likeness: dict[str, Likeness]
) -> dict[str, Likeness]:
    """The likeness with an NPWP split by whom it names: the firm, or (as a NIK) its owner."""
    kind = register.npwp_kind
    comparable = np.where(kind[left] == kind[right], likeness["npwp"], -1)
    of_firm = kind[left] == OF_FIRM
    person = np.where(likeness["nik"] >= 0, likeness["nik"], np.where(of_firm, -1, comparable))
    company = np.where(of_firm, comparable, -1)
    kept = {key: value for key, value in likeness.items() if key not in ("npwp", "nik")}
    return {**kept, "person": person, "company_npwp": company}


def _evidence(
    register: Register, left: Integers, right: Integers, facts: dict[str, Likeness]
) -> NDArray[np.float64]:
    weighed = {}
    for field, points in WEIGHTS.items():
        marks, evidence = np.array(points, dtype=np.float64).T
        weight = np.interp(facts[field], marks, evidence)
        if field in COMMON:
            column, damped = COMMON[field]
            common = register.commonness(column)
            bearers = np.minimum(common[left], common[right])
            weight = np.where(weight > 0, np.maximum(weight - damped * np.log(bearers), 0), weight)
        weighed[field] = np.where(facts[field] < 0, 0.0, weight)
    owner = sum(weighed.pop(field) for field in ("owner", "person", "phone", "email"))
    branches = np.where(_numbered_otherwise(register, left, right), NUMBERED_OTHERWISE, 0.0)
    return np.asarray(np.minimum(owner, MOST_FROM_OWNER) + sum(weighed.values()) + branches)


def _contradicted(
    register: Register, left: Integers, right: Integers, facts: dict[str, Likeness]
) -> NDArray[np.bool_]:
    branches = _numbered_otherwise(register, left, right)
    two_numbers = [facts[key] == 0 for key in ("nib", "company_npwp", "person")]
    companies = register.is_company[left] & register.is_company[right]
    other_form = companies & (facts["legal_form"] == 0)
    elsewhere = (facts["region"] == 0) & (facts["address"] < ONE_ADDRESS)
    return np.logical_or.reduce([*two_numbers, branches, other_form, elsewhere])


def _numbered_otherwise(register: Register, left: Integers, right: Integers) -> NDArray[np.bool_]:
    """Whether both names have a number, and not the same one."""
    digits = register.text["digits"]
    one, other = digits[left], digits[right]
    return np.asarray((one != other) & (one != "") & (other != ""), dtype=bool)
