"""The numbers that name a firm, read the way offices write them.

Real, correct numbers fail the common libraries, so only a wrong shape is an error
(`IdentifierError`, with a stable `code`); a doubtful check digit is a warning beside the value.
Built on python-stdnum and phonenumbers; sources: PMK 112/2022 (NPWP of 16 digits),
Permendagri 72/2022 (NIK), PP 28/2025 (NIB), Peraturan BPS 2/2020 and 7/2025 (KBLI).
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import phonenumbers
from stdnum import luhn
from stdnum.util import clean


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROVINCE_CODES = (
    *(*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66)),
    *(*range(71, 77), 81, 82, *range(91, 97)),
)
PROVINCES = frozenset(str(code) for code in _PROVINCE_CODES)
LONGEST_FOLDED = 160  # a few letters can fold to many
CENTURY_PIVOT = 20  # an owner born in 2020 is of age only in 2037
PLACEHOLDER_WORDS = _words(
    "ada belum tidak tdk blm punya memiliki proses dalam sedang diurus nihil kosong "
    "none null na n a x"
)
FORM_WORDS = _words("pt cv ud pd fa firma perorangan koperasi kop tbk persero")
LEADING_WORDS = FORM_WORDS | _words(
    "toko usaha dagang perseroan terbatas komanditer persekutuan "
    "h hj haji hajah kh drs dra dr ir prof bapak ibu bpk"
)
TRAILING_WORDS = FORM_WORDS | _words(
    "se sh st ssi spd mpd mm msi mt mh mkn skom sip ssos sag sp spt amd ama skm"
)
SK_AHU = re.compile(
    r"AHU\s*[-.]\s*(A?\d{5,7})[.\-]AH\.?01\.(\d{2})[.\s]*(?:TAHUN|TH)?[.\s-]*(\d{4})?",
    re.IGNORECASE,
)
FORM_OF_AHU = {"01": "pt", "14": "cv", "26": "koperasi"}
FORM_OF_AHU |= dict.fromkeys(("30", "31"), "pt_perorangan")
SPELLINGS = dict.fromkeys(_words("moch moh muh mohammad mohamad muhamad mochamad"), "muhammad")


class IdentifierError(ValueError):
    """A number that cannot be what it claims; `code` is stable, the sentence is the page's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Identifier:
    """One number: `value` to store and compare, `display` as it was typed, and doubts."""

    value: str
    display: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nik(Identifier):
    """A NIK with what it tells of its holder; the region in it is where it was first issued."""

    birth_date: date = date.min
    sex: Literal["male", "female"] = "male"


@dataclass(frozen=True)
class Kbli(Identifier):
    """A KBLI code with the versions of the list that know it, oldest first."""

    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkAhu(Identifier):
    """The number of a decree with the legal form that its kind names; year 0 when unsaid."""

    form: str = ""
    year: int = 0


def read_nib(text: str) -> Identifier:
    """NIB: 13 digits without a check digit; leading zeros stay. Raises `IdentifierError`."""
    digits = _digits(text, "nib")
    if len(digits) != 13:
        raise IdentifierError("nib_length")
    return Identifier(digits, text.strip())


def read_npwp(text: str) -> Identifier:
    """NPWP of 15, 16 or 22 digits (NITKU); the value is always the 16 digits of today.

    An old number becomes new by a leading 0; a NITKU is its NPWP and six digits of the branch.
    """
    digits = _digits(text, "npwp")
    display = text.strip()
    if len(digits) == 15:
        digits = f"0{digits}"
    if len(digits) == 16:
        return Identifier(digits, display, _npwp_doubts(digits))
    if len(digits) == 22:
        return Identifier(digits[:16], display, (*_npwp_doubts(digits[:16]), "npwp_nitku"))
    raise IdentifierError("npwp_length")


def is_personal_npwp(value: str) -> bool:
    """Whether a 16-digit NPWP is a person's NIK, so that it can never name a company."""
    try:
        read_nik(value)
    except IdentifierError:
        return False
    return True


def read_nik(text: str, *, pivot: int = CENTURY_PIVOT) -> Nik:
    """NIK: 16 digits; two-digit years below `pivot` are of this century, the others of the last.

    A woman's day of birth has 40 added. Only the province is checked, never against an address.
    """
    digits = _digits(text, "nik")
    if len(digits) != 16:
        raise IdentifierError("nik_length")
    if digits[:2] not in PROVINCES:
        raise IdentifierError("nik_province")
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex: Literal["male", "female"] = "female" if day > 40 else "male"
    try:
        born = date((2000 if year < pivot else 1900) + year, month, day - 40 if day > 40 else day)
    except ValueError as error:
        raise IdentifierError("nik_date") from error
    doubts = ("nik_serial",) if digits[12:] == "0000" else ()
    return Nik(digits, text.strip(), doubts, birth_date=born, sex=sex)


