"""The articles of a deed that carry values: name and seat, business, capital, organs."""

from __future__ import annotations

from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Para, Table, mark
from bench.deeds.numerals import dotted
from bench.deeds.opening import heading, quoted
from bench.deeds.people import Person

BODY = {
    "PT": "Perseroan",
    "CV": "perseroan",
    "FIRMA": "persekutuan",
    "KOPERASI": "Koperasi",
    "YAYASAN": "Yayasan",
}
LONG = {
    "PT": "Perseroan Terbatas",
    "CV": "Perseroan Komanditer",
    "FIRMA": "Persekutuan Firma",
    "KOPERASI": "Koperasi",
    "YAYASAN": "Yayasan",
}


class Manner:
    """How one deed numbers and heads its articles; they count on from the first."""

    def __init__(self, draw: Draw) -> None:
        self.word = draw.pick(["Pasal {}", "PASAL {}"], ["Pasal {}.-"], ["-PASAL {}.-"])
        self.title_first = draw.chance(0.5)
        self.spaced = draw.chance(0.25)
        self.lead = draw.pick(["", "", "-"])
        self.number = 0

    def head(self, title: str) -> list[Block]:
        self.number += 1
        if self.spaced and len(title) < 12:
            title = " ".join(title)
        pair = [heading(title), heading(self.word.format(self.number))]
        return list(pair if self.title_first else reversed(pair))

    def items(self, texts: list[str], labels: str = "123456789") -> list[Block]:
        if len(texts) == 1:
            return [Para(f"{self.lead}{texts[0]}")]
        return [
            Para(text, label=f"{label}.", column=24)
            for text, label in zip(texts, labels, strict=False)
        ]


def rupiah(draw: Draw, name: str, amount: int, words: str | None) -> str:
    """An amount as deeds print it; `name` is the field, empty for amounts that are no value."""
    digits = mark(name, dotted(amount)) if name else dotted(amount)
    form = draw.pick(
        ["Rp. {},-", "Rp.{},-", "Rp {},00", "Rp. {},00", "Rp{},00"],
        ["Rp. {},--", "Rp {}"],
        ["Rp.{}.-", "IDR {}"],
    )
    said = form.format(digits)
    if words is None:
        return said
    marked = mark(f"{name}_words", f"{words} rupiah") if name else f"{words} rupiah"
    return f"{said} ({marked})"


def name_and_seat(draw: Draw, facts: Facts, manner: Manner) -> list[Block]:
    name = facts.says("name_in_articles", facts.name)
    seat = facts.seat.name
    seat = mark("company_seat", seat.upper() if draw.chance(0.15) else seat)
    marked = f"{facts.prefix} {mark('company_name', name)}"
    body, long = BODY[facts.form], LONG[facts.form]
    first = draw.pick(
        [
            f"{long} ini bernama {quoted(draw, facts, name)} (selanjutnya dalam Anggaran Dasar ini"
            f' cukup disingkat dengan "{body}"), berkedudukan di {seat}.',
            f"{body} ini memakai nama {marked}, berkedudukan dan berkantor pusat di {seat},"
            f" {facts.street}.",
            f"{long} ini bernama : {marked}, dan berkedudukan di {seat}.",
        ],
        [f"Nama {body} ini adalah {marked} dan bertempat kedudukan di {seat}."],
        [
            f"{body} ini diberi nama {quoted(draw, facts, name)}, untuk selanjutnya disebut"
            f' "{body}", dengan tempat kedudukan di {seat}, Provinsi Jawa Timur.'
        ],
    )
    second = draw.pick(
        [
            f"{body} dapat membuka kantor cabang atau kantor perwakilan di tempat lain, baik di"
            f" dalam"
            " maupun di luar wilayah Negara Republik Indonesia, bila dianggap perlu.",
            f"Cabang dan perwakilan {body} dapat didirikan di kota lain atas persetujuan para"
            f" pendiri.",
        ]
    )
    head = manner.head(draw.pick(["NAMA DAN TEMPAT KEDUDUKAN", "NAMA DAN KEDUDUKAN"]))
    return [*head, *manner.items([first, f"{second[0].upper()}{second[1:]}"])]


