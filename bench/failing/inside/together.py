"""Kill everything while phones send and a worker reads; let it come back; count what is there."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from bench.failing.ground import leases, people, processes
from bench.failing.ground.installation import run
from bench.failing.ground.web import upload
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import factories as make, worker as programs
from workflows import orphans
from workflows.verifying import verify_trail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.installation import Installation
    from bench.failing.ground.servers import Server
    from bench.failing.ground.web import Answer, Web

#: Of each round: the servers that die with our programs, and how; those that come back last first.
Rounds = "list[dict[Server, signal.Signals]]"
PHONES, BYTES, TAKEN, PAGES = 12, 600_000, 2, 4
AWAY_SECONDS, FINISHED_SECONDS = 2, 300
#: Told in words, or the line broke: the phone sends once more.
LATER = {0, 429, 503}


@dataclass
class Phone:
    """Sends one photo, with one key, until it is taken."""

    key: str
    path: str
    body: bytes
    headers: dict[str, str]
    answers: list[Answer] = field(default_factory=list)
    is_waiting: bool = False

    @property
    def is_taken(self) -> bool:
        """Whether it was answered that the photo is taken."""
        return bool(self.answers) and self.answers[-1].status == 302

    def send(self, web: Web) -> None:
        """Try for as long as all may take to be finished."""
        until = time.monotonic() + FINISHED_SECONDS
        while time.monotonic() < until:
            self.is_waiting = True
            answer = web.post(self.path, self.body, self.headers)
            self.is_waiting = False
            self.answers.append(answer)
            if answer.status not in LATER:
                return
            time.sleep(0.5)


def figures(place: Installation, web: Web, rounds: Rounds) -> Iterator[Figure]:
    """Round after round, and in the end what the database and the phones say."""
    people.hurry()
    crowds = _crowds(len(rounds))
    env = programs.surroundings(place.data, place.broker_url)
    deeds, left = [], 0
    with ThreadPoolExecutor(PHONES * len(rounds)) as pool, ExitStack() as stack:
        running = _started(stack, env)
        for number, (servers, phones) in enumerate(zip(rounds, crowds, strict=True)):
            with programs.sending_to(place.data, place.broker_url):
                deeds.append(people.hand_in_deed(place.data, number, pages=PAGES))
            programs.wait_until(lambda deed=deeds[-1]: _held(deed), seconds=60)
            for phone in phones:
                pool.submit(phone.send, web)
            _until_some_are_taken(phones)
            waiting = [(phone, len(phone.answers)) for phone in phones if phone.is_waiting]
            _kill(web, running, servers)
            left += len(processes.left_of(place))
            time.sleep(AWAY_SECONDS)
            for part in (web, *reversed(servers)):
                part.start()
            cut_off = sum(phone.answers[tried].status == 0 for phone, tried in waiting)
            what = ("web, worker, scheduler, broker", "PostgreSQL too")[len(servers) - 1]
            yield Figure(f"{what}: uploads that were cut off", "more than 0", str(cut_off),
                         cut_off > 0)  # fmt: skip
            yield all_of(f"{what}: a paper half read", int(_held(deeds[-1])), of=1)
            running = _started(stack, env)
        back = time.monotonic()
        phones = [phone for crowd in crowds for phone in crowd]
        seconds = _until_finished(phones, back)
    yield from _counted(phones, deeds)
    yield none_of(f"processes left over {processes.ORPHAN_SECONDS} s after a death", left,
                  of=len(rounds))  # fmt: skip
    yield from _kept(place)
    yield Figure("all finished after the last return", f"{FINISHED_SECONDS} s", f"{seconds:.0f} s",
                 seconds <= FINISHED_SECONDS)  # fmt: skip


def _crowds(rounds: int) -> list[list[Phone]]:
    owners = [people.Owner() for _n in range(PHONES)]
    slugs = make.required_of(owners[0].vendor)[:rounds]
    return [[_phone(owner, owner.path_of(slug)) for owner in owners] for slug in slugs]


def _phone(owner: people.Owner, path: str) -> Phone:
    key = str(uuid.uuid4())
    body, headers = upload(people.photo(BYTES), key=key)
    return Phone(key, path, body, {**owner.headers, **headers})


def _started(stack: ExitStack, env: dict[str, str]) -> list[programs.Program]:
    connection.close()  # it may be one to a server that has died
    return [stack.enter_context(start(env)) for start in
            (programs.running_beat, programs.running_worker)]  # fmt: skip


def _held(deed: Paper) -> bool:
    connection.close()
    return deed.pk in {subject for subject, _token in leases.held()}


def _until_some_are_taken(phones: list[Phone]) -> None:
    programs.wait_until(lambda: sum(phone.is_taken for phone in phones) >= TAKEN, seconds=60)


def _kill(web: Web, running: list[programs.Program], servers: dict[Server, Any]) -> None:
    """Kill all of these at once."""
    deaths = [web.kill, *(program.kill for program in running)]
    deaths += [partial(server.stop, how) for server, how in servers.items()]
    threads = [threading.Thread(target=death) for death in deaths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _until_finished(phones: list[Phone], back: float) -> float:
    """Wait until all photos are taken and nothing waits to be read; returns the seconds."""
    waiting = Paper.objects.filter(state="RECEIVED")
    while not all(phone.is_taken for phone in phones) or waiting.exists():
        if time.monotonic() - back > FINISHED_SECONDS:
            break
        time.sleep(0.5)
    return time.monotonic() - back


def _counted(phones: list[Phone], deeds: list[Paper]) -> Iterator[Figure]:
    statuses = Counter(answer.status for phone in phones for answer in phone.answers)
    others = sum(count for status, count in statuses.items() if status not in {302, *LATER})
    yield none_of(f"answers that are neither yes nor later ({dict(statuses)})", others,
                  of=statuses.total())  # fmt: skip
    mute = sum(
        answer.status in LATER - {0} and "Retry-After" not in answer.headers
        for phone in phones for answer in phone.answers
    )  # fmt: skip
    yield none_of("answers that do not say when to come back", mute, of=statuses.total())
    yield all_of("photos taken", sum(phone.is_taken for phone in phones), of=len(phones))
    papers = list(Paper.objects.filter(upload_key__in=[phone.key for phone in phones]))
    lost = len(phones) + len(deeds) - sum(paper.state == "READ" for paper in papers)
    lost -= Paper.objects.filter(pk__in=[deed.pk for deed in deeds], state="READ").count()
    yield none_of("papers lost, or sent to a person", max(lost, 0), of=len(phones) + len(deeds))
    keys = Counter(paper.upload_key for paper in papers)
    doubled = sum(count > 1 for count in keys.values()) + people.read_doubly([*papers, *deeds])
    yield none_of("papers kept or read twice, pictures left over", doubled, of=len(papers))


def _kept(place: Installation) -> Iterator[Figure]:
    yield none_of("rows without a whole file", people.broken_files(), of=orphans.count_files())
    run(place, "sweep", "--files", "--older-than", "0")
    found = len(list(orphans.find_orphans(until=timezone.now())))
    yield none_of("files without a row after the sweep", found, of=orphans.count_files())
    yield all_of("the chain of the trail holds", int(verify_trail().ok), of=1)
