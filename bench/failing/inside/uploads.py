"""A crowd of phones, each of which sends until its photo is taken."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bench.failing.ground import people
from bench.failing.ground.web import upload
from bench.failing.table import Figure, all_of, none_of
from documents.models import Paper
from tests import factories as make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.failing.ground.web import Answer, Web

Form = tuple[str, bytes, dict[str, str]]

PEOPLE = 200
FIRMS = 50
LEAST, MOST = 1_000_000, 4_600_000  # a photo takes up to a tenth more
PICTURES = 12
TRIES, ANSWER_SECONDS = 20, 600


def figures(web: Web) -> Iterator[Figure]:
    """Send them all at once and look at what came back and what was kept."""
    people.hurry()
    forms = _forms()
    crowd = _Crowd(web, len(forms))
    begun = time.monotonic()
    with ThreadPoolExecutor(len(forms)) as pool:
        taken = sum(pool.map(crowd.send, forms))
    seconds = time.monotonic() - begun
    sizes = [len(body) for _path, body, _headers in forms]
    span = f"{min(sizes) / 1e6:.1f} to {max(sizes) / 1e6:.1f} MB each"
    what = f"sent and not yet answered at the same moment, {span}"
    yield all_of(what, crowd.most, of=PEOPLE)
    statuses = Counter(answer.status for answer in crowd.answers)
    failed = sum(count for status, count in statuses.items() if status >= 500 or not status)
    yield none_of("answers 5xx or none", failed, of=len(crowd.answers))
    mute = sum(one.status == 429 and not _pause(one) for one in crowd.answers)
    yield none_of("answers 429 that do not say when to come back", mute, of=statuses[429])
    yield all_of("uploads taken", taken, of=len(forms))
    yield all_of("papers on record", Paper.objects.count(), of=len(forms))
    yield none_of("rows without a whole file", people.broken_files(), of=len(forms))
    yield Figure(f"all answered ({dict(statuses)})", f"{ANSWER_SECONDS} s", f"{seconds:.0f} s",
                 seconds < ANSWER_SECONDS)  # fmt: skip


class _Crowd:
    """Phones that begin together; keeps every answer, and how many waited for one at the most."""

    def __init__(self, web: Web, people_in_it: int) -> None:
        self.web = web
        self.answers: list[Answer] = []
        self.waiting = self.most = 0
        self._start = threading.Barrier(people_in_it, timeout=60)
        self._counting = threading.Lock()

    def send(self, form: Form) -> bool:
        """As a phone does: told to come back later, it does. Says whether the photo was taken."""
        self._start.wait()
        for _try in range(TRIES):
            self._count(1)
            answer = self.web.post(*form)
            self._count(-1)
            self.answers.append(answer)
            if answer.status != 429:
                break
            time.sleep(_pause(answer) or 5)
        return answer.status == 302

    def _count(self, more: int) -> None:
        with self._counting:
            self.waiting += more
            self.most = max(self.most, self.waiting)


def _pause(answer: Answer) -> int:
    """Seconds after which this person may come back; 0 when nobody has said it."""
    said = answer.headers.get("Retry-After", "")
    return int(said) if said.isdecimal() else 0


def _forms() -> list[Form]:
    owners = [people.Owner() for _n in range(FIRMS)]
    slugs = make.required_of(owners[0].vendor)[: PEOPLE // FIRMS]
    step = (MOST - LEAST) // (PICTURES - 1)
    pictures = [people.photo(LEAST + number * step) for number in range(PICTURES)]
    forms = []
    for number, owner in enumerate(owners):
        for place, slug in enumerate(slugs):
            body, headers = upload(_another(pictures[(number + place) % PICTURES]))
            forms.append((owner.path_of(slug), body, {**owner.headers, **headers}))
    return forms


def _another(picture: bytes) -> bytes:
    """The same JPEG with another comment: each file has a fingerprint of its own, as photos do."""
    comment = random.randbytes(8).hex().encode()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]
