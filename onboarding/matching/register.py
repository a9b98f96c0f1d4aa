"""Firms laid out in columns, so that a million of them are compared without a loop over rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onboarding.identifiers import is_placeholder
from onboarding.matching.known import company_npwp
from onboarding.matching.words import (
    KINDS,
    address_words,
    firm_name,
    person_name,
    signature,
    skeleton,
)

SHAM_STARTS = ("123", "012", "987")  # what a placeholder that is not one digit begins with
TOKENS = 3  # the rarest words of a name, an owner, an address that lead to candidates
OF_FIRM, OLD_OF_PERSON, NIK_OF_PERSON = range(3)
UNKNOWN_BEARERS = 10  # of a name that says only the trade, of a person's name of one word
COMPANIES: Final = ("cv", "pt", "koperasi")
NUMBERS: Final = ("phone", "nik", "npwp", "nib", "email")

Integers = NDArray[np.int64]
Bits = NDArray[np.uint64]


class Firm(NamedTuple):
    """What is compared of one firm; text as recorded, `""` when unknown, `region` as a code."""

    id: int
    name: str  # as identifiers.fold_name gives it
    legal_form: str = ""
    nib: str = ""
    npwp: str = ""
    nik: str = ""
    owner: str = ""
    phone: str = ""
    email: str = ""
    region: str = ""
    address: str = ""


class Register:
    """Columns of a list of firms, row by row in their order.

    Text columns are object arrays of folded text; `bits` are signatures of 64 letter pairs;
    `numbers` are integers that are equal where the numbers are, -1 where there is none;
    `tokens` are the rarest skeletons of each row, shape (firms, TOKENS), -1 where there are fewer.
    """

    def __init__(self, firms: Sequence[Firm]) -> None:
        self.firms = firms
        self._common: dict[str, Integers] = {}
        names = [firm_name(firm.name) for firm in firms]
        owners = [person_name(firm.owner) for firm in firms]
        places = [address_words(firm.address) for firm in firms]
        self.ids = np.array([firm.id for firm in firms], dtype=np.int64)
        self.text = {
            "core": _column(" ".join(sorted(name.core)) for name in names),
            "joined": _column("".join(name.core) for name in names),
            "full": _column(" ".join(sorted(name.full)) for name in names),
            "run_on": _column("".join(name.full) for name in names),
            "digits": _column(" ".join(filter(str.isdigit, name.full)) for name in names),
            "owner": _column(" ".join(sorted(words)) for words in owners),
            "owner_said": _column(" ".join(words) for words in owners),
            "address": _column(" ".join(words) for words in places),
            "legal_form": _column(firm.legal_form for firm in firms),
            "region": _column(firm.region for firm in firms),
            **{key: _column(_numbers(firms, key)) for key in NUMBERS},
        }
        self.numbers = {key: _equal_numbers(self.text[key]) for key in NUMBERS}
        self.plain = {
            "core": np.array([KINDS.issuperset(name.core) for name in names], dtype=bool),
            "owner": np.array([len(words) < 2 for words in owners], dtype=bool),
        }
        self.bits = {
            "name": _bits(name.full for name in names),
            "owner": _bits(owners),
            "address": _bits(places),
        }
        self.tokens = {
            "name": _rarest([name.core for name in names]),
            "owner": _rarest(owners),
            "address": _rarest(places),
        }

    def __len__(self) -> int:
        return len(self.firms)

    def order(self, column: str) -> Integers:
        """The place of each row when the rows are sorted by a text column."""
        order = sorted(range(len(self)), key=self.text[column].tolist().__getitem__)
        places = np.empty(len(self), dtype=np.int64)
        places[order] = np.arange(len(self))
        return places

    def commonness(self, column: str) -> Integers:
        """How many rows have the same text in a column, themselves included, and more where the
        text is so plain that others will bear it whom the list does not know."""
        if column not in self._common:
            _, numbers, counts = np.unique(
                _equal_numbers(self.text[column]), return_inverse=True, return_counts=True
            )
            plain = np.where(self.plain[column], UNKNOWN_BEARERS, 1) if column in self.plain else 1
            self._common[column] = np.asarray(counts[numbers] * plain, dtype=np.int64)
        return self._common[column]

    @cached_property
    def npwp_kind(self) -> NDArray[np.int8]:
        """Whose NPWP a row has; only numbers of one kind can agree or contradict each other."""
        pairs = zip(self.text["npwp"].tolist(), self.text["legal_form"].tolist(), strict=True)
        return np.array([_npwp_kind(npwp, form) for npwp, form in pairs], dtype=np.int8)

    @cached_property
    def is_company(self) -> NDArray[np.bool_]:
        """Which rows are of a form that a person cannot be alone."""
        forms = self.text["legal_form"].tolist()
        return np.array([form in COMPANIES for form in forms], dtype=bool)


def real_number(number: str) -> str:
    """The number, or `""` when it only pretends to be one."""
    if number[:3] not in SHAM_STARTS and len(set(number)) > 1:
        return number
    return "" if is_placeholder(number) else number


def _npwp_kind(npwp: str, legal_form: str) -> int:
    """A person has an old number, which begins with 0, and for some years the NIK beside it."""
    if company_npwp({"npwp": npwp, "legal_form": legal_form}):
        return OF_FIRM
    return OLD_OF_PERSON if npwp.startswith("0") else NIK_OF_PERSON


def _numbers(firms: Sequence[Firm], key: str) -> list[str]:
    if key == "email":
        return [firm.email.casefold() for firm in firms]
    return [real_number(getattr(firm, key)) for firm in firms]


def _column(values: Iterable[str]) -> NDArray[Any]:
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def _equal_numbers(column: NDArray[Any]) -> Integers:
    seen: dict[str, int] = {"": -1}
    return np.array([seen.setdefault(text, len(seen)) for text in column.tolist()], dtype=np.int64)


def _bits(rows: Iterable[Collection[str]]) -> Bits:
    return np.array([signature(words) for words in rows], dtype=np.uint64)


def _rarest(rows: Sequence[Sequence[str]]) -> Integers:
    words = Counter(word for row in rows for word in row)
    numbers: dict[str, int] = {}
    number_of = {word: numbers.setdefault(skeleton(word), len(numbers)) for word in words}
    bearers = [0] * len(numbers)
    for word, count in words.items():
        bearers[number_of[word]] += count
    tokens = np.full((len(rows), TOKENS), -1, dtype=np.int64)
    for at, row in enumerate(rows):
        found = [number_of[word] for word in row]
        if len(found) > TOKENS:
            found = sorted(set(found), key=bearers.__getitem__)[:TOKENS]
        tokens[at, : len(found)] = found
    return tokens
