"""A register of invented firms whose look-alikes are as frequent as in a real one: one owner with
several firms, one telephone lent to thirty, families at one address, names that half a village
uses."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from stdnum import luhn

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
REFERENCE = Path(__file__).resolve().parents[2] / "onboarding" / "reference"
FORMS = ("Perorangan", "CV", "PT", "PT Perorangan", "Koperasi")
SHARES = (905, 45, 25, 15, 10)
COMPANY_PREFIX = {"CV": "CV ", "PT": "PT ", "PT Perorangan": "PT ", "Koperasi": "Koperasi "}
RECENT = 400


@dataclass(frozen=True)
class Firm:
    """One firm as it is; empty text is a thing that the firm does not have."""

    entity: int
    name: str
    form: str
    region: str
    nib: str
    npwp: str
    owner: str
    nik: str
    phone: str
    email: str
    address: str
    kbli: str
    category: str
    capital: int
    sales: int


@dataclass
class _Lore:
    """What the invention draws from, read once."""

    regions: list[str] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    villages: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    kbli: list[str] = field(default_factory=list)


def firms(count: int, seed: int) -> Iterator[Firm]:
    """Invent `count` firms; the same count and seed give the same firms."""
    rng, lore = random.Random(seed), _lore()
    recent: list[Firm] = []
    helper_phone = _phone(rng)
    for entity in range(count):
        firm = _firm(entity, rng, lore)
        chance = rng.random()
        if recent and chance < 0.08:
            firm = _related(firm, rng.choice(recent), rng)
        elif chance < 0.11:  # a helper of the village lends one number
            helper_phone = _phone(rng) if rng.random() < 0.06 else helper_phone
            firm = replace(firm, phone=helper_phone)
        recent.append(firm)
        if len(recent) > RECENT:
            recent[rng.randrange(RECENT)] = recent.pop()
        yield firm


def _lore() -> _Lore:
    lore = _Lore()
    with (REFERENCE / "regions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lore.regions.append(row["display_name"])
            lore.people.append(int(row["population_2024"]))
            lore.codes[row["display_name"]] = row["code"]
    names = {code: name for name, code in lore.codes.items()}
    with (REFERENCE / "districts.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lore.villages.setdefault(names[row["regency_code"]], []).append(row["name"])
    with (REFERENCE / "kbli-2020.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    lore.kbli = [code for code in codes if code[0] in "1459"][::7]
    return lore


def _firm(entity: int, rng: random.Random, lore: _Lore) -> Firm:
    region = rng.choices(lore.regions, lore.people)[0]
    form = rng.choices(FORMS, SHARES)[0]
    owner, is_woman = _person(rng)
    village = rng.choice(lore.villages[region])
    nik = _nik(rng, lore.codes[region], is_woman=is_woman)
    is_company = form != "Perorangan"
    npwp = _npwp(rng) if is_company else nik
    return Firm(
        entity=entity,
        name=COMPANY_PREFIX.get(form, "") + _name(rng, owner, village, is_company=is_company),
        form=form,
        region=region,
        nib=_nib(rng) if rng.random() < (0.95 if is_company else 0.6) else "",
        npwp=npwp if rng.random() < (0.9 if is_company else 0.35) else "",
        owner=owner,
        nik=nik if rng.random() < 0.75 else "",
        phone=_phone(rng) if rng.random() < 0.93 else "",
        email=_email(rng, owner) if rng.random() < 0.15 else "",
        address=_address(rng, village) if rng.random() < 0.9 else "",
        kbli=rng.choice(lore.kbli) if rng.random() < 0.6 else "",
        category=rng.choice(WORDS["kinds"]) if rng.random() < 0.7 else "",
        capital=rng.choice((0, 5, 10, 25, 50, 150, 400, 900)) * 10**6,
        sales=rng.choice((0, 20, 60, 120, 300, 900, 1800)) * 10**6,
    )


def _related(firm: Firm, other: Firm, rng: random.Random) -> Firm:
    """Another firm that shares with `other` what different firms do share."""
    here = {"region": other.region}
    kind = rng.random()
    if kind < 0.4:  # a second business of the same person
        return replace(
            firm, **here, owner=other.owner, nik=other.nik, phone=other.phone,
            address=other.address, npwp="" if firm.form == "Perorangan" else firm.npwp,
        )  # fmt: skip
    if kind < 0.65:  # husband and wife, brothers: one house, another trade
        return replace(firm, **here, address=other.address, phone=other.phone)
    if kind < 0.9:  # the same sign over another door
        return replace(firm, name=other.name, form=other.form, npwp=firm.npwp)
    trade = rng.choice(WORDS["kinds"])  # the same sign, the next street
    return replace(firm, **here, name=f"{trade} {other.name.split(' ', 1)[-1]}")


def _name(rng: random.Random, owner: str, village: str, *, is_company: bool) -> str:
    chance = rng.random()
    praise = rng.sample(WORDS["praise"], 3)
    if is_company:
        return " ".join(praise[: 2 if chance < 0.55 else 3])
    kind = rng.choice(WORDS["kinds"])
    called = owner.split(maxsplit=1)[0]
    if chance < 0.25:
        return f"{kind} {rng.choice(('Bu', 'Pak', 'Mbak', 'Cak', 'Bu Haji'))} {called}"
    if chance < 0.7:
        return f"{kind} {' '.join(praise[: 1 if chance < 0.4 else 2])}"
    if chance < 0.82:
        return f"{kind} {praise[0]} {village}"
    if chance < 0.92:
        return f"UD {praise[0]} {praise[1]}"
    return f"{kind} {called} {praise[0]}"


def _person(rng: random.Random) -> tuple[str, bool]:
    is_woman = rng.random() < 0.58
    given = WORDS["given_women"] if is_woman else WORDS["given_men"]
    parts = [rng.choice(given)]
    if rng.random() < 0.45:
        parts.append(rng.choice(given))
    if rng.random() < 0.8:
        parts.append(rng.choice(WORDS["family"]))
    return " ".join(dict.fromkeys(parts)), is_woman


def _nik(rng: random.Random, region: str, *, is_woman: bool) -> str:
    day = rng.randint(1, 28) + (40 if is_woman else 0)
    return (
        f"{region.replace('.', '')}99{day:02}{rng.randint(1, 12):02}"
        f"{rng.randint(55, 99):02}{rng.randint(1, 9999):04}"
    )


def _nib(rng: random.Random) -> str:
    return f"00{rng.randint(1, 12):02}{rng.randint(18, 26)}{rng.randint(0, 9_999_999):07}"


def _npwp(rng: random.Random) -> str:
    stem = f"{rng.randint(0, 99_999_999):08}"
    return f"0{stem}{luhn.calc_check_digit(stem)}000{rng.choice(('000', '000', '001'))}"


def _phone(rng: random.Random) -> str:
    return (
        f"08{rng.choice((12, 13, 21, 22, 52, 56, 57, 77, 81, 95))}{rng.randint(10**7, 10**8 - 1)}"
    )


def _email(rng: random.Random, owner: str) -> str:
    stem = "".join(letter for letter in owner.casefold() if letter.isalpha())
    return f"{stem}{rng.randint(1, 9999)}@example.com"


def _address(rng: random.Random, village: str) -> str:
    house = f"Jl. {rng.choice(WORDS['streets'])} No. {rng.randint(1, 240)}"
    ward = f" RT {rng.randint(1, 12):02}/RW {rng.randint(1, 9):02}" if rng.random() < 0.5 else ""
    return f"{house}{ward}, {village}"