def business(draw: Draw, facts: Facts, manner: Manner, *, is_long: bool = False) -> list[Block]:
    head = manner.head(
        draw.pick(["MAKSUD DAN TUJUAN SERTA KEGIATAN USAHA", "MAKSUD DAN TUJUAN", "KEGIATAN USAHA"])
    )
    body = BODY[facts.form]
    lead = draw.pick(
        [
            f"Maksud dan tujuan {body} ialah berusaha dalam bidang :",
            f"Untuk mencapai maksud dan tujuan tersebut di atas {body} dapat melaksanakan kegiatan"
            " usaha sebagai berikut :",
        ],
        [f"{body} bergerak di lapangan usaha menurut Klasifikasi Baku Lapangan Usaha Indonesia :"],
        [f"Adapun kegiatan usaha {body} meliputi bidang-bidang :"],
    )
    return [*head, Para(f"{lead[0].upper()}{lead[1:]}"), *codes(draw, facts, is_long=is_long)]


def codes(draw: Draw, facts: Facts, *, is_long: bool = False) -> list[Block]:
    """The lines of business, in one of the ways in which codes are printed."""
    marked = [(mark("kbli", code), title) for code, title in facts.businesses]
    if draw.chance(0.12):
        rows = tuple((f"{n}.", code, title) for n, (code, title) in enumerate(marked, 1))
        return [Table((0.08, 0.2, 0.72), (("No.", draw.pick(["KBLI", "Kode"]), "Judul"), *rows))]
    form = draw.pick(
        [
            "{code} - {TITLE};",
            "{title} (KBLI {code});",
            "{code} - {title}",
            "{title}, Kode KBLI: {code};",
        ],
        ["KBLI {code} : {title};", "{TITLE} ({code});"],
        ["{code} : {title};", "Kode {code} ({title});"],
    )
    blocks: list[Block] = []
    for letter, (code, title) in zip("abcdefghijklmnop", marked, strict=False):
        text = form.format(code=code, title=title, TITLE=title.upper())
        blocks.append(Para(text, label=f"{letter}.", column=22, left=12))
        if is_long or draw.chance(0.15):
            blocks.append(Para(_describes(draw, title), left=34))
    return blocks


def _describes(draw: Draw, title: str) -> str:
    low = title.lower()
    return draw.pick(
        [
            f"Kelompok ini mencakup usaha {low}, termasuk kegiatan penunjang, pengolahan,"
            f" pengepakan,"
            " penyimpanan dan pengangkutan yang berkaitan langsung dengan kegiatan tersebut.",
            f"Menjalankan usaha di bidang {low} dalam arti seluas-luasnya, baik atas dasar balas"
            f" jasa"
            " maupun kontrak, untuk pasar dalam negeri dan luar negeri.",
            f"Yaitu segala kegiatan {low} beserta perawatan, perbaikan dan layanan purna jual yang"
            " menyertainya, sepanjang diizinkan peraturan.",
        ]
    )


def capital(draw: Draw, facts: Facts, manner: Manner) -> list[Block]:
    head = manner.head("MODAL" if not draw.chance(0.2) else "M O D A L")
    if facts.form == "PT":
        return [*head, *manner.items(_shares(draw, facts)), *_founders(draw, facts)]
    if not facts.authorized:
        text = draw.pick(
            [
                "Modal perseroan tidak ditentukan besarnya dan setiap waktu dapat dilihat pada"
                " buku-buku perseroan.",
                "Besarnya modal perseroan tidak ditentukan terlebih dahulu; pemasukan tiap-tiap"
                " persero dicatat dalam buku perseroan.",
            ]
        )
        return [*head, *manner.items([text])]
    words = facts.spelling.words(facts.authorized)
    total = rupiah(draw, "authorized_capital", facts.authorized, words)
    text = draw.pick(
        [
            f"Modal {BODY[facts.form]} ini berjumlah {total}, yang dimasukkan oleh para persero.",
            f"Modal dasar {BODY[facts.form]} ditetapkan sebesar {total}.",
        ],
        [f"Para persero memasukkan modal seluruhnya {total} ke dalam kas."],
        [f"Jumlah modal {BODY[facts.form]} adalah {total}, disetor tunai."],
    )
    return [*head, *manner.items([text])]


