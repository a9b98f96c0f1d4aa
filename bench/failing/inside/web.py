"""Kill, start again, retry with the same key, look at rows, files and processes."""

from __future__ import annotations

import contextlib
import socket
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from bench.failing.ground import people, processes
from bench.failing.ground.installation import run
from bench.failing.ground.web import upload
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import factories as make
from workflows import orphans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation
    from bench.failing.ground.web import Answer, Web

KILLS = 20
BYTES = 300_000
LIVES = 5  # owners; each sends four kinds of paper
RETRIES = 2


@dataclass(frozen=True)
class Parcel:
    """A form that was filled in once, and can be sent again as it is."""

    key: str
    path: str
    body: bytes
    headers: dict[str, str]

    def send(self, web: Web) -> Answer:
        """Send it and wait for the answer."""
        return web.post(self.path, self.body, self.headers)


def figures(place: Installation, webs: list[Web]) -> Iterator[Figure]:
    """Each server in a thread of its own; what they did is counted in the end."""
    people.hurry()
    parcels = _parcels(KILLS)
    usual = _parcels(1)[0].send(webs[0]).seconds
    with ThreadPoolExecutor(len(webs)) as pool:
        shares = [parcels[number :: len(webs)] for number in range(len(webs))]
        ends = list(pool.map(lambda web, share: _live(web, share, usual), webs, shares))
    unanswered = sum(met for met, _answers in ends)
    refused = sum(answer.status != 302 for _met, answers in ends for answer in answers)
    yield all_of("kills that left an upload without an answer", unanswered, of=KILLS)
    yield none_of("retries that were not answered as sent", refused, of=RETRIES * KILLS)
    counts = [Paper.objects.filter(upload_key=parcel.key).count() for parcel in parcels]
    yield all_of("one paper for each key, sent three times", counts.count(1), of=KILLS)
    broken = people.broken_files()
    yield none_of("rows without a whole file (size and SHA-256)", broken, of=KILLS)
    run(place, "sweep", "--files", "--older-than", "0")
    left = len(list(orphans.find_orphans(until=timezone.now())))
    yield none_of("files without a row after the sweep", left, of=orphans.count_files())
    for web in webs:
        web.kill()
    running = processes.left_of(place)
    yield none_of(f"processes left over after {processes.ORPHAN_SECONDS} s", len(running), of=KILLS)


def _parcels(count: int) -> list[Parcel]:
    owners = [people.Owner() for _n in range(min(count, LIVES))]
    slugs = make.required_of(owners[0].vendor)[: count // len(owners)]
    made = []
    for owner in owners:
        for slug in slugs:
            key = str(uuid.uuid4())
            body, headers = upload(people.photo(BYTES), key=key)
            made.append(Parcel(key, owner.path_of(slug), body, {**owner.headers, **headers}))
    return made


def _live(web: Web, parcels: list[Parcel], usual: float) -> tuple[int, list[Answer]]:
    """Die once with each parcel; returns how many had no answer, and the answers to the retries."""
    unanswered = 0
    for number, parcel in enumerate(parcels):
        unanswered += _die_while_sending(web, parcel, number, usual)
        web.start()
    return unanswered, [parcel.send(web) for _n in range(RETRIES) for parcel in parcels]


def _die_while_sending(web: Web, parcel: Parcel, number: int, usual: float) -> bool:
    """Even numbers: half the body, then death; odd ones: all of it, and death at another moment of
    the time that an answer takes. Says whether no answer had begun."""
    head = [f"POST {parcel.path} HTTP/1.1", f"Host: 127.0.0.1:{web.port}"]
    head += [f"{name}: {value}" for name, value in parcel.headers.items()]
    head += [f"Content-Length: {len(parcel.body)}", "", ""]
    with socket.create_connection(("127.0.0.1", web.port)) as line:
        line.sendall("\r\n".join(head).encode())
        if number % 2 == 0:
            line.sendall(parcel.body[: len(parcel.body) // 2])
            time.sleep(0.05)
        else:
            line.sendall(parcel.body)
            time.sleep(0.06 * usual * (number // 2 * 2 + 1))
        web.kill()
        with contextlib.suppress(ConnectionError):
            return not line.recv(1)
    return True
