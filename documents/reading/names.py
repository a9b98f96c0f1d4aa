"""Folds the many spellings of one name, so that only real differences are shown.

Titles come and go, MOCH. is MOCHAMAD, PT. is PT; none of this is a different person or firm.
"""

import re

_DEGREES = (
    r"S\.?\s?H\b\.?|M\.?\s?Kn\b\.?|Sp\.?\s?N\b\.?|M\.?\s?H(?:um)?\b\.?|S\.?\s?E\b\.?|M\.?\s?M\b\.?|"
    r"S\.?\s?Kom\b\.?|S\.?\s?T\b\.?|S\.?\s?Sos\b\.?|S\.?\s?Pd\b\.?|M\.?\s?Si\b\.?|LL\.?\s?M\b\.?|"
    r"Sarjana\s+\w+|Magister\s+\w+|Spesialis\s+\w+|Notaris\b|Doktor\b"
)
_AFTER_NAME = re.compile(rf"(?:,|\s)\s*(?:{_DEGREES}).*$", re.IGNORECASE | re.DOTALL)
DEGREE = re.compile(rf"(?<!\w)(?:{_DEGREES})", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    r"^(?:(?:DR|DRS|DRA|IR|PROF|PROFESOR|DOKTOR|DOKTORANDUS|DOKTORANDA|INSINYUR|TUAN|NYONYA|"
    r"NONA|TN|NY|SDR|BAPAK|IBU|HAJI|HAJJAH)\b\.?\s+)+",
    re.IGNORECASE,
)
_HAJI = re.compile(r"^(?:(?:H|HJ|K\.?\s?H|KYAI|RADEN|R|RR)\b\.?\s+)+", re.IGNORECASE)
_FORM = re.compile(
    r"^\W*(?:(?:PERORANGAN\s+)?[PF]\.?\s?T|C\.?\s?V|U\.?\s?D|F\.?\s?A|FIRMA|KOPERASI|KOP|PERSEROAN\s+TERBATAS|"
    r"PERSEROAN\s+KOMANDITER)\b\.?\W*",
    re.IGNORECASE,
)
_SPELLINGS = {
    "MOH": "MUHAMMAD",
    "MOCH": "MUHAMMAD",
    "MUH": "MUHAMMAD",
    "MOHD": "MUHAMMAD",
    "MOHAMMAD": "MUHAMMAD",
    "MOHAMAD": "MUHAMMAD",
    "MOCHAMAD": "MUHAMMAD",
    "MOCHAMMAD": "MUHAMMAD",
    "MUHAMAD": "MUHAMMAD",
    "MUCHAMAD": "MUHAMMAD",
    "MUCHAMMAD": "MUHAMMAD",
    "ABD": "ABDUL",
    "ST": "SITI",
    "ACH": "ACHMAD",
    "AHMAD": "ACHMAD",
    "&": "DAN",
}


_OLD = re.compile(r"OE|DJ|TJ|SJ|NJ")


def without_titles(name: str) -> str:
    """Give a person's name in capitals, titles before and after it dropped."""
    plain = re.sub(r"\s+", " ", name).strip(" ,.;:'\"-")
    plain = _AFTER_NAME.sub("", plain).split(",")[0]
    return _BEFORE_NAME.sub("", plain).strip(" .,-").upper()


def without_form(name: str) -> str:
    """Give a firm's name in capitals without PT, CV and quotes, and without ``(Perorangan)``."""
    plain = re.sub(r"\s+", " ", name).strip(" \"',;:.-")
    plain = re.sub(r"\(?\s*perorangan\s*\)?$", "", plain, flags=re.IGNORECASE)
    return _FORM.sub("", plain).strip(" \"',;:.-()").upper()


def fold_person(name: str) -> str:
    """Give the form in which two spellings of one person's name are equal."""
    words = re.findall(r"[A-Z&]+", _HAJI.sub("", without_titles(name)))
    if len(words) > 1 and words[0] == "M":
        words[0] = "MUHAMMAD"
    return " ".join(_new_spelling(_SPELLINGS.get(word, word)) for word in words)


def _new_spelling(word: str) -> str:
    """Write a name in the spelling of 1972: SOERJADI is SURYADI, TJAHJONO is CAHYONO."""
    if not _OLD.search(word):
        return word
    plain = re.sub(r"(?<![DTSN])J", "Y", word)
    for old, new in (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY")):
        plain = plain.replace(old, new)
    return plain


def fold_firm(name: str) -> str:
    """Give the form in which two spellings of one firm's name are equal."""
    words = re.findall(r"[A-Z0-9]+|&", without_form(name))
    return " ".join("DAN" if word == "&" else word for word in words)
