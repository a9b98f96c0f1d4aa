"""Forms and cards of the state: the business number, the tax number, the identity card."""

from __future__ import annotations

from bench.deeds.decrees import npwp_as_printed
from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Gap, Para, Spot, Table, mark
from bench.deeds.opening import emblem_head, heading


def _form(pairs: list[tuple[str, str]], column: float, *, numbered: bool = False) -> list[Block]:
    return [
        Para(
            text,
            label=f"{number}. {label}" if numbered else label,
            column=column,
            colon=True,
            align="left",
            can_fill=False,
        )
        for number, (label, text) in enumerate(pairs, 1)
    ]


def nib(draw: Draw, facts: Facts) -> list[Block]:
    """The business number as the licensing system prints it."""
    assert facts.nib_on
    seat = facts.seat.name
    if draw.chance(0.3):
        seat = seat.replace("Kabupaten", "Kab.")
    seat = mark("company_seat", seat.upper() if draw.chance(0.25) else seat)
    address = f"{facts.street}, Desa/Kelurahan Sumberejo, {seat}, Provinsi Jawa Timur"
    pairs = [
        ("Nama Pelaku Usaha", f"{facts.prefix} {mark('company_name', facts.name)}"),
        (draw.pick(["Alamat", "Alamat Kantor"]), address),
        ("Nomor Telepon", f"08{draw.digits(10)}"),
        ("Email", f"usaha{draw.digits(4)}@contoh.example"),
        ("Status Penanaman Modal", "PMDN"),
        (
            draw.pick(
                ["Kode Klasifikasi Baku Lapangan Usaha Indonesia (KBLI)", "Kode KBLI"],
                ["KBLI"],
                ["Bidang Usaha (KBLI)"],
            ),
            draw.pick(["Lihat Lampiran", "Sebagaimana daftar di bawah", "Terlampir"]),
        ),
        ("Skala Usaha", draw.pick(["Usaha Mikro", "Usaha Kecil", "Usaha Menengah"])),
    ]
    title = draw.pick(
        ["NOMOR INDUK BERUSAHA : {}", "NOMOR INDUK BERUSAHA: {}", "NOMOR INDUK BERUSAHA (NIB) {}"],
        ["NIB : {}"],
        ["NOMOR INDUK BERUSAHA\n{}"],
    ).format(mark("nib", facts.nib))
    day = mark("nib_date", facts.spelling.day(facts.nib_on))
    issued = draw.pick(
        ["Diterbitkan di Jakarta, tanggal: {}", "Diterbitkan tanggal : {}", "Jakarta, {}"],
        ["Ditetapkan tanggal {}"],
        ["Diterbitkan di Jakarta pada tanggal {}"],
    ).format(day)
    return [
        *emblem_head(["PEMERINTAH REPUBLIK INDONESIA", "PERIZINAN BERUSAHA BERBASIS RISIKO"]),
        *(heading(line, can_fill=False) for line in title.split("\n")),
        Gap(0.5),
        Para(
            "Berdasarkan Undang-Undang tentang Cipta Kerja, Pemerintah Republik Indonesia"
            " menerbitkan"
            " Nomor Induk Berusaha (NIB) kepada :"
        ),
        *_form(pairs, 190, numbered=draw.chance(0.7)),
        Para("NIB ini berlaku di seluruh wilayah Republik Indonesia selama menjalankan usaha."),
        *_businesses(draw, facts),
        Gap(0.6),
        Para(issued, left=210, align="left", can_fill=False),
        Para("Menteri Investasi/Kepala BKPM,", left=210, align="left", can_fill=False),
        Spot("code", x=0.48, lines=5),
        Para("Ditandatangani secara elektronik", left=210, align="left", can_fill=False),
        Para(
            "Dokumen ini diterbitkan sistem OSS berdasarkan data dari Pelaku Usaha, tersimpan dalam"
            " sistem OSS, yang menjadi tanggung jawab Pelaku Usaha.",
            align="left",
            size=0.7,
            tight=True,
            can_fill=False,
        ),
    ]


