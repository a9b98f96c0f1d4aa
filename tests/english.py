"""Finds English on a page that should be Indonesian: in its words, its labels, its titles.

Every word of `tests/data/english.txt` belongs to English and not to Indonesian, so one of them is
enough to give a sentence away; what is marked ``lang="en"`` (the switch of languages) is English on
purpose.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

ENGLISH = frozenset(Path(__file__).with_name("data").joinpath("english.txt").read_text().split())
#: Names that have no other: addresses, the licence, codes that auditors read in the trail, the
#: people and firms that tests invent.
NAMES = re.compile(
    r"AGPL\S*|\S+\.id\b|\S+@\S+|https?://\S+|\bContoh \w+(?: \d+)?|\b[Ee]-?mail\b"
    r"|\b[A-Z]+(?:_[A-Z]+)*\b|\b[a-z]+_[a-z_]+\b"
)
SPOKEN = ("aria-label", "title", "placeholder", "alt", "label")
SILENT = frozenset({"script", "style", "template"})
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"})


def english_in(page: str) -> list[str]:
    """Return the texts of a page in which an English word stands, each once, in their order."""
    words = _Words()
    words.feed(page)
    return [text for text in dict.fromkeys(words.texts) if _is_english(text)]


def _is_english(text: str) -> bool:
    return any(word in ENGLISH for word in re.findall(r"[a-z]+", NAMES.sub(" ", text).lower()))


class _Words(HTMLParser):
    """Gathers what is read or spoken, leaving out what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.left_out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element; labels are spoken, too."""
        said = dict(attrs)
        is_foreign = said.get("lang", "id") != "id" or tag in SILENT
        if tag not in VOID and (self.left_out or is_foreign):
            self.left_out.append(tag)
        if self.left_out or is_foreign:
            return
        self.texts += [text for name in SPOKEN if (text := said.get(name))]
        if tag == "input" and said.get("type") in ("submit", "button"):
            self.texts.append(said.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        """Come out of it again."""
        if self.left_out and tag in self.left_out:
            while self.left_out.pop() != tag:
                continue

    def handle_data(self, data: str) -> None:
        """Words between the elements."""
        text = " ".join(data.split())
        if text and not self.left_out:
            self.texts.append(text)