def _shares(draw: Draw, facts: Facts) -> list[str]:
    spelling, nominal = facts.spelling, facts.nominal
    said = facts.says("capital_in_words", facts.authorized)
    shares = facts.says("shares", facts.authorized // nominal)
    assert isinstance(said, int)
    assert isinstance(shares, int)
    total = rupiah(draw, "authorized_capital", facts.authorized, spelling.words(said))
    each = rupiah(draw, "", nominal, spelling.words(nominal))
    number = f"{dotted(shares)} ({spelling.words(shares)}) {draw.pick(['saham', 'lembar saham'])}"
    first = draw.pick(
        [
            f"Modal dasar Perseroan berjumlah {total}, terbagi atas {number}, masing-masing saham"
            f" bernilai nominal {each}.",
            f"Modal dasar Perseroan ini sebesar {total} yang terdiri dari {number}, setiap saham"
            f" dengan nilai nominal {each}.",
        ],
        [f"Modal dasar : {total}, dibagi menjadi {number} @ {each}."],
        [
            f"Perseroan mempunyai modal dasar {total}, terbagi dalam {number} bernominal {each}"
            f" sehelai."
        ],
    )
    issued = facts.paid // nominal
    paid = rupiah(draw, "paid_up_capital", facts.paid, spelling.words(facts.paid))
    part = f"{dotted(issued)} ({spelling.words(issued)}) saham"
    percent = facts.paid * 100 // facts.authorized
    second = draw.pick(
        [
            f"Dari modal dasar tersebut telah ditempatkan dan disetor {percent}%"
            f" ({spelling.words(percent)} persen) atau sejumlah {part} dengan nilai nominal"
            f" seluruhnya sebesar {paid} oleh para pendiri.",
            f"Dari modal dasar itu telah diambil bagian dan disetor penuh oleh para pendiri"
            f" sebanyak"
            f" {part} atau seluruhnya berjumlah {paid}.",
        ],
        [f"Modal ditempatkan dan disetor : {part}, berjumlah {paid}."],
        [f"Telah ditempatkan dan disetor tunai {part} sehingga berjumlah {paid}."],
    )
    return [first, second]


def _founders(draw: Draw, facts: Facts) -> list[Block]:
    """Who took how many shares; amounts here are distractions."""
    if draw.chance(0.3):
        return []
    issued, people = facts.paid // facts.nominal, facts.people
    parts = [issued // len(people)] * len(people)
    parts[0] += issued - sum(parts)
    rows = [
        (f"{one.title} {mark('person_name', one.name)}", number)
        for one, number in zip(people, parts, strict=True)
    ]
    if draw.chance(0.25):
        cells = tuple(
            (who, dotted(number), f"Rp {dotted(number * facts.nominal)}") for who, number in rows
        )
        return [Table((0.5, 0.2, 0.3), (("Pemegang saham", "Saham", "Jumlah"), *cells))]
    return [
        Para(
            f"{who}, sebanyak {dotted(number)} saham atau senilai"
            f" {rupiah(draw, '', number * facts.nominal, None)};",
            label="-",
            column=14,
            left=24,
        )
        for who, number in rows
    ]


_SAID_AS = {
    "ketua": "Ketua",
    "sekretaris": "Sekretaris",
    "bendahara": "Bendahara",
    "pengawas": "Pengawas",
    "pembina": "Pembina",
}


def organs(draw: Draw, facts: Facts, manner: Manner) -> list[Block]:
    """Who governs, in the manner of each form."""
    if facts.form == "CV":
        return _partners(draw, facts, manner)
    if facts.form == "FIRMA":
        names = _listed(facts.people)
        text = draw.pick(
            [
                f"{names} bersama-sama menjadi pengurus persekutuan dan masing-masing bertanggung"
                " jawab sepenuhnya atas segala perikatan persekutuan.",
                f"Pengurusan persekutuan dilakukan oleh para firmant, yaitu {names}, yang semuanya"
                " bertanggung jawab secara tanggung renteng.",
            ]
        )
        return [*manner.head("PENGURUS"), *manner.items([text])]
    lead = draw.pick(
        [
            "Untuk pertama kali telah diangkat dengan susunan sebagai berikut :",
            "Menyimpang dari ketentuan pengangkatan dalam anggaran dasar, untuk pertama kalinya"
            " diangkat sebagai :",
        ],
        ["Para pendiri menetapkan susunan pengurus yang pertama, yakni :"],
        ["Guna menjalankan kepengurusan yang pertama, ditunjuk dan diangkat :"],
    )
    head = manner.head(draw.pick(["PENGURUS PERTAMA", "PENGANGKATAN", "KETENTUAN PERALIHAN"]))
    return [*head, Para(lead), *roster(draw, facts.people)]


def roster(draw: Draw, people: list[Person]) -> list[Block]:
    """Offices and who holds them: `Direktur : Tuan X` or `Tuan X, sebagai Direktur`."""
    pairs = [(_title(one.role), f"{one.title} {mark('person_name', one.name)}") for one in people]
    manner = draw.pick(["rows", "rows", "as"], ["is"], ["dash"])
    if manner == "rows":
        return [Para(f"{who};", label=role, column=130, colon=True, left=14) for role, who in pairs]
    form = {
        "as": "{who}, tersebut di atas, sebagai {role};",
        "is": "{role} adalah {who} tersebut;",
        "dash": "{role} - {who};",
    }[manner]
    return [Para(form.format(who=who, role=role), label="-", column=12) for role, who in pairs]


def _title(role: str) -> str:
    return _SAID_AS.get(role) or role.title()


def _listed(people: list[Person]) -> str:
    said = [f"{one.title} {mark('person_name', one.name)}" for one in people]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} dan {said[-1]}"


def _partners(draw: Draw, facts: Facts, manner: Manner) -> list[Block]:
    active = [one for one in facts.people if one.role == "persero aktif"]
    silent = [one for one in facts.people if one.role == "persero pasif"]
    kind = draw.pick(["persero", "pesero", "sekutu"])
    asleep = draw.pick(
        [f"{kind} komanditer", f"{kind} pasif atau {kind} komanditer", f"{kind} pasif"]
    )
    texts = draw.pick(
        [
            [
                f"{_listed(active)} adalah {kind} pengurus atau {kind} aktif dengan jabatan"
                f" Direktur,"
                " yang bertanggung jawab sepenuhnya.",
                f"{_listed(silent)} adalah {asleep}, yang bertanggung jawab sampai sebesar modal"
                f" yang"
                " dimasukkannya.",
            ],
            [
                f"Para penghadap menetapkan {_listed(active)} selaku {kind} aktif (Direktur),"
                f" sedangkan"
                f" {_listed(silent)} selaku {asleep}."
            ],
        ],
        [
            [
                f"Yang bertindak sebagai {kind} aktif ialah {_listed(active)}, bergelar Direktur.",
                f"Yang bertindak sebagai {asleep} ialah {_listed(silent)}.",
            ]
        ],
        [
            [
                f"Pengurusan dijalankan oleh {_listed(active)} sebagai {kind} pengurus dengan"
                f" sebutan"
                f" Direktur; {_listed(silent)} turut serta sebagai {asleep}."
            ]
        ],
    )
    return [
        *manner.head(draw.pick(["PENGURUS", "PARA PERSERO", "PENGURUSAN"])),
        *manner.items(texts),
    ]
