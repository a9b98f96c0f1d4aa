"""Gathers what speaks for each value: other places, a second look, the paper's own arithmetic."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from documents.reading.births import nik_fits
from documents.reading.calibration import CONTRADICTED, FAMILIES, Support, facts
from documents.reading.findings import Finding, Outcome, is_near
from documents.reading.kbli import is_known
from documents.reading.persons import Person
from documents.reading.question import AGREES, DIFFERS, Check, place_of
from documents.reading.second import ABSENT, DIFFERS as SECOND_DIFFERS, SecondLook
from documents.reading.text import Script

_NIK_LENGTH = 16
_BALINESE = ("GEDE", "PUTU", "WAYAN", "MADE", "NYOMAN", "KETUT", "KADEK", "KOMANG", "NENGAH")
_UNSHOWN = ("person_role", "entity_form")
_ENOUGH = 2  # independent prints after which no second look is needed


@dataclass(frozen=True)
class Claim:
    """One value that goes out under ``key`` (``deed_number``, ``kbli.0``, ``persons.0.nik``)."""

    key: str
    outcome: Outcome
    second: str = ABSENT

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """Where it is printed; a part in the firm is shown by its person's name."""
        return [place_of(one) for one in self.outcome.backers if one.field not in _UNSHOWN]

    def told(self, script: Script, known: Support) -> dict[str, object]:
        """Tell how it was found, which readings agree and contradict, and what speaks for it."""
        first = self.outcome.first
        return {
            "how": "layer" if script.is_from_layer(*first.span) else "eye",
            "second": self.second,
            "agree": [script.text[one.start : one.end] for one in self.outcome.backers],
            "contradict": sorted({str(one.value) for one in self.outcome.others}),
            "facts": sorted(facts(known)),
        }


@dataclass(frozen=True)
class Claims:
    """All values of a paper, as fields, codes and people, and as a flat list of claims."""

    outcomes: dict[str, Outcome]
    codes: list[Finding]
    people: list[Person]
    items: list[Claim]


def claims_of(
    second: SecondLook,
    outcomes: Mapping[str, Outcome],
    codes: list[Finding],
    people: list[Person],
) -> Claims:
    """Look again at what only one place says; take the other reading where arithmetic proves it."""
    items = [_claim(second, name, outcome) for name, outcome in outcomes.items()]
    codes = [_proved_code(second, code) for code in codes]
    items += [
        _claim(second, f"kbli.{at}", Outcome(code.value, (code,))) for at, code in enumerate(codes)
    ]
    people = [_proved_person(second, person) for person in people]
    for at, person in enumerate(people):
        items += [
            _claim(second, f"persons.{at}.{part}", one) for part, one in _parts(person, second)
        ]
    settled = {one.key: one.outcome for one in items if "." not in one.key}
    return Claims(settled, codes, people, items)


def _claim(second: SecondLook, key: str, outcome: Outcome) -> Claim:
    """Ask for a second look where fewer than two places agree, or where one disagrees."""
    is_seconds = outcome.first.way == "second"  # cannot confirm itself
    if is_seconds or outcome.first.field in _UNSHOWN or _is_settled(outcome):
        return Claim(key, outcome)
    verdict = second.verdict(outcome.first)
    if verdict == AGREES:
        return Claim(key, _without_slips(outcome, second), verdict)
    if verdict != SECOND_DIFFERS:
        return Claim(key, outcome, verdict)
    for other in outcome.others:
        if second.verdict(other) == AGREES:
            return Claim(key, _turned(outcome, other), AGREES)
    return Claim(key, outcome, verdict)


def _is_settled(outcome: Outcome) -> bool:
    return prints(outcome) >= _ENOUGH and not against(outcome)


def _without_slips(outcome: Outcome, second: SecondLook) -> Outcome:
    """A near reading that the second look does not confirm says nothing against the value."""
    others = tuple(
        one
        for one in outcome.others
        if not is_near(one.field, one.value, outcome.value) or second.verdict(one) == AGREES
    )
    return replace(outcome, others=others)


def _turned(outcome: Outcome, other: Finding) -> Outcome:
    """Let another printed reading win."""
    everything = (*outcome.backers, *outcome.others)
    return Outcome(
        other.value,
        tuple(one for one in everything if one.value == other.value),
        tuple(one for one in everything if one.value != other.value),
    )


def prints(outcome: Outcome) -> int:
    """Count the places, apart from each other, that say the value."""
    return len({(one.start, one.way == "words") for one in outcome.backers})


