"""The list of erasures outside the database: a restore reads it and erases again.

One small file for each in a hidden folder of the store, which no backup takes and no restore
removes: ``{"key", "vendor", "number", "ground", "at"}``, numbers of the house and nothing personal.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflows.models import Erasure

FOLDER: Final = ".erasures"


@dataclass(frozen=True)
class Line:
    """One erasure: its own name, the firm by id and number, why, and when it was written."""

    key: str
    vendor: int
    number: str
    ground: str
    at: str

    def as_json(self) -> str:
        """The line as it is kept and printed."""
        return json.dumps(asdict(self))


def write(erasing: Erasure) -> None:
    """Write one down before anything is erased; writing it again changes nothing."""
    name = f"{FOLDER}/{erasing.key}.json"
    if default_storage.exists(name):
        return
    line = Line(
        str(erasing.key), erasing.vendor_id, erasing.vendor.number, erasing.ground,
        timezone.now().isoformat(),
    )  # fmt: skip
    default_storage.save(name, ContentFile(line.as_json().encode()))


def strike(erasing: Erasure) -> None:
    """Take one off again that was not erased after all."""
    default_storage.delete(f"{FOLDER}/{erasing.key}.json")


def kept() -> list[Line]:
    """Return the whole list, oldest first."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []
    texts = []
    for name in names:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            texts.append(file.read().decode())
    return sorted(lines_of(texts), key=lambda line: line.at)


def lines_of(texts: Iterable[str]) -> list[Line]:
    """Read lines that were kept or printed; raises ``ValueError`` for what is not one."""
    found: list[Any] = [json.loads(text) for text in texts if text.strip()]
    try:
        return [Line(**one) for one in found]
    except TypeError as error:
        raise ValueError(str(error)) from None
