"""Asks whether a deed agrees with itself: digits with words, weekday with date, name with name."""

from collections.abc import Callable, Iterator

from rapidfuzz import fuzz

from documents.reading import births, decree
from documents.reading.capital import shares
from documents.reading.dates import WEEKDAYS
from documents.reading.fields import weekday
from documents.reading.findings import NEAR, Finding, Outcome
from documents.reading.names import fold_firm, fold_person
from documents.reading.question import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    SHARP,
    Case,
    Check,
    day_of,
    is_by_eye,
    is_repeated,
    pair,
    pair_of_names,
    place_of,
    readings,
    verdict_of,
)
from documents.reading.regions import is_official


def check_all(case: Case) -> list[Check]:
    """Ask everything that this paper gives an answer to."""
    questions: tuple[Callable[[Case], Iterator[Check]], ...] = (
        _weekday,
        _date_twice,
        _number_twice,
        _notary_places,
        _company_places,
        _company_official,
        _capital_words,
        _capital_paid,
        _shares,
        _tax_digit,
        _business_date,
        _future,
        _layers,
        decree.check,
        births.check,
    )
    return [check for question in questions for check in question(case)]


def _weekday(case: Case) -> Iterator[Check]:
    said, date = weekday(case.script), case.outcomes.get("deed_date")
    if said is None or date is None:
        return
    number, start, end = said
    first = next((one for one in date.backers if one.way == "opening"), date.first)
    fits = day_of(first).weekday() == number
    if not fits and any(day_of(one).weekday() == number for one in date.others):
        return  # digits and words differ already; the one that fits the weekday may be right
    day_name = Finding("weekday", number, start, end, "opening")
    yield Check(
        "deed_date_weekday",
        verdict_of(case, fits, day_name, first),
        (WEEKDAYS[number], str(first.value)),
        (place_of(day_name), place_of(first)),
        ("deed_date",),
    )


def _date_twice(case: Case) -> Iterator[Check]:
    found = readings(case, "deed_date")
    if "opening" in found and "words" in found:
        yield pair(case, "deed_date_words", found["opening"], found["words"])
    inside = found.get("opening") or found.get("words")
    if inside and "cover" in found:
        yield pair(case, "deed_date_cover", found["cover"], inside)


def _number_twice(case: Case) -> Iterator[Check]:
    outcome = case.outcomes.get("deed_number")
    if outcome is None:
        return
    found = sorted((*outcome.backers, *outcome.others), key=lambda one: one.start)
    titles = [one for one in found if one.way == "title"]
    words = [one for one in found if one.way == "words"]
    if len(titles) >= 2:
        yield pair(case, "deed_number_cover", titles[0], titles[-1])
    if titles and words:
        yield pair(case, "deed_number_words", titles[-1], words[-1])


def _notary_places(case: Case) -> Iterator[Check]:
    found = readings(case, "notary_name")
    if "opening" not in found:
        return
    for way in ("cover", "closing"):
        if way in found:
            yield pair_of_names(
                case, "notary_name_places", found[way], found["opening"], fold_person
            )
            return


def _company_places(case: Case) -> Iterator[Check]:
    """Compare all printings that can only mean this firm: titles, ``bernama``, its decree."""
    outcome = case.outcomes.get("company_name")
    if outcome is None:
        return
    own = [one for one in outcome.others if one.way != "printed" or _is_like(one, outcome)]
    cited = case.cited.get("company_name")
    own += [one for one in cited.backers if one.value != outcome.value] if cited else []
    for other in own:
        check = pair_of_names(case, "company_name_places", outcome.first, other, fold_firm)
        if check.verdict == DIFFERS:
            yield check
            return
    if len(outcome.backers) > 1:
        yield pair(case, "company_name_places", outcome.first, outcome.backers[-1])


def _is_like(one: Finding, outcome: Outcome) -> bool:
    return fuzz.ratio(str(one.value), str(outcome.value)) >= NEAR


def _company_official(case: Case) -> Iterator[Check]:
    for name in ("company_seat", "notary_seat"):
        outcome = case.outcomes.get(name)
        if outcome is None:
            continue
        verdict = AGREES if is_official(str(outcome.value)) else CANNOT_TELL
        yield Check(f"{name}_official", verdict, (str(outcome.value),), (place_of(outcome.first),))


