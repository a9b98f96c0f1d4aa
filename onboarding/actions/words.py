"""The words of names, learnt as firms come: a mistyped word is compared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from onboarding.identifiers import fold_name
from onboarding.models import FirmWord, Vendor, WordsLearnt

if TYPE_CHECKING:
    from collections.abc import Iterable

CHUNK = 20_000
MOST_CHUNKS = 20
SHORTEST, LONGEST = 3, 40


def learn_words() -> int:
    """Learn the words of the firms that came since the last time; returns how many firms.

    Keeps no trail and asks for nobody's right: it only copies words that stand in names already.
    """
    learnt = 0
    for _chunk in range(MOST_CHUNKS):
        count = _learn_chunk()
        learnt += count
        if count < CHUNK:
            break
    return learnt


def words_of(names: Iterable[str]) -> set[str]:
    """The words of folded names that are worth comparing with."""
    return {word for name in names for word in name.split() if SHORTEST <= len(word) <= LONGEST}


@transaction.atomic
def _learn_chunk() -> int:
    place, _made = WordsLearnt.objects.select_for_update().get_or_create(pk=1)
    new = list(
        Vendor.objects.filter(pk__gt=place.vendor_id)
        .order_by("pk")
        .values_list("pk", "folded_name", "owner_name")[:CHUNK]
    )
    if new:
        keep_words([*(name for _pk, name, _o in new), *(fold_name(owner) for *_, owner in new)])
        place.vendor_id = new[-1][0]
        place.save()
    return len(new)


def keep_words(names: Iterable[str]) -> None:
    """Keep the words of these folded names; those that are known stay as they are."""
    words = sorted(words_of(names))
    FirmWord.objects.bulk_create(
        [FirmWord(word=word) for word in words], ignore_conflicts=True, batch_size=500
    )
