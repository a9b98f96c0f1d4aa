"""The rest of a deed: articles that only make it long, and the end with witnesses and signature."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from bench.deeds.articles import BODY, Manner
from bench.deeds.draw import Draw
from bench.deeds.facts import Facts
from bench.deeds.layout import Block, Gap, Para, Spot, mark
from bench.deeds.opening import heading


@cache
def _articles() -> dict[str, list[tuple[str, list[str]]]]:
    text = (Path(__file__).parent / "fillers.toml").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, list[str]]]] = {"shared": [], "tuned": [], "reported": []}
    for article in tomllib.loads(text)["article"]:
        found[article["half"]].append((article["title"], article["text"]))
    return found


def fillers(draw: Draw, facts: Facts, manner: Manner, count: int) -> list[Block]:
    """Some articles without values, as many as asked or as there are."""
    lists = _articles()
    mine = [*lists["shared"], *lists[draw.half]]
    blocks: list[Block] = []
    for title, texts in draw.some(mine, count):
        said = [text.replace("{body}", BODY[facts.form]) for text in texts]
        blocks += [*manner.head(title), *manner.items(said)]
    return blocks


def end(draw: Draw, facts: Facts) -> list[Block]:
    """From `DEMIKIANLAH AKTA INI` to the notary's name; the witnesses' NIKs are no values."""
    notary, seat = facts.notary, facts.notary.says_seat
    done = draw.pick(["DEMIKIANLAH AKTA INI", "DEMIKIAN AKTA INI"], ["-DEMIKIANLAH AKTA INI.-"])
    made = draw.pick(
        [
            f"Dibuat sebagai minuta dan dilangsungkan di {seat}, pada hari dan tanggal seperti"
            f" tersebut"
            " pada bagian awal akta ini, dengan dihadiri oleh :",
            f"Dibuat dan diselesaikan di {seat}, pada hari, tanggal serta jam yang disebut dalam"
            f" kepala"
            " akta ini, dengan dihadiri oleh :",
        ],
        [f"Dibuat serta ditandatangani di {seat} pada waktu tersebut di muka, di hadapan :"],
        [f"Sebagai minuta akta ini dibuat di {seat} pada waktu yang tertulis di atas, dihadiri :"],
    )
    read = draw.pick(
        [
            "keduanya pegawai kantor Notaris, sebagai saksi-saksi. Setelah akta ini saya, Notaris,"
            " bacakan kepada para penghadap dan saksi-saksi, maka segera akta ini ditandatangani"
            " oleh"
            " para penghadap, saksi-saksi dan saya, Notaris.",
            "sebagai para saksi. Segera setelah saya, Notaris, membacakan akta ini kepada"
            " penghadap dan"
            " para saksi, ditandatanganilah akta ini oleh mereka dan saya, Notaris.",
        ]
    )
    changed = draw.pick(
        [
            "Dilangsungkan dengan tanpa perubahan.",
            "Dilaksanakan dengan satu coretan tanpa gantinya.",
        ]
    )
    copied = draw.pick(
        [
            "Minuta akta ini telah ditandatangani dengan sempurna.|Diberikan sebagai salinan yang"
            " sama"
            " bunyinya.",
            "Asli akta ini ditandatangani secukupnya.|Diberikan sebagai salinan.",
        ],
        ["Diberikan untuk salinan yang sama bunyinya dengan aslinya."],
        ["Salinan yang sebunyi dengan minutanya, dikeluarkan atas permintaan."],
    )
    return [
        heading(done),
        Para(made),
        *_witnesses(draw, facts),
        *(Para(text) for text in (read, changed, *copied.split("|"))),
        Gap(1),
        Spot("stamp", x=0.55, text=notary.name),
        Spot("stamp duty", x=0.42),
        Para(f"Notaris di {mark('notary_seat', seat)}", align="center", left=190, can_fill=False),
        Spot("signature", x=0.7, lines=3.6),
        Para(
            f"{notary.front}{mark('notary_name', notary.says_name)}",
            align="center",
            left=190,
            can_fill=False,
        ),
    ]


def _witnesses(draw: Draw, facts: Facts) -> list[Block]:
    spelling, blocks = facts.spelling, []
    long = draw.chance(0.7)
    for number, one in enumerate(facts.witnesses, 1):
        born = one.born_on
        text = f"{one.title} {one.name}, lahir di {one.born_at}, pada tanggal {born:%d-%m-%Y}"
        if long:
            text += f" ({spelling.day_words(born)}), bertempat tinggal di {one.town.name}"
            text += f", {one.address}, pemegang Kartu Tanda Penduduk nomor {one.nik}"
        blocks.append(Para(f"{text};", label=f"{number}.", column=24))
    return list(blocks)
