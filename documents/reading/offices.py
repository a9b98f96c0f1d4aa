"""Finds the part in the firm that a deed gives to each person, said before the name or after it."""

import re
from dataclasses import dataclass

ADDRESS = (
    r"(?:Tuan|Nyonya|Nona|Tn\.?|Ny\.?|Nn\.?|Bapak|Ibu|Saudara|Saudari|Sdr\.?i?|TUAN|NYONYA|NONA)"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            "persero aktif",
            r"\b(?:per?sero|sekutu|partner)\s+(?:aktif|pengurus|komplementer|be?kerja|kerja)",
        ),
        ("persero pasif", r"\b(?:per?sero|sekutu|partner)\s+(?:pasif|kom+anditer|diam)"),
        ("direktur utama", r"\b(?:direktur|presiden\s+direktur)\s+utama|\bpresiden\s+direktur"),
        ("komisaris utama", r"\b(?:komisaris\s+utama|presiden\s+komisaris)"),
        ("direktur", r"\b(?:wakil\s+)?direktur(?!\s+jenderal)\b"),
        ("komisaris", r"\bkomisaris\b"),
        ("ketua", r"\bketua(?:\s+(?:umum|pengurus|badan\s+pengurus))?\b"),
        ("sekretaris", r"\bsekretaris(?:\s+umum)?\b"),
        ("bendahara", r"\bbendahara(?:\s+umum)?\b"),
        ("pembina", r"\bpembina\b"),
        ("pengawas", r"\bpengawas\b"),
        ("pengurus", r"\bpengurus\b|\bfirmant\b"),
    )
)
_LEADS_TO_ROLE = re.compile(
    r"\b(?:sebagai|selaku|menjabat|jabatan|menjadi|diangkat|duduk|adalah|ialah)\b\s*:?|^\W*[:=-]|"
    r"^[ ,(]{0,3}(?:tersebut(?:\s+di\s*atas)?[ ,)]{0,3})?"
    r"(?=(?:sekutu|per?sero|direktur|komisaris|presiden|wakil|ketua|sekretaris|bendahara|pembina|"
    r"pengawas)\b)",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?:[\s,;:\-.=>\"'!|*°#()]|\([^()\n]{1,30}\)|\b(?:dan|i?alah|adalah|yaitu|yakni|oleh|kepada|"
    r"dijabat|dipegang|diemban|dipercayakan|diserahkan|bernama|nama|para|penghadap|tersebut|di\s*atas|"
    r"dalam|perseroan|persekutuan|firma|koperasi|yayasan|ini|haji|hajjah|doktor|doktoranda|"
    rf"doktorandus|insinyur|{ADDRESS})\b|\d{{1,2}}[.)])*",
    re.IGNORECASE,
)


Role = tuple[str, int, int]  # the part, and where it stands
_AND = re.compile(rf"(?:[\s,;-]|\b\d{{1,2}}[.)]|\bdan\b|\bserta\b|\b{ADDRESS}\s)+", re.IGNORECASE)
_NEXT_ENTRY = re.compile(r"\n\W{0,3}\d{1,2}[.)\s]\s*[A-Z]|\n\W*pasal\b", re.IGNORECASE)
_TIE = re.compile(
    r"[:=>]|\b(?:i?alah|adalah|yaitu|yakni|oleh|kepada|dijabat|di(?:tunjuk|angkat))\b",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\b(?:i?alah|adalah|yaitu|yakni)\b", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"[a-z\s]{1,45}(?:[:=]|\b(?:ialah|adalah|yaitu|yakni|oleh|kepada|ditunjuk|diangkat))\W*"
    rf"(?:{ADDRESS}\s*)?"
)
_AND_AS = re.compile(r"\b(?:dan|serta|sedangkan)\s+(?:sebagai|selaku)\s*\Z", re.IGNORECASE)
_LINE_HEAD = re.compile(r"(?:^|\n)\W*(?:\w{1,3}[.)]\s*)?(?:Sebagai\s+)?$")
_TOLD_BACK = re.compile(r"\b(?:sebagai|selaku)[^\S\n]*\Z", re.IGNORECASE)
_OF_NEXT = re.compile(rf"[\s:=.-]{{0,4}}{ADDRESS}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """One place where a person is named; ``who`` counts the people of the deed."""

    who: int
    start: int
    end: int
    is_first: bool = False  # where the person is introduced: another office may be named there


def roles(text: str, mentions: list[Mention]) -> dict[int, Role]:
    """A deed says parts before names or after them, one way throughout: take the fuller one."""
    before: dict[int, Role] = {}
    after: dict[int, Role] = {}
    for at, mention in enumerate(mentions):
        if mention.is_first:
            continue
        start = max(mentions[at - 1].end if at else 0, mention.start - 90)
        said = _role_before(text, start, mention.start) or _shared(text, mentions, at, before)
        if said:
            before.setdefault(mention.who, said)
        if told := _role_after(text, mentions, at) or _role_over(text, mentions, at):
            after.setdefault(mention.who, told)
    return before | after if len(after) > len(before) else after | before


def _shared(text: str, mentions: list[Mention], at: int, before: dict[int, Role]) -> Role | None:
    """Read ``persero pasif adalah Tuan A dan Tuan B``: the second has the first one's part."""
    if not at or mentions[at - 1].who not in before:
        return None
    between = text[mentions[at - 1].end : mentions[at].start]
    return before[mentions[at - 1].who] if _AND.fullmatch(between) else None


def _role_before(text: str, start: int, end: int) -> Role | None:
    """Read ``Direktur : Tuan BUDI``: only joining words between the part and the name."""
    start = max(0, start - 1)  # with the letter before, so that a line's head is known
    said = text[start:end]
    found = [
        (match.end(), -match.start(), role)
        for role, pattern in _ROLES
        for match in pattern.finditer(said)
        if _is_tied(said[: match.start()], said[match.end() :])
    ]
    if not found:
        return None
    finish, begin, role = max(found)
    return role, start - begin, start + finish


def _is_tied(before: str, between: str) -> bool:
    """Say whether a part belongs to the name after it: by a colon, or as the head of a line."""
    if ";" in between or not (_JOINS.fullmatch(between) or _LEADS_ON.fullmatch(between)):
        return False
    if _AND_AS.search(before):
        return True
    is_told_back = bool(_TOLD_BACK.search(before))
    if _TIE.search(between):
        return bool(_FORWARD.search(between)) or not (is_told_back and "\n" in between)
    head = _LINE_HEAD.search(before)
    if head is None:
        return False
    return not is_told_back or ("Sebagai" in head[0] and "\n" in between)


def _role_after(text: str, mentions: list[Mention], at: int) -> Role | None:
    """Read ``Tuan BUDI, tersebut, sebagai Direktur``, up to the next name."""
    start = mentions[at].end
    until = mentions[at + 1].start if at + 1 < len(mentions) else start + 260
    entry = _NEXT_ENTRY.search(text, start, min(until, start + 260))
    until = entry.start() if entry else min(until, start + 260)
    lead = _LEADS_TO_ROLE.search(text[start:until])
    if not lead:
        return None
    told = first_role(text, start + lead.end(), min(until, start + lead.end() + 60))
    is_said = any(map(str.isalpha, lead[0]))
    if told and not is_said and "\n" in text[start : told[1]] and _OF_NEXT.match(text, told[2]):
        return None  # the next line says the part of the next person
    return told


def _role_over(text: str, mentions: list[Mention], at: int) -> Role | None:
    """Read ``Tuan A dan Tuan B, masing-masing selaku sekutu pasif``: one part for both."""
    if at + 1 >= len(mentions):
        return None
    between = text[mentions[at].end : mentions[at + 1].start]
    if not _JOINS.fullmatch(between) or ":" in between:
        return None
    return _role_after(text, mentions, at + 1) or _role_over(text, mentions, at + 1)


def first_role(text: str, start: int, end: int) -> Role | None:
    """Give the part that is named first in text[start:end]."""
    found = [
        (match.start(), order, role, match.end())
        for order, (role, pattern) in enumerate(_ROLES)
        if (match := pattern.search(text, start, end))
    ]
    if not found:
        return None
    begin, _, role, finish = min(found)
    return role, begin, finish


def in_form(role: str, form: str) -> str:
    """Give the part by its name in a partnership, where only partners have one."""
    is_partnership = form in ("CV", "FIRMA")
    if is_partnership and (role.startswith("direktur") or role == "pengurus"):
        return "persero aktif"
    if is_partnership and role.startswith("komisaris"):
        return "persero pasif"
    return role
