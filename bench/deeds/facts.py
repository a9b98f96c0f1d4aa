"""What is true in one invented paper: the firm, its people, the notary, numbers, dates, money."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.deeds.draw import Draw
from bench.deeds.numerals import Spelling
from bench.deeds.people import NAMES, Person, full_name, person
from bench.deeds.places import (
    ELSEWHERE,
    ELSEWHERE_REPORTED,
    ELSEWHERE_TUNED,
    Town,
    any_town,
    businesses,
)

TODAY = date(2026, 11, 1)  # no paper is younger
_FIRMS = NAMES["firms"]
ORDINARY = {
    "PT": ("PT", "PT."),
    "CV": ("CV.", "CV"),
    "FIRMA": ("FIRMA", "Fa."),
    "KOPERASI": ("KOPERASI",),
    "YAYASAN": ("YAYASAN",),
    "PT PERORANGAN": ("PT",),
}
SK_CODES = {
    "PT": "01.01",
    "CV": "01.14",
    "PT PERORANGAN": "01.30",
    "YAYASAN": "01.04",
    "KOPERASI": "01.26",
}


@dataclass
class Notary:
    name: str
    front: str
    titles: str
    seat: str
    says_seat: str  # as printed: "Kota Surabaya", in old papers "Surabaya"
    sk_number: str
    sk_on: date
    street: str
    phone: str

    @property
    def says_name(self) -> str:
        return f"{self.name}, {self.titles}"


@dataclass
class Facts:
    """One paper's truth; `printed` holds what it says elsewhere when it contradicts itself."""

    kind: str
    form: str
    name: str
    prefix: str
    seat: Town
    street: str
    notary: Notary
    number: int
    signed_on: date
    people: list[Person]
    witnesses: list[Person]
    spelling: Spelling
    authorized: int = 0
    nominal: int = 0
    paid: int = 0
    businesses: list[tuple[str, str]] = field(default_factory=list)
    sk_number: str = ""
    sk_on: date | None = None
    nib: str = ""
    nib_on: date | None = None
    npwp: str = ""
    anomaly: str = ""
    printed: dict[str, object] = field(default_factory=dict)
    accepted: dict[str, list[object]] = field(default_factory=dict)

    def says(self, what: str, otherwise: object) -> object:
        return self.printed.get(what, otherwise)

    @property
    def full_name(self) -> str:
        return f"{self.prefix} {self.name}"


def firm_name(draw: Draw, form: str) -> str:
    words = [draw.pick(_FIRMS["first"]), draw.pick(_FIRMS["second"])]
    if draw.chance(0.45 if form.startswith("PT") else 0.2):
        words.append(draw.pick(_FIRMS["third"]))
    if form == "KOPERASI":
        words.insert(0, draw.pick(["KONSUMEN", "PRODUSEN", "SIMPAN PINJAM", "JASA", "SERBA USAHA"]))
    if draw.chance(0.05) and form != "KOPERASI":
        words.insert(1, draw.pick(["&", "DAN"]))
    return " ".join(words)


def notary(draw: Draw, before: date, taken: set[str]) -> Notary:
    """A notary in office on the day `before`."""
    name = full_name(draw, draw.chance(0.45))
    while name in taken:
        name = full_name(draw, draw.chance(0.45))
    taken.add(name)
    titles = draw.pick(
        ["S.H., M.Kn.", "S.H., M.Kn", "SH., M.Kn.", "Sarjana Hukum", "S.H.", "S.H., Sp.N."],
        ["Sarjana Hukum, Magister Kenotariatan", "SH.,MKn."],
        ["S.H., M.H., M.Kn.", "Sarjana Hukum, Magister Humaniora", "SH, SpN, M.Hum."],
    )
    front = "" if draw.chance(0.85) else draw.pick(["Dr. ", "Haji "], ["Doktor "], ["Dr. H. "])
    town = any_town(draw)
    seat = town.name
    if draw.chance(0.12):
        seat = draw.pick(ELSEWHERE, ELSEWHERE_TUNED, ELSEWHERE_REPORTED)
        says = seat
    else:
        says = town.short if before.year < 2009 and not town.has_twin else seat
    sk_on = draw.day(date(max(1992, before.year - 18), 1, 5), before - timedelta(days=400))
    return Notary(
        name=name,
        front=front,
        titles=titles,
        seat=seat,
        says_seat=says,
        sk_number=_notary_sk(draw, sk_on),
        sk_on=sk_on,
        street=draw.pick(NAMES["people"]["streets"]),
        phone=f"(03{draw.number(11, 58)}) {draw.digits(6)}",
    )


def _notary_sk(draw: Draw, sk_on: date) -> str:
    if sk_on.year < 2007:
        month = draw.pick(["01", "02", "03"])
        return f"C-{draw.number(11, 2900)}.HT.03.{month}-Th.{sk_on.year}"
    tail = draw.pick(["Tahun {}", "TAHUN {}"], [".Tahun {}"], ["TH.{}"])
    joint = "" if tail.startswith(".") else " "
    return f"AHU-{draw.number(3, 1400):05}.AH.02.01{joint}{tail.format(sk_on.year)}"


