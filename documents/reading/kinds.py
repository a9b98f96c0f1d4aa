"""Tells what kind of paper each page is, by its title; a file may hold a deed and its decree.

Titles are compared with all blanks removed, so spaced-out headings read like the others. A
paper mentions other papers further down, so a title counts only near the head of its page, and
the more telling rules (a decree about a company) are asked before those that they contain.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from documents.reading import DEEDS
from documents.reading.text import Script

FORMS = {
    "akta_pt": "PT",
    "akta_cv": "CV",
    "akta_firma": "FIRMA",
    "akta_koperasi": "KOPERASI",
    "akta_yayasan": "YAYASAN",
    "pernyataan_perorangan": "PT PERORANGAN",
}
UNKNOWN = "unknown"
_TITLE = 420  # letters without blanks: cover and title stand in them
_HEAD = 1100
_NEAR = 88  # likeness from which a phrase counts as printed
_SHORTEST_NEAR = 9  # letters: shorter phrases must be exact


@dataclass(frozen=True)
class _Rule:
    """A kind with what must all stand in the title, one of what in the head, and what not."""

    kind: str
    title: tuple[str, ...]
    head: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


_OPENS = ("padahariini", "harisenin", "hariselasa", "harirabu", "harikamis", "harijumat",
          "harisabtu", "hariminggu", "saksisaksi", "minuta", "salinan", "hadapansaya",
          "kepadasaya", "notarisdi", "daerahkerja", "wilayahkerja", "wilayahjabatan")  # fmt: skip
_OPENED = ("padahariini", "hariini", "hadapansaya", "kepadasaya", "saksisaksi")
_RULES = (
    _Rule("npwp", ("direktoratjenderalpajak",), (), ("padahariini",)),
    _Rule("npwp", ("nomorpokokwajibpajak",), ("kpp", "kantorpelayananpajak"), ("modaldasar",)),
    _Rule("pernyataan_perorangan", ("pernyataanpendirian", "perorangan"), (), ("sertifikat",)),
    _Rule(
        "pernyataan_perorangan",
        ("pernyataanpendirian",),
        ("perseroanperorangan",),
        (*_OPENS, "sertifikat"),
    ),
    _Rule("pernyataan_perorangan", ("pernyataanperubahan", "perorangan"), (), ("sertifikat",)),
    _Rule("sk_ahu", ("sertifikat", "perorangan")),
    _Rule("sk_ahu", ("suratketeranganterdaftar",)),
    _Rule(
        "sk_ahu",
        ("menterihukum",),
        ("pengesahan", "memutuskan", "mengesahkan", "menimbang", "pemberitahuanperubahan",
         "persetujuanperubahan", "pencatatanpendaftaran", "terdaftar"),
        _OPENED,
    ),
    _Rule("sk_ahu", ("administrasihukumumum",), ("ahu",), _OPENED),
    _Rule("nib", ("nomorindukberusaha",), ("perizinanberusaha", "pelakuusaha", "kepada")),
    _Rule("nib", ("perizinanberusahaberbasisrisiko",)),
)  # fmt: skip
_CHANGES = (
    "aktaperubahan",
    "perubahananggarandasar",
    "pernyataankeputusan",
    "keputusanrapat",
    "keputusanparapemegangsaham",
    "keputusanpemegangsaham",
    "keputusansirkuler",
    "beritaacara",
    "rapatumumpemegangsaham",
    "rapatumumluarbiasa",
    "aktaperubahandata",
    "perubahanpengurus",
    "perubahananggota",
    "perubahandireksi",
    "masukdankeluar",
    "pemasukandanpengeluaran",
)
_FOUNDED = (
    ("akta_koperasi", ("koperasi",)),
    ("akta_yayasan", ("yayasan",)),
    ("akta_firma", ("firma",)),
    ("akta_cv", ("komanditer", "commanditaire", "comanditaire")),
    ("akta_pt", ("perseroanterbatas", "ptpt", "perseroan")),
)
_CARD = (
    "nik",
    "tempattgllahir",
    "jeniskelamin",
    "goldarah",
    "agama",
    "statusperkawinan",
    "berlakuhingga",
    "kewarganegaraan",
)
_LONGEST_CARD = 1200  # letters


def kind_of(text: str) -> str:
    """Give the kind code of one page's text, ``unknown`` when nothing fits."""
    letters = _tight(text)
    if _is_card(letters):
        return "ktp"
    title, head = letters[:_TITLE], letters[:_HEAD]
    for rule in _RULES:
        if _fits(rule, title, head):
            return rule.kind
    return _deed(title, head, letters)