def read_phone(text: str) -> Identifier:
    """A phone number as E.164; `08…`, `8…` and `62…` without a plus are Indonesian.

    Of several numbers in one cell the first that can be called is taken, with a warning.
    """
    parts = [part for part in re.split(r"[/,;\n]|\bdan\b|\batau\b", text) if part.strip()]
    for part in parts:
        number = _parse_phone(part)
        if number is None:
            continue
        value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        doubts = _phone_doubts(number) + (("phone_several",) if len(parts) > 1 else ())
        return Identifier(value, text.strip(), doubts)
    raise IdentifierError("phone_invalid")


def read_kbli(code: str, versions: Mapping[str, Collection[str]]) -> Kbli:
    """A KBLI code of five digits, looked up in the lists by version, e.g. `{"2020": {...}}`.

    A code that only an older list knows carries the warning `kbli_old_version`. With no list at
    all only the shape is checked.
    """
    digits = _digits(code, "kbli")
    if len(digits) != 5:
        raise IdentifierError("kbli_length")
    found = tuple(name for name in sorted(versions) if digits in versions[name])
    if versions and not found:
        raise IdentifierError("kbli_unknown")
    is_old = bool(found) and found[-1] != max(versions)
    return Kbli(digits, code.strip(), ("kbli_old_version",) if is_old else (), versions=found)


def read_sk_ahu(text: str, *, this_year: int = 9999) -> SkAhu:
    """The number of the Ministry of Law's decree: `AHU-0012345.AH.01.01.TAHUN 2024` and its kin.

    The serial has 5 to 7 digits, from 2026 `A` and six; older decrees (`C-…HT.01.01`) are not
    numbers of this kind. A year after `this_year` is a doubt. Raises `IdentifierError`.
    """
    found = SK_AHU.search(text)
    if found is None:
        raise IdentifierError("sk_ahu_shape")
    serial, kind, year = found[1].upper(), found[2], found[3]
    value = f"AHU-{serial}.AH.01.{kind}" + (f".TAHUN {year}" if year else "")
    doubts = ("sk_ahu_future",) if year and int(year) > this_year else ()
    form = FORM_OF_AHU.get(kind, "")
    return SkAhu(value, text.strip(), doubts, form=form, year=int(year) if year else 0)


def fold_name(name: str) -> str:
    """A firm's or a person's name reduced to what tells it apart, for finding, never for showing.

    Legal forms, titles and degrees at either end, case, accents and punctuation go; the
    spellings of Muhammad become one. A name of nothing but such words keeps them.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", re.sub(r"[.'`]", "", plain))
    core = list(words)
    while core and core[0] in LEADING_WORDS:
        core.pop(0)
    while core and core[-1] in TRAILING_WORDS:
        core.pop()
    folded = " ".join(SPELLINGS.get(word, word) for word in core or words)
    return (folded or name.strip().casefold())[:LONGEST_FOLDED]


def is_placeholder(number: str) -> bool:
    """Whether a cell only pretends to hold a number: `-`, `belum ada`, 000…, 1234567890123."""
    digits = re.sub(r"\D", "", number)
    if not digits:
        return set(re.findall(r"[a-z]+", number.casefold())) <= PLACEHOLDER_WORDS
    if len(set(digits)) == 1:
        return True
    runs = ("1234567890" * 3, "0123456789" * 3, "9876543210" * 3)
    return len(digits) >= 6 and any(run.startswith(digits) for run in runs)


def mask_nik(nik: str) -> str:
    """A NIK with all but its last four digits covered."""
    return _mask(nik)


def mask_npwp(npwp: str) -> str:
    """An NPWP with all but its last four digits covered."""
    return _mask(npwp)


def mask_phone(phone: str) -> str:
    """A phone number with all but its last four digits covered."""
    return _mask(phone)


def _mask(number: str) -> str:
    kept = number[-4:] if len(number) > 4 else ""
    return "•" * (len(number) - len(kept)) + kept


def _digits(text: str, name: str) -> str:
    digits = clean(text, " -./'’\u00a0\t").strip()
    if not re.fullmatch(r"[0-9]+", digits):
        raise IdentifierError(f"{name}_digits")
    return digits


def _npwp_doubts(npwp: str) -> tuple[str, ...]:
    if npwp.startswith("0"):
        return () if luhn.is_valid(npwp[:10]) else ("npwp_check_digit",)
    return () if is_personal_npwp(npwp) else ("npwp_unknown_pattern",)


def _parse_phone(text: str) -> phonenumbers.PhoneNumber | None:
    digits = re.sub(r"\D", "", text).removeprefix("00")
    international = text.strip().startswith("+") or digits.startswith("62")
    if digits.startswith("62"):
        # the library reads a short `62812345678` as the landline +62 62…, `+62 0812…` as nothing
        digits = "62" + digits[2:].removeprefix("0")
    elif digits.startswith("8"):
        digits, international = f"62{digits}", True
    try:
        number = phonenumbers.parse(f"+{digits}" if international else digits, "ID")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _phone_doubts(number: phonenumbers.PhoneNumber) -> tuple[str, ...]:
    if number.country_code != 62:
        return ("phone_foreign",)
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE:
        return ("phone_landline",)
    return ()
