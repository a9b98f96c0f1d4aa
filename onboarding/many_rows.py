"""Many rows of a list judged at once, to the very verdicts of `rows.check_row`.

Row by row the checks read a few thousand rows a second, a list of the province has a million. So
columns are judged as columns where a value is plainly well-formed; a text that is not is judged
once by `rows.check_cell`, and a row with anything but plain ASCII in it by `rows.check_row`.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl
from phonenumbers import PhoneMetadata

from onboarding.identifiers import (
    LEADING_WORDS,
    LONGEST_FOLDED,
    PROVINCES,
    SPELLINGS,
    TRAILING_WORDS,
    IdentifierError,
    fold_name,
    read_nik,
)
from onboarding.imports.cells import MAX_TEXT, SCIENTIFIC, cell_text
from onboarding.matching import company_npwp
from onboarding.rows import (
    AMOUNTS,
    CELLS,
    LONGEST,
    READERS,
    REQUIRED,
    CheckedRow,
    check_cell,
    check_row,
)

NUMBER, SHEET, ROW = "number", "sheet", "row"
PLACE = (NUMBER, SHEET, ROW)
CLEAN = (*CELLS, "kbli_version", "folded_name", "company_npwp", "received")
REMEMBERED = 20_000
NOTHING = ("", "-")
PLAIN = r"^(?:[!-~]+(?: [!-~]+)*)?$"
THOUSANDS = r"^(?:[Rr][Pp]\.? ?)?[1-9]\d{0,2}(?:\.\d{3}){0,4}(?:,00)?$"
DIGITS = r"^[1-9]\d{0,14}$"
PLAIN_EMAIL = r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}$"
MOBILE: Any = PhoneMetadata.metadata_for_region("ID").mobile  # type: ignore[union-attr]  # it is there
RUNS = ("1234567890" * 3, "0123456789" * 3, "9876543210" * 3)
WHOLE, TEXT = pl.Int64, pl.String


@dataclass(frozen=True)
class Refused:
    """A row that has to be repaired: where it stands, what was received, what is wrong."""

    sheet: str
    row: int
    received: Mapping[str, str]
    checked: CheckedRow


@dataclass(frozen=True)
class Judged:
    """The verdicts on a chunk: `accepted` has `PLACE` and `CLEAN`, in the order of the list.

    `received` is JSON text; `company_npwp` is what links a firm, `""` for a sole trader.
    """

    accepted: pl.DataFrame
    refused: list[Refused]


class Judge:
    """Judges chunks of one list; remembers texts that it has judged, never more than a few."""

    def __init__(
        self, regions: Mapping[str, str], known_kbli: Mapping[str, Collection[str]]
    ) -> None:
        self.regions, self.known_kbli = regions, known_kbli
        self._memory: dict[str, dict[str, CheckedRow]] = {key: {} for key in CELLS}

    def judge(
        self, received: pl.DataFrame, repairs: Mapping[int, Iterable[tuple[str, str]]]
    ) -> Judged:
        """Judge rows as they were received: `PLACE` and one column of text for each column key.

        `repairs` are what the reader of the file reported, by the row's number in the list.
        """
        keys = [key for key in received.columns if key not in PLACE]
        is_plain = pl.all_horizontal(_is_plain(key) for key in keys)
        received = received.with_columns(
            (is_plain & ~pl.col(NUMBER).is_in(list(repairs))).alias("plain"),
            pl.any_horizontal(pl.col(key) != "" for key in keys).alias("filled"),
        ).filter("filled")
        odd = received.filter(~pl.col("plain")).select(*PLACE, *keys)
        fine, doubted = self._columns(received.filter("plain").select(*PLACE, *keys), keys)
        accepted, refused = self._rows(pl.concat([odd, doubted]), keys, repairs)
        frames = [frame for frame in (fine, accepted) if frame.height]
        whole = pl.concat(frames).sort(NUMBER) if frames else fine
        return Judged(whole, refused)

    def _columns(
        self, received: pl.DataFrame, keys: list[str]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Judge plain rows by column: those that are fine, cleaned; and those that are not."""
        frame = received.with_columns(
            pl.lit("").alias(key) for key in CELLS if key not in received.columns
        )
        cleaned, sure = [], []
        for key in CELLS:
            values, is_fine = self._cells(frame, key)
            cleaned += values
            sure.append(is_fine)
        said = pl.struct(keys).struct.json_encode().alias("received")
        frame = frame.select(*PLACE, said, pl.all_horizontal(sure).alias("fine"), *cleaned)
        doubted = received.filter(~frame["fine"])
        frame = frame.filter("fine").with_columns(_folded().alias("folded_name"))
        frame = frame.with_columns(_company_npwp(frame))
        return frame.select(*PLACE, *CLEAN), doubted

    def _cells(self, frame: pl.DataFrame, key: str) -> tuple[list[pl.Expr], pl.Expr]:
        """The expressions of a column's clean values, and of whether each is one."""
        rule = RULES.get(key)
        sure, value = rule(pl.col(key)) if rule else (pl.lit(value=False), pl.lit(None))
        unsure = frame.filter(~sure)[key].unique().to_list()
        judged = [(text, self._judged(key, text)) for text in unsure]
        fine = [(text, checked.clean) for text, checked in judged if checked.is_acceptable]
        texts = pl.Series([text for text, _clean in fine], dtype=TEXT)
        values = []
        for name in ("kbli", "kbli_version") if key == "kbli" else (key,):
            kind = WHOLE if name in AMOUNTS else TEXT
            cleaned = pl.Series([clean[name] for _text, clean in fine], dtype=kind)
            told = pl.col(key).replace_strict(texts, cleaned, default=None, return_dtype=kind)
            values.append(pl.when(sure).then(value.cast(kind)).otherwise(told).alias(name))
        return values, sure | pl.col(key).is_in(texts.implode())

    def _judged(self, key: str, text: str) -> CheckedRow:
        memory = self._memory[key]
        if text not in memory:
            if len(memory) >= REMEMBERED:
                memory.clear()
            memory[text] = check_cell(key, text, self.regions, self.known_kbli)
        return memory[text]

    def _rows(
        self,
        received: pl.DataFrame,
        keys: list[str],
        repairs: Mapping[int, Iterable[tuple[str, str]]],
    ) -> tuple[pl.DataFrame, list[Refused]]:
        accepted, refused = [], []
        for number, sheet, row, *texts in received.sort(NUMBER).iter_rows():
            told = {key: cell_text(key, text) for key, text in zip(keys, texts, strict=True)}
            values = {key: text for key, (text, _codes) in told.items()}
            if not any(values.values()):
                continue
            mended = [(key, code) for key, (_text, codes) in told.items() for code in codes]
            mended += [(column, code) for column, code in repairs.get(number, ())]
            checked = check_row(values, self.regions, self.known_kbli, mended)
            if checked.is_acceptable:
                accepted.append((number, sheet, row, *_clean(checked.clean, values)))
            else:
                refused.append(Refused(sheet, row, values, checked))
        return pl.DataFrame(accepted, schema=SCHEMA, orient="row"), refused


