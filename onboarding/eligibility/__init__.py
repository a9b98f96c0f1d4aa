"""Whether a firm may be invited, by dated rules that can be read aloud; never a bare "no".

Each reason carries a path: what to get, who issues it, who helps. Reason codes are those of
`rejection-reasons.csv`; the steps of a path are explained in `PATHS`. The rules are data
(`Rule`, by legal form, with dates in force); a numbered version of them is kept by the room.
"""

from onboarding.eligibility.judging import RulesOfDay, judge, problems_of
from onboarding.eligibility.paths import PATHS, REASON_PATHS, PathStep
from onboarding.eligibility.rules import (
    CODES,
    DEFAULT_RULES,
    LEGAL_FORMS,
    SCALES,
    Facts,
    Reason,
    Rule,
    Scale,
    Verdict,
    rules_version,
)
from onboarding.eligibility.scale import CAPITAL_BOUNDS, SALES_BOUNDS, scale_of

__all__ = [
    "CAPITAL_BOUNDS",
    "CODES",
    "DEFAULT_RULES",
    "LEGAL_FORMS",
    "PATHS",
    "REASON_PATHS",
    "SALES_BOUNDS",
    "SCALES",
    "Facts",
    "PathStep",
    "Reason",
    "Rule",
    "RulesOfDay",
    "Scale",
    "Verdict",
    "judge",
    "problems_of",
    "rules_version",
    "scale_of",
]
