"""One row of an office's sheet, judged: what may be recorded, and what a person should repair.

An *error* keeps the row out until it is repaired; a *warning* lets it in and is shown. A value
with a warning that makes it worthless (lost digits, a placeholder) is left out, not recorded.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from rapidfuzz import fuzz, process

from onboarding.identifiers import (
    Identifier,
    IdentifierError,
    is_personal_npwp,
    is_placeholder,
    read_kbli,
    read_nib,
    read_nik,
    read_npwp,
    read_phone,
)
from onboarding.mending import mend, mixed_up
from onboarding.spellings import FORM_OF_ALIAS, fold_region

REQUIRED = ("name", "legal_form", "owner_name", "region")
LONGEST = {
    "name": 160,
    "owner_name": 120,
    "email": 254,
    "address": 250,
    "category": 160,
    "reason": 250,
}
LARGEST_AMOUNT = 10**15
FORMS_IN_NAMES = {"pt": ("pt", "pt_perorangan"), "cv": ("cv",), "ud": ("perorangan",)}
READERS: dict[str, Callable[[str], Identifier]] = {
    "nib": read_nib,
    "npwp": read_npwp,
    "nik": read_nik,
    "phone": read_phone,
}
AMOUNTS = ("capital", "yearly_sales")
CELLS = (*LONGEST, "legal_form", "region", *READERS, "kbli", *AMOUNTS)
UNITS = {"rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6}
UNITS |= {"miliar": 10**9, "milyar": 10**9}
AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*([\d.,\s]*\d)(?:[.,]-+)?\s*([a-z]*)\.?")
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
LIKE_ENOUGH = 80
#: Doubts that a person who has the card or paper in hand may answer.
OVERRULABLE = frozenset(
    {"npwp_check_digit", "npwp_unknown_pattern", "nik_serial", "nik_date", "nik_province"}
)


@dataclass(frozen=True)
class Problem:
    """One thing to repair or to know, with the column it is in and what fills its sentence.

    `repair` is the text to put into the column to be rid of it, `""` when only a person knows; a
    `note` is a doubt that a person has answered.
    """

    column: str
    code: str
    severity: Literal["error", "warning", "note"]
    params: Mapping[str, str] = field(default_factory=dict)
    repair: str = ""


@dataclass(frozen=True)
class CheckedRow:
    """What may be recorded of a row, and its problems.

    `clean` has every column: text (`""` when absent), `capital` and `yearly_sales` as whole
    rupiah or None, `region` and `legal_form` as codes; beside them `kbli_version` and
    `other_kbli` (a list).
    """

    clean: dict[str, Any]
    problems: tuple[Problem, ...]

    @property
    def is_acceptable(self) -> bool:
        """Whether the row has no error; warnings do not keep a row out."""
        return all(problem.severity != "error" for problem in self.problems)


def index_regions(regions: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The `regions` that `check_row` asks for, from pairs of code and name with its type."""
    return {fold_region(name): code for code, name in regions}


def check_row(
    values: Mapping[str, str],
    regions: Mapping[str, str],
    known_kbli: Mapping[str, Collection[str]],
    repairs: Iterable[tuple[str, str]] = (),
    overruled: Collection[tuple[str, str]] = (),
) -> CheckedRow:
    """Judge one row by column key; `known_kbli` is the codes by version of the list.

    `repairs` are what the reader of the sheet reported for the row, as (column, code);
    `overruled` are the doubts of `OVERRULABLE` that a person has answered, as (column, code).
    """
    text = {key: " ".join(value.split()) for key, value in values.items()}
    problems: list[Problem] = []
    damage = _damage(repairs, text, problems)
    clean: dict[str, Any] = {}
    for key in CELLS:
        typed = "" if (key, "digits_lost") in damage else text.get(key, "")
        clean |= _cell(key, typed, regions, known_kbli, problems)
    _contradictions(clean, problems)
    _answer(clean, problems, text, overruled)
    _exchange(clean, problems, text)
    return CheckedRow(clean, tuple(mended(one, text, known_kbli) for one in problems))


def mended(
    problem: Problem, text: Mapping[str, str], known_kbli: Mapping[str, Collection[str]]
) -> Problem:
    """The problem with the repair that `mending` proposes, seeing the row's other cells."""
    if problem.repair or problem.severity == "note":
        return problem
    suggestion = problem.params.get("suggestion", "")
    found = mend(problem.column, problem.code, text, known_kbli, suggestion)
    return replace(problem, repair=found) if found else problem