def _clean(clean: Mapping[str, Any], values: Mapping[str, str]) -> list[Any]:
    more = {
        "folded_name": fold_name(clean["name"]),
        "company_npwp": company_npwp(clean),
        "received": json.dumps(values, ensure_ascii=False),
    }
    return [{**clean, **more}[name] for name in CLEAN]


def _is_plain(key: str) -> pl.Expr:
    """Whether `cell_text` and the first step of `check_row` leave the text as it is."""
    text = pl.col(key)
    plain = text.str.contains(PLAIN) & (text.str.len_bytes() <= MAX_TEXT)
    if key in READERS or key == "kbli":
        plain &= ~text.str.contains(f"(?i)^{SCIENTIFIC.pattern}$")
    return plain


def _plain_text(key: str, text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    sure = text.str.len_bytes() <= LONGEST[key]
    return (sure & text.str.contains("[A-Za-z0-9]") if key in REQUIRED else sure), text


def _plain_email(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    sure = text.is_in(NOTHING) | (
        text.str.contains(PLAIN_EMAIL) & (text.str.len_bytes() <= LONGEST["email"])
    )
    return sure, pl.when(text == "-").then(pl.lit("")).otherwise(text.str.to_lowercase())


def _plain_nib(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    return _or_nothing(text, text, r"^\d{13}$", 13)


def _plain_npwp(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    dotted = text.str.replace(r"^(\d\d)\.(\d{3})\.(\d{3})\.(\d)-(\d{3})\.(\d{3})$", "$1$2$3$4$5$6")
    sure, digits = _or_nothing(text, dotted, r"^\d{15,16}$", 15, 16)
    return sure, pl.when(digits.str.len_bytes() == 15).then("0" + digits).otherwise(digits)


def _plain_nik(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    sure, digits = _or_nothing(text, text, r"^\d{16}$", 16)
    is_real = digits.str.slice(0, 2).is_in(PROVINCES) & digits.str.slice(6, 6).is_in(_births())
    return sure & ((digits == "") | is_real), digits


def _plain_phone(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """A mobile number of Indonesia by the pattern of the library that reads all the others."""
    bare = text.str.replace_all("[ -]", "")
    national = bare.str.replace(r"^(?:\+?62|0)", "")
    sure = (
        text.str.contains(r"^(?:\+?62|0)[ -]?8[\d -]*$")
        & national.str.contains(f"^(?:{MOBILE.national_number_pattern})$")
        & national.str.len_bytes().is_in(MOBILE.possible_length)
        & ~bare.is_in(_shams(10, 11, 12, 13))
    )
    value = pl.when(text.is_in(NOTHING)).then(pl.lit("")).otherwise("+62" + national)
    return sure | text.is_in(NOTHING), value


def _plain_amount(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Whole rupiah with or without points between thousands; an empty cell has no amount."""
    sure = text.is_in(NOTHING) | text.str.contains(DIGITS) | text.str.contains(THOUSANDS)
    digits = text.str.replace(",00$", "").str.replace_all(r"\D", "")
    return sure, digits.cast(WHOLE, strict=False)


def _or_nothing(
    text: pl.Expr, digits: pl.Expr, shape: str, *lengths: int
) -> tuple[pl.Expr, pl.Expr]:
    """Digits of a shape that are no sham, or nothing; and the digits."""
    sure = digits.str.contains(shape) & ~digits.is_in(_shams(*lengths))
    return sure | text.is_in(NOTHING), pl.when(text.is_in(NOTHING)).then(pl.lit("")).otherwise(
        digits
    )


def _shams(*lengths: int) -> list[str]:
    """All digits that only pretend to be a number of these lengths, by `is_placeholder`."""
    return [
        sham for length in lengths for sham in
        (*(digit * length for digit in "0123456789"), *(run[:length] for run in RUNS))
    ]  # fmt: skip


@cache
def _births() -> list[str]:
    """Every day of birth as a NIK writes it; a woman's has 40 added."""
    days = [f"{day:02}" for day in (*range(1, 32), *range(41, 72))]
    return [
        birth
        for year in range(100) for month in range(1, 13) for day in days
        if _is_nik(f"359900{(birth := f'{day}{month:02}{year:02}')}0001")
    ]  # fmt: skip


def _is_nik(text: str) -> bool:
    try:
        read_nik(text)
    except IdentifierError:
        return False
    return True


def _folded() -> pl.Expr:
    """`fold_name` of plain text: what stands before and after the name itself goes, if it stays."""
    words = (
        pl.col("name")
        .str.to_lowercase()
        .str.replace_all("[.'`]", "")
        .str.replace_all("[^a-z0-9]+", " ")
        .str.strip_chars()
    )
    core = (words + " ").str.replace(f"^(?:(?:{'|'.join(LEADING_WORDS)}) )+", "")
    core = (" " + core.str.strip_chars()).str.replace(f"(?: (?:{'|'.join(TRAILING_WORDS)}))+$", "")
    core = core.str.strip_chars()
    folded = pl.when(core == "").then(words).otherwise(core)
    for spelling in sorted(set(SPELLINGS.values())):
        others = "|".join(word for word, one in SPELLINGS.items() if one == spelling)
        folded = folded.str.replace_all(rf"\b(?:{others})\b", spelling)
    folded = pl.when(folded == "").then(pl.col("name").str.to_lowercase()).otherwise(folded)
    return folded.str.slice(0, LONGEST_FOLDED)


def _company_npwp(frame: pl.DataFrame) -> pl.Series:
    """`company_npwp` of each row; few have an NPWP that could be a person's."""
    is_company = (frame["legal_form"] != "perorangan") & (frame["npwp"] != "")
    named = frame.filter(is_company).select("npwp", "legal_form")
    values = iter([company_npwp(row) for row in named.iter_rows(named=True)])
    texts = [next(values) if is_one else "" for is_one in is_company]
    return pl.Series("company_npwp", texts, dtype=TEXT)


def _rule_of_text(key: str) -> Any:
    return lambda text: _plain_text(key, text)


SCHEMA = {
    NUMBER: WHOLE, SHEET: TEXT, ROW: WHOLE,
    **{name: WHOLE if name in AMOUNTS else TEXT for name in CLEAN},
}  # fmt: skip
RULES = {
    **{key: _rule_of_text(key) for key in LONGEST},
    "email": _plain_email,
    "nib": _plain_nib,
    "npwp": _plain_npwp,
    "nik": _plain_nik,
    "phone": _plain_phone,
    **dict.fromkeys(AMOUNTS, _plain_amount),
}
