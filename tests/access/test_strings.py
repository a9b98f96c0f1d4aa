"""Texts that break programs are shown as texts: on every page, letter and file, and out of every
field. With MITRA_STRINGS (seconds) it goes on with other texts until the time is over."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest

from onboarding import roles
from tests.access.doors import pages_of
from tests.access.strings import FormOnPage, forms_of, plant, wrong_in
from tests.access.world import World, rolled_back

pytestmark = pytest.mark.django_db
#: Seconds for each of the two tests; 0 means one round.
SECONDS = float(os.environ.get("MITRA_STRINGS", "0"))
READERS = roles.ROLES if SECONDS else (roles.OFFICER, roles.VENDOR, roles.AUDITOR)
#: Drawn by a slow machine: one of each is enough.
SLOW = re.compile(r"\.pdf|/pdf/|/kartu/")


def note(what: str, **counts: int) -> None:
    """Leave the figures for `./mitra faults strings`."""
    if os.environ.get("MITRA_FIGURES"):
        path = Path(os.environ["MITRA_FIGURES"])
        known = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(known | {what: counts}))


def addresses(world: World, role: str) -> list[str]:
    def find(word: str) -> Any:
        return world.thing(word, role, own=True)

    return pages_of(role, find)


def test_every_page_letter_and_file_shows_a_text_as_a_text(world: World) -> None:
    until, turn, asked = time.monotonic() + SECONDS, 0, 0
    planted: set[tuple[str, str]] = set()
    wrong: list[str] = []
    urls = [(role, url) for role in READERS for url in addresses(world, role)]
    while turn == 0 or time.monotonic() < until:
        with rolled_back():
            planted |= plant(turn)
            for role, url in urls:
                if (turn and SLOW.search(url)) or (turn and time.monotonic() > until):
                    continue
                asked += 1
                found = wrong_in(world.ask(role, "GET", url))
                wrong += [f"{role} {url}: {what}" for what in found]
        turn += 1
    columns = len({column for column, _text in planted})
    note("shown", asked=asked, pairs=len(planted), columns=columns, wrong=len(wrong))
    assert not wrong, "\n".join(sorted(set(wrong)))


def forms(world: World) -> dict[tuple[str, ...], tuple[str, FormOnPage]]:
    """Each form of the site once, with somebody who may fill it in."""
    found: dict[tuple[str, ...], tuple[str, FormOnPage]] = {}
    for role in roles.ROLES:
        for url in addresses(world, role):
            page = world.page(role, url)
            if "html" not in page.headers.get("Content-Type", ""):
                continue
            for form in forms_of(page):
                form.action = form.action or url
                names = sorted(form.typed + form.keys)
                kind = (re.sub(r"\d+", "0", form.action.partition("?")[0]), *names)
                found.setdefault(kind, (role, form))
    return found


def test_every_field_of_every_form_takes_any_text(world: World) -> None:
    until, turn, sent, odd, wrong = time.monotonic() + SECONDS, 0, 0, 0, []
    every = forms(world)
    assert len(every) > 60
    while turn == 0 or time.monotonic() < until:
        for place, (role, form) in enumerate(every.values()):
            url = form.action
            if not form.is_post:
                continue
            if form.keys:
                strange = form.strange(turn + place)
                found = wrong_in(world.ask(role, "POST", url, strange))
                wrong += [f"{role} {url} {strange}"[:400] + f": {what}" for what in found]
                odd += 1
            if not form.typed:
                continue
            body = form.filled(turn * 11 + place * 5)
            with rolled_back():
                answer = world.ask(role, "POST", url, body, undone=False)
                found = wrong_in(answer)
                where = answer.get("Location", "")
                if answer.status_code == 302 and where.startswith("/") and "akun" not in where:
                    found += wrong_in(world.ask(role, "GET", where))
            sent += 1
            wrong += [f"{role} {url} {body}: {what}" for what in found]
        turn += 1
    note("typed", forms=len(every), sent=sent, odd=odd, wrong=len(wrong))
    assert not wrong, "\n".join(wrong[:20])
