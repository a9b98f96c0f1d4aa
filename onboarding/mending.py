"""What a faulty cell most likely meant to say: proposed to a person, never done by itself.

A proposal is made only when it can be read without a fault; of two that can, none is made.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

from rapidfuzz import fuzz, process

from onboarding.identifiers import (
    Identifier,
    IdentifierError,
    is_placeholder,
    read_nib,
    read_nik,
    read_npwp,
    read_phone,
)
from onboarding.spellings import FORM_OF_ALIAS, FORM_TITLES, form_in_name

READERS: dict[str, Callable[[str], Identifier]] = {
    "nib": read_nib,
    "npwp": read_npwp,
    "nik": read_nik,
    "phone": read_phone,
}
MIXED_UP = (("nik", "npwp"), ("nib", "nik"), ("nib", "npwp"), ("nik", "phone"), ("nib", "phone"))
LIKE_DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8"})
MOSTLY = 0.6  # of the letters and digits are digits
LIKE_ENOUGH = 85
FULL_NIB = 13


def mend(
    column: str,
    code: str,
    texts: Mapping[str, str],
    known_kbli: Mapping[str, Collection[str]],
    suggestion: str = "",
) -> str:
    """The text to put into `column` so that its problem `code` goes away, or `""`.

    `texts` are the cells of the row as far as they are known, by column key; `suggestion` is what
    the check itself already thought of.
    """
    text = texts.get(column, "")
    if suggestion:
        return suggestion
    if column == "legal_form":
        return _legal_form(code, text, texts.get("name", ""))
    if column == "kbli" and code != "kbli_old_version":
        return _kbli(text, known_kbli)
    if code == "email_invalid":
        return _email(text)
    if column in READERS and code.startswith(f"{column}_"):
        return _number(column, text)
    return ""


def mixed_up(texts: Mapping[str, str], faulty: Collection[str]) -> tuple[str, str] | None:
    """Two columns of which at least one is faulty and both are right once they are exchanged."""
    for one, other in MIXED_UP:
        here, there = texts.get(one, ""), texts.get(other, "")
        if not {one, other} & set(faulty) or is_placeholder(here) or is_placeholder(there):
            continue
        if _reads(one, there) and _reads(other, here):
            return one, other
    return None


def _reads(column: str, text: str) -> bool:
    try:
        READERS[column](text)
    except IdentifierError:
        return False
    return True


def _legal_form(code: str, text: str, name: str) -> str:
    said = form_in_name(name)
    if code == "legal_form_unknown":
        folded = re.sub(r"[^a-z]", "", text.casefold())
        near = process.extractOne(folded, list(FORM_OF_ALIAS), scorer=fuzz.ratio,
                                  score_cutoff=LIKE_ENOUGH)  # fmt: skip
        said = FORM_OF_ALIAS[near[0]] if near else said
    return FORM_TITLES.get(said, "")


def _number(column: str, text: str) -> str:
    """The only number in the text that can be read: other letters for digits, words around it."""
    candidates = {text.translate(LIKE_DIGITS)} if _is_mostly_digits(text) else set()
    candidates |= set(re.findall(r"\+?\d[\d .\-]{6,}\d", text))
    if column == "phone":
        digits = re.sub(r"\D", "", text)
        candidates |= {f"0{digits}", re.sub(r"^\+?(62)?0?", "0", digits)}
    if column == "npwp":
        candidates |= {f"0{re.sub(r'[^0-9]', '', text)}"}  # the nought of the old number is lost
    if column == "nib":
        candidates |= _with_noughts(text)
    found = {value: one for one in sorted(candidates) if (value := _sure_value(column, one))}
    return re.sub(r"\D", "", found.popitem()[1]) if len(found) == 1 else ""


def _sure_value(column: str, text: str) -> str:
    try:
        read = READERS[column](text)
    except IdentifierError:
        return ""
    return "" if read.warnings else read.value


def _is_mostly_digits(text: str) -> bool:
    marks = re.findall(r"[A-Za-z0-9|]", text)
    return bool(marks) and sum(mark.isdigit() for mark in marks) >= MOSTLY * len(marks)


def _with_noughts(text: str) -> set[str]:
    """An NIB whose first noughts are lost, when it then begins with a date of issue, as most do."""
    digits = re.sub(r"[ .\-]", "", text)
    if not re.fullmatch(r"\d{11,12}", digits):
        return set()
    full = digits.zfill(FULL_NIB)
    try:
        date(2000 + int(full[4:6]), int(full[2:4]), int(full[:2]))
    except ValueError:
        return set()
    return {full}


def _kbli(text: str, known: Mapping[str, Collection[str]]) -> str:
    """The codes of the list that stand in the text, whatever marks or titles stand beside them."""
    listed: set[str] = set().union(*known.values())
    typed = text.translate(LIKE_DIGITS) if _is_mostly_digits(text) else text
    bare = re.sub(r"(?<=\d)[.\s](?=\d)", "", re.sub(r"[.,]0\b", "", typed))
    found = [code for code in re.findall(r"\d+", bare) if code in listed]
    if not found and re.fullmatch(r"\d{4}", bare.strip()) and f"0{bare.strip()}" in listed:
        found = [f"0{bare.strip()}"]
    mended = ", ".join(dict.fromkeys(found))
    return "" if mended == text else mended


def _email(text: str) -> str:
    bare = re.sub(r"\s|^mailto:|[;,.]+$|[<>()]", "", text.casefold())
    bare = re.sub(r"\[at\]|\(at\)", "@", bare).replace(",", ".").replace("@@", "@")
    bare = re.sub(r"@(gmail|yahoo)(com)?$", r"@\1.com", bare)
    return bare if re.fullmatch(r"[^@]+@[^@]+\.[a-z]{2,}", bare) and bare != text else ""
