"""Papers that are no company papers: what people upload by mistake."""

from __future__ import annotations

from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Gap, Para, Spot, Table
from bench.deeds.numerals import dotted
from bench.deeds.opening import heading


def stranger(draw: Draw, facts: Facts) -> list[Block]:
    """An invoice, a school's letter, a lease, an offer; nothing in it is a field."""
    paper = draw.pick([invoice, school], [lease], [quotation])
    facts.accepted = {"company_name": [facts.name], "company_seat": [facts.seat.name]}
    return paper(draw, facts)


def invoice(draw: Draw, facts: Facts) -> list[Block]:
    goods = draw.some(["Beras 25 kg", "Gula pasir", "Kertas A4", "Kursi lipat", "Kain batik"], 4)
    rows, total = [], 0
    for good in goods:
        number, price = draw.number(1, 40), draw.number(10, 400) * 1000
        total += number * price
        rows.append((good, str(number), dotted(price), dotted(number * price)))
    return [
        heading(draw.pick(["FAKTUR PENJUALAN", "NOTA", "INVOICE"]), can_fill=False),
        Para(f"{facts.full_name}, {facts.street}, {facts.seat.name}", can_fill=False),
        Para(f"No. : INV/{draw.digits(4)}/{facts.signed_on.year}", can_fill=False),
        Para(f"Tanggal : {facts.spelling.day(facts.signed_on)}", can_fill=False),
        Table(
            (0.4, 0.15, 0.2, 0.25),
            (("Barang", "Jumlah", "Harga", "Total"), *rows, ("Jumlah", "", "", dotted(total))),
        ),
        Para("Barang yang sudah dibeli tidak dapat dikembalikan.", can_fill=False),
        Spot("signature", x=0.7, lines=4),
    ]


def school(draw: Draw, facts: Facts) -> list[Block]:
    return [
        heading("PEMERINTAH KABUPATEN / KOTA", can_fill=False),
        heading(f"SEKOLAH MENENGAH PERTAMA NEGERI {draw.number(1, 9)}", can_fill=False),
        Gap(1),
        Para(f"Nomor : 421.3/{draw.digits(3)}/{facts.signed_on.year}", can_fill=False),
        Para("Perihal : Undangan rapat wali murid", can_fill=False),
        Para(
            "Dengan hormat, mengharap kehadiran Bapak/Ibu wali murid pada rapat yang akan diadakan"
            f" pada hari Sabtu, tanggal {facts.spelling.day(facts.signed_on)}, pukul 09.00 WIB di"
            f" aula"
            " sekolah, untuk membicarakan kegiatan belajar semester depan."
        ),
        Para("Atas perhatian Bapak/Ibu kami sampaikan terima kasih."),
        Para(f"Kepala Sekolah, {facts.witnesses[0].name}", left=200, can_fill=False),
        Spot("stamp", x=0.5, text="SMP NEGERI"),
        Spot("signature", x=0.6, lines=4),
    ]


def lease(draw: Draw, facts: Facts) -> list[Block]:
    first, second = facts.witnesses
    rent = draw.number(6, 60) * 500_000
    return [
        heading("SURAT PERJANJIAN SEWA MENYEWA RUMAH", can_fill=False),
        Para(f"Pada hari ini {facts.spelling.day(facts.signed_on)} kami yang bertanda tangan :"),
        Para(f"{first.name}, selanjutnya disebut PIHAK PERTAMA;", label="1.", column=20),
        Para(f"{second.name}, selanjutnya disebut PIHAK KEDUA;", label="2.", column=20),
        Para(
            f"PIHAK PERTAMA menyewakan sebuah rumah di {facts.street}, {facts.seat.name}, dengan"
            f" harga"
            f" sewa Rp {dotted(rent)} per tahun selama 2 (dua) tahun."
        ),
        Para("Biaya listrik dan air menjadi tanggungan PIHAK KEDUA."),
        Spot("signature", x=0.2, lines=4),
    ]


def quotation(draw: Draw, facts: Facts) -> list[Block]:
    return [
        heading("SURAT PENAWARAN HARGA", can_fill=False),
        Para(f"Kepada Yth. {facts.full_name}, di {facts.seat.short}", can_fill=False),
        Para(
            "Bersama ini kami menawarkan pekerjaan pengecatan gedung dengan luas"
            f" {draw.number(200, 900)} m2 seharga Rp {dotted(draw.number(20, 90) * 1_000_000)}"
            f" termasuk"
            " bahan dan upah, berlaku 14 (empat belas) hari sejak tanggal surat ini."
        ),
        Para("Besar harapan kami penawaran ini dapat diterima.", can_fill=False),
        Spot("signature", x=0.65, lines=4),
    ]
