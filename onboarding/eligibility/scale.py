"""How large a business is by PP 7/2021, art. 35 and 36, from the figures that are known.

Art. 35: micro, small and medium by capital (without land and building of the place of business)
or by sales of a year. Capital counts for a firm that began when the PP was in force, sales for
one that had begun before.
"""

from collections.abc import Sequence
from datetime import date

from onboarding.eligibility.rules import DEFAULT_RULES, SCALES, Facts, Rule, Scale

_BY_LAW = next(rule for rule in DEFAULT_RULES if rule.code == "msme_scale")
#: Upper bounds of micro, small and medium, in rupiah; the bound itself still belongs to the band.
CAPITAL_BOUNDS: Sequence[int] = _BY_LAW.params["capital_bounds"]
SALES_BOUNDS: Sequence[int] = _BY_LAW.params["sales_bounds"]


def scale_of(facts: Facts, rule: Rule | None = None) -> tuple[Scale, tuple[str, ...]]:
    """The scale by the bounds of this rule (of the PP when there is none) and doubts about it.

    The only figure known is used. Without a founding date two figures must agree.
    """
    params = (rule or _BY_LAW).params
    capital = _band(facts.capital, params["capital_bounds"])
    sales = _band(facts.yearly_sales, params["sales_bounds"])
    if capital is None and sales is None:
        return "unknown", ("scale_unknown",)
    if capital is None or sales is None:
        return capital or sales or "unknown", ("scale_by_only_figure",)
    if capital == sales:
        return capital, ()
    if facts.founded_on is None:
        return "unknown", ("scale_figures_differ",)
    is_older = facts.founded_on < date.fromisoformat(params["capital_counts_from"])
    return (sales if is_older else capital), ("scale_figures_differ",)


def _band(amount: int | None, bounds: Sequence[int]) -> Scale | None:
    if amount is None:
        return None
    return SCALES[sum(amount > bound for bound in bounds)]