def against(outcome: Outcome) -> int:
    """Count the readings that say something else; a slip or two in a name counts for nothing."""
    near = sum(is_near(one.field, one.value, outcome.value) for one in outcome.others)
    return len(outcome.others) - near + max(0, near - len(outcome.backers) + 1)


def _proved_code(second: SecondLook, code: Finding) -> Finding:
    """A code without its title that the official list does not know may have been misread."""
    if code.way != "code":
        return code
    other = second.value(code)
    return replace(code, value=other, way="second") if is_known(other) else code


def _proved_person(second: SecondLook, person: Person) -> Person:
    """Take the names that the paper repeats, and the NIK that fits the birth date."""
    name = str(_name(person, second).value)
    is_whole = len(person.nik) == _NIK_LENGTH
    if not any(person.nik_at) or (is_whole and _fits(person, person.nik)):
        return replace(person, name=name)
    other = second.value(Finding("person_nik", person.nik, *person.nik_at, "printed"))
    if len(other) == _NIK_LENGTH and _fits(person, other):
        return replace(person, name=name, nik=other, is_second=True)
    return replace(person, name=name, nik=person.nik if is_whole else "")


def _fits(person: Person, nik: str) -> bool:
    return person.born is None or nik_fits(nik, person.born)


def _name(person: Person, second: SecondLook) -> Outcome:
    person = replace(person, name=_with_first_letter(person, second))
    found = [Finding("person_name", person.name, *person.name_at, "printed")]
    found += [
        Finding("person_name", second.name_at(*span), *span, "again") for span in person.again
    ]
    same = tuple(one for one in found if one.value == person.name)
    others = tuple(one for one in found if one.value != person.name)
    outcome = Outcome(person.name, same, others)
    claim = _claim(second, "", outcome)
    return claim.outcome


def _with_first_letter(person: Person, second: SecondLook) -> str:
    """The lone I of Balinese men is lost easily: look at what stands before the name."""
    if person.name.split(" ")[0] not in _BALINESE:
        return person.name
    start, end = person.name_at
    before = second.text(max(0, start - len("Tuan I ")), end).upper()
    return f"I {person.name}" if re.search(rf"\b[I1L|] {person.name[:4]}", before) else person.name


def _may_lack_letter(one: Finding, *, from_layer: bool) -> bool:
    return not from_layer and str(one.value).split(" ")[0] in _BALINESE


def _parts(person: Person, second: SecondLook) -> Iterable[tuple[str, Outcome]]:
    if person.name:
        yield "name", _name(person, second)
    if person.role:
        yield (
            "role",
            _single(
                "person_role",
                person.role,
                person.role_at if any(person.role_at) else person.name_at,
            ),
        )
    if person.nik:
        way = "second" if person.is_second else "printed"
        yield "nik", _single("person_nik", person.nik, person.nik_at, way)


def _single(field: str, value: str, span: tuple[int, int], way: str = "printed") -> Outcome:
    return Outcome(value, (Finding(field, value, *span, way),))


def supports(script: Script, claims: Claims, checks: Iterable[Check]) -> dict[str, Support]:
    """Gather for each value what speaks for and against it."""
    said = _said(checks)
    return {claim.key: support(script, claim, said.get(claim.key, "")) for claim in claims.items}


def _said(checks: Iterable[Check]) -> dict[str, str]:
    """Give for each key what the checks say about it; a doubt outweighs an agreement."""
    said: dict[str, str] = {}
    for check in checks:
        for key in check.about:
            if check.verdict == AGREES:
                said.setdefault(key, AGREES)
            elif check.verdict == DIFFERS:
                said[key] = CONTRADICTED
            elif check.name != "nib_issue_date" and said.get(key) != CONTRADICTED:
                said[key] = DIFFERS
    return said


def support(script: Script, claim: Claim, check: str) -> Support:
    """Gather what is known about one value."""
    outcome, first = claim.outcome, claim.outcome.first
    if first.field == "kbli":
        check = {"titled": AGREES, "code": DIFFERS}.get(first.way, "")
    from_layer = all(script.is_from_layer(*one.span) for one in outcome.backers)
    return Support(
        family=FAMILIES[first.field],
        from_layer=from_layer,
        prints=prints(outcome),
        second=claim.second,
        check=check,
        others=against(outcome) + _may_lack_letter(first, from_layer=from_layer),
        sureness=max(script.sureness(*one.span) for one in outcome.backers),
    )
