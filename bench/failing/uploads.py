"""Two hundred people send a photo in the same moment; each is answered, none is lost."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bench.failing.ground.installation import stand
from bench.failing.ground.web import running_web, upload
from bench.failing.table import Figure, all_of, none_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = 200
FIRMS = 50
LEAST, MOST = 1_000_000, 5_000_000
PICTURES = 12


def figures() -> Iterator[Figure]:
    """Real gunicorn on PostgreSQL, as many connections as uploads."""
    with stand(postgres=True) as place, running_web(place) as web:
        from bench.failing.ground import people  # noqa: PLC0415 - after the set-up
        from documents.models import Paper  # noqa: PLC0415 - once Django is set up
        from tests import factories as make  # noqa: PLC0415 - once Django is set up

        people.hurry()
        owners = [people.Owner() for _n in range(FIRMS)]
        slugs = make.required_of(owners[0].vendor)[: PEOPLE // FIRMS]
        pictures = [people.photo(size) for size in random.sample(range(LEAST, MOST), PICTURES)]
        forms = []
        for number, owner in enumerate(owners):
            for place_of, slug in enumerate(slugs):
                picture = pictures[(number + place_of) % PICTURES]
                body, headers = upload(_another(picture))
                forms.append((owner.path_of(slug), body, {**owner.headers, **headers}))
        begun = time.monotonic()
        with ThreadPoolExecutor(len(forms)) as pool:
            answers = list(pool.map(lambda form: _until_taken(web, form), forms))
        seconds = time.monotonic() - begun
        statuses = Counter(status for one in answers for status in one)
        yield Figure("uploads at once, 1 to 5 MB each", str(PEOPLE), str(len(forms)), True)
        failed = sum(count for status, count in statuses.items() if status >= 500 or not status)
        yield none_of("answers 5xx or none", failed, of=sum(statuses.values()))
        yield all_of("uploads taken", sum(one[-1] == 302 for one in answers), of=len(forms))
        yield all_of("papers on record", Paper.objects.count(), of=len(forms))
        yield none_of("rows without a whole file", people.broken_files(), of=len(forms))
        yield Figure(f"all answered ({dict(statuses)})", "600 s", f"{seconds:.0f} s", seconds < 600)


def _another(picture: bytes) -> bytes:
    """The same JPEG with another comment: each file has a fingerprint of its own, as photos do."""
    comment = random.randbytes(8).hex().encode()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]


def _until_taken(web, form):
    """As a phone does: told to come back later, it does. Gives every status on the way."""
    statuses = []
    for _try in range(20):
        answer = web.post(*form)
        statuses.append(answer.status)
        if answer.status != 429:
            break
        time.sleep(int(answer.headers.get("Retry-After", "5")))
    return statuses
