"""Plants one contradiction in a paper: what a forger or a tired typist does, and nothing else.

Each planter changes what is printed in a second place; the main place keeps the truth.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bench.deeds.draw import Draw
from bench.deeds.facts import Facts, sk_number
from bench.deeds.people import NAMES

DEEDS = {"akta_pt", "akta_cv", "akta_firma", "akta_koperasi", "akta_yayasan"}


def plant(draw: Draw, facts: Facts, anomaly: str) -> None:
    """Make the facts contradict themselves in the way that `anomaly` names."""
    facts.anomaly = anomaly
    _PLANTERS[anomaly](draw, facts)


def possible(kind: str, form: str, *, is_bundle: bool) -> list[str]:
    """The contradictions that a paper of this kind can hold."""
    found = []
    if kind in DEEDS:
        found += ["deed_date_weekday", "deed_date_words", "deed_number_cover", "nik_birth"]
        found.append("company_name_differs")
        if form == "PT":
            found += ["capital_words", "shares_total", "paid_over_authorized"]
    if is_bundle:
        found += ["sk_cites", "sk_before_deed", "sk_form"] * 2
    if kind == "sk_ahu" and form != "PT PERORANGAN":
        found += ["sk_form", "sk_before_deed"]
    found += {
        "npwp": ["npwp_check_digit"],
        "ktp": ["nik_birth"],
        "pernyataan_perorangan": ["capital_words", "nik_birth", "npwp_check_digit"],
    }.get(kind, [])
    return found


def _weekday(draw: Draw, facts: Facts) -> None:
    facts.printed["weekday"] = (facts.signed_on.weekday() + draw.number(1, 6)) % 7


def _date_words(draw: Draw, facts: Facts) -> None:
    other = another_day(draw, facts.signed_on)
    facts.printed["words_on"] = other
    facts.accepted["deed_date"] = [other.isoformat()]


def another_day(draw: Draw, day: date) -> date:
    """A day that a slip of the pen makes of this one: of another month, day or year."""
    changed = [
        day.replace(day=min(day.day, 28), month=day.month % 12 + 1),
        day.replace(day=day.day % 27 + 1),
        day.replace(day=min(day.day, 28), year=day.year - 1),
    ]
    return draw.pick(changed)


def _cover(draw: Draw, facts: Facts) -> None:
    other = facts.number + draw.pick([1, 10, 2, 100])
    facts.printed["cover_number"] = other
    facts.accepted["deed_number"] = [str(other)]


def _capital_words(draw: Draw, facts: Facts) -> None:
    other = facts.authorized + draw.pick([50, 100, 500]) * 1_000_000
    facts.printed["capital_in_words"] = other
    facts.accepted["authorized_capital"] = [other]


def _shares(draw: Draw, facts: Facts) -> None:
    right = facts.authorized // facts.nominal
    other = draw.pick([right * 2, right + right // 10, right - right // 5])
    facts.printed["shares"] = other
    facts.accepted["authorized_capital"] = [other * facts.nominal]


def _paid(draw: Draw, facts: Facts) -> None:
    facts.paid = facts.authorized + facts.nominal * draw.pick([100, 250, 400])


def _nik(draw: Draw, facts: Facts) -> None:
    one = draw.pick(facts.people)
    day = int(one.nik[6:8])
    low = 40 if day > 40 else 0
    other = low + (day - low) % 27 + 1
    one.nik = f"{one.nik[:6]}{other:02}{one.nik[8:]}"


def _npwp(draw: Draw, facts: Facts) -> None:
    wrong = (int(facts.npwp[8]) + draw.number(1, 9)) % 10
    facts.npwp = f"{facts.npwp[:8]}{wrong}{facts.npwp[9:]}"


def _sk_form(draw: Draw, facts: Facts) -> None:
    assert facts.sk_on
    others = {"01.01", "01.14", "01.30"} - {"PT": {"01.01"}, "CV": {"01.14"}}.get(facts.form, set())
    facts.sk_number = sk_number(draw, facts.form, facts.sk_on, draw.pick(sorted(others)))


def _sk_cites(draw: Draw, facts: Facts) -> None:
    if draw.chance(0.5):
        facts.printed["cited_number"] = facts.number + draw.pick([1, 3, 10])
        facts.accepted["deed_number"] = [str(facts.printed["cited_number"])]
    else:
        other = another_day(draw, facts.signed_on)
        facts.printed["cited_on"] = other
        facts.accepted["deed_date"] = [other.isoformat()]


def _sk_early(draw: Draw, facts: Facts) -> None:
    facts.sk_on = facts.signed_on - timedelta(days=draw.number(20, 200))
    facts.sk_number = sk_number(draw, facts.form, facts.sk_on)


def _name(draw: Draw, facts: Facts) -> None:
    words = facts.name.split()
    last = draw.pick([word for word in NAMES["firms"]["second"] if word not in words])
    other = " ".join([*words[:-1], last])
    facts.printed["name_in_articles"] = other
    facts.accepted["company_name"] = [other]


_PLANTERS: dict[str, Callable[[Draw, Facts], None]] = {
    "deed_date_weekday": _weekday,
    "deed_date_words": _date_words,
    "deed_number_cover": _cover,
    "capital_words": _capital_words,
    "shares_total": _shares,
    "paid_over_authorized": _paid,
    "nik_birth": _nik,
    "npwp_check_digit": _npwp,
    "sk_form": _sk_form,
    "sk_cites": _sk_cites,
    "sk_before_deed": _sk_early,
    "company_name_differs": _name,
}
