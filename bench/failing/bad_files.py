"""Bad files are brought to the real HTTP door of a running site, and every one is judged as its
class asks.

Made here; good files spoilt by chance (the same ones each time); and taken at run time from the
test suites of the libraries' own source packages, so many as fit into the time that is left.
`MITRA_FAULTS_FULL=1` sends every one.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bench.doors.gathering import fetch, gathered, hushed
from bench.doors.kinds import BadFile
from bench.doors.mutating import SEED, spoilt
from bench.doors.papers import papers
from bench.doors.sending import REFUSED_HERE, TAKEN, Answer, Visitor, bring
from bench.doors.sheets import sheets
from bench.doors.watching import Watch, watching
from bench.failing.table import Figure, all_of, none_of
from bench.listing.databases import WITH_DJANGO
from tests.antivirus import answering
from tests.browser.product import ROOT, Product, running

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = os.environ.get("MITRA_FAULTS_FULL") == "1"
SPOILT = 1000
GATHERED = 100_000 if FULL else 240
#: Until then new files are brought, those of the packages for so long at least; what was brought is
#: judged and read to its end.
SECONDS = 6 * 3600 if FULL else 330
SECONDS_FOR_GATHERED = 20
PATIENCE = 900 if FULL else 150
AT_ONCE = 4
MOST_SECONDS, MOST_MEGABYTES = 20, 1000
UPLOAD = "/usulan/unggah/"
PASSWORD = "kata-sandi-contoh-2026"  # of `tests.factories`, which needs Django to be imported


@dataclass
class Heard:
    """A file that was brought, and what the site said."""

    file: BadFile
    answer: Answer
    verdict: str = ""


@dataclass
class Door:
    """The people who bring files, and all that was heard."""

    product: Product
    until: float
    heard: list[Heard] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.addresses: dict[str, list[tuple[Visitor, str]]] = {"document": [], "sheet": []}
        for number in range(AT_ONCE):
            firm = self.product.scene("guided_firm", name=f"Contoh Berkas {number}")["vendor"]
            owner = Visitor(self.product.url)
            owner.by_link(self.product.scene("sign_in_link", vendor=firm))
            paper = f"/saya/{firm}/dokumen/ktp/"
            owner.get(paper)
            self.addresses["document"].append((owner, paper))
            office = Visitor(self.product.url)
            office.by_password("agency@contoh.test", PASSWORD)
            office.get(UPLOAD)
            self.addresses["sheet"].append((office, UPLOAD))
        self._numbers = threading.local()
        self._free = list(range(AT_ONCE))
        self._known: set[bytes] = set()

    def bring_all(self, files: Iterator[BadFile] | list[BadFile], what: str) -> int:
        """Bring files, some at once, until they are all here or the time is over."""
        before = len(self.heard)
        with ThreadPoolExecutor(AT_ONCE, initializer=self._take_a_number) as people:
            for done in people.map(self._bring, self._new(files)):
                if done is None:
                    self.left_out[what] += 1
                else:
                    self.heard.append(done)
        self._free = list(range(AT_ONCE))
        return len(self.heard) - before

    def _take_a_number(self) -> None:
        self._numbers.own = self._free.pop()

    def _new(self, files: Any) -> Iterator[BadFile]:
        """The same bytes under the same name are no other file."""
        for file in files:
            digest = hashlib.sha256(f"{file.door}{file.name}".encode() + file.content).digest()
            if digest not in self._known:
                self._known.add(digest)
                yield file

    def _bring(self, file: BadFile) -> Heard | None:
        if time.monotonic() > self.until:
            return None
        visitor, address = self.addresses[file.door][self._numbers.own]
        try:
            return Heard(file, bring(visitor, address, file))
        except OSError as error:
            return Heard(file, Answer(0, "", type(error).__name__, 0.0))


def figures() -> Iterator[Figure]:
    """Bring everything, wait for the worker, and compare."""
    os.environ["SECOND_FACTOR"] = "0"  # people of offices come in by password alone here
    with tempfile.TemporaryDirectory(prefix="mitra-doors-") as folder:
        sources = Path(folder, "sources")
        sources.mkdir()
        came: list[str] = []
        fetching = threading.Thread(target=lambda: came.extend(fetch(sources)), daemon=True)
        fetching.start()
        with hushed():
            made, ruined = [*papers(), *sheets()], spoilt(SPOILT)
        with answering(Path(folder, "clamd")) as address:
            os.environ["ANTIVIRUS"] = address
            with running() as product:
                product.scene("people")
                with watching(urlsplit(product.url).port or 0) as watch:
                    door = Door(product, time.monotonic() + SECONDS)
                    yield from _brought(door, made, ruined)
                    yield from _brought_from_packages(door, fetching, sources, came)
                    told = _told(product)
                yield from _judged(door, told)
                yield from _times(door, watch)
                yield Figure(
                    "memory of the largest child that opened a file",
                    f"< {MOST_MEGABYTES} MB",
                    f"{watch.largest:.0f} MB of {len(watch.seen)} seen",
                    0 < watch.largest < MOST_MEGABYTES,
                )


def _brought(door: Door, made: list[BadFile], ruined: list[BadFile]) -> Iterator[Figure]:
    here = door.bring_all(made, "made")
    yield all_of("files made for this, brought", here, of=len(made))
    here = door.bring_all(ruined, "spoilt")
    yield all_of(f"good files spoilt by chance (seed {SEED}), brought", here, of=SPOILT)


def _brought_from_packages(
    door: Door, fetching: threading.Thread, sources: Path, came: list[str]
) -> Iterator[Figure]:
    fetching.join(max(door.until - time.monotonic(), SECONDS_FOR_GATHERED))
    with hushed():
        found = list(gathered(sources)) if came else []
    random.Random(SEED).shuffle(found)
    door.until = max(door.until, time.monotonic() + SECONDS_FOR_GATHERED)
    taken = door.bring_all(found[:GATHERED], "gathered")
    yield Figure(
        "files of the libraries' own test suites, brought",
        "packages can be fetched",
        f"{taken} of {len(found)} ({', '.join(came) or 'no package could be fetched'})",
        taken > 0,
    )


def _told(product: Product) -> dict[str, Any]:
    """What the database says once the worker has judged the last list and read the last paper."""
    until = time.monotonic() + PATIENCE
    while True:
        asked = [sys.executable, "-c", WITH_DJANGO, "bench.doors.stage"]
        said = subprocess.run(asked, cwd=ROOT, env=product.env, capture_output=True, check=True)
        told: dict[str, Any] = json.loads(said.stdout)
        if not told["waiting"] or time.monotonic() > until:
            return told
        time.sleep(2)


def _judged(door: Door, told: dict[str, Any]) -> Iterator[Figure]:
    for one in door.heard:
        one.verdict = _verdict(one, told)
    total = len(door.heard)
    wrong = [one for one in door.heard if one.verdict not in one.file.may]
    for one in wrong[:40]:
        wanted = " or ".join(sorted(one.file.may))
        name = one.file.name.encode("ascii", "replace").decode()
        sys.stdout.write(
            f"    {one.file.what}: {name}: {one.verdict} ({one.answer.status}), not {wanted}\n"
        )
    yield all_of("judged as the class of the file asks", total - len(wrong), of=total)
    faults = [one for one in door.heard if one.answer.status >= 500 or not one.answer.status]
    yield none_of("answers 5xx or none", len(faults), of=total)
    yield none_of("lists not judged and papers not read in the end", told["waiting"], of=total)
    for name, words in (("document", "papers"), ("sheet", "lists")):
        here = [one for one in door.heard if one.file.door == name]
        counts = dict(Counter(one.verdict for one in here))
        refused = sum(one.answer.status in REFUSED_HERE for one in here)
        left = told["refusals_on_trail"].get(name, 0)
        yield all_of(f"{words} turned away at the door with one trace ({counts})", left, of=refused)


def _times(door: Door, watch: Watch) -> Iterator[Figure]:
    """A paper is judged while its owner waits, a list by a worker in a child."""
    slowest = max((one.answer.seconds for one in door.heard), default=0.0)
    yield _in_time(f"longest answer, {AT_ONCE} at once", slowest, of=len(door.heard))
    most = max(watch.lists, default=MOST_SECONDS)
    yield _in_time("most computing for a list, by its child", most, of=len(watch.lists))


def _in_time(what: str, seconds: float, *, of: int) -> Figure:
    found = f"{seconds:.1f} s of {of} seen"
    return Figure(what, f"< {MOST_SECONDS} s", found, seconds < MOST_SECONDS)


def _verdict(one: Heard, told: dict[str, Any]) -> str:
    """What became of a file, from the answer and from what the database holds."""
    if one.answer.status != TAKEN:
        return "reject" if one.answer.status in REFUSED_HERE else "none"
    number = one.answer.leads_to.rstrip("/").rpartition("/")[2]
    if one.file.door == "document":
        kept = told["papers"].get(number)
        return "none" if kept is None else "flag" if kept else "accept"
    sheet = told["sheets"].get(number, {})
    if sheet.get("state", "RECEIVED") == "RECEIVED":
        return "none"
    if sheet["refusal"]:
        return "reject"
    return "flag" if sheet["flags"] else "accept"