def _exchange(clean: dict[str, Any], problems: list[Problem], text: Mapping[str, str]) -> None:
    """Say once that two cells stand in each other's place, instead of what is wrong with each."""
    faulty = [problem.column for problem in problems if problem.severity == "error"]
    pair = mixed_up(text, faulty)
    if pair is None:
        return
    problems[:] = [problem for problem in problems if problem.column not in pair]
    for column, other in (pair, pair[::-1]):
        clean[column] = ""
        params = {"value": text[column][:80], "other": other.upper()}
        problems.append(Problem(column, "mixed_up", "error", params, repair=text[other]))


def _answer(
    clean: dict[str, Any],
    problems: list[Problem],
    text: Mapping[str, str],
    overruled: Collection[tuple[str, str]],
) -> None:
    """What a person with the card in hand has said is right counts, whatever the digits say."""
    for place, problem in enumerate(problems):
        if problem.code not in OVERRULABLE or (problem.column, problem.code) not in overruled:
            continue
        problems[place] = replace(problem, severity="note")
        clean[problem.column] = clean[problem.column] or re.sub(r"\D", "", text[problem.column])


def check_cell(
    key: str, text: str, regions: Mapping[str, str], known_kbli: Mapping[str, Collection[str]]
) -> CheckedRow:
    """Judge one cell by itself: what it gives to `clean`, and its problems.

    No cell changes what another gives, so a text that stands in a million rows is judged once.
    """
    problems: list[Problem] = []
    text = " ".join(text.split())
    clean = _cell(key, text, regions, known_kbli, problems)
    return CheckedRow(clean, tuple(mended(one, {key: text}, known_kbli) for one in problems))


def _cell(
    key: str,
    text: str,
    regions: Mapping[str, str],
    known_kbli: Mapping[str, Collection[str]],
    problems: list[Problem],
) -> dict[str, Any]:
    if key in READERS:
        return {key: _identifier(key, text, READERS[key], problems)}
    if key == "legal_form":
        return {key: _legal_form(text, problems)}
    if key == "region":
        return {key: _region(text, regions, problems)}
    if key == "kbli":
        return _kbli(text, known_kbli, problems)
    if key in AMOUNTS:
        return {key: _amount(key, text, problems)}
    text = _text(key, text, problems)
    return {key: _email(text, problems) if key == "email" else text}


def read_rupiah(text: str) -> int | None:
    """Whole rupiah of `Rp1.500.000,00`, `1,500,000`, `1500000` or `1,5 juta`; None for no amount.

    A single mark before exactly three digits parts thousands, but for `1,500 juta`.
    """
    found = AMOUNT.fullmatch(text.strip().casefold())
    if found is None or len(found[1]) > 30 or (found[2] and found[2] not in UNITS):
        return None
    digits, unit = re.sub(r"\s", "", found[1]), UNITS.get(found[2], 1)
    whole, mark, fraction = _split_at_decimal_mark(digits, has_unit=bool(found[2]))
    if mark and mark in whole:
        return None
    amount = round(float(f"{re.sub(r'[.,]', '', whole) or '0'}.{fraction or '0'}") * unit)
    return amount if amount < LARGEST_AMOUNT else None


def _split_at_decimal_mark(digits: str, *, has_unit: bool) -> tuple[str, str, str]:
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits, "", ""
    mark, fraction = digits[last], digits[last + 1 :]
    has_both_marks = "." in digits and "," in digits
    if len(fraction) != 3 or has_both_marks or (has_unit and mark == ","):
        return digits[:last], mark, fraction
    return digits, "", ""


def _text(key: str, text: str, problems: list[Problem]) -> str:
    if key in REQUIRED and not re.search(r"[^\W_]", text):
        problems.append(Problem(key, "required", "error"))
        return ""
    if len(text) > LONGEST[key]:
        limit = str(LONGEST[key])
        problems.append(Problem(key, "too_long", "error", {"limit": limit}))
        return text[: LONGEST[key]]
    return text


def _email(text: str, problems: list[Problem]) -> str:
    if not text or ("@" not in text and is_placeholder(text)):
        return ""
    folded = text.casefold()
    if EMAIL.fullmatch(text) is None or len(folded) > LONGEST["email"]:
        problems.append(Problem("email", "email_invalid", "error", {"value": text}))
        return ""
    return folded


def _legal_form(text: str, problems: list[Problem]) -> str:
    folded = re.sub(r"[^a-z]", "", text.casefold())
    if not folded:
        problems.append(Problem("legal_form", "required", "error"))
        return ""
    code = FORM_OF_ALIAS.get(folded)
    if code is None:
        problems.append(Problem("legal_form", "legal_form_unknown", "error", {"value": text[:80]}))
        return ""
    return code


