"""Reads a paper of a known kind: which fields it can have, and how they become one answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.reading import fields, figures, persons
from documents.reading.checks import Check, check_all, nik_fits
from documents.reading.findings import FROM_LAYER, ONCE_BY_EYE, SURE, Finding, Outcome, settle
from documents.reading.kinds import DEEDS, FORMS, kind_of
from documents.reading.persons import Person
from documents.reading.text import Script

_NOTARIAL = tuple(kind for kind in DEEDS if kind != "pernyataan_perorangan")


@dataclass(frozen=True)
class Paper:
    """Everything read on a paper, still with its places in the running text."""

    kind: str
    values: dict[str, object]
    confidence: dict[str, float]
    places: list[tuple[str, int, int]]
    checks: list[Check]


def read_paper(script: Script) -> Paper:
    """Read all fields of a paper and let it be checked against itself."""
    kind = kind_of(script.text)
    outcomes = settle(script, _findings(script, kind))
    form = _form(script, kind, outcomes)
    people = _people(script, kind, form)
    listed = kind in ("nib", "pernyataan_perorangan")
    codes = figures.kbli_codes(script, is_listed=listed) if listed or kind in DEEDS else []
    checks = check_all(script, outcomes, people)
    values: dict[str, object] = {name: outcome.value for name, outcome in outcomes.items()}
    sure = _confidences(outcomes, checks)
    if form:
        values["entity_form"], sure["entity_form"] = form, sure.get("company_name", ONCE_BY_EYE)
    places = [_place(one) for outcome in outcomes.values() for one in outcome.backers]
    _add_codes(script, codes, values, sure, places)
    _add_people(script, people, values, sure, places)
    return Paper(kind, values, sure, places, checks)


def _findings(script: Script, kind: str) -> Iterator[Finding]:
    yield from fields.companies(script) if kind != "ktp" else ()
    if kind in _NOTARIAL or kind in ("sk_ahu", "unknown"):
        yield from _notarial(script)
    if kind in DEEDS:
        yield from fields.company_seats(script)
        yield from figures.capitals(script)
    if kind == "pernyataan_perorangan":
        yield from fields.town_dates(script)
        yield from figures.tax_numbers(script)
    if kind == "sk_ahu":
        yield from fields.company_seats(script)
        yield from figures.law_decrees(script)
        yield from fields.signing_dates(script, "sk_ahu_date", r"ditetapkan\s+di\s+\w+\W+tanggal")
    if kind == "nib":
        yield from fields.company_seats(script)
        yield from figures.business_numbers(script)
        yield from fields.signing_dates(script, "nib_date", r"diterbitkan\s+di\s+\w+\W+tanggal")
    if kind == "npwp":
        yield from fields.card_seats(script)
        yield from figures.tax_numbers(script)


def _notarial(script: Script) -> Iterator[Finding]:
    yield from fields.deed_numbers(script)
    yield from fields.deed_dates(script)
    yield from fields.notaries(script)
    yield from fields.notary_seats(script)
    yield from figures.notary_decrees(script)


def _form(script: Script, kind: str, outcomes: dict[str, Outcome]) -> str:
    if kind in FORMS:
        return FORMS[kind]
    company = outcomes.get("company_name")
    if company is None:
        return ""
    before = script.text[max(0, company.backers[0].start - 14) : company.backers[0].start]
    after = script.text[company.backers[0].end : company.backers[0].end + 16]
    if re.search(r"perorangan", after, re.IGNORECASE):
        return "PT PERORANGAN"
    found = re.findall(r"P\.?\s?T|C\.?\s?V|KOPERASI|FIRMA", before)
    return re.sub(r"[\s.]", "", found[-1]) if found else ""


def _people(script: Script, kind: str, form: str) -> list[Person]:
    if kind == "pernyataan_perorangan":
        return persons.declarant(script)
    return persons.founders(script, form) if kind in _NOTARIAL else []


def _confidences(outcomes: dict[str, Outcome], checks: Iterable[Check]) -> dict[str, float]:
    """Raise what a check confirms, lower what one contradicts."""
    sure = {name: outcome.confidence for name, outcome in outcomes.items()}
    for check in checks:
        name = check.places[0][0].removesuffix("_words") if check.places else ""
        if name not in sure:
            continue
        if check.verdict == "agrees" and check.name != "paid_up_within_authorized":
            sure[name] = max(sure[name], SURE) if not outcomes[name].others else sure[name]
        elif check.verdict != "agrees":
            sure[name] = min(sure[name], ONCE_BY_EYE)
    return sure


def _place(finding: Finding) -> tuple[str, int, int]:
    name = f"{finding.field}_words" if finding.way == "words" else finding.field
    return name, finding.start, finding.end


def _once(script: Script, start: int, end: int) -> float:
    if script.is_from_layer(start, end):
        return FROM_LAYER
    return round(min(ONCE_BY_EYE, script.sureness(start, end)), 2)


def _add_codes(
    script: Script,
    codes: list[Finding],
    values: dict[str, object],
    sure: dict[str, float],
    places: list[tuple[str, int, int]],
) -> None:
    if codes:
        values["kbli"] = [code.value for code in codes]
    for at, code in enumerate(codes):
        sure[f"kbli.{at}"] = _once(script, code.start, code.end)
        places.append(("kbli", code.start, code.end))


def _add_people(
    script: Script,
    people: list[Person],
    values: dict[str, object],
    sure: dict[str, float],
    places: list[tuple[str, int, int]],
) -> None:
    listed = []
    for at, person in enumerate(people):
        entry = {"name": person.name}
        sure[f"persons.{at}.name"] = _once(script, *person.name_at)
        places.append(("person_name", *person.name_at))
        if person.role:
            entry["role"] = person.role
            sure[f"persons.{at}.role"] = min(ONCE_BY_EYE, sure[f"persons.{at}.name"])
        if person.nik:
            entry["nik"] = person.nik
            sure[f"persons.{at}.nik"] = _nik_sureness(script, person)
            places.append(("person_nik", *person.nik_at))
        listed.append(entry)
    if listed:
        values["persons"] = listed


def _nik_sureness(script: Script, person: Person) -> float:
    sure = _once(script, *person.nik_at)
    if person.born is None or nik_fits(person.nik, person.born):
        return sure
    return min(sure, ONCE_BY_EYE)