def sk_number(draw: Draw, form: str, sk_on: date, code: str = "") -> str:
    """The number of a ministry's decree, in the several ways in which they are printed."""
    code = code or SK_CODES[form]
    if form == "CV":
        digits, joint = draw.number(1200, 129_999), "-"
    elif form == "PT PERORANGAN":
        digits, joint = draw.number(1200, 129_999), "."
    else:
        digits, joint = draw.number(1200, 129_999), "."
    places = 6 if form == "PT PERORANGAN" else 7
    tail = draw.pick([".TAHUN {}", ".Tahun {}", " Tahun {}"], [".TAHUN.{}"], [" TAHUN {}"])
    return f"AHU-{digits:0{places}}{joint}AH.{code}{tail.format(sk_on.year)}"


def npwp(draw: Draw) -> str:
    """15 digits of tax office 000 with a right check digit."""
    eight = f"{draw.number(1, 99):02}{draw.digits(6)}"
    return f"{eight}{luhn(eight)}000000"


def luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def spelling(draw: Draw, year: int) -> Spelling:
    return Spelling(
        glue=draw.pick(["", "", "", "tens"], ["tens"], ["all"]),
        old_billion=year < 2012 and draw.chance(0.5),
        old_months=year < 2010 and draw.chance(0.5),
        friday=draw.pick(["Jumat", "Jumat", "Jum'at"]),
    )


def invent(draw: Draw, kind: str, form: str) -> Facts:
    """Everything that a paper of this kind may print, without contradictions."""
    oldest = {"PT PERORANGAN": 2021, "PT": 2008, "CV": 1997}.get(form, 2001)
    is_recent = kind in {"sk_ahu", "nib", "npwp"} or draw.chance(0.7)
    first = date(max(oldest, 2019 if is_recent else oldest), 3, 1)
    signed_on = draw.day(first, TODAY - timedelta(days=60))
    taken: set[str] = set()
    facts = Facts(
        kind=kind,
        form=form,
        name=firm_name(draw, form),
        prefix=draw.pick(ORDINARY[form]),
        seat=any_town(draw),
        street=f"Jalan {draw.pick(NAMES['people']['streets'])} Nomor {draw.number(1, 240)}",
        notary=notary(draw, signed_on, taken),
        number=draw.pick([draw.number(1, 60), draw.number(1, 250)], (), [draw.number(251, 1400)]),
        signed_on=signed_on,
        people=[],
        witnesses=[person(draw, taken, before=signed_on.year) for _ in range(2)],
        spelling=spelling(draw, signed_on.year),
        businesses=draw.some(businesses(), draw.number(1, 6)),
    )
    facts.people = _people(draw, form, taken, signed_on.year)
    _fund(draw, facts)
    _register(draw, facts)
    return facts


def _people(draw: Draw, form: str, taken: set[str], year: int) -> list[Person]:
    roles = {
        "PT": draw.pick(
            [
                ["direktur", "komisaris"],
                ["direktur utama", "direktur", "komisaris"],
                ["direktur utama", "direktur", "komisaris utama", "komisaris"],
            ],
            [["direktur", "direktur", "komisaris"]],
            [["direktur utama", "direktur", "direktur", "komisaris"]],
        ),
        "CV": ["persero aktif"] * draw.pick([1, 1, 2]) + ["persero pasif"] * draw.pick([1, 1, 2]),
        "FIRMA": ["persero aktif"] * draw.number(2, 3),
        "KOPERASI": ["ketua", "sekretaris", "bendahara", "pengawas"],
        "YAYASAN": ["pembina", "ketua", "sekretaris", "bendahara", "pengawas"],
        "PT PERORANGAN": ["direktur"],
    }[form]
    people = [person(draw, taken, before=year) for _ in roles]
    for one, role in zip(people, roles, strict=True):
        one.role = role
    return people


def _fund(draw: Draw, facts: Facts) -> None:
    facts.nominal = draw.pick([100_000, 500_000, 1_000_000], [50_000], [250_000, 10_000])
    millions = draw.pick([50, 60, 100, 200, 250, 400, 500, 1000, 1250, 2000, 2500], [750], [5000])
    facts.authorized = millions * 1_000_000
    share = draw.pick([4, 4, 2, 1])
    facts.paid = facts.authorized // share
    facts.paid -= facts.paid % facts.nominal
    if facts.paid * 4 < facts.authorized:
        facts.paid = facts.authorized
    if facts.form == "CV" and draw.chance(0.25):
        facts.authorized = 0
    if facts.form == "PT PERORANGAN":
        facts.paid = facts.authorized = min(facts.authorized, 500_000_000)


def _register(draw: Draw, facts: Facts) -> None:
    """Its numbers in the registers, some weeks after the deed."""
    facts.sk_on = min(TODAY, facts.signed_on + timedelta(days=draw.number(0, 45)))
    if facts.form in SK_CODES:
        facts.sk_number = sk_number(draw, facts.form, facts.sk_on)
    facts.npwp = npwp(draw)
    facts.nib_on = max(facts.sk_on, date(2018, 9, 1)) + timedelta(days=draw.number(0, 20))
    is_dated = facts.nib_on >= date(2021, 8, 9)
    front = f"{facts.nib_on:%d%m%y}" if is_dated else f"0{draw.number(220, 288)}00"
    facts.nib = f"{front}{draw.digits(7)}"
