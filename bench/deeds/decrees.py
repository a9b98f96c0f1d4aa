"""Papers of the ministry of law: decrees on firms, and the statement of a sole founder."""

from __future__ import annotations

from datetime import date

from bench.deeds.articles import LONG, codes, rupiah
from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Gap, Para, Spot, mark
from bench.deeds.opening import emblem_head, heading

_OFFICIAL = ("RATNA WULAN", "BAROTO WIDJAJA", "CAHYA RUDIANA")  # heads of directorates, invented


def decree(draw: Draw, facts: Facts) -> list[Block]:
    """The ministry's paper on this firm: approval of a PT, registration of a CV, and so on."""
    if facts.form == "CV":
        return _registration(draw, facts)
    if facts.form == "PT PERORANGAN":
        return _certificate(draw, facts)
    return _approval(draw, facts)


def _ministry(facts: Facts) -> str:
    assert facts.sk_on
    if facts.sk_on >= date(2024, 11, 1):
        return "MENTERI HUKUM"
    return "MENTERI HUKUM DAN HAK ASASI MANUSIA"


def _firm(facts: Facts) -> str:
    return f"{facts.prefix} {mark('company_name', facts.name)}"


def _cited(draw: Draw, facts: Facts) -> dict[str, str]:
    """What the decree says of the deed; a bundle may let it cite another."""
    notary, day = facts.notary, facts.says("cited_on", facts.signed_on)
    number = facts.says("cited_number", facts.number)
    assert isinstance(day, date)
    printed = facts.spelling.day(day) if draw.chance(0.7) else f"{day:%d-%m-%Y}"
    return {
        "number": mark("deed_number", f"{number:02}" if draw.chance(0.5) else number),
        "day": mark("deed_date", printed),
        "who": mark("notary_name", notary.says_name),
        "at": mark("notary_seat", notary.seat.upper() if draw.chance(0.5) else notary.seat),
        "firm": _firm(facts),
        "seat": mark("company_seat", draw.pick([facts.seat.name.upper(), facts.seat.name])),
    }


def _approval(draw: Draw, facts: Facts) -> list[Block]:
    long, ministry = LONG[facts.form], _ministry(facts)
    body = f"BADAN HUKUM {long.upper()}" if facts.form == "PT" else f"BADAN HUKUM {facts.form}"
    cited = _cited(draw, facts)
    column = draw.pick([90, 100, 84])
    asked = draw.pick(
        [
            "bahwa berdasarkan permohonan Notaris {who} sesuai salinan Akta Nomor {number} tanggal"
            " {day} yang dibuat oleh {who2} tentang Pendirian Badan Hukum {firm} tanggal {filed}"
            " dengan"
            " Nomor Pendaftaran {reg} telah sesuai dengan persyaratan pengesahan;",
            "bahwa Notaris {who}, berkedudukan di {at}, dengan akta nomor {number} tertanggal {day}"
            " mengajukan permohonan pengesahan badan hukum {firm} dan permohonan itu telah memenuhi"
            " syarat;",
        ],
        ["bahwa akta nomor {number}, tanggal {day}, dibuat Notaris {who} di {at} telah diteliti;"],
        ["membaca permohonan Notaris {who} atas Akta No. {number} tanggal {day} mengenai {firm};"],
    ).format(
        **cited,
        who2=cited["who"],
        filed=facts.spelling.day(facts.signed_on),
        reg=f"40{draw.digits(14)}",
    )
    laws = f"Undang-Undang Nomor 40 Tahun 2007 tentang {long};"
    firm, seat, number, day, who, at = (
        cited[key] for key in ("firm", "seat", "number", "day", "who", "at")
    )
    granted = (
        f"Mengesahkan pendirian {body.lower()} {firm}, yang berkedudukan di {seat}, sesuai salinan"
        f" Akta Nomor {number} tanggal {day} yang dibuat oleh {who} yang berkedudukan di {at}."
    )
    return [
        *emblem_head(
            [f"KEPUTUSAN {ministry}", "REPUBLIK INDONESIA"]
            if draw.chance(0.5)
            else [f"KEPUTUSAN {ministry} REPUBLIK INDONESIA"]
        ),
        heading(_numbered(draw, facts), can_fill=False),
        heading("TENTANG", can_fill=False),
        heading(f"PENGESAHAN PENDIRIAN {body}", can_fill=False),
        heading(_firm(facts), can_fill=False),
        Gap(0.6),
        Para(f"{ministry} REPUBLIK INDONESIA,", align="center", can_fill=False),
        *_rows([("Menimbang", f"a. {asked}"), ("Mengingat", laws)], column),
        Para("MEMUTUSKAN :", align="center", is_bold=True, before=0.4, can_fill=False),
        *_rows(
            [
                ("Menetapkan", f"PENGESAHAN PENDIRIAN {body}."),
                ("KESATU", granted),
                ("KEDUA", _capital(draw, facts)),
                ("KETIGA", "Keputusan ini mulai berlaku sejak tanggal ditetapkan."),
            ],
            column,
        ),
        *_signed(draw, facts),
    ]


