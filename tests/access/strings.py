"""Texts that break programs, put wherever a text can stand: in rows, and in the fields of forms."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.naughty import NAUGHTY
from tests.trail import forging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

ROOMS: Final = ("onboarding", "documents", "training", "workflows")
#: Names of columns that a program reads: changed, they show nothing and break the rest.
FOR_PROGRAMS: Final = re.compile(
    r"hash|token|digest|salt|sha256|stored|_as$|key|code|slug|number|version|kind|path|field|tz"
    r"|^(to|device|act|to_status|from_status|band|source|layout|outcome|language|state|folded_name"
    r"|password|email|issuer|subject_id|channel|name_id|label_id|model|what|via|purpose|column)$"
)
#: Of no use where words stand: a person's own numbers are read before they are kept.
NUMBERS: Final = frozenset({"nib", "npwp", "nik", "phone", "kbli", "category", "capital"})
#: Only a page that runs what was typed has the product of these two on it.
RUN: Final = ("{{ 7919*7907 }}", "${7919*7907}", "#{7919*7907}", "<%= 7919*7907 %>")
PRODUCT: Final = "62615533"
TYPED: Final = [*NAUGHTY, *RUN]
#: No database is asked to keep this one: a form refuses it.
NUL: Final = "Contoh\x00Contoh"
#: Newer rows are what pages show first.
MOST_ROWS: Final = 40
MARKUP: Final = tuple(text for text in TYPED if "<" in text and ">" in text and "%" not in text)
BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
NUMBER: Final = re.compile(r"[-+]?[\d.,:]*")


def columns() -> Iterator[tuple[type[models.Model], models.CharField[Any, Any]]]:
    """Every column of words in the database that people may write."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for one in model._meta.concrete_fields:
                if type(one) in (models.CharField, models.TextField) and not (
                    one.choices
                    or one.primary_key
                    or one.unique
                    or one.name in NUMBERS
                    or FOR_PROGRAMS.search(one.name)
                ):
                    yield model, one


def plant(turn: int = 0) -> int:
    """Write another text into every column of every row; returns how many. What the database
    itself refuses is left as it was."""
    first = at = turn * 37
    with forging():
        for model, column in columns():
            rows = model._base_manager.order_by("-pk")
            for pk in rows.values_list("pk", flat=True)[:MOST_ROWS]:
                text = TYPED[at % len(TYPED)][: column.max_length or 2000]
                at += 1
                with suppress(IntegrityError), transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{column.name: text})
    return at - first


def wrong_in(response: HttpResponse) -> list[str]:
    """What an answer does with a text that it should only have shown."""
    sent: bytes = response.sent  # type: ignore[attr-defined]  # see World.ask
    kind = response.headers.get("Content-Type", "")
    wrong = [f"answers {response.status_code}"] if response.status_code >= 500 else []
    if "html" in kind:
        text = sent.decode(errors="replace")
        wrong += [f"unescaped: {mark[:40]}" for mark in MARKUP if mark in text]
        wrong += ["ran what was typed"] if PRODUCT in text else []
        wrong += ["leads to a script"] if re.search(r"(?:href|src|action)=\"\s*java", text) else []
    elif "spreadsheet" in kind:
        wrong += [f"formula: {cell[:30]!r}" for cell in formulas(sent)]
    elif "csv" in kind:
        rows = csv.reader(io.StringIO(sent.decode("utf-8-sig")), delimiter=";")
        wrong += [f"formula: {cell[:30]!r}" for row in rows for cell in row if is_formula(cell)]
    is_split = "\n" in response.get("Content-Disposition", "")
    return [*wrong, "splits the header"] if is_split else wrong


def formulas(workbook: bytes) -> Iterator[str]:
    """The cells of a workbook that a spreadsheet would run: as it stands, or saved as CSV."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        for name in file.namelist():
            if not name.startswith("xl/") or not name.endswith(".xml"):
                continue
            for node in ElementTree.fromstring(file.read(name)).iter():
                tag = node.tag.rpartition("}")[2]
                if tag == "f" or (tag == "t" and is_formula(node.text or "")):
                    yield node.text or ""


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet runs this text; a number with its sign is a number."""
    return cell.startswith(BEGINS_FORMULA) and not NUMBER.fullmatch(cell)


@dataclass
class FormOnPage:
    """A form as a browser would send it: what stands in it, and where words are typed."""

    action: str
    is_post: bool
    values: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)

    def filled(self, turn: int) -> dict[str, str]:
        """The form with another text in every field of words."""
        every = [NUL, *TYPED]
        return self.values | {
            name: every[(turn + place) % len(every)] for place, name in enumerate(self.typed)
        }


class Forms(HTMLParser):
    """Finds the forms of a page."""

    WORDS = frozenset(
        {"text", "search", "tel", "email", "url", "number", "date", "time", "password"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[FormOnPage] = []
        self.inside: FormOnPage | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one tag."""
        one = {name: value or "" for name, value in attrs}
        if tag == "form":
            is_post = one.get("method", "").lower() == "post"
            self.inside = FormOnPage(one.get("action", ""), is_post)
            self.found.append(self.inside)
        elif self.inside is not None:
            self._take(self.inside, tag, one)

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        self.inside = None if tag == "form" else self.inside

    def _take(self, form: FormOnPage, tag: str, one: dict[str, str]) -> None:
        name = one.get("name", "")
        kind = one.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if one.get("value") and ("selected" in one or self.select not in form.values):
                form.values[self.select] = one["value"]
        elif tag == "textarea" or (tag == "input" and kind in self.WORDS and name):
            form.typed.append(name)
        elif tag in ("input", "button") and name and kind != "file":
            form.values.setdefault(name, one.get("value", "on"))


def forms_of(response: HttpResponse) -> list[FormOnPage]:
    """The forms of a page into which words are typed."""
    parser = Forms()
    parser.feed(response.sent.decode(errors="replace"))  # type: ignore[attr-defined]
    return [form for form in parser.found if form.typed]