def _capital_words(case: Case) -> Iterator[Check]:
    for name in ("authorized_capital", "paid_up_capital"):
        found = readings(case, name)
        if "digits" in found and "words" in found:
            yield pair(case, f"{name}_words", found["digits"], found["words"])


def _capital_paid(case: Case) -> Iterator[Check]:
    whole, paid = case.outcomes.get("authorized_capital"), case.outcomes.get("paid_up_capital")
    if whole is None or paid is None:
        return
    least = int(whole.value) / 4 if case.form == "PT" else 0  # UU 40/2007 art. 33
    fits = least <= int(paid.value) <= int(whole.value)
    is_less = int(paid.value) < least
    is_doubtful = is_less and is_by_eye(case, paid.first)  # one founder's part may stand for all
    yield Check(
        "paid_up_within_authorized",
        CANNOT_TELL if is_doubtful else verdict_of(case, fits, whole.first, paid.first),
        (str(paid.value), str(whole.value)),
        (place_of(paid.first), place_of(whole.first)),
    )


def _shares(case: Case) -> Iterator[Check]:
    whole, told = case.outcomes.get("authorized_capital"), shares(case.script.text)
    if whole is None or told is None:
        return
    count, price = told.count, told.price
    total = count.value * price.value
    parts = [Finding("shares", one.value, one.start, one.end, "digits") for one in (count, price)]
    by_eye = not all(case.script.is_from_layer(*one.span) for one in (*parts, whole.first))
    if by_eye and _is_cut(total, int(whole.value)):
        return
    yield Check(
        "shares_times_nominal",
        verdict_of(case, total == whole.value, *parts, whole.first),
        (f"{count.value} x {price.value}", str(whole.value)),
        (place_of(parts[0]), place_of(whole.first)),
        ("authorized_capital",),
    )


def _is_cut(one: int, two: int) -> bool:
    """Sums that differ by zeros only differ by a reading that was cut short."""
    return one != two and str(one).rstrip("0") == str(two).rstrip("0")


def _tax_digit(case: Case) -> Iterator[Check]:
    outcome = case.outcomes.get("npwp")
    if outcome is None:
        return
    number = str(outcome.value)
    fifteen = number[1:] if len(number) == 16 and number[0] == "0" else number
    if len(fifteen) != 15:
        return
    verdict = verdict_of(case, is_luhn(fifteen[:9]), outcome.first)
    sureness = case.second.script.sureness(*outcome.first.span)
    if verdict == DIFFERS and is_by_eye(case, outcome.first) and sureness < SHARP:
        verdict = CANNOT_TELL  # one smeared digit breaks the rule
    yield Check("npwp_check_digit", verdict, (number,), (place_of(outcome.first),), ("npwp",))


def is_luhn(number: str) -> bool:
    """Say whether the last digit is the Luhn check digit of the others."""
    total = 0
    for at, char in enumerate(reversed(number)):
        value = int(char) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _business_date(case: Case) -> Iterator[Check]:
    """The first six digits of most NIB since 2021 are the issue date: a hint, never a fault."""
    nib, day = case.outcomes.get("nib"), case.outcomes.get("nib_date")
    if nib is None or day is None:
        return
    fits = str(nib.value)[:6] == day_of(day.first).strftime("%d%m%y")
    places = (place_of(nib.first), place_of(day.first))
    values = (str(nib.value), str(day.value))
    about = ("nib", "nib_date")
    yield Check("nib_issue_date", AGREES if fits else CANNOT_TELL, values, places, about)


def _future(case: Case) -> Iterator[Check]:
    """A paper cannot be older than today; asked only when the day is told."""
    for name in ("deed_date", "sk_ahu_date", "nib_date"):
        outcome = case.outcomes.get(name)
        if outcome is None or case.today is None:
            continue
        fits = day_of(outcome.first) <= case.today
        is_doubtful = is_by_eye(case, outcome.first) and not is_repeated(case, outcome.first)
        verdict = verdict_of(case, fits, outcome.first)
        verdict = CANNOT_TELL if verdict == DIFFERS and is_doubtful else verdict
        values = (str(outcome.value), case.today.isoformat())
        yield Check(f"{name}_not_future", verdict, values, (place_of(outcome.first),))


def _layers(case: Case) -> Iterator[Check]:
    """Report pages whose text layer says something else than their picture."""
    for warning in case.warnings:
        code, _, page = warning.partition(":")
        if code == "layer_lies":
            yield Check("layer_and_picture", DIFFERS, (page,))
