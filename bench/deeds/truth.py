"""Writes down what a paper says and where: the truth that every reader is measured against."""

from __future__ import annotations

from bench.deeds.facts import Facts
from bench.deeds.layout import ABOVE, BELOW, Page, Setting, Word

Quad = list[tuple[float, float]]


def fields(facts: Facts, setting: Setting) -> dict[str, object]:
    """The canonical values of what is printed; what is not printed is absent."""
    printed = {name for name, _ in setting.values}
    texts = {(name, text) for name, text in setting.values}
    found: dict[str, object] = {"document_kind": facts.kind}
    if facts.kind not in {"ktp", "unknown"}:
        found["entity_form"] = facts.form
    for name, value in _single(facts).items():
        if name in printed:
            found[name] = value
    if "kbli" in printed:
        found["kbli"] = [code for code, _ in facts.businesses if ("kbli", code) in texts]
    people = [
        _person(facts, one, ("person_nik", one.nik) in texts)
        for one in facts.people
        if ("person_name", one.name) in texts
    ]
    if people:
        found["persons"] = people
    return found


def _single(facts: Facts) -> dict[str, object]:
    notary = facts.notary
    return {
        "company_name": facts.name,
        "company_seat": facts.seat.name,
        "notary_name": notary.says_name,
        "notary_seat": notary.seat,
        "notary_sk_number": notary.sk_number,
        "notary_sk_date": notary.sk_on.isoformat(),
        "deed_number": str(facts.number),
        "deed_date": facts.signed_on.isoformat(),
        "authorized_capital": facts.authorized,
        "paid_up_capital": facts.paid,
        "sk_ahu_number": facts.sk_number,
        "sk_ahu_date": facts.sk_on.isoformat() if facts.sk_on else "",
        "nib": facts.nib,
        "nib_date": facts.nib_on.isoformat() if facts.nib_on else "",
        "npwp": facts.npwp,
    }


def _person(facts: Facts, one: object, has_nik: bool) -> dict[str, str]:
    told = {"name": one.name}
    if one.role and facts.kind != "ktp":
        told["role"] = one.role
    if has_nik:
        told["nik"] = one.nik
    return told


def places(setting: Setting) -> list[list[tuple[int, Quad]]]:
    """For each value, where its letters stand: (page, quad in points), word by word."""
    found: list[list[tuple[int, Quad]]] = [[] for _ in setting.values]
    for number, page in enumerate(setting.pages):
        for word in page.words:
            for value, first, last in word.marks:
                found[value].append((number, _quad(setting, word, first, last)))
    return found


def _quad(setting: Setting, word: Word, first: int, last: int) -> Quad:
    face = setting.face
    x0 = word.x + face.width(word.text[:first], word.size, word.is_bold)
    x1 = x0 + face.width(word.text[first:last], word.size, word.is_bold)
    top, bottom = word.y - ABOVE * word.size, word.y + BELOW * word.size
    return [(x0, top), (x1, top), (x1, bottom), (x0, bottom)]


def text_of(page: Page) -> str:
    """The page's words without fill dashes, line by line from the top."""
    lines: dict[int, list[Word]] = {}
    for word in sorted(page.words, key=lambda one: (round(one.y), one.x)):
        if not word.is_fill:
            lines.setdefault(round(word.y), []).append(word)
    return "\n".join(" ".join(word.text for word in line) for line in lines.values())
