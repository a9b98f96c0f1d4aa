"""Deeds that change a firm: the resolutions of its shareholders, with the founding deed recited."""

from __future__ import annotations

from datetime import date

from bench.deeds.articles import Manner, codes, roster, rupiah
from bench.deeds.draw import Draw
from bench.deeds.facts import Facts, notary, sk_number
from bench.deeds.layout import Block, Para, mark
from bench.deeds.numerals import dotted
from bench.deeds.opening import acts_for, appearance, days, party


def change(draw: Draw, facts: Facts, *, names_decree: bool) -> list[Block]:
    """The deed's body; the one who appears first reports what the meeting resolved."""
    first = facts.people[0]
    told = party(draw, facts, first, draw.number(0, 11)).rstrip(";")
    seat = mark("company_seat", facts.seat.name)
    firm = f"{facts.prefix} {mark('company_name', facts.name)}"
    resolved = draw.pick([_organs, _organs, _capital, _lines])
    return [
        Para(days(draw, facts)),
        Para(appearance(draw, facts, names_decree=names_decree)),
        Para(
            f"{told}, menurut keterangannya dalam hal ini bertindak dalam jabatannya selaku"
            f" {first.role.title()} dari dan karenanya untuk dan atas nama {firm}, berkedudukan di"
            f" {seat}, yang anggaran dasarnya {_history(draw, facts)};"
        ),
        Para(acts_for(draw, facts)[1]),
        Para(
            draw.pick(
                [
                    "Penghadap menerangkan bahwa para pemegang saham telah mengambil keputusan"
                    " dengan"
                    " suara bulat, yang isinya dinyatakan dalam akta ini sebagai berikut :",
                    "Penghadap lebih dahulu menerangkan bahwa telah diadakan Rapat Umum Pemegang"
                    " Saham"
                    " Luar Biasa yang memutuskan hal-hal berikut :",
                ]
            )
        ),
        *resolved(draw, facts),
    ]


def _history(draw: Draw, facts: Facts) -> str:
    """The founding deed, its notary and its decree: numbers of other papers, as distractions."""
    signed = facts.signed_on
    founded = draw.day(
        date(max(2001, signed.year - 9), 1, 2), signed.replace(year=signed.year - 1, day=1)
    )
    other = notary(draw, founded, {facts.notary.name})
    decree = sk_number(draw, "PT", founded)
    number = draw.number(1, 120)
    spelling = facts.spelling
    return draw.pick(
        [
            f"dimuat dalam akta tertanggal {spelling.day(founded)} Nomor {number}, dibuat di"
            f" hadapan"
            f" {other.says_name}, Notaris di {other.says_seat}, yang telah memperoleh pengesahan"
            f" dari"
            f" Menteri Hukum dan Hak Asasi Manusia dengan Surat Keputusan Nomor {decree}",
            f"tercantum dalam Akta Pendirian Nomor {number} tanggal {founded:%d-%m-%Y}"
            f" ({spelling.day_words(founded)}) yang dibuat oleh {other.says_name}, Notaris di"
            f" {other.says_seat}, disahkan dengan keputusan tertanggal"
            f" {spelling.day(founded)} Nomor {decree}",
        ]
    )


def _organs(draw: Draw, facts: Facts) -> list[Block]:
    gone = facts.witnesses[0].name.split()[0]
    lead = draw.pick(
        [
            "Menyetujui perubahan susunan Direksi dan Dewan Komisaris, sehingga untuk selanjutnya"
            " susunannya menjadi sebagai berikut :",
            f"Menerima pengunduran diri Tuan {gone} HARDJO dan mengangkat pengurus yang baru,"
            f" sehingga"
            " susunan pengurus Perseroan menjadi :",
        ]
    )
    blocks: list[Block] = [Para(lead, label="1.", column=24), *roster(draw, facts.people)]
    for one in facts.people[1:]:
        if draw.chance(0.6):
            blocks.append(Para(party(draw, facts, one, 1), left=24))
    return blocks


def _capital(draw: Draw, facts: Facts) -> list[Block]:
    facts.people = facts.people[:1]
    spelling, nominal = facts.spelling, facts.nominal
    shares, old = facts.authorized // nominal, facts.authorized // 2
    total = rupiah(draw, "authorized_capital", facts.authorized, spelling.words(facts.authorized))
    paid = rupiah(draw, "paid_up_capital", facts.paid, spelling.words(facts.paid))
    return [
        Para(
            f"Menyetujui peningkatan modal dasar Perseroan dari semula"
            f" {rupiah(draw, '', old, spelling.words(old))} menjadi {total}, terbagi atas"
            f" {dotted(shares)} ({spelling.words(shares)}) saham, masing-masing bernilai nominal"
            f" {rupiah(draw, '', nominal, spelling.words(nominal))};",
            label="1.",
            column=24,
        ),
        Para(
            f"Menyetujui bahwa modal ditempatkan dan disetor Perseroan menjadi sebesar {paid};",
            label="2.",
            column=24,
        ),
    ]


def _lines(draw: Draw, facts: Facts) -> list[Block]:
    facts.people = facts.people[:1]
    lead = (
        "Menyetujui perubahan maksud dan tujuan serta kegiatan usaha Perseroan untuk disesuaikan"
        " dengan Klasifikasi Baku Lapangan Usaha Indonesia, sehingga menjadi :"
    )
    return [Para(lead, label="1.", column=24), *codes(draw, facts)]


def conclude(draw: Draw, manner: Manner) -> list[Block]:
    """What the meeting adds in the end."""
    said = [
        "Memberi kuasa kepada penghadap dengan hak substitusi untuk menyatakan keputusan rapat ini"
        " dalam akta notaris dan mengurus pemberitahuannya kepada Menteri.",
        "Rapat ditutup setelah tidak ada lagi hal yang dibicarakan.",
    ]
    return manner.items(said[: draw.number(1, 2)])
