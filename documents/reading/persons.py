"""Finds the people of a deed, each with the part in the firm; witnesses are not among them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from rapidfuzz import fuzz

from documents.reading.dates import PrintedDate, all_dates, worded_dates
from documents.reading.names import fold_person, without_titles
from documents.reading.numerals import D, digits
from documents.reading.offices import ADDRESS, Mention, Role, first_role, in_form, roles
from documents.reading.opening import closing, opening
from documents.reading.text import Script

_SAME = 12  # letters: two wordings that begin so near found one person
MAN, WOMAN = "man", "woman"
_NAME = (
    r"(?:(?:MOH|MOCH|MUH|ABD|ACH|ST|HJ?|RR?|KH|M),\s+)?"
    r"[A-Z][A-Z'’.]*(?:[\s-]+(?:bin\s+|binti\s+|alias\s+)?[A-Z][A-Z'’.]*){0,7}"
)
_AFTER_SHORT = re.compile(r"^([A-Z]{1,4}),(?=\s+[A-Z])")  # a point misread for a comma
_NAME_ANY = r"[A-Z][A-Za-z'’.\s-]{2,60}?"
_BORN = r"(?i:(?:di)?lahir(?:kan)?\b|kelahiran\b|(?:di)?la[a-z]{1,5}(?=\s+di\s)|Warga\s+Negara)"
_APPEARS = (
    re.compile(
        rf"\b({ADDRESS})\s+(?:[A-Z][a-z]+\.?\s+){{0,2}}({_NAME})\s*[,.;(]?\s+"
        rf"(?:(?!lahir|dilahir|{ADDRESS}\s)[^;]){{0,75}}?{_BORN}"
    ),
    re.compile(
        rf"(?:^|\n)\W*(?:\(?(?:\d{{1,2}}|[IVXHl]{{1,4}}|[a-z])[.),:]?\s+)?(?:({ADDRESS})\s+)?"
        rf"({_NAME})\s*[,.;]\s*(?:[A-Za-z][A-Za-z.,\s-]{{1,45}},\s*)?{_BORN}",
    ),
    re.compile(
        rf"(?:^|\n)\W*(?:\w{{1,3}}[.)]\s*)?(?i:nama)(?i:\s+lengkap)?\s*:\s*(?:({ADDRESS})\s+)?"
        rf"({_NAME})\s*\n[^;]{{0,60}}?(?i:lahir)"
    ),
    re.compile(
        rf"\b({ADDRESS})\s+({_NAME_ANY})\s*(?:[,(]|[;.](?=\s+(?:di)?lahir))\s*"
        rf"(?:(?:(?!lahir|dilahir|{ADDRESS}\s)[^;]){{1,60}}?[,.)]\s*)?(?:yang\s+)?{_BORN}",
        re.DOTALL,
    ),
    re.compile(
        rf"\b({ADDRESS})\s+({_NAME})\s*[,.;(](?=[^;]{{0,260}}?(?:NIK|Kartu\s+Tanda|Warga\s+Negara))",
    ),
)
_NIK_SAID = r"(?:NIK|N\s?I\s?K|Kependudukan|KTP|Penduduk|nomor)\b[^\d]{0,25}"
_NIK = re.compile(rf"(?<![\dA-Za-z])((?:{D}[\s.-]?){{15}}{D})(?!\d)")
_ADDRESSED = re.compile(rf"\b{ADDRESS}\s+({_NAME})")
_OWN_PART = re.compile(r"\bjabatannya\s+(?:selaku|sebagai)\b", re.IGNORECASE)
_LEAVES = re.compile(r"(?:pengunduran\s+diri|berhent\w+|meninggal\w*)\W+(?:\w+\W+){0,2}$")
_DAMAGED_NIK = re.compile(rf"(?<![\dA-Za-z])(\d(?:{D}[\s.-]?){{12,16}}{D})(?!\d)")
_FOUNDED_BY = re.compile(
    rf"\b(?i:didirikan\s+oleh)\s+(?:{ADDRESS}\s+)?({_NAME})\s*,?\s+(?:selaku|sebagai)\s+"
    r"(?i:(direktur))"
)
_STATED = re.compile(
    r"(?:^|\n)\W*Nama(?:\s+(?:Lengkap|Direktur|Pendiri))?\W{0,4}\s(?:[LI1]\s)?"
    rf"({_NAME})\s*(?=\n|,)"
)


@dataclass(frozen=True)
class Person:
    """A founder: where name, NIK and part in the firm stand; birth date and sex as printed."""

    name: str
    name_at: tuple[int, int]
    nik: str = ""
    nik_at: tuple[int, int] = (0, 0)
    born: dt.date | None = None
    born_at: tuple[int, int] = (0, 0)
    role: str = ""
    role_at: tuple[int, int] = (0, 0)
    sex: str = ""
    again: tuple[tuple[int, int], ...] = ()  # later places that print the same name
    is_absent: bool = False  # named in the deed, without appearing
    is_second: bool = False  # the NIK was taken from the second look


def founders(script: Script, form: str, *, is_change: bool = False) -> list[Person]:
    """Find the people who appear before the notary, in order, with their appointments.

    ``is_change``: the deed changes a firm, so people are also appointed who do not appear.
    """
    start, end = max(0, opening(script)), closing(script)
    seen = _appearances(script.text, start, end)
    people: list[Person] = []
    for match, following in zip_longest(seen, seen[1:]):
        until = following.start() if following else min(end, match.end() + 700)
        person = _person(script, match, until)
        if not re.fullmatch(r"[IVX]*", person.name) and all(
            person.name != other.name for other in people
        ):
            people.append(person)
    if is_change:
        people += _absent(script.text, start, end, people)
    appointed = _appointed(script.text, people, form) if people else []
    return [person for person in appointed if person.role or not person.is_absent]


def _absent(text: str, start: int, end: int, people: list[Person]) -> Iterator[Person]:
    """Find those of an organ's new list who have no particulars of their own."""
    known = [fold_person(one.name) for one in people]
    for match in _ADDRESSED.finditer(text, start, end):
        name = without_titles(match[1])
        is_leaving = _LEAVES.search(text[max(0, match.start() - 60) : match.start()])
        if fold_person(name) in known or is_leaving:
            continue
        known.append(fold_person(name))
        yield Person(name, match.span(1), is_absent=True)


