"""The first pages of a deed: cover, title, day and hour, the notary, those who appeared."""

from __future__ import annotations

from datetime import date

from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Break, Gap, Para, Spot, mark
from bench.deeds.people import Person

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def quoted(draw: Draw, facts: Facts, name: object = None) -> str:
    """The firm as a heading prints it: with or without quotation marks and a dot after PT."""
    form = draw.pick(
        ["{} {}", "{} {}", '"{} {}"'], ['" {} {} "', "{} “{}”"], ["'{} {}'", '{} "{}"']
    )
    return form.format(facts.prefix, mark("company_name", name or facts.name))


def heading(text: str, **options: object) -> Para:
    return Para(text, align="center", is_bold=True, is_heading=True, **options)


def title_of(draw: Draw, facts: Facts) -> list[str]:
    """The lines that name the act."""
    if facts.kind == "akta_perubahan":
        return draw.pick(
            [
                ["PERNYATAAN KEPUTUSAN RAPAT"],
                ["BERITA ACARA RAPAT UMUM PEMEGANG SAHAM LUAR BIASA"],
                ["AKTA PERNYATAAN KEPUTUSAN", "PARA PEMEGANG SAHAM"],
            ],
            [["PERUBAHAN ANGGARAN DASAR"]],
            [["PERNYATAAN KEPUTUSAN RAPAT UMUM", "PEMEGANG SAHAM"]],
        )
    body = {
        "PT": ["PERSEROAN TERBATAS"],
        "CV": draw.pick(
            [["PERSEROAN KOMANDITER"], ["PERSEKUTUAN KOMANDITER"]],
            [["PERSEROAN KOMANDITER (CV)"]],
            [["COMMANDITAIRE VENNOOTSCHAP"]],
        ),
        "FIRMA": ["PERSEKUTUAN FIRMA"],
        "KOPERASI": ["KOPERASI"],
        "YAYASAN": ["YAYASAN"],
    }[facts.form]
    form = draw.pick(
        ["AKTA PENDIRIAN {}", "PENDIRIAN {}", "AKTA PENDIRIAN|{}"],
        ["AKTA :|PENDIRIAN {}"],
        ["PENDIRIAN|{}", "AKTA NOTARIS|PENDIRIAN {}"],
    )
    return form.format(body[0]).split("|")


def number_line(draw: Draw, facts: Facts) -> str:
    spelled = facts.spelling.words(facts.number)
    padded = f"{facts.number:02}"
    form = draw.pick(
        ["Nomor : {}", "Nomor : {}.-", "NOMOR : {}", "Nomor: {}.", "Nomor {}.", "Nomor : {} ({w})"],
        ["No. {}.-", "Nomor {} ({w})", "-Nomor: {}-"],
        ["{}.-", "NOMOR {}\u00ad", "No : {}.", "Nomor : -{}-"],
    )
    return form.format(mark("deed_number", padded), w=mark("deed_number_words", spelled))


def cover(draw: Draw, facts: Facts, title: list[str]) -> list[Block]:
    """The cardboard page before the deed, with the notary's own decree."""
    notary = facts.notary
    label = draw.pick(
        [
            "SK. Menteri Hukum dan HAM RI Nomor",
            "SK MENKUMHAM RI No.",
            "SK. Menteri Kehakiman RI No.",
        ],
        ["Keputusan Menteri Hukum dan HAM Nomor :"],
        ["S.K. MENKUMHAM R.I. Nomor :", "Surat Keputusan Menteri No."],
    )
    day = facts.spelling.day(notary.sk_on)
    dated = draw.pick(["Tanggal {}", "tanggal {}", "Tgl. {}"], ["TANGGAL : {}"], ["Tertanggal {}"])
    works = draw.pick(
        ["Daerah Kerja : {}", "Wilayah Jabatan {}", "Notaris di {}"],
        ["Tempat Kedudukan: {}"],
        ["Daerah Kerja {}"],
    )
    lines = [
        draw.pick(["NOTARIS", "N O T A R I S", "NOTARIS & PPAT"]),
        f"{notary.front}{mark('notary_name', notary.says_name)}",
        f"{label} {mark('notary_sk_number', notary.sk_number)}",
        dated.format(mark("notary_sk_date", day)),
        works.format(mark("notary_seat", notary.says_seat)),
        f"Alamat Kantor : Jl. {notary.street} Nomor {draw.number(1, 300)} Telp. {notary.phone}",
    ]
    copy = draw.pick(
        ["S A L I N A N", "SALINAN", "S A L I N A N  AKTA"], ["TURUNAN"], ["SALINAN AKTA"]
    )
    top: list[Block] = [
        Para(line, align="center", is_bold=number < 2, can_fill=False)
        for number, line in enumerate(lines)
    ]
    return [
        *top,
        Gap(3),
        heading(copy, can_fill=False),
        Gap(2),
        *_about(draw, facts, title),
        Break(),
    ]


