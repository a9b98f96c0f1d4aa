"""Makes papers: plans a set, invents each one, sets it, and writes it at every level of damage."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from bench.deeds import cards, contradictions, decrees, looks, marks, pdf, scans, truth
from bench.deeds.deeds import deed
from bench.deeds.draw import Draw
from bench.deeds.facts import Facts, invent
from bench.deeds.layout import Look, Setter, Setting
from bench.deeds.photos import Owner, photographed
from bench.deeds.places import businesses
from bench.deeds.scans import Machine, Shot
from bench.deeds.strangers import stranger

# (kind, form, whether its decree is bound in) and how often an office sees it, in a hundred
SEEN: dict[tuple[str, str, bool], float] = {
    ("akta_pt", "PT", False): 23,
    ("akta_cv", "CV", False): 20,
    ("akta_pt", "PT", True): 5,
    ("akta_cv", "CV", True): 4,
    ("akta_firma", "FIRMA", False): 3,
    ("akta_koperasi", "KOPERASI", False): 4,
    ("akta_yayasan", "YAYASAN", False): 4,
    ("akta_perubahan", "PT", False): 7,
    ("pernyataan_perorangan", "PT PERORANGAN", False): 6,
    ("sk_ahu", "PT", False): 4,
    ("sk_ahu", "CV", False): 3,
    ("sk_ahu", "PT PERORANGAN", False): 2,
    ("nib", "PT", False): 3,
    ("nib", "CV", False): 2,
    ("npwp", "CV", False): 2,
    ("npwp", "PT", False): 2,
    ("ktp", "PT PERORANGAN", False): 3,
    ("unknown", "CV", False): 3,
}
DEEDS = contradictions.DEEDS | {"akta_perubahan"}
DPI = {"scan300": 300, "tiff": 200, "fax150": 150}
LARGEST = 14_000_000  # bytes: the site takes no file of more than 15 MB
CONTRADICTING = 0.15
LONG = 0.12  # of the deeds


@dataclass(frozen=True)
class Plan:
    """One paper of a set before it is made."""

    name: str
    half: str
    seed: str
    kind: str
    form: str
    is_bundle: bool
    anomaly: str
    is_long: bool


@dataclass
class Paper:
    """A paper that is set but not yet damaged; `parts` are (kind, first page, after the last)."""

    plan: Plan
    facts: Facts
    setting: Setting
    look: Look
    parts: list[tuple[str, int, int]] = field(default_factory=list)


def plan(half: str, documents: int, seed: int) -> list[Plan]:
    """The papers of a set: kinds in the shares of `SEEN`, contradictions evenly among the able."""
    draw = Draw(half, f"set {seed}")
    kinds = draw.shuffled(_shared_out(documents))
    chosen = _contradicting(draw, kinds, round(CONTRADICTING * documents))
    plans = []
    for number, (kind, form, is_bundle) in enumerate(kinds):
        anomaly = chosen.get(number, "")
        is_long = kind in DEEDS and draw.chance(LONG)
        name = f"{number:03}-{kind}"
        own = f"{seed}/{name}"
        plans.append(Plan(name, half, own, kind, form, is_bundle, anomaly, is_long))
    return plans


def _contradicting(draw: Draw, kinds: list[tuple[str, str, bool]], count: int) -> dict[int, str]:
    """Which papers contradict themselves, and how: every way in turn while papers are able."""
    ways = {
        number: contradictions.possible(kind, form, is_bundle=both)
        for number, (kind, form, both) in enumerate(kinds)
    }
    chosen: dict[int, str] = {}
    turns = draw.shuffled(sorted({way for able in ways.values() for way in able}))
    for way in turns * (count // max(1, len(turns)) + 1):
        free = [number for number, able in ways.items() if way in able and number not in chosen]
        if free and len(chosen) < count:
            chosen[draw.pick(free)] = way
    return chosen


def _shared_out(documents: int) -> list[tuple[str, str, bool]]:
    """So many of each kind as its share asks, the remainder to those who missed most."""
    total = sum(SEEN.values())
    exact = {kind: documents * share / total for kind, share in SEEN.items()}
    counts = {kind: int(number) for kind, number in exact.items()}
    missed = sorted(SEEN, key=lambda kind: counts[kind] - exact[kind])
    for kind in missed[: documents - sum(counts.values())]:
        counts[kind] += 1
    return [kind for kind, number in counts.items() for _ in range(number)]


def make(planned: Plan, *, basic: bool = False) -> Paper:
    """Invent and set one paper; `basic` uses only the typefaces that the product installs."""
    draw = Draw(planned.half, planned.seed)
    kind, form = planned.kind, planned.form
    facts = invent(draw.fork("facts"), "sk_ahu" if planned.is_bundle else kind, form)
    facts.kind = kind
    if planned.is_long:
        facts.businesses = draw.some(businesses(), draw.number(8, 14))
    if planned.anomaly:
        contradictions.plant(draw.fork("anomaly"), facts, planned.anomaly)
    if kind not in DEEDS:
        look = looks.form_look(draw.fork("look"), basic=basic)
        blocks = _form(draw.fork("text"), facts)
        return Paper(planned, facts, Setter(look).set(blocks), look)
    notary = facts.notary
    head = f"NOTARIS {notary.name}|Jalan {notary.street}, Telp. {notary.phone}"
    year = facts.signed_on.year
    look = looks.deed_look(
        draw.fork("look"), basic=basic, year=year, is_long=planned.is_long, head=head
    )
    count = 30 if planned.is_long else draw.pick([0, 1, 2, 4], [6], [8])
    setting = Setter(look).set(deed(draw.fork("text"), facts, fillers_wanted=count))
    if not planned.is_bundle:
        return Paper(planned, facts, setting, look)
    return _bound(draw, planned, facts, setting, look)


def _form(draw: Draw, facts: Facts) -> list:
    return {
        "sk_ahu": decrees.decree,
        "pernyataan_perorangan": decrees.statement,
        "nib": cards.nib,
        "npwp": cards.npwp,
        "ktp": cards.ktp,
        "unknown": stranger,
    }[facts.kind](draw, facts)


def _bound(draw: Draw, planned: Plan, facts: Facts, akta: Setting, look: Look) -> Paper:
    """The deed and its decree in one file, the decree now and then first."""
    other = looks.form_look(draw.fork("decree look"), basic=look.face in looks.faces.BASIC)
    other = Look(**{**vars(other), "face": look.face})
    decree = Setter(other).set(decrees.decree(draw.fork("decree"), facts))
    one, two = ((kind, part) for kind, part in ((planned.kind, akta), ("sk_ahu", decree)))
    first, second = (two, one) if draw.chance(0.25) else (one, two)
    shift = len(first[1].values)
    for page in second[1].pages:
        for word in page.words:
            word.marks = [(number + shift, a, b) for number, a, b in word.marks]
    pages = [*first[1].pages, *second[1].pages]
    setting = Setting(look.face, pages, [*first[1].values, *second[1].values])
    cut = len(first[1].pages)
    parts = [(first[0], 0, cut), (second[0], cut, len(pages))]
    return Paper(planned, facts, setting, look, parts)


def write(paper: Paper, level: str, folder: Path) -> Path:
    """Write one paper at one level with its truth; give the truth's path."""
    stem = f"{paper.plan.name}.{level}"
    draw = Draw(paper.plan.half, f"{paper.plan.seed}/{level}")
    if level == "clean":
        files, shots, order = _clean(paper, folder / f"{stem}.pdf")
    elif level == "photo":
        files, shots, order = _photos(paper, draw, folder, stem)
    else:
        files, shots, order = _scans(paper, draw, level, folder)
    told = _truth(paper, level, files, shots, order)
    path = folder / f"{stem}.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return path