def _appearances(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Gather parties by each wording; one printed name is taken once."""
    found: dict[int, re.Match[str]] = {}
    for pattern in _APPEARS:
        if found and pattern is _APPEARS[-1]:
            break
        for match in pattern.finditer(text, start, end):
            if not any(
                abs(match.start(2) - place) < _SAME or match.start() == other.start()
                for place, other in found.items()
            ):
                found[match.start(2)] = match
    return [found[place] for place in sorted(found)]


def _person(script: Script, match: re.Match[str], until: int) -> Person:
    text = script.text
    born = all_dates(text[match.end() : min(until, match.end() + 110)])
    if not born and script.is_from_layer(*match.span(2)):  # by eye a word is easily lost
        born = worded_dates(text[match.end() : min(until, match.end() + 150)])
    nik = _nik(text, match.end(), until)
    address = (match[1] or "").lower()[:2]
    own = _OWN_PART.search(text, match.end(), until)
    role = first_role(text, own.end(), own.end() + 40) if own else None
    return Person(
        name=without_titles(_AFTER_SHORT.sub(r"\1.", match[2])),
        name_at=match.span(2),
        nik=digits(nik[1]) if nik else "",
        nik_at=nik.span(1) if nik else (0, 0),
        born=born[0].day if born else None,
        born_at=_shifted(born, match.end()),
        role=role[0] if role else "",
        role_at=role[1:] if role else (0, 0),
        sex={"tu": MAN, "tn": MAN, "ny": WOMAN, "no": WOMAN, "nn": WOMAN}.get(address, ""),
    )


def _shifted(dates: list[PrintedDate], offset: int) -> tuple[int, int]:
    return (dates[0].start + offset, dates[0].end + offset) if dates else (0, 0)


def _nik(text: str, start: int, until: int) -> re.Match[str] | None:
    """Find sixteen digits, best after their label; else a run that lost or won a digit."""
    said = re.compile(_NIK_SAID + rf"(?={_NIK.pattern})", re.IGNORECASE).search(text, start, until)
    found = _NIK.search(text, said.end() if said else start, until)
    return found or _DAMAGED_NIK.search(text, start, until)


def _appointed(text: str, people: list[Person], form: str) -> list[Person]:
    """Give each person the part said at a mention after all have been introduced."""
    start = min(one.name_at[0] for one in people)
    mentions = sorted(
        (mention for who, one in enumerate(people) for mention in _mentions(text, one, who, start)),
        key=lambda one: one.start,
    )
    parts = roles(text, mentions)
    places: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        if mention.is_first:
            continue
        places.setdefault(mention.who, []).append((mention.start, mention.end))
    return [
        _with_role(one, parts.get(who, ("", 0, 0)), tuple(places.get(who, ())), form)
        for who, one in enumerate(people)
    ]


def _with_role(one: Person, role: Role, again: tuple[tuple[int, int], ...], form: str) -> Person:
    return Person(
        one.name, one.name_at, one.nik, one.nik_at, one.born, one.born_at,
        in_form(role[0], form) or one.role, role[1:] if role[0] else one.role_at, one.sex, again,
        one.is_absent,
    )  # fmt: skip


def _mentions(text: str, person: Person, who: int, start: int) -> Iterator[Mention]:
    pattern = r"[\s-]+".join(re.escape(part) for part in person.name.split())
    found = [match.span() for match in re.finditer(rf"\b{pattern}\b", text[start:], re.IGNORECASE)]
    first = person.name_at
    if all(begin + start < first[1] and end + start > first[0] for begin, end in found):
        near = fuzz.partial_ratio_alignment(person.name, text[first[1] :], score_cutoff=86)
        shift = first[1] - start
        found += [(near.dest_start + shift, near.dest_end + shift)] if near else []
        found = [_whole_words(text, start, one) for one in found]
    for begin, end in found:
        is_own = begin + start < first[1] and end + start > first[0]
        is_first = is_own and not person.is_absent
        yield Mention(who, begin + start, end + start, is_first)


def _whole_words(text: str, offset: int, span: tuple[int, int]) -> tuple[int, int]:
    """A near match may begin inside a word; stretch it to the words that it touches."""
    begin, end = span[0] + offset, span[1] + offset
    while begin > 0 and text[begin - 1].isalpha() and text[begin].isalpha():
        begin -= 1
    while end < len(text) and text[end].isalpha() and text[end - 1].isalpha():
        end += 1
    return begin - offset, end - offset


def declarant(script: Script) -> list[Person]:
    """Find the one founder of a statement: name and NIK on labelled lines."""
    match = _STATED.search(script.text)
    if not match:
        return []
    nik = _nik(script.text, max(0, match.start() - 60), match.end() + 160)
    born = all_dates(script.text[match.end() : match.end() + 240])
    again = tuple(
        (one.start, one.end)
        for one in _mentions(script.text, Person(without_titles(match[1]), match.span(1)), 0,
                             match.end())
    )  # fmt: skip
    return [
        Person(
            name=without_titles(match[1]),
            name_at=match.span(1),
            nik=digits(nik[1]) if nik else "",
            nik_at=nik.span(1) if nik else (0, 0),
            born=born[0].day if born else None,
            born_at=_shifted(born, match.end()),
            role="direktur",
            again=again,
        )
    ]


def registered(script: Script) -> list[Person]:
    """Find the founder whom the certificate of a one-person company names."""
    match = _FOUNDED_BY.search(script.text)
    if not match:
        return []
    role_at = match.span(2)
    return [Person(without_titles(match[1]), match.span(1), role="direktur", role_at=role_at)]


def card_holder(script: Script) -> list[Person]:
    """Find name and NIK on an identity card."""
    nik = _NIK.search(script.text)
    name = re.search(rf"\b(?i:nama)\W{{0,6}}({_NAME})(?![a-z])", script.text)
    born = re.search(r"lahir\W{0,6}[^\n]{0,50}", script.text, re.IGNORECASE)
    days = all_dates(born[0]) if born else []
    if not nik and not name:
        return []
    stray = r"(?:\s[A-Z]{1,2})+$" if name and not script.is_from_layer(*name.span(1)) else r"$^"
    return [
        Person(
            name=re.sub(stray, "", without_titles(name[1])) if name else "",
            name_at=name.span(1) if name else (0, 0),
            nik=digits(nik[1]) if nik else "",
            nik_at=nik.span(1) if nik else (0, 0),
            born=days[0].day if days else None,
            born_at=_shifted(days, born.start()) if born else (0, 0),
        )
    ]