def _businesses(draw: Draw, facts: Facts) -> list[Block]:
    if draw.chance(0.55):
        rows = tuple(
            (str(number), mark("kbli", code), title, draw.pick(["Rendah", "Menengah Rendah"]))
            for number, (code, title) in enumerate(facts.businesses, 1)
        )
        return [
            Table((0.08, 0.16, 0.54, 0.22), (("No.", "Kode KBLI", "Judul KBLI", "Risiko"), *rows))
        ]
    return [
        Para(f"{mark('kbli', code)} - {title}", left=24, align="left", can_fill=False)
        for code, title in facts.businesses
    ]


def npwp(draw: Draw, facts: Facts) -> list[Block]:
    """The tax number's card, alone on a sheet or in the letter that brings it."""
    printed = npwp_as_printed(facts.npwp)
    long = f"0{facts.npwp}"
    label = draw.pick(["NPWP : {}", "NPWP: {}", "NPWP15 : {}"], ["N.P.W.P. {}"], ["Nomor NPWP {}"])
    seat = facts.seat.name.upper().replace("KABUPATEN", draw.pick(["KABUPATEN", "KAB."]))
    lines = [
        label.format(mark("npwp", printed)),
        f"{facts.prefix} {mark('company_name', facts.name)}",
        facts.street.upper(),
        f"{mark('company_seat', seat)} JAWA TIMUR",
        f"KPP PRATAMA {facts.seat.short.upper()}",
        f"Terdaftar : {facts.spelling.day(facts.signed_on)}",
    ]
    if draw.chance(0.3):
        lines.insert(1, f"NPWP16 : {long}")
        facts.accepted["npwp"] = [long]
    card = [Para(line, align="left", left=40, is_bold=n == 0) for n, line in enumerate(lines)]
    head = emblem_head(["KEMENTERIAN KEUANGAN REPUBLIK INDONESIA", "DIREKTORAT JENDERAL PAJAK"])
    if draw.chance(0.5):
        return [*head, Gap(0.5), *card]
    return [
        *head,
        heading("SURAT KETERANGAN TERDAFTAR", can_fill=False),
        Para(
            "Sesuai dengan ketentuan umum dan tata cara perpajakan, dengan ini diterangkan bahwa"
            " Wajib"
            " Pajak tersebut di bawah ini telah terdaftar pada tata usaha kami :"
        ),
        *card,
        Gap(1),
        Para("Kepala Kantor,", left=240, align="left", can_fill=False),
        Spot("stamp", x=0.62, text=f"KPP PRATAMA {facts.seat.short.upper()}"),
        Spot("signature", x=0.66, lines=4),
    ]


def ktp(draw: Draw, facts: Facts) -> list[Block]:
    """An identity card, copied onto a sheet."""
    one = facts.people[0]
    blood = draw.pick(["A", "B", "O", "AB", "-"])
    pairs = [
        ("Nama", mark("person_name", one.name)),
        ("Tempat/Tgl Lahir", f"{one.born_at.upper()}, {one.born_on:%d-%m-%Y}"),
        (
            "Jenis Kelamin",
            f"{'PEREMPUAN' if one.is_woman else 'LAKI-LAKI'}     Gol. Darah : {blood}",
        ),
        ("Alamat", one.address.upper()),
        ("RT/RW", f"{one.rt:03}/{one.rw:03}"),
        ("Kel/Desa", "SUMBEREJO"),
        ("Kecamatan", "KARANGSARI"),
        ("Agama", draw.pick(["ISLAM", "KRISTEN", "KATHOLIK", "HINDU", "BUDDHA"])),
        ("Status Perkawinan", draw.pick(["KAWIN", "BELUM KAWIN"])),
        ("Pekerjaan", one.job.upper()),
        ("Kewarganegaraan", "WNI"),
        ("Berlaku Hingga", "SEUMUR HIDUP"),
    ]
    top = draw.pick([0, 1, 3])
    return [
        Gap(top),
        heading("PROVINSI JAWA TIMUR", can_fill=False),
        heading(one.town.name.upper(), can_fill=False),
        Para(
            mark("person_nik", one.nik),
            label="NIK",
            column=115,
            colon=True,
            is_bold=True,
            size=1.2,
            align="left",
            can_fill=False,
        ),
        Spot("portrait", x=0.86),
        *_form(pairs, 125),
        Para(f"{one.town.name.upper()}", left=330, align="left", can_fill=False),
        Para(f"{draw.number(1, 28):02}-{draw.number(1, 12):02}-2016", left=330, align="left"),
    ]