def _capital(draw: Draw, facts: Facts) -> str:
    told = draw.pick(
        [
            "Apabila di kemudian hari terdapat kekeliruan akan diadakan perbaikan sebagaimana"
            " mestinya.",
            "Jenis badan hukum adalah tertutup dengan daftar pemegang saham sebagaimana terlampir.",
        ]
    )
    if facts.form == "PT" and draw.chance(0.3):
        amount = rupiah(draw, "authorized_capital", facts.authorized, None)
        return f"Modal dasar sebesar {amount}. {told}"
    return told


def _rows(pairs: list[tuple[str, str]], column: float) -> list[Block]:
    return [
        Para(text, label=label, column=column, colon=True, align="left", before=0.2)
        for label, text in pairs
    ]


def _numbered(draw: Draw, facts: Facts) -> str:
    printed = facts.sk_number
    if draw.chance(0.15):
        printed = printed.lower().replace("ahu", "AHU").replace(".ah.", ".AH.")
    form = draw.pick(["NOMOR {}", "NOMOR : {}", "Nomor: {}"], ["NO. {}"], ["NOMOR: {}"])
    return form.format(mark("sk_ahu_number", printed))


def _signed(draw: Draw, facts: Facts) -> list[Block]:
    assert facts.sk_on
    day = mark("sk_ahu_date", facts.spelling.day(facts.sk_on))
    place = draw.pick(
        ["Ditetapkan di Jakarta, Tanggal {}.", "Ditetapkan di Jakarta\npada tanggal {}"],
        ["Jakarta, {}"],
        ["Ditetapkan di Jakarta,\nTanggal {}"],
    ).format(day)
    lines = [
        *place.split("\n"),
        f"a.n. {_ministry(facts)}",
        "REPUBLIK INDONESIA",
        "DIREKTUR JENDERAL ADMINISTRASI HUKUM UMUM,",
    ]
    return [
        Gap(0.6),
        *(Para(line, left=205, align="left", can_fill=False, tight=True) for line in lines),
        Spot("code", x=0.45, lines=4.5),
        Para(draw.pick(_OFFICIAL), left=205, align="left", can_fill=False, tight=True),
        Gap(0.4),
        Para(
            f"DICETAK PADA TANGGAL {facts.spelling.day(facts.sk_on)}",
            align="left",
            size=0.75,
            can_fill=False,
        ),
        *_listed(draw, facts),
    ]


def _listed(draw: Draw, facts: Facts) -> list[Block]:
    """The small print with another number of the same office."""
    if facts.form != "PT":
        return []
    assert facts.sk_on
    number = f"AHU-{draw.digits(7)}.AH.01.11.TAHUN {facts.sk_on.year}"
    text = f"DAFTAR PERSEROAN NOMOR {number} TANGGAL {facts.spelling.day(facts.sk_on)}"
    return [Para(text, align="left", size=0.75, can_fill=False)]


def _registration(draw: Draw, facts: Facts) -> list[Block]:
    cited = _cited(draw, facts)
    told = draw.pick(
        [
            "Bersama ini disampaikan bahwa {firm} yang berkedudukan di {seat} telah terdaftar pada"
            " Sistem Administrasi Badan Usaha berdasarkan Akta Nomor {number} tanggal {day} yang"
            " dibuat"
            " oleh Notaris {who} berkedudukan di {at}.",
            "Menerangkan bahwa persekutuan komanditer {firm}, tempat kedudukan {seat}, sesuai Akta"
            " Nomor {number}, tanggal {day}, dibuat Notaris {who}, yang berkedudukan di {at}, telah"
            " dicatat dalam Sistem Administrasi Badan Usaha.",
        ]
    ).format(**cited)
    title = draw.pick(["SURAT KETERANGAN TERDAFTAR", "SURAT KETERANGAN TERDAFTAR CV"])
    return [
        *emblem_head(
            [
                f"KEMENTERIAN {_ministry(facts).removeprefix('MENTERI ')}",
                "REPUBLIK INDONESIA",
                "DIREKTORAT JENDERAL ADMINISTRASI HUKUM UMUM",
            ]
        ),
        heading(title, can_fill=False),
        heading(_numbered(draw, facts), can_fill=False),
        Gap(1),
        Para(told),
        Para("Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya."),
        *_signed(draw, facts),
    ]