def _about(draw: Draw, facts: Facts, title: list[str]) -> list[Block]:
    number = f"{facts.says('cover_number', facts.number):02}"
    day = facts.spelling.day(facts.signed_on)
    if draw.chance(0.4):
        day = day.upper()
    elif draw.chance(0.2):
        day = f"{facts.signed_on:%d-%m-%Y}"
    about = " ".join(title).replace(" :", "")
    rows = [
        (draw.pick(["AKTA", "Akta", "TENTANG", "Perihal"]), about.removeprefix("AKTA ")),
        ("", f"{facts.prefix} {mark('company_name', facts.name)}"),
        (draw.pick(["NOMOR", "Nomor", "NO."]), mark("deed_number", number)),
        (draw.pick(["TANGGAL", "Tanggal", "TGL."]), mark("deed_date", day)),
    ]
    if draw.chance(0.35):
        joined = [Para(f"{a} {b}" if a else b, align="center", can_fill=False) for a, b in rows]
        return list(joined)
    return [
        Para(value, label=label, column=110, colon=bool(label), align="left", can_fill=False)
        for label, value in rows
    ]


def days(draw: Draw, facts: Facts) -> str:
    """The day as deeds begin with it, in digits and words."""
    day, spelling = facts.signed_on, facts.spelling
    said = facts.says("words_on", day)
    assert isinstance(said, date)
    weekday = spelling.weekday(facts.says("weekday", day.weekday()))
    joined, words = f"{day:%d-%m-%Y}", spelling.day_words(said)
    in_words = mark("deed_date_words", words)
    year_words = mark("deed_date_words", f"{spelling.month(said)} {spelling.words(said.year)}")
    parts = {
        "wd": weekday,
        "digits": mark("deed_date", joined),
        "slashes": mark("deed_date", f"{day:%d/%m/%Y}"),
        "long": mark("deed_date", spelling.day(day)),
        "split": mark(
            "deed_date",
            f"{day.day} ({spelling.words(said.day)}) bulan {spelling.month(day)} tahun {day.year}",
        ),
        "words": in_words,
        "year": mark("deed_date_words", spelling.words(said.year)),
        "dword": spelling.words(said.day),
        "tail": year_words,
    }
    form = draw.pick(
        [
            "Pada hari ini, {wd}, tanggal {digits} ({words}).",
            "Pada hari ini, {wd}, tanggal {split} ({year}).",
            "Pada hari ini, hari {wd}, tanggal {words} ({digits}){at}.",
            "Pada hari ini, {wd}, tanggal {long} ({words}){at}.",
            "Pada hari ini {wd} tanggal {digits} ({words}){at},",
        ],
        [
            "Pada hari {wd}, tanggal {words} ({long}){at}.",
            "Hari ini, {wd}, tanggal {long} ({words}){at}.",
        ],
        [
            "Pada hari ini, tanggal {slashes} ({words}), hari {wd}{at}.",
            "Pada hari ini, {wd}, tanggal {words}, ({digits}){at}.",
        ],
    )
    return form.format(at=_hour(draw, facts), **parts)


def _hour(draw: Draw, facts: Facts) -> str:
    hour, minute = draw.number(8, 16), draw.pick([0, 15, 30, 45, 10])
    said = facts.spelling.words(hour)
    if minute:
        said += f" lewat {facts.spelling.words(minute)} menit"
    form = draw.pick(
        [
            "",
            ", pukul {}.{:02} WIB ({} Waktu Indonesia Barat)",
            ", Pukul {}.{:02} ({}) Waktu Indonesia Barat",
        ],
        [", jam {}:{:02} WIB ({})"],
        [", pada pukul {}.{:02} WIB (pukul {})"],
    )
    return form.format(hour, minute, said)


def appearance(draw: Draw, facts: Facts, *, names_decree: bool) -> str:
    """Before whom they appeared; without a cover the notary's decree stands here now and then."""
    notary = facts.notary
    who = f"{notary.front}{mark('notary_name', notary.says_name)}"
    seat = mark("notary_seat", notary.says_seat)
    decree = ""
    if names_decree:
        number = mark("notary_sk_number", notary.sk_number)
        day = mark("notary_sk_date", facts.spelling.day(notary.sk_on))
        decree = draw.pick(
            [
                f", berdasarkan Surat Keputusan Menteri Hukum dan Hak Asasi Manusia Republik"
                f" Indonesia"
                f" Nomor {number} tanggal {day}",
                f", diangkat berdasarkan Keputusan Menteri tertanggal {day} Nomor {number}",
            ]
        )
    called = draw.pick(
        ["Berhadapan dengan saya", "Menghadap kepada saya", "Hadir di hadapan saya"],
        ["Telah menghadap kepada saya", "Telah hadir dihadapan saya"],
        ["Menghadap di hadapan saya", "Datang menghadap saya"],
    )
    works = draw.pick(
        ["Notaris di {}", "Notaris di {}", "Notaris berkedudukan di {}"],
        ["Notaris yang berkedudukan di {}"],
        ["Notaris dengan wilayah kerja Provinsi Jawa Timur, berkedudukan di {}"],
    ).format(seat)
    present = draw.pick(
        [
            "dengan dihadiri oleh saksi-saksi yang saya, Notaris, kenal dan yang nama-namanya akan"
            " disebutkan pada bagian akhir akta ini :",
            "dengan dihadiri saksi-saksi yang akan disebut pada akhir akta ini dan telah dikenal"
            " oleh"
            " saya, Notaris :",
        ],
        ["dengan hadirnya para saksi yang identitasnya diuraikan di bagian penutup akta ini :"],
        ["disaksikan oleh dua orang saksi yang nama serta alamatnya ditulis di akhir akta :"],
    )
    return f"{called}, {who}, {works}{decree}, {present}"


