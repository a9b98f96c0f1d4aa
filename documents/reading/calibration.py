"""Turns what speaks for a value into the chance that it is right, so that "sure" means sure.

A logistic sum over a few plain facts: each weight says how much one fact adds. First set by hand,
then fitted by ``bench/calibrate.py`` on invented papers at five levels of damage, a wrong value
counting five times; the same script prints how often what was claimed was right.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

SURE = 0.9  # what the screens call sure
CLEAR, FAINT = 0.92, 0.75  # the engine's own sureness of the weakest word
MOST = 0.995
DISPUTED = 0.85  # the most for a value that the paper itself contradicts
CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Support:
    """What speaks for and against one value.

    ``prints`` counts places that say it independently; ``second`` is what another model read
    there (agrees, differs, absent); ``check`` what the paper's own arithmetic says (agrees,
    differs when in doubt, contradicted, or nothing); ``others`` counts readings of another value.
    """

    family: str
    from_layer: bool
    prints: int
    second: str
    check: str
    others: int
    sureness: float


WEIGHTS: dict[str, float] = {
    "any": 0.53,
    "layer": 4.64,
    "two_prints": 2.28,
    "three_prints": 0.87,
    "second_agrees": 2.19,
    "second_differs": -1.14,
    "check_agrees": 1.46,
    "check_differs": -0.83,
    "others": -1.96,
    "most_others": -1.14,
    "clear": 0.58,
    "faint": -0.96,
    "number": -0.32,
    "short": -0.66,
    "name": 0.05,
    "place": 0.58,
    "date": 0.33,
    "role": 1.99,
}
FAMILIES = {
    "nib": "number", "npwp": "number", "person_nik": "number", "kbli": "number",
    "deed_number": "short", "sk_ahu_number": "number", "notary_sk_number": "number",
    "authorized_capital": "number", "paid_up_capital": "number",
    "company_name": "name", "notary_name": "name", "person_name": "name",
    "company_seat": "place", "notary_seat": "place",
    "deed_date": "date", "sk_ahu_date": "date", "notary_sk_date": "date", "nib_date": "date",
    "person_role": "role", "entity_form": "role",
}  # fmt: skip


def facts(support: Support) -> dict[str, float]:
    """Give the facts of a value as ones; facts that do not hold are absent."""
    by_eye = not support.from_layer
    found = {
        "any": True,
        "layer": support.from_layer,
        "two_prints": by_eye and support.prints >= 2,
        "three_prints": by_eye and support.prints >= 3,
        "second_agrees": by_eye and support.second == "agrees",
        "second_differs": by_eye and support.second == "differs",
        "check_agrees": by_eye and support.check == "agrees",
        "check_differs": support.check in ("differs", CONTRADICTED),
        "others": support.others > 0,
        "most_others": support.others > support.prints,
        "clear": by_eye and support.sureness >= CLEAR,
        "faint": by_eye and support.sureness < FAINT,
        support.family: by_eye,
    }
    return {name: 1.0 for name, holds in found.items() if holds}


def confidences(known: Mapping[str, Support]) -> dict[str, float]:
    """Give each value's chance; what is said of a person is no surer than the person's name."""
    sure = {key: chance(one) for key, one in known.items()}
    return {
        key: min(one, sure.get(f"{key.rpartition('.')[0]}.name", 1.0)) for key, one in sure.items()
    }


def chance(support: Support) -> float:
    """Give the chance, 0 to 1, that a value with this support is right."""
    total = sum(WEIGHTS.get(name, 0.0) * value for name, value in facts(support).items())
    most = DISPUTED if support.check == CONTRADICTED else MOST
    return round(min(most, 1 / (1 + math.exp(-total))), 3)