def page_kinds(script: Script) -> dict[int, str]:
    """Give the kind of each page that has text; a page without title continues the one before."""
    found: dict[int, str] = {}
    before = UNKNOWN
    for page, text in _pages(script).items():
        kind = kind_of(text)
        if kind == UNKNOWN or (kind in DEEDS and before in DEEDS):
            kind = before
        found[page] = before = kind
    first = next((kind for kind in found.values() if kind != UNKNOWN), UNKNOWN)
    return {page: first if kind == UNKNOWN else kind for page, kind in found.items()}


def paper_kind(kinds: dict[int, str]) -> str:
    """Give the kind of a whole file: a deed when it holds one, else what comes first."""
    deed = next((kind for kind in kinds.values() if kind in DEEDS), None)
    return deed or next(iter(kinds.values()), UNKNOWN)


def _pages(script: Script) -> dict[int, str]:
    pages: dict[int, list[str]] = {}
    for line in script.lines:
        pages.setdefault(line.page, []).append(line.text)
    return {page: "\n".join(lines) for page, lines in sorted(pages.items())}


def _tight(text: str) -> str:
    return re.sub(r"[^a-z]+", "", text.lower().translate(str.maketrans("01", "ol")))


def _is_card(letters: str) -> bool:
    if len(letters) > _LONGEST_CARD or has("nomorindukberusaha", letters):
        return False
    return sum(has(label, letters) for label in _CARD) >= 4


def _fits(rule: _Rule, title: str, head: str) -> bool:
    return (
        all(has(phrase, title) for phrase in rule.title)
        and (not rule.head or any(has(phrase, head) for phrase in rule.head))
        and not any(has(phrase, head) for phrase in rule.never)
    )


def _deed(title: str, head: str, letters: str) -> str:
    """A deed is opened before a notary; its title says founded or changed, and what."""
    opened = _place(("padahariini", "hariini"), head)
    titled = head[:opened] if opened > 0 else title
    founded = has("pendirian", titled)
    changed = any(has(phrase, titled) for phrase in _CHANGES)
    is_opened = sum(has(phrase, letters) for phrase in (*_OPENS, "notaris")) > 1
    if not is_opened and not (has("akta", titled) and (founded or changed)):
        return UNKNOWN
    if changed and not founded:
        return "akta_perubahan"
    if not founded and not has("mendirikan", letters):
        return "akta_perubahan" if any(has(phrase, head) for phrase in _CHANGES) else UNKNOWN
    form = _first_form(titled)
    return form if form != UNKNOWN else _first_form(letters)


def _first_form(text: str) -> str:
    """Give the form named first after ``pendirian``; the wider word only where none stands."""
    founded = text[max(0, _place(("pendirian", "mendirikan"), text)) :][:160]
    for part in (founded, text):
        for kind, names in _FOUNDED:
            if any(has(name, part) for name in names):
                return kind
    return UNKNOWN


def _place(phrases: tuple[str, ...], text: str) -> int:
    """Give where the first of the phrases begins, exactly or nearly; -1 when none does."""
    for phrase in phrases:
        if (at := text.find(phrase)) >= 0:
            return at
    near = fuzz.partial_ratio_alignment(phrases[0], text, score_cutoff=_NEAR)
    return near.dest_start if near else -1


def has(phrase: str, text: str) -> bool:
    """Say whether a phrase stands in a text without blanks, a few wrong letters allowed."""
    if phrase in text:
        return True
    is_long = _SHORTEST_NEAR <= len(phrase) <= len(text)
    return is_long and fuzz.partial_ratio(phrase, text) >= _NEAR