def party(draw: Draw, facts: Facts, one: Person, form: int) -> str:
    """One person who appeared, as the deed describes people; `form` is the deed's own manner."""
    born, spelling = one.born_on, facts.spelling
    day = [
        f"pada tanggal {born:%d-%m-%Y} ({spelling.day_words(born)})",
        f"tanggal {spelling.day(born)} ({spelling.day_words(born)})",
        f"pada tanggal {born.day} ({spelling.words(born.day)}) {spelling.month(born)} {born.year}"
        f" ({spelling.words(born.year)})",
        f"tanggal {spelling.day_words(born)} ({born:%d-%m-%Y})",
    ][form % 4]
    who = f"{one.title} {one.front}{mark('person_name', one.name)}"
    nik = mark("person_nik", one.nik)
    card = draw.pick(
        [
            f"pemegang Kartu Tanda Penduduk Nomor Induk Kependudukan (NIK) : {nik}",
            f"pemegang Kartu Tanda Penduduk dengan NIK {nik}",
            f"Nomor Induk Kependudukan {nik}",
        ],
        [f"pemegang KTP Elektronik Nomor : {nik}"],
        [f"yang Kartu Tanda Penduduknya bernomor induk kependudukan {nik}"],
    )
    lived = (
        f"bertempat tinggal di {one.town.name}, {one.address}, Rukun Tetangga {one.rt:03}, Rukun"
        f" Warga"
        f" {one.rw:03}"
    )
    where = draw.pick(["lahir di {}", "lahir di {}", "dilahirkan di {}"]).format(one.born_at)
    citizen = "Warga Negara Indonesia"
    if form % 3 == 2:
        return f"{who}, {citizen}, {where}, {day}, {one.job}, {lived}, {card};"
    return f"{who}, {where}, {day}, {citizen}, {one.job}, {lived}, {card};"


def parties(draw: Draw, facts: Facts, people: list[Person]) -> list[Block]:
    form = draw.number(0, 11)
    labels = draw.pick(
        [[f"{n}." for n in range(1, 9)], [f"{r}." for r in ROMAN]], [[f"{n})" for n in range(1, 9)]]
    )
    return [
        Para(party(draw, facts, one, form), label=label, column=24)
        for one, label in zip(people, labels, strict=False)
    ]


def acts_for(draw: Draw, facts: Facts) -> list[str]:
    """Sentences after the parties: in what quality they act, and other deeds as distraction."""
    said = []
    if draw.chance(0.35):
        other_day = facts.spelling.day(
            facts.signed_on.replace(day=1, year=facts.signed_on.year - 1)
        )
        number, name = draw.number(1, 90), facts.witnesses[0].name.split()[0]
        said.append(
            draw.pick(
                [
                    f"-Menurut keterangannya bertindak untuk diri sendiri dan selaku kuasa"
                    f" berdasarkan"
                    f" Akta Kuasa Nomor {number} tanggal {other_day} yang dibuat di hadapan {name}"
                    " HARDJO, Sarjana Hukum, Notaris di Kota Surabaya;",
                    f"Menurut keterangan mereka, surat kuasa di bawah tangan tertanggal {other_day}"
                    " bermeterai cukup dilekatkan pada minuta akta ini;",
                ]
            )
        )
    else:
        said.append(
            draw.pick(
                [
                    "Para penghadap bertindak untuk diri sendiri.",
                    "Masing-masing untuk diri sendiri;",
                ]
            )
        )
    said.append(
        draw.pick(
            [
                "Para penghadap saya, Notaris, kenal.",
                "Para penghadap telah dikenal oleh saya, Notaris.",
            ],
            ["Penghadap diperkenalkan kepada saya, Notaris, dengan tanda pengenalnya."],
            ["Identitas para penghadap telah saya periksa dari kartu tanda penduduknya."],
        )
    )
    return said


def emblem_head(lines: list[str]) -> list[Block]:
    """Centred letterhead lines under an emblem, as offices of the state print them."""
    return [Spot("emblem", lines=5), *(heading(line, can_fill=False) for line in lines), Gap(0.6)]
