"""Reads a paper of a known kind: which fields it can have, and how they become one answer."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.reading import DEEDS, capital, fields, figures, firm, kbli, notary, persons
from documents.reading.calibration import confidences
from documents.reading.checks import check_all
from documents.reading.claims import Claims, claims_of, supports
from documents.reading.findings import Finding, Outcome, settle
from documents.reading.kinds import FORMS, UNKNOWN, page_kinds, paper_kind
from documents.reading.opening import opening
from documents.reading.persons import Person
from documents.reading.question import Case, Check
from documents.reading.second import SecondLook
from documents.reading.text import LookAgain, Script

_STATEMENT = "pernyataan_perorangan"
_NOTARIAL = tuple(kind for kind in DEEDS if kind != _STATEMENT)
_WITHOUT_CAPITAL = ("akta_koperasi", "akta_yayasan")
_WITH_CAPITAL = (*(kind for kind in DEEDS if kind not in _WITHOUT_CAPITAL), "sk_ahu")
_LISTING = (*DEEDS, "nib")


@dataclass(frozen=True)
class Paper:
    """Everything read on a paper, still with its places in the running text.

    ``readings`` tells of each value how it was found and what agrees and contradicts, ``spots``
    where each stands.
    """

    kind: str
    values: dict[str, object]
    confidence: dict[str, float]
    places: list[tuple[str, int, int]]
    checks: list[Check]
    readings: dict[str, dict[str, object]] = field(default_factory=dict)
    spots: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)


def read_paper(
    script: Script,
    look: LookAgain | None = None,
    today: dt.date | None = None,
    warnings: Sequence[str] = (),
) -> Paper:
    """Read all fields of a paper and let it be checked against itself.

    ``look`` reads a spot again by another model; without it single readings stay unsure.
    ``today`` lets dates in the future be noticed. ``warnings`` are those of the pages, such as
    ``layer_lies:2``.
    """
    kinds = page_kinds(script)
    kind = paper_kind(kinds)
    own, decree = _parts(script, kinds, kind)
    outcomes = settle(script, _findings(own, kind))
    cited = settle(script, _findings(decree, "sk_ahu")) if decree else {}
    outcomes |= {name: cited[name] for name in ("sk_ahu_number", "sk_ahu_date") if name in cited}
    form = _form(own, kind, outcomes)
    if form:
        outcomes["entity_form"] = _form_outcome(own, form, outcomes)
    second = SecondLook(script, look)
    codes = kbli.kbli_codes(own) if kind in _LISTING else []
    claims = claims_of(second, outcomes, codes, _people(own, kind, form))
    case = Case(own, second, claims.outcomes, claims.people, form, cited, today, tuple(warnings))
    checks = check_all(case)
    known = supports(script, claims, checks)
    return Paper(
        kind=kind,
        values=_values(claims),
        confidence=confidences(known),
        places=[place for claim in claims.items for place in claim.places],
        checks=checks,
        readings={claim.key: claim.told(script, known[claim.key]) for claim in claims.items},
        spots={claim.key: claim.places for claim in claims.items},
    )


def _parts(script: Script, kinds: dict[int, str], kind: str) -> tuple[Script, Script | None]:
    """Take a deed and the decree bundled with it apart, by page."""
    decree = {page for page, one in kinds.items() if one == "sk_ahu"}
    if kind not in DEEDS:
        return script, None
    own = {page for page, one in kinds.items() if one == kind}
    if own == set(kinds):
        return script, None
    return script.only(own), script.only(decree) if decree else None


def _findings(script: Script, kind: str) -> Iterator[Finding]:
    if kind == "ktp" or (kind == UNKNOWN and not _is_notarial(script)):
        return
    yield from firm.companies(script, FORMS.get(kind, "").split(" ")[0])
    if kind in _NOTARIAL or kind in ("sk_ahu", UNKNOWN):
        yield from _notarial(script)
    if kind in (*DEEDS, "sk_ahu", "nib"):
        yield from firm.company_seats(script)
    if kind in _WITH_CAPITAL:
        yield from capital.capitals(script)
    yield from _official(script, kind)


def _is_notarial(script: Script) -> bool:
    return opening(script) >= 0 and bool(re.search(r"\bnotaris\b", script.text, re.IGNORECASE))


def _official(script: Script, kind: str) -> Iterator[Finding]:
    """Find the numbers and days that only papers of an office have."""
    if kind == _STATEMENT:
        yield from fields.signing_dates(script, "deed_date")
        yield from fields.town_dates(script)
    if kind == "sk_ahu":
        yield from figures.law_decrees(script)
        yield from fields.signing_dates(script, "sk_ahu_date")
        yield from fields.town_dates(script, "sk_ahu_date")
    if kind == "nib":
        yield from figures.business_numbers(script)
        yield from fields.signing_dates(script, "nib_date")
        yield from fields.town_dates(script, "nib_date")
    if kind == "npwp":
        yield from firm.card_seats(script)
    if kind in (_STATEMENT, "nib", "npwp"):
        yield from figures.tax_numbers(script)


def _notarial(script: Script) -> Iterator[Finding]:
    yield from fields.deed_numbers(script)
    yield from fields.deed_dates(script)
    yield from notary.notaries(script)
    yield from notary.notary_seats(script)
    yield from notary.notary_decrees(script)


def _form(script: Script, kind: str, outcomes: dict[str, Outcome]) -> str:
    """Give the legal form: of the kind, else printed before or after the firm's name."""
    if kind in FORMS:
        return FORMS[kind]
    company = outcomes.get("company_name")
    if company is None:
        return ""
    if re.search(r"perorangan", script.text, re.IGNORECASE):
        return "PT PERORANGAN"
    for one in company.backers:
        before = script.text[max(0, one.start - 24) : one.start]
        if found := re.findall(firm.FORMS, before):
            return firm.form_of(found[-1])
    return ""


def _form_outcome(script: Script, form: str, outcomes: dict[str, Outcome]) -> Outcome:
    """The form stands before each printing of the firm's name, and in the paper's title."""
    company = outcomes.get("company_name")
    found = [Finding("entity_form", form, 0, 1, "title")]
    for one in company.backers if company else ():
        before = max(0, one.start - 24)
        for match in list(re.finditer(firm.FORMS, script.text[before : one.start]))[-1:]:
            if form.startswith(firm.form_of(match[0])):
                start, end = before + match.start(), before + match.end()
                found.append(Finding("entity_form", form, start, end, "printed"))
    return Outcome(form, tuple(found))


def _people(script: Script, kind: str, form: str) -> list[Person]:
    if kind == _STATEMENT:
        return persons.declarant(script)
    if kind == "ktp":
        return persons.card_holder(script)
    if kind == "sk_ahu":
        return persons.registered(script)
    if kind not in _NOTARIAL:
        return []
    return persons.founders(script, form, is_change=kind == "akta_perubahan")


def _values(claims: Claims) -> dict[str, object]:
    values: dict[str, object] = {name: outcome.value for name, outcome in claims.outcomes.items()}
    if claims.codes:
        values["kbli"] = [one.value for one in claims.codes]
    if claims.people:
        values["persons"] = [_listed(person) for person in claims.people]
    return values


def _listed(person: Person) -> dict[str, str]:
    entry = {"name": person.name, "role": person.role, "nik": person.nik}
    return {name: value for name, value in entry.items() if value}
