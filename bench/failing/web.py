"""The web server is killed twenty times in the middle of an upload; the phone sends once more.

Half of them die while the body is on its way, half after it is whole, while it is judged and kept.
"""

from __future__ import annotations

import contextlib
import socket
import time
import uuid
from typing import TYPE_CHECKING

from bench.failing.ground.installation import run, stand
from bench.failing.ground.web import running_web, upload
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = 20
BYTES = 300_000
LIVES = 5  # owners; each sends four kinds of paper


def figures() -> Iterator[Figure]:
    """Kill, start again, retry with the same key, look at rows and files."""
    with stand() as place, running_web(place, workers=1) as web:
        from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
        from documents.models import Paper  # noqa: PLC0415 - once Django is set up

        people.hurry()
        from tests import factories as make  # noqa: PLC0415 - once Django is set up

        owners = [people.Owner() for _n in range(LIVES)]
        slugs = make.required_of(owners[0].vendor)[: KILLS // LIVES]
        tries = []
        for owner in owners:
            tries += [(owner, owner.path_of(slug)) for slug in slugs]
        tries = (tries * KILLS)[:KILLS]
        kept = []
        for number, (owner, path) in enumerate(tries):
            key = str(uuid.uuid4())
            body, headers = upload(people.photo(BYTES), key=key)
            whole = {**owner.headers, **headers}
            _die_while_sending(web, path, body, whole, number)
            web.start()
            kept.append((key, path, body, whole))
        retried = [web.post(path, body, whole) for _key, path, body, whole in kept]
        again = [web.post(path, body, whole) for _key, path, body, whole in kept]
        yield all_of("kills in the middle of an upload", len(kept), of=KILLS)
        refused = sum(answer.status != 302 for answer in retried + again)
        yield none_of("retries that were not answered as sent", refused, of=2 * KILLS)
        counts = [Paper.objects.filter(upload_key=key).count() for key, *_rest in kept]
        yield all_of("one paper for each key, sent three times", counts.count(1), of=KILLS)
        broken = people.broken_files()
        yield none_of("rows without a whole file (size and SHA-256)", broken, of=KILLS)
        run(place, "sweep", "--files", "--older-than", "0")
        yield from _orphans()


def _orphans() -> Iterator[Figure]:
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from workflows import orphans  # noqa: PLC0415 - once Django is set up

    left = len(list(orphans.find_orphans(until=timezone.now())))
    yield none_of("files without a row after the sweep", left, of=orphans.count_files())


def _die_while_sending(web, path, body, headers, number):
    """Even numbers: half the body, then death; odd ones: all of it, and death a little later."""
    head = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{web.port}"]
    head += [f"{name}: {value}" for name, value in headers.items()]
    head += [f"Content-Length: {len(body)}", "", ""]
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", web.port)) as line:
        line.sendall("\r\n".join(head).encode())
        if number % 2 == 0:
            line.sendall(body[: len(body) // 2])
            time.sleep(0.05)
        else:
            line.sendall(body)
            time.sleep(0.15 * (number // 2))
        web.kill()
        return
    web.kill()
