"""How a second office writes the firm that a first office named: what hurried hands, telephones and
spreadsheets do to names and numbers. Written without knowledge of how duplicates are searched."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.firms.register import FORMS, Firm

if TYPE_CHECKING:
    from collections.abc import Callable

NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sfe", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "mb", "o": "ip", "p": "o", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "eq", "y": "tu", "z": "x",
}  # fmt: skip
SOUNDS = (
    ("u", "oe"), ("j", "dj"), ("c", "tj"), ("sy", "sj"), ("y", "j"), ("kh", "ch"), ("f", "p"),
    ("v", "f"), ("z", "s"), ("q", "k"), ("x", "ks"), ("ch", "h"), ("i", "y"), ("ai", "ei"),
    ("k", "c"), ("ss", "s"), ("ll", "l"),
)  # fmt: skip
SHORTER = {
    "Sumber": "Sbr.", "Rejeki": "Rzki", "Katering": "Catering", "Toko": "Tk.", "Warung": "Wr.",
    "Rumah Makan": "RM", "Barokah": "Berokah", "Makmur": "Mkmr", "Mandiri": "Mandri",
    "Koperasi": "Kop.", "Bengkel": "Bkl", "Fotokopi": "Fotocopy", "Keripik": "Kripik",
    "Kerupuk": "Krupuk", "Percetakan": "Print", "Konveksi": "Konfeksi", "Mebel": "Meubel",
}  # fmt: skip
SHORT_NAMES = (("Mochamad", "Moch."), ("Muhammad", "M."), ("Achmad", "Ahmad"), ("Abdul", "Abd."))
TITLES = (("H. ", ""), ("Hj. ", ""), ("", ", S.E."), ("Bpk. ", ""), ("Ibu ", ""), ("", " S.Pd"))
SEVERITY = (("light", 55), ("medium", 34), ("heavy", 11))
STRENGTH = {"light": 0.25, "medium": 0.5, "heavy": 0.8}
CITY_OF = {"Kab. Malang": "Kota Malang", "Kab. Kediri": "Kota Kediri", "Kab. Blitar": "Kota Blitar"}


def written_again(firm: Firm, rng: random.Random) -> Firm:
    """The same firm in another office's words; at least one thing is unlike."""
    severity = rng.choices([name for name, _ in SEVERITY], [share for _, share in SEVERITY])[0]
    force = STRENGTH[severity]
    return replace(
        firm,
        name=_name(firm.name, rng, force),
        owner=_owner(firm.owner, rng, force),
        form=rng.choice(FORMS) if rng.random() < 0.06 * force else firm.form,
        region=_region(firm.region, rng),
        nib=_number(firm.nib, rng, force, gone=0.45),
        npwp=_npwp(firm.npwp, rng, force),
        nik=_number(firm.nik, rng, force, gone=0.35),
        phone=_phone(firm.phone, rng, force),
        email="" if rng.random() < 0.6 else firm.email,
        address=_address(firm.address, rng, force),
        kbli="" if rng.random() < 0.5 else firm.kbli,
        category=firm.category if rng.random() < 0.5 else "",
        capital=0 if rng.random() < 0.5 else firm.capital,
        sales=0 if rng.random() < 0.5 else firm.sales,
    )


def _name(name: str, rng: random.Random, force: float) -> str:
    changes: list[tuple[float, Callable[[str, random.Random], str]]] = [
        (0.5, _shorten), (0.35, _respell), (0.5, slip), (0.15, _swap_words), (0.2, _lose_word),
        (0.15, _join), (0.25, _recase), (0.15, _dress),
    ]  # fmt: skip
    for chance, change in changes:
        if rng.random() < chance * force:
            name = change(name, rng) or name
    return name


def _owner(owner: str, rng: random.Random, force: float) -> str:
    parts = owner.split()
    if len(parts) > 1 and rng.random() < 0.25 * force:
        parts.pop()
    if len(parts) > 1 and rng.random() < 0.25 * force:
        parts[rng.randrange(len(parts))] = parts[0][0] + "."
    if len(parts) > 1 and rng.random() < 0.08 * force:
        parts.reverse()
    text = " ".join(parts)
    for short in SHORT_NAMES:
        if rng.random() < 0.6:
            text = text.replace(*short)
    for chance, change in ((0.4, slip), (0.3, _respell), (0.35, _title), (0.4, _recase)):
        if rng.random() < chance * force:
            text = change(text, rng)
    return text


def _region(region: str, rng: random.Random) -> str:
    if rng.random() < 0.012:
        return CITY_OF.get(region, region)
    kind, _, place = region.partition(" ")
    full = "Kabupaten" if kind == "Kab." else "Kota"
    written = (
        region,
        f"{full} {place}",
        region.upper(),
        f"{kind.strip('.').upper()} {place}",
        region,
    )
    return rng.choice(written)


