"""Finding a firm by any part of its name or NIB, also when a word is mistyped.

1. A number is looked for as a number; a phone number only whole, because it is shown covered and
its parts would give it away.  2. Words are looked for as they are, the whole name first.
3. When that finds nothing, each word may also be one that is spelt nearly like it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from django.db import connections
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from onboarding.identifiers import IdentifierError, fold_name, read_phone
from onboarding.models import Vendor
from onboarding.models.words import JOINED, NAMED, FirmWord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

NIB_DIGITS = 13
SHORTEST = 3  # letters: the index holds every three letters in a row
MOST_LOOKED_AT = 200
MOST_WORDS = 6
MOST_SPELLINGS = 8
MOST_NAMES = 81
VO_NUMBER = re.compile(r"\s*vo-\d{4}-(\d{1,9})\s*", re.IGNORECASE)


def find_firms(firms: QuerySet[Vendor], wanted: str, *, most: int) -> list[Vendor]:
    """The likeliest `most` of `firms` for what a person typed, best first.

    `wanted` is a VO number, a NIB or a part of it, a whole phone number, or words of the firm's or
    the owner's name.
    """
    number = VO_NUMBER.fullmatch(wanted)
    if number:
        return list(firms.filter(pk=int(number[1])))
    digits = re.sub(r"\D", "", wanted)
    if digits and not re.search(r"[^\W\d_]", wanted):
        return _by_number(firms, wanted, digits, most)
    return _by_words(firms, wanted, most)


def _by_number(firms: QuerySet[Vendor], wanted: str, digits: str, most: int) -> list[Vendor]:
    phone = _phone(wanted)
    # The second condition is true, and lets the database use the index of numbers that are known.
    known = firms.filter(nib=digits).exclude(nib="")
    exact = list(known[:most]) if len(digits) == NIB_DIGITS else []
    exact = exact or (list(firms.filter(phone=phone)[:most]) if phone else [])
    part = digits.lstrip("0")
    if exact or len(part) < SHORTEST:
        return exact
    return _in_order(firms, _containing(firms.db, [[part]]))[:most]


def _phone(wanted: str) -> str:
    try:
        return read_phone(wanted).value
    except IdentifierError:
        return ""


def _by_words(firms: QuerySet[Vendor], wanted: str, most: int) -> list[Vendor]:
    folded = fold_name(wanted)
    words = [word for word in folded.split() if len(word) >= SHORTEST][:MOST_WORDS]
    found = _named(firms, [folded])
    if words:
        found += _containing(firms.db, [[word] for word in words])
    if words and not found:
        found = _nearly(firms, words)
    return _in_order(firms, _likest(firms, folded, found)[:most])


def _nearly(firms: QuerySet[Vendor], words: list[str]) -> list[int]:
    """Firms named just so or among other words, spelt nearly like these; else all but one word."""
    spellings = [_spellings(word) for word in words]
    tries = [spellings]
    if len(words) > 1:
        tries += [spellings[:at] + spellings[at + 1 :] for at in range(len(words))]
    for some in tries:
        each = round(MOST_NAMES ** (1 / len(some)))
        names = itertools.product(*(near[:each] for near in some))
        ids = _named(firms, [" ".join(name) for name in names])
        if ids := ids or _containing(firms.db, some):
            return ids
    return []


def _named(firms: QuerySet[Vendor], names: list[str]) -> list[int]:
    newest = firms.filter(folded_name__in=names).order_by("-pk")
    return list(newest.values_list("pk", flat=True)[:MOST_LOOKED_AT])


def _likest(firms: QuerySet[Vendor], folded: str, ids: list[int]) -> list[int]:
    """The ids in the order of likeness of the firm's or, a little less, the owner's name."""
    said = firms.select_related(None).filter(pk__in=set(ids))
    likeness = {
        pk: max(fuzz.ratio(folded, name), 0.95 * fuzz.ratio(folded, owner.casefold()))
        for pk, name, owner in said.values_list("pk", "folded_name", "owner_name")
    }
    return sorted(likeness, key=lambda pk: (-likeness[pk], -pk))


def _in_order(firms: QuerySet[Vendor], ids: list[int]) -> list[Vendor]:
    on_record = firms.in_bulk(ids)
    return [on_record[pk] for pk in ids if pk in on_record]


def _containing(using: str, groups: Sequence[list[str]]) -> list[int]:
    """Ids of the newest firms that hold, of each group, at least one text, but not in the phone."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        # The first of the two lets the database use its index, the second leaves out the phone.
        tests = [
            " OR ".join([f"{text} LIKE %s"] * len(group))
            for text in (JOINED, NAMED)
            for group in groups
        ]
        sql = (
            f"SELECT id FROM onboarding_vendor WHERE {' AND '.join(f'({t})' for t in tests)}"  # noqa: S608 - names of our own, values are parameters
            f" LIMIT {MOST_LOOKED_AT}"
        )
        params = [f"%{_literal(text)}%" for group in groups for text in group] * 2
    else:
        match = " AND ".join(f"({' OR '.join(_quoted(t) for t in group)})" for group in groups)
        sql = (
            "SELECT rowid FROM onboarding_vendor_letters WHERE onboarding_vendor_letters MATCH %s"  # noqa: S608 - names of our own, values are parameters
            f" ORDER BY rowid DESC LIMIT {MOST_LOOKED_AT}"
        )
        params = [f"- phone : ({match})"]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [pk for (pk,) in cursor.fetchall()]


def _literal(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@dataclass
class _Vocabulary:
    """The words of all names by their length, as far as this process has read them."""

    last: int = 0
    by_length: dict[int, list[str]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def read_on(self) -> None:
        """Read the words that came since the last time."""
        with self.lock:
            new = FirmWord.objects.filter(pk__gt=self.last).order_by("pk")
            for pk, word in new.values_list("pk", "word").iterator():
                self.by_length.setdefault(len(word), []).append(word)
                self.last = pk

    def near(self, word: str) -> list[str]:
        """Words that are a slip or two away from this one, the nearest first."""
        slips = 1 if len(word) < 6 else 2
        some = [w for n in range(-slips, slips + 1) for w in self.by_length.get(len(word) + n, ())]
        found = process.extract(
            word, some, scorer=OSA.distance, score_cutoff=slips, limit=MOST_SPELLINGS
        )
        return [near for near, _distance, _at in found]


_vocabulary = _Vocabulary()


def _spellings(word: str) -> list[str]:
    _vocabulary.read_on()
    return list(dict.fromkeys([word, *_vocabulary.near(word)]))[:MOST_SPELLINGS]
