"""Texts that break programs, put wherever a text can stand: in rows, and in the fields of forms."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

import pypdfium2 as pdfium
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
    r"(?:.*_)?(?:hash|token|digest|sha256|key|version|as|status)|salt|password|folded_name|codes?"
    r"|to|device|act|band|kind|path|field|outcome|language|state|email|subject_id|channel|model|via"
    r"|purpose|column|tz|slug"
)
#: Columns that hold many words at once: of lists, guests and papers, as they came.
HOLDS_WORDS: Final = {
    "SheetRow": {"received", "others"},
    "Referral": {"received"},
    "ReferralSheet": {"refusal_detail"},
    "ColumnMap": {"titles"},
    "Scan": {"guest"},
    "QuizQuestion": {"answers"},
    "PaperDraft": {"declared"},
    "Paper": {"declared", "reviewed"},
    "Reading": {"fields"},
    "RegisterAnswer": {"details"},
}
#: Of no use where words stand: a person's own numbers are read before they are kept.
NUMBERS: Final = frozenset({"nib", "npwp", "nik", "phone", "kbli", "category", "capital"})
#: Only a page that runs what was typed has the product of these two on it.
RUN: Final = ("{{ 7919*7907 }}", "${7919*7907}", "#{7919*7907}", "<%= 7919*7907 %>")
PRODUCT: Final = "62615533"
TYPED: Final = [*NAUGHTY, *RUN]
#: No database is asked to keep this one: a form refuses it.
NUL: Final = "Contoh\x00Contoh"
#: What no key of a row can be.
NO_KEYS: Final = ("²", "9" * 5000, "-1", "1e999", "[" * 3000, "contoh\x00", "")
#: What a form carries that is no key: which act is meant, and what says whose form it is.
NOT_A_KEY: Final = frozenset({"csrfmiddlewaretoken", "form_key", "act"})
SHORTEST_PDF: Final = 100
#: Newer rows are what pages show first.
MOST_ROWS: Final = 40
MARKUP: Final = tuple(text for text in TYPED if "<" in text and ">" in text and "%" not in text)
BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
NUMBER: Final = re.compile(r"[-+]?[\d.,:]*")


def columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column of words in the database that people may write."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for one in model._meta.concrete_fields:
                if one.name in HOLDS_WORDS.get(model.__name__, ()) or (
                    type(one) in (models.CharField, models.TextField) and _is_words(one)
                ):
                    yield model, one


def _is_words(column: models.Field[Any, Any]) -> bool:
    is_fixed = column.choices or column.primary_key or column.unique
    return not (is_fixed or column.name in NUMBERS or FOR_PROGRAMS.fullmatch(column.name))


def plant(turn: int = 0) -> set[tuple[str, str]]:
    """Write another text into every column of every row; returns which columns took which texts.
    What the database itself refuses is left as it was."""
    texts = islice(cycle(TYPED), turn * 37, None)
    planted = set()
    with forging():
        for model, column in columns():
            rows = model._base_manager.order_by("-pk")
            for pk, was in rows.values_list("pk", column.name)[:MOST_ROWS]:
                is_many = isinstance(column, models.JSONField)
                text = next(texts)[: column.max_length or 2000]
                said = _sown(was, texts) if is_many else text
                with suppress(IntegrityError), transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{column.name: said})
                    if not is_many or said != was:
                        planted.add((f"{model.__name__}.{column.name}", text))
    return planted


def _sown(value: Any, texts: Iterator[str]) -> Any:
    """The same tree with another text in place of every word."""
    if isinstance(value, dict):
        return {key: _sown(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sown(inner, texts) for inner in value]
    return next(texts) if isinstance(value, str) else value


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
    elif "pdf" in kind:
        wrong += ["ran what was typed"] if PRODUCT in words_of(sent) else []
    elif "csv" in kind:
        rows = csv.reader(io.StringIO(sent.decode("utf-8-sig")), delimiter=";")
        wrong += [f"formula: {cell[:30]!r}" for row in rows for cell in row if is_formula(cell)]
    is_split = "\n" in response.get("Content-Disposition", "")
    return [*wrong, "splits the header"] if is_split else wrong


def words_of(pdf: bytes) -> str:
    """The words that stand on the pages of a PDF; what the world only calls one has none."""
    if len(pdf) < SHORTEST_PDF:
        return ""
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


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
    keys: list[str] = field(default_factory=list)

    def strange(self, turn: int) -> dict[str, str]:
        """The form with what is no key in place of every key that it carries."""
        typed = dict.fromkeys(self.typed, "1")
        return (
            self.values
            | typed
            | {name: NO_KEYS[(turn + place) % len(NO_KEYS)] for place, name in enumerate(self.keys)}
        )

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
            if (tag == "button" or kind == "hidden") and name not in (*form.keys, *NOT_A_KEY):
                form.keys.append(name)


def forms_of(response: HttpResponse) -> list[FormOnPage]:
    """The forms of a page into which words are typed, or that carry the key of a row."""
    parser = Forms()
    parser.feed(response.sent.decode(errors="replace"))  # type: ignore[attr-defined]
    return [form for form in parser.found if form.typed or form.keys]
