"""Puts a deed together: cover, title, opening, articles, end."""

from __future__ import annotations

from bench.deeds import articles, changes, opening
from bench.deeds.articles import BODY, LONG, Manner
from bench.deeds.closing import end, fillers
from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Para
from bench.deeds.numerals import dotted


def deed(draw: Draw, facts: Facts, *, fillers_wanted: int) -> list[Block]:
    """All blocks of a deed of founding or change."""
    title = opening.title_of(draw, facts)
    has_cover = facts.anomaly == "deed_number_cover" or draw.chance(0.45)
    manner = Manner(draw)
    blocks = opening.cover(draw, facts, title) if has_cover else []
    blocks += [opening.heading(line) for line in title]
    blocks.append(opening.heading(opening.quoted(draw, facts)))
    blocks.append(opening.heading(opening.number_line(draw, facts)))
    names_decree = not has_cover and draw.chance(0.5)
    if facts.kind == "akta_perubahan":
        body = changes.change(draw, facts, names_decree=names_decree)
        body += changes.conclude(draw, manner)
        body += fillers(draw, facts, manner, fillers_wanted // 2)
    else:
        body = _founding(draw, facts, manner, names_decree, fillers_wanted)
    return [*blocks, *body, *end(draw, facts)]


def _founding(
    draw: Draw, facts: Facts, manner: Manner, names_decree: bool, wanted: int
) -> list[Block]:
    lead = manner.lead
    blocks: list[Block] = [
        Para(f"{lead}{opening.days(draw, facts)}"),
        Para(f"{lead}{opening.appearance(draw, facts, names_decree=names_decree)}"),
        *opening.parties(draw, facts, facts.people),
        *(Para(f"{lead}{said}") for said in opening.acts_for(draw, facts)),
        Para(f"{lead}{_agreed(draw, facts)}"),
        *articles.name_and_seat(draw, facts, manner),
    ]
    before = wanted // 3
    blocks += fillers(draw, facts, manner, min(before, 1))
    blocks += _purpose(draw, facts, manner, is_long=wanted > 12)
    blocks += articles.capital(draw, facts, manner) if facts.form in {"PT", "CV", "FIRMA"} else []
    blocks += _purse(draw, facts, manner)
    organs = articles.organs
    if facts.form in {"CV", "FIRMA"}:
        blocks += organs(draw, facts, manner)
        return [*blocks, *fillers(draw, facts, manner, wanted)]
    blocks += fillers(draw, facts, manner, wanted)
    return [*blocks, *organs(draw, facts, manner)]


def _agreed(draw: Draw, facts: Facts) -> str:
    long = LONG[facts.form]
    return draw.pick(
        [
            f"Para penghadap menerangkan dengan ini telah sepakat dan setuju untuk bersama-sama"
            f" mendirikan {long} dengan anggaran dasar sebagai berikut :",
            f"Para penghadap dengan tidak mengurangi izin dari yang berwenang mendirikan suatu"
            f" {long}"
            " dengan memakai ketentuan dan syarat di bawah ini :",
        ],
        [f"Para penghadap hendak mendirikan {long} yang diatur menurut pasal-pasal berikut :"],
        [f"Penghadap sekalian menyatakan mendirikan {long} menurut ketentuan-ketentuan ini :"],
    )


def _purpose(draw: Draw, facts: Facts, manner: Manner, *, is_long: bool) -> list[Block]:
    if facts.form != "YAYASAN":
        return articles.business(draw, facts, manner, is_long=is_long)
    facts.businesses = []
    aims = draw.pick(["sosial", "sosial dan kemanusiaan", "keagamaan dan sosial"])
    text = f"Yayasan mempunyai maksud dan tujuan di bidang {aims}."
    return [*manner.head("MAKSUD DAN TUJUAN"), *manner.items([text])]


def _purse(draw: Draw, facts: Facts, manner: Manner) -> list[Block]:
    """What founders put in where there is no capital; a reader may call it capital or may not."""
    if facts.form not in {"KOPERASI", "YAYASAN"}:
        return []
    amount = draw.pick([15, 25, 50, 100]) * 1_000_000
    facts.accepted["authorized_capital"] = [amount]
    facts.accepted["paid_up_capital"] = [amount]
    said = articles.rupiah(draw, "", amount, facts.spelling.words(amount))
    if facts.form == "YAYASAN":
        text = f"Yayasan mempunyai kekayaan awal sebesar {said} yang dipisahkan oleh para pendiri."
        return [*manner.head("KEKAYAAN"), *manner.items([text])]
    each = draw.pick([50_000, 100_000])
    text = f"Modal awal Koperasi berjumlah {said}, terdiri dari simpanan pokok dan simpanan wajib."
    pay = f"Simpanan pokok ditetapkan Rp. {dotted(each)},- untuk setiap anggota {BODY[facts.form]}."
    return [*manner.head("MODAL"), *manner.items([text, pay])]
