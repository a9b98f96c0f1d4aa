"""Words an invented deed: a cover and the first page, in the standard phrases of the trade."""

import datetime as dt
from dataclasses import dataclass

from workflows.sample_deeds.numerals import WEEKDAYS, full_date, plain_date, rupiah, words

NOTICE = "CONTOH – BUKAN DOKUMEN RESMI"
TITLES = {
    "pt": "PENDIRIAN PERSEROAN TERBATAS",
    "cv": "PENDIRIAN PERSEROAN KOMANDITER",
    "koperasi": "PENDIRIAN KOPERASI",
}
PREFIXES = {"pt": "PT", "cv": "CV.", "koperasi": "KOPERASI"}
_KINDS = {
    "pt": "suatu Perseroan Terbatas",
    "cv": "suatu Perseroan Komanditer",
    "koperasi": "suatu Koperasi",
}
_NAMED = {
    "pt": "Perseroan Terbatas ini bernama",
    "cv": "Perseroan ini bernama perseroan komanditer",
    "koperasi": "Koperasi ini bernama",
}


@dataclass(frozen=True)
class Founder:
    """An invented person who appears before the notary."""

    address: str  # Tuan, Nyonya, Nona
    name: str
    born_in: str
    born_on: dt.date
    nik: str
    lives_in: str
    role: str


@dataclass(frozen=True)
class Deed:
    """An invented deed; ``weekday`` is only given to plant a contradiction."""

    form: str  # pt, cv, koperasi
    number: int
    signed_on: dt.date
    notary: str
    notary_titles: str
    notary_seat: str
    notary_decree: str
    company: str
    seat: str
    founders: tuple[Founder, ...]
    business: tuple[tuple[str, str], ...]  # (KBLI code, title)
    capital: int
    paid_up: int = 0
    weekday: str = ""

    @property
    def full_name(self) -> str:
        """The firm's name with its legal form, as printed."""
        return f"{PREFIXES[self.form]} {self.company}"

    @property
    def said_weekday(self) -> str:
        """The weekday that the deed prints."""
        return self.weekday or WEEKDAYS[self.signed_on.weekday()]


@dataclass(frozen=True)
class Line:
    """One paragraph of a page: ``style`` is title, centre, filled or plain."""

    text: str
    style: str = "filled"


Sheet = tuple[Line, ...]


def cover(deed: Deed) -> Sheet:
    """Word the cover of the certified copy."""
    return (
        Line("NOTARIS", "title"),
        Line(f"{deed.notary}, {deed.notary_titles}", "title"),
        Line(f"SK. Menteri Hukum dan HAM RI Nomor {deed.notary_decree}", "centre"),
        Line(f"Daerah Kerja : {deed.notary_seat}", "centre"),
        Line("", "gap"),
        Line("S A L I N A N", "title"),
        Line("", "gap"),
        Line(f"AKTA : {TITLES[deed.form]}", "centre"),
        Line(deed.full_name, "title"),
        Line(f"NOMOR : {deed.number:02}", "centre"),
        Line(f"TANGGAL : {plain_date(deed.signed_on)}", "centre"),
    )


def first_page(deed: Deed) -> Sheet:
    """Word the first page: opening, founders, name and seat, business, capital, organs."""
    return (
        Line(f"AKTA {TITLES[deed.form]}", "title"),
        Line(deed.full_name, "title"),
        Line(f"Nomor : {deed.number:02}.-", "title"),
        Line(f"Pada hari ini, {deed.said_weekday}, tanggal {full_date(deed.signed_on)}."),
        Line(
            f"Berhadapan dengan saya, {deed.notary}, {deed.notary_titles}, Notaris di "
            f"{deed.notary_seat}, dengan dihadiri oleh saksi-saksi yang nama-namanya akan "
            "disebut pada bagian akhir akta ini :"
        ),
        *(_appearance(at, founder) for at, founder in enumerate(deed.founders, start=1)),
        Line("Para penghadap telah dikenal oleh saya, Notaris."),
        Line(
            f"Para penghadap menerangkan dengan akta ini telah sepakat mendirikan "
            f"{_KINDS[deed.form]} dengan anggaran dasar sebagai berikut :"
        ),
        Line("Pasal 1", "centre"),
        Line(f'{_NAMED[deed.form]} "{deed.full_name}", berkedudukan di {deed.seat}.'),
        Line("Pasal 2", "centre"),
        Line("Maksud dan tujuannya ialah berusaha dalam bidang :"),
        *(Line(f"- {title} (KBLI {code});") for code, title in deed.business),
        Line("Pasal 3", "centre"),
        *_capital(deed),
        *(
            Line(f"{founder.address} {founder.name}, tersebut, sebagai {founder.role};")
            for founder in deed.founders
        ),
    )


def _appearance(at: int, founder: Founder) -> Line:
    return Line(
        f"{at}. {founder.address} {founder.name}, lahir di {founder.born_in}, pada tanggal "
        f"{full_date(founder.born_on)}, Warga Negara Indonesia, bertempat tinggal di "
        f"{founder.lives_in}, pemegang Kartu Tanda Penduduk Nomor Induk Kependudukan (NIK) : "
        f"{founder.nik};"
    )


def _capital(deed: Deed) -> tuple[Line, ...]:
    if deed.form != "pt":
        whose = "koperasi" if deed.form == "koperasi" else "perseroan"
        return (Line(f"Modal {whose} ini berjumlah {rupiah(deed.capital)}."),)
    shares = deed.capital // 1_000_000
    return (
        Line(
            f"Modal dasar Perseroan berjumlah {rupiah(deed.capital)}, terbagi atas {shares} "
            f"({words(shares)}) saham, masing-masing bernilai nominal {rupiah(1_000_000)}."
        ),
        Line(f"Telah ditempatkan dan disetor penuh sebesar {rupiah(deed.paid_up)}."),
    )
