"""Whatever the eye makes of a page, understanding it never fails: the worst answer is nothing."""

import datetime as dt
import json
import random

from documents.reading.deed import read_paper
from documents.reading.order import sentence_order
from documents.reading.text import Script, Word
from tests.documents.reading import texts

NOISE = "0123456789OlISB.,:;()-\"' \nABCdei°@"
SHARES = (0.003, 0.01, 0.03, 0.1)
LOOKS = ("", "123", "x y z", "3578990000000001")
TODAY = dt.date(2026, 11, 21)
ROUNDS = 250


def test_misread_letters_anywhere_never_break_the_reading() -> None:
    chance = random.Random(7)
    whole = [text for text in vars(texts).values() if isinstance(text, str) and "\n" in text]
    assert len(whole) >= 3
    for _ in range(ROUNDS):
        noisy = _noisy(chance.choice(whole), chance)
        paper = read_paper(
            Script(_words(noisy, chance)), lambda _page, _box: chance.choice(LOOKS), TODAY
        )
        assert json.dumps([paper.values, paper.confidence, paper.readings])
        assert sorted(sentence_order(noisy.split("\f"))) == list(range(noisy.count("\f") + 1))


def _noisy(text: str, chance: random.Random) -> str:
    share = chance.choice(SHARES)
    return "".join(
        chance.choice(NOISE) if char != "\f" and chance.random() < share else char for char in text
    )


def _words(text: str, chance: random.Random) -> list[Word]:
    return [
        Word(word, page, line, (at * 50.0, line * 20.0, at * 50 + 45.0, line * 20 + 15.0),
             chance.random(), chance.random() < 0.2)
        for page, sheet in enumerate(text.split("\f"))
        for line, row in enumerate(sheet.splitlines())
        for at, word in enumerate(row.split())
    ]  # fmt: skip
