"""Tells what kind of paper a text is, by the words in its head.

A deed may mention other papers further down, so only the first part counts, and titles that
contain others (a decree about a company) are asked first.
"""

import re

from rapidfuzz import fuzz

HEAD = 1800  # letters
DEEDS = (
    "akta_pt",
    "akta_cv",
    "akta_firma",
    "akta_koperasi",
    "akta_yayasan",
    "akta_perubahan",
    "pernyataan_perorangan",
)
KINDS = (*DEEDS, "sk_ahu", "nib", "npwp", "ktp", "unknown")
FORMS = {
    "akta_pt": "PT",
    "akta_cv": "CV",
    "akta_firma": "FIRMA",
    "akta_koperasi": "KOPERASI",
    "akta_yayasan": "YAYASAN",
    "pernyataan_perorangan": "PT PERORANGAN",
}
# Each kind with the phrases of which all must be there; the first kind that fits is taken.
_TITLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pernyataan_perorangan", ("pernyataan pendirian", "perseroan perorangan")),
    ("sk_ahu", ("sertifikat", "pendaftaran pendirian perseroan perorangan")),
    ("sk_ahu", ("keputusan menteri hukum", "pengesahan")),
    ("sk_ahu", ("surat keterangan terdaftar", "menteri hukum")),
    ("sk_ahu", ("administrasi hukum umum", "memutuskan")),
    ("nib", ("nomor induk berusaha", "perizinan berusaha")),
    ("nib", ("nomor induk berusaha", "pelaku usaha")),
    ("npwp", ("direktorat jenderal pajak",)),
    ("ktp", ("nik", "berlaku hingga", "kewarganegaraan")),
    ("ktp", ("nik", "gol. darah", "agama")),
    ("akta_perubahan", ("akta perubahan",)),
    ("akta_perubahan", ("pernyataan keputusan rapat",)),
    ("akta_perubahan", ("berita acara rapat umum",)),
    ("akta_koperasi", ("pendirian koperasi",)),
    ("akta_yayasan", ("pendirian yayasan",)),
    ("akta_firma", ("pendirian firma",)),
    ("akta_cv", ("pendirian perseroan komanditer",)),
    ("akta_cv", ("pendirian persekutuan komanditer",)),
    ("akta_pt", ("pendirian perseroan terbatas",)),
)
_BODY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("akta_koperasi", ("hari ini", "notaris", "mendirikan koperasi")),
    ("akta_cv", ("hari ini", "notaris", "perseroan komanditer")),
    ("akta_cv", ("hari ini", "notaris", "persekutuan komanditer")),
    ("akta_pt", ("hari ini", "notaris", "perseroan terbatas")),
)


def kind_of(text: str) -> str:
    """Give the kind code of a document's text, ``unknown`` when no title fits."""
    head = re.sub(r"[^a-z0-9.]+", " ", text[:HEAD].lower())
    for kind, phrases in _TITLES:
        if all(_has(head, phrase) for phrase in phrases):
            return kind
    body = re.sub(r"[^a-z0-9.]+", " ", text[: 4 * HEAD].lower())
    for kind, phrases in _BODY:
        if all(_has(body, phrase) for phrase in phrases):
            return kind
    return "unknown"


def _has(text: str, phrase: str) -> bool:
    if len(phrase) < 8:
        return re.search(rf"\b{re.escape(phrase)}\b", text) is not None
    return phrase in text or fuzz.partial_ratio(phrase, text) >= 90