def _clean(paper: Paper, path: Path) -> tuple[list[str], list[Shot], list[int]]:
    path.write_bytes(pdf.clean(paper.setting))
    shots = [
        Shot(np.zeros((round(page.size[1]), round(page.size[0])), np.uint8), np.asarray)
        for page in paper.setting.pages
    ]
    return [path.name], shots, list(range(len(shots)))


def _prints(paper: Paper, dpi: float, draw: Draw) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Each page as printed and its ink, as pictures of one size."""
    is_signed = draw.chance(0.9)
    prints = pdf.rendered(pdf.clean(paper.setting), dpi)
    hand = Draw(paper.plan.half, f"{paper.plan.seed}/ink")
    for number, (page, print_) in enumerate(zip(paper.setting.pages, prints, strict=True)):
        ink = marks.inked(page, dpi, hand.fork(str(number)), is_signed=is_signed)
        tall, wide = min(ink.shape[0], print_.shape[0]), min(ink.shape[1], print_.shape[1])
        yield print_[:tall, :wide], ink[:tall, :wide]


def _scans(
    paper: Paper, draw: Draw, level: str, folder: Path
) -> tuple[list[str], list[Shot], list[int]]:
    dpi, name = DPI[level], paper.plan.name
    pages = list(_prints(paper, dpi, draw.fork("prints")))
    machine = Machine.drawn(draw.fork("machine"), pages=len(pages), is_bilevel=level != "scan300")
    shots = []
    for number, (print_, ink) in enumerate(pages):
        behind = pages[number + 1][0] if number + 1 < len(pages) else None
        own = draw.fork(f"page {number}")
        image, matrix = scans.grey(print_, ink, behind, machine=machine, draw=own, dpi=dpi)
        if level == "scan300":
            pixels = (image * 255).astype(np.uint8)
        else:
            pixels = scans.bilevel(image, machine, own, is_fax=level == "fax150")
        turned = (machine.turned + (180 if number == machine.turned_page else 0)) % 360
        shots.append(_turned(pixels, matrix, turned))
    images = [shot.image for shot in shots]
    file = f"{name}.tiff" if level == "tiff" else f"{name}.{level}.pdf"
    if level == "tiff":
        pdf.tiff(images, dpi, folder / file)
    else:
        quality = machine.quality if level == "scan300" else None
        (folder / file).write_bytes(_small_enough(images, dpi, quality))
    return [file], shots, list(range(len(shots)))


def _small_enough(images: list[np.ndarray], dpi: int, quality: int | None) -> bytes:
    """What an office does when the site says that a file is too large: it saves it coarser."""
    file = pdf.pictures(images, dpi, quality=quality)
    while quality and len(file) > LARGEST and quality > 20:
        quality -= 10
        file = pdf.pictures(images, dpi, quality=quality)
    return file


def _turned(pixels: np.ndarray, matrix: np.ndarray, turned: int) -> Shot:
    size = (pixels.shape[1], pixels.shape[0])

    def place(points: np.ndarray) -> np.ndarray:
        return scans.turn_points(scans.placed(matrix, points), size, turned)

    return Shot(scans.turn(pixels, turned), place, turned)


def _photos(
    paper: Paper, draw: Draw, folder: Path, stem: str
) -> tuple[list[str], list[Shot], list[int]]:
    owner = Owner.drawn(draw.fork("owner"))
    tall = paper.setting.pages[0].size[1]
    dpi = 72 * 0.95 * (owner.megapixels * 1e6 * 4 / 3) ** 0.5 / tall
    shots = [
        photographed(print_, ink, dpi / 72, owner, draw.fork(f"page {number}"))
        for number, (print_, ink) in enumerate(_prints(paper, dpi, draw.fork("prints")))
    ]
    order = list(range(len(shots)))
    if len(order) > 2 and draw.chance(0.1):  # people send pages out of order
        at = draw.number(1, len(order) - 2)
        order[at], order[at + 1] = order[at + 1], order[at]
    files = []
    for number, which in enumerate(order, 1):
        file = f"{stem}.p{number:02}.jpg"
        _save_photo(shots[which], folder / file, draw.number(70, 90))
        files.append(file)
    return files, [shots[which] for which in order], order


def _save_photo(shot: Shot, path: Path, quality: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = shot.exif or 1
    file = io.BytesIO()
    Image.fromarray(shot.image).save(file, "JPEG", quality=quality, exif=exif)
    path.write_bytes(file.getvalue())


def _truth(
    paper: Paper, level: str, files: list[str], shots: list[Shot], order: list[int]
) -> dict[str, object]:
    setting, facts = paper.setting, paper.facts
    at = {page: number for number, page in enumerate(order)}
    evidence = []
    for (name, text), where in zip(setting.values, truth.places(setting), strict=True):
        place = [
            {"page": at[page], "quad": shots[at[page]].place(np.array(quad)).round(1).tolist()}
            for page, quad in where
        ]
        evidence.append({"field": name, "text": text, "place": place})
    stored = [[float(side) for side in shot.image.shape[1::-1]] for shot in shots]
    if level == "clean":
        stored = [[round(side, 3) for side in page.size] for page in setting.pages]
    return {
        "id": f"{paper.plan.name}.{level}",
        "seed": paper.plan.seed,
        "half": paper.plan.half,
        "kind": facts.kind,
        "level": level,
        "files": files,
        "pages": len(setting.pages),
        "page_size": stored,
        "units": "points" if level == "clean" else "pixels",
        "turned_clockwise": [shot.turned for shot in shots],
        "exif_orientation": [shot.exif for shot in shots] if level == "photo" else None,
        "font": setting.face.name,
        "line_fill": paper.look.fill,
        "parts": [
            {"kind": kind, "pages": sorted(at[page] for page in range(first, last))}
            for kind, first, last in paper.parts or [(facts.kind, 0, len(setting.pages))]
        ],
        "anomalies": [facts.anomaly] if facts.anomaly else [],
        "accepted": facts.accepted,
        "fields": truth.fields(facts, setting),
        "evidence": evidence,
        "text": [truth.text_of(setting.pages[which]) for which in order],
    }
