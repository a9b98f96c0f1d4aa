"""Names and addresses as they sound, so that two spellings of one firm meet.

Only for finding and comparing: nothing made here is stored or shown. Old and new spelling (oe/u,
dj/j, tj/c), letters that ears do not part (f/v/p, sy/s, y/i), doubled letters and the offices'
abbreviations become one; words that say only what a firm does, or where, weigh less.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from onboarding.identifiers import FORM_WORDS, fold_name


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KIND_WORDS = _words(
    "toko tk warung depot rumah makan kedai kios dapur usaha dagang ud catering katering kue "
    "roti keripik kripik kerupuk kopi batik bordir konveksi jahit penjahit laundry loundry "
    "percetakan fotokopi foto copy fotocopy atk komputer servis service bengkel mebel meubel "
    "kerajinan florist tenda sablon air minum snack nasi kotak jaya makmur sumber rejeki "
    "rezeki berkah barokah abadi mandiri sejahtera maju lancar sentosa utama bersama karya "
    "cahaya sinar mitra putra putri "
    "group grup produksi produk industri kelompok umkm home aneka cipta indah baru"
)
PLACE_WORDS = _words(
    "bangkalan banyuwangi batu blitar bojonegoro bondowoso gresik jember jombang kediri lamongan "
    "lumajang madiun magetan malang mojokerto nganjuk ngawi pacitan pamekasan pasuruan ponorogo "
    "probolinggo sampang sidoarjo situbondo sumenep surabaya sby trenggalek tuban tulungagung "
    "jatim jawa timur kab kabupaten kota cabang cab indonesia"
)
ADDRESS_WORDS = _words(
    "jl jln jalan no nomor nmr rt rw dsn dusun ds desa kel kelurahan kec kecamatan kab kabupaten "
    "kota gg gang blok perum perumahan jatim jawa timur"
)
LONG_FORMS = {
    "sbr": "sumber", "bkh": "berkah", "brkh": "berkah", "mkmr": "makmur", "jy": "jaya",
    "sjhtr": "sejahtera", "mdr": "mandiri", "tk": "toko", "wr": "warung", "wrg": "warung",
    "rm": "rumah makan", "ctr": "katering", "kat": "katering", "cath": "katering",
    "catering": "katering", "ketring": "katering", "fc": "fotokopi",
    "fotocopy": "fotokopi", "snek": "snack", "bpk": "bapak",
    "service": "servis", "meubel": "mebel", "rezeki": "rejeki", "grup": "group",
    "ach": "ahmad", "achmad": "ahmad", "akhmad": "ahmad", "akh": "ahmad", "abd": "abdul",
    "abdl": "abdul", "st": "siti", "sitti": "siti", "muh": "muhammad", "md": "muhammad",
    "mch": "muhammad", "muchammad": "muhammad", "mukhammad": "muhammad", "mhd": "muhammad",
    "mohd": "muhammad", "moehammad": "muhammad", "dw": "dewi", "nr": "nur",
}  # fmt: skip
SOUNDS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sy", "s"), ("ch", "h"), ("kh", "h"),
    ("ph", "f"), ("dh", "d"), ("th", "t"), ("bh", "b"), ("gh", "g"), ("nj", "ny"), ("c", "k"),
    ("x", "ks"), ("q", "k"), ("v", "f"), ("y", "i"), ("z", "s"), ("ie", "i"), ("ii", "i"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
WORDS = re.compile(r"[a-z]+|[0-9]+")
BITS = 64


class Name(NamedTuple):
    """A name as it sounds: `core` tells the firm apart, `full` has every word; both in order."""

    core: tuple[str, ...]
    full: tuple[str, ...]


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """One word as it sounds; numbers lose their zeros in front."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    for written, heard in SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    word = DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > 3 and word.endswith("h") else word


@lru_cache(maxsize=1 << 17)
def _spoken(word: str) -> tuple[str, ...]:
    return tuple(sound(part) for part in LONG_FORMS.get(word, word).split())


KINDS = frozenset(part for word in KIND_WORDS for part in _spoken(word))
PLACES = frozenset(sound(word) for word in PLACE_WORDS)
FORMS = frozenset(sound(word) for word in FORM_WORDS)


def firm_name(folded: str) -> Name:
    """A firm's name, already folded by `identifiers.fold_name`, as it sounds."""
    full = tuple(p for word in folded.split() for p in _spoken(word) if p not in FORMS)
    plain = tuple(word for word in full if word not in PLACES) or full
    core = tuple(word for word in plain if word not in KINDS)
    return Name(core or plain, full or core)


@lru_cache(maxsize=1 << 16)
def person_name(name: str) -> tuple[str, ...]:
    """A person's name as it sounds, without titles."""
    return tuple(part for word in fold_name(name).split() for part in _spoken(word))


def address_words(address: str) -> tuple[str, ...]:
    """An address as it sounds: street, number, village; not "Jl.", "RT", or the region."""
    plain = unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode().casefold()
    words = (word for word in WORDS.findall(plain) if word not in ADDRESS_WORDS)
    return tuple(w for word in words if (w := sound(word)) not in PLACES)


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """The consonants of a word behind its first letter; short words and numbers stay whole."""
    bones = word[0] + re.sub(r"[aeiou]", "", word[1:])
    return bones if len(bones) > 2 else word


@lru_cache(maxsize=1 << 17)
def _bits(word: str) -> int:
    bits = 0
    for at in range(len(word) + 1):
        pair = f" {word} "[at : at + 2]
        bits |= 1 << (ord(pair[0]) * 37 + ord(pair[1]) * 101) % BITS
    return bits


def signature(words: Iterable[str]) -> int:
    """64 bits, one for each pair of letters: what shares few of them is not alike."""
    bits = 0
    for word in words:
        bits |= _bits(word)
    return bits


#: Behind these stands where a door is, no longer which door.
WHERE = re.compile(r",|\b(?:rt|rw|kel|kelurahan|ds|desa|kec|kecamatan|kab|kabupaten|kota)\b")


def door_of(address: str) -> str:
    """An address as one string, equal for the same door: its words as they sound, in any order.

    Where a number stands before the hamlet, village or district, only what is before counts.
    """
    plain = unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode().casefold()
    street = WHERE.split(plain, maxsplit=1)[0]
    words = address_words(street if re.search(r"\d", street) else plain)
    return " ".join(sorted(words)) if len(words) > 1 else ""