def _certificate(draw: Draw, facts: Facts) -> list[Block]:
    seat = mark("company_seat", facts.seat.name)
    founder = facts.people[0]
    told = draw.pick(
        [
            f"Menerangkan bahwa {_firm(facts)} berkedudukan di {seat}, Provinsi Jawa Timur, telah"
            " terdaftar sebagai badan hukum Perseroan Perorangan.",
            f"Dengan ini {_firm(facts)}, bertempat kedudukan di {seat}, dinyatakan telah terdaftar"
            " sebagai Perseroan Perorangan pada Kementerian.",
        ]
    )
    return [
        *emblem_head([f"{_ministry(facts)} REPUBLIK INDONESIA"]),
        heading("SERTIFIKAT PENDAFTARAN", can_fill=False),
        heading("PENDIRIAN PERSEROAN PERORANGAN", can_fill=False),
        heading(_numbered(draw, facts), can_fill=False),
        Gap(1),
        Para(told),
        Para(
            f"didirikan oleh {mark('person_name', founder.name)} selaku"
            " Direktur sekaligus pemegang saham."
        ),
        *_signed(draw, facts),
    ]


def statement(draw: Draw, facts: Facts) -> list[Block]:
    """The statement with which one person founds a firm."""
    one, spelling = facts.people[0], facts.spelling
    in_words = facts.says("capital_in_words", facts.authorized)
    assert isinstance(in_words, int)
    words = spelling.words(in_words)
    seat = mark("company_seat", facts.seat.name)
    capital = rupiah(draw, "authorized_capital", facts.authorized, words)
    paid = rupiah(draw, "paid_up_capital", facts.paid, spelling.words(facts.paid))
    born = f"{one.born_at}, {spelling.day(one.born_on)}"
    column = draw.pick([165, 180, 150])
    founder = [
        (draw.pick(["Nama", "Nama Lengkap"]), mark("person_name", one.name)),
        (draw.pick(["NIK", "Nomor Induk Kependudukan"]), mark("person_nik", one.nik)),
        ("Tempat, tanggal lahir", born),
        ("Alamat", f"{one.address} RT {one.rt:03} RW {one.rw:03}, {one.town.name}"),
        ("Kewarganegaraan", "Indonesia"),
    ]
    firm = [
        (
            draw.pick(["Nama Perseroan", "Nama Perseroan Perorangan"]),
            f"{facts.prefix} {mark('company_name', facts.name)}"
            f"{draw.pick(['', ' (PERORANGAN)', ' (Perorangan)'])}",
        ),
        (draw.pick(["Tempat Kedudukan", "Kedudukan"]), f"{seat}, Provinsi Jawa Timur"),
        ("Alamat Lengkap", facts.street),
        ("Jangka Waktu", "Tidak terbatas"),
        (draw.pick(["Modal Dasar", "Jumlah Modal Dasar"]), capital),
        (draw.pick(["Modal Disetor", "Modal Ditempatkan dan Disetor"]), paid),
        (draw.pick(["Nomor Pokok Wajib Pajak", "NPWP"]), mark("npwp", npwp_as_printed(facts.npwp))),
    ]
    place = facts.seat.short
    day = mark("deed_date", spelling.day(facts.signed_on))
    return [
        *(emblem_head([]) if draw.chance(0.3) else []),
        heading(draw.pick(["PERNYATAAN PENDIRIAN", "SURAT PERNYATAAN PENDIRIAN"]), can_fill=False),
        heading(
            draw.pick(["PERSEROAN PERORANGAN", "PERSEROAN TERBATAS PERORANGAN"]), can_fill=False
        ),
        Para("Yang bertanda tangan di bawah ini :"),
        *_form(founder, column),
        Para(
            "menyatakan mendirikan Perseroan Perorangan berdasarkan Undang-Undang tentang Cipta"
            " Kerja"
            " dan Peraturan Pemerintah Nomor 8 Tahun 2021 dengan data sebagai berikut :"
        ),
        *_form(firm, column),
        Para("Maksud dan tujuan serta kegiatan usaha :"),
        *codes(draw, facts),
        Para("Pernyataan ini saya buat dengan sebenarnya dan dapat dipertanggungjawabkan."),
        Gap(1),
        Para(f"{place}, {day}", left=230, align="left", can_fill=False),
        Spot("stamp duty", x=0.6),
        Spot("signature", x=0.7, lines=4),
        Para(mark("person_name", one.name), left=230, align="left", can_fill=False),
    ]


def _form(pairs: list[tuple[str, str]], column: float) -> list[Block]:
    return [
        Para(text, label=label, column=column, colon=True, align="left", can_fill=False)
        for label, text in pairs
    ]


def npwp_as_printed(number: str) -> str:
    """`01.234.567.8-000.000`."""
    a, b, c, d, e, f = (number[i:j] for i, j in ((0, 2), (2, 5), (5, 8), (8, 9), (9, 12), (12, 15)))
    return f"{a}.{b}.{c}.{d}-{e}.{f}"
