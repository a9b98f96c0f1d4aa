"""What may come in at which door: the one list of endings, contents and limits.

A name must end as the door asks (or not at all), and the first bytes must be those of a kind of
the door; the room's own reader then judges the inside, in a child. `docs/operations.md` shows this.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024
LONGEST_NAME: Final = 120
LONGEST_ENDING: Final = 5  # letters: what is longer is part of a name, as in "Akta no.41 2026"


@dataclass(frozen=True)
class Door:
    """One place where files come in: kinds by content with the endings of each, and the bytes."""

    endings: dict[str, tuple[str, ...]]
    most_bytes: int = 15 * MEGABYTE
    needs_ending: bool = False

    @property
    def all_endings(self) -> tuple[str, ...]:
        """Every ending that a name may have here."""
        return tuple(one for group in self.endings.values() for one in group)


#: Phones and messengers change one picture into another and keep the name: pictures are a family.
PICTURES: Final = (
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".png",
    ".webp",
    ".heic",
    ".heif",
    ".tif",
    ".tiff",
)
DOCUMENT: Final = Door({"picture": PICTURES, "pdf": (".pdf",)})
SHEET: Final = Door(
    {"book": (".xlsx", ".xlsb", ".xls", ".ods"), "csv": (".csv", ".tsv", ".txt")},
    needs_ending=True,  # any file at all could be text with marks
)
MACRO_ENDINGS: Final = (".xlsm", ".xltm", ".xlam")
DOORS: Final = {"document": DOCUMENT, "sheet": SHEET}


def ending_of(name: str) -> str:
    """The ending of a name in small letters, with its dot; empty where there is none."""
    stem, dot, ending = plain_name(name).rpartition(".")
    is_ending = bool(dot and stem) and ending.isalnum() and len(ending) <= LONGEST_ENDING
    return f".{ending.lower()}" if is_ending else ""


def may_enter(door: Door, name: str) -> bool:
    """Whether a name may come in here: it ends as the door asks, or has no ending."""
    ending = ending_of(name)
    return ending in door.all_endings if ending else not door.needs_ending


def is_renamed(door: Door, name: str, kind: str) -> bool:
    """Whether the name says another family of files than the content is."""
    ending = ending_of(name)
    return bool(ending) and ending not in door.endings.get(kind, ())


def plain_name(name: str) -> str:
    """A name as it may be kept and shown: no folder, nothing invisible or that turns the writing
    round, composed letters, at most 120 signs with its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    told = unicodedata.normalize(
        "NFC", "".join(s for s in last if unicodedata.category(s)[0] != "C")
    )
    return told.strip()[-LONGEST_NAME:]
