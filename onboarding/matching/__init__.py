"""Whether two firms are one: the law decides by numbers, likeness only proposes.

`known` says of a row of a list whether its firm is on record; the other modules find and score
pairs among firms: `words` (as they sound), `register` (in columns), `blocks` (which to compare),
`likeness` (field by field), `bands` (what it amounts to), `pairs` (what comes out).
"""

from onboarding.matching.known import Known, Match, company_npwp, recognise
from onboarding.matching.pairs import Pair, Reason, compare_all, explain, find_pairs, sweep
from onboarding.matching.register import Firm

__all__ = [
    "Firm",
    "Known",
    "Match",
    "Pair",
    "Reason",
    "company_npwp",
    "compare_all",
    "explain",
    "find_pairs",
    "recognise",
    "sweep",
]