def _number(number: str, rng: random.Random, force: float, *, gone: float) -> str:
    chance = rng.random()
    if chance < gone:
        return rng.choice(("", "", "-", "belum ada"))
    if chance < gone + 0.04 * force:
        return _wrong_digit(number, rng)
    if chance < gone + 0.12:
        return " ".join(re.findall(r"\d{1,4}", number))
    return number


def _npwp(npwp: str, rng: random.Random, force: float) -> str:
    written = _number(npwp, rng, force, gone=0.5)
    if len(written) == 16 and written.startswith("0") and rng.random() < 0.5:
        n = written[1:]
        return f"{n[:2]}.{n[2:5]}.{n[5:8]}.{n[8]}-{n[9:12]}.{n[12:]}"
    return written


def _phone(phone: str, rng: random.Random, force: float) -> str:
    chance = rng.random()
    if not phone or chance < 0.12:
        return ""
    if chance < 0.12 + 0.25 * force:  # the shop's other telephone
        return f"08{rng.choice((12, 38, 58, 96))}{rng.randint(10**6, 10**8 - 1):08}"
    if chance < 0.12 + 0.3 * force:
        return _wrong_digit(phone, rng)
    tail = phone[1:]
    dashed = f"{phone[:4]}-{phone[4:8]}-{phone[8:]}"
    return rng.choice((phone, phone, f"+62{tail}", f"62{tail}", dashed, tail, f"{phone} (WA)"))


def _address(address: str, rng: random.Random, force: float) -> str:
    if not address or rng.random() < 0.25:
        return ""
    for old, new in (
        ("Jl. ", "Jalan "),
        (" No. ", " "),
        (", ", " Kec. "),
        ("RT ", "Rt."),
        ("/RW ", " Rw "),
    ):
        if rng.random() < 0.4:
            address = address.replace(old, new)
    if rng.random() < 0.3 * force:
        address = re.sub(r" RT.*?,", ",", address)
    return slip(address, rng) if rng.random() < 0.3 * force else address


def slip(text: str, rng: random.Random) -> str:
    """One slip of the fingers: a neighbour, a letter lost, doubled or changed places."""
    at = rng.randrange(len(text)) if text else 0
    letter = text[at : at + 1]
    if not letter.isalpha():
        return text
    kind = rng.random()
    if kind < 0.35:
        return text[:at] + rng.choice(NEIGHBOURS.get(letter.casefold(), letter)) + text[at + 1 :]
    if kind < 0.6:
        return text[:at] + text[at + 1 :]
    if kind < 0.8:
        return text[:at] + letter + text[at:]
    return text[:at] + text[at + 1 : at + 2] + letter + text[at + 2 :]


def _respell(text: str, rng: random.Random) -> str:
    """The old spelling or the ear's: Soerabaia, Wijaya and Widjaja, Fitri and Pitri."""
    usable = [pair for pair in SOUNDS if pair[0] in text.casefold()]
    if not usable:
        return text
    old, new = rng.choice(usable)
    return re.sub(old, new, text, count=rng.choice((0, 1)), flags=re.IGNORECASE)


def _shorten(text: str, rng: random.Random) -> str:
    for long, short in SHORTER.items():
        if long in text and rng.random() < 0.7:
            text = text.replace(long, short)
    return text


def _swap_words(text: str, rng: random.Random) -> str:
    parts = text.split()
    at = rng.randrange(max(len(parts) - 1, 1))
    parts[at : at + 2] = reversed(parts[at : at + 2])
    return " ".join(parts)


def _lose_word(text: str, rng: random.Random) -> str:
    parts = text.split()
    if len(parts) > 2:
        parts.pop(rng.randrange(len(parts)))
    return " ".join(parts)


def _join(text: str, rng: random.Random) -> str:
    at = [match.start() for match in re.finditer(" ", text)]
    if not at:
        return text
    cut = rng.choice(at)
    return text[:cut] + text[cut + 1 :]


def _recase(text: str, rng: random.Random) -> str:
    return rng.choice((text.upper(), text.lower()))


def _title(text: str, rng: random.Random) -> str:
    before, after = rng.choice(TITLES)
    return f"{before}{text}{after}"


def _dress(text: str, rng: random.Random) -> str:
    return rng.choice((f"UD. {text}", f"{text} Group", f"{text} 2", f'"{text}"', f"Usaha {text}",
                       f"{text} Official"))  # fmt: skip


def _wrong_digit(number: str, rng: random.Random) -> str:
    if len(number) < 3:
        return number
    at = rng.randrange(2, len(number))
    return f"{number[:at]}{(int(number[at]) + rng.randint(1, 9)) % 10}{number[at + 1 :]}"