def _region(text: str, regions: Mapping[str, str], problems: list[Problem]) -> str:
    if not re.search(r"[^\W_]", text):
        problems.append(Problem("region", "required", "error"))
        return ""
    codes = {re.sub(r"\D", "", code): code for code in regions.values()}
    if re.sub(r"[\s.]", "", text) in codes:
        return codes[re.sub(r"[\s.]", "", text)]
    folded = fold_region(text)
    found = [
        regions[name] for name in (folded, f"kab {folded}", f"kota {folded}") if name in regions
    ]
    if len(found) == 1:
        return found[0]
    problems.append(_region_problem(text, folded, regions, is_ambiguous=bool(found)))
    return ""


def _region_problem(
    text: str, folded: str, regions: Mapping[str, str], *, is_ambiguous: bool
) -> Problem:
    value = text[:80]
    if is_ambiguous:
        params = {"value": value, "first": f"Kab. {value}", "second": f"Kota {value}"}
        return Problem("region", "region_ambiguous", "error", params)
    near = _nearest_region(folded, regions)
    if not near:
        return Problem("region", "region_unknown", "error", {"value": value})
    return Problem("region", "region_misspelt", "error", {"value": value, "suggestion": near})


def _nearest_region(folded: str, regions: Mapping[str, str]) -> str:
    """The name of the region that is spelt nearest, of the same type when there is one."""
    kind, _, short = folded.rpartition(" ") if " " in folded else ("", "", folded)
    shorts = {name: name.partition(" ")[2] for name in regions}
    near = process.extract(short, shorts, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=3)
    names = [name for _, _, name in near]
    best = next((name for name in names if name.startswith(f"{kind} ")), names[0] if names else "")
    return best.replace("kab ", "Kab. ", 1).title()


def _damage(
    repairs: Iterable[tuple[str, str]], text: Mapping[str, str], problems: list[Problem]
) -> set[tuple[str, str]]:
    damage = {(column, code) for column, code in repairs}
    for column, code in sorted(damage):
        if code in ("digits_lost", "zeros_restored", "date_number", "cut"):
            params = {"value": text.get(column, "")[:80]}
            problems.append(Problem(column, code, "warning", params))
    return damage


def _identifier(
    key: str, text: str, reader: Callable[[str], Identifier], problems: list[Problem]
) -> str:
    if is_placeholder(text):
        if re.search(r"\d", text):
            problems.append(Problem(key, "placeholder", "warning", {"value": text}))
        return ""
    try:
        identifier = reader(text)
    except IdentifierError as error:
        problems.append(Problem(key, error.code, "error", {"value": text[:80]}))
        return ""
    for code in identifier.warnings:
        problems.append(Problem(key, code, "warning", {"value": text[:80]}))
    return identifier.value


def _kbli(
    text: str, known: Mapping[str, Collection[str]], problems: list[Problem]
) -> dict[str, Any]:
    codes: list[str] = []
    version = ""
    for part in re.split(r"[,;/\s]+", text):
        if is_placeholder(part):
            continue
        try:
            kbli = read_kbli(part, known)
        except IdentifierError as error:
            if all(problem.code != error.code for problem in problems):
                problems.append(Problem("kbli", error.code, "warning", {"value": part[:80]}))
            continue
        problems.extend(Problem("kbli", code, "warning", {"value": part}) for code in kbli.warnings)
        version = version or (kbli.versions[-1] if kbli.versions else "")
        codes.append(kbli.value)
    return {"kbli": codes[0] if codes else "", "kbli_version": version, "other_kbli": codes[1:]}


def _amount(key: str, text: str, problems: list[Problem]) -> int | None:
    if not re.search(r"\d", text) and is_placeholder(text):
        return None
    amount = read_rupiah(text)
    if amount is None:
        problems.append(Problem(key, "amount_invalid", "error", {"value": text[:80]}))
    return amount or None  # a nought in this column means that nobody asked


def _contradictions(clean: Mapping[str, Any], problems: list[Problem]) -> None:
    form, npwp = clean["legal_form"], clean["npwp"]
    first = re.sub(r"\.", "", clean["name"].casefold()).split(" ")[0]
    if form and first in FORMS_IN_NAMES and form not in FORMS_IN_NAMES[first]:
        problems.append(
            Problem("legal_form", "form_differs_from_name", "warning", {"value": first.upper()})
        )
    if form not in ("", "perorangan") and npwp and is_personal_npwp(npwp):
        problems.append(Problem("npwp", "npwp_is_personal", "warning"))
    if not clean["phone"] and not clean["email"]:
        problems.append(Problem("phone", "no_contact", "warning"))
