"""Runs every race on one database: ``python -m bench.racing SECONDS [[but] NAME …]``; prints JSON
lines, of these races, or of all but these.

Those of ``OFTEN`` are run as often as it says, every other at least ``LEAST`` times, and then in
turn until ``SECONDS`` are over; with ``MITRA_FAULTS_FULL=1`` each is run ``ROUNDS`` times. The
database is the one of ``MITRA_DATA`` and ``DATABASE_URL``, prepared as for every fault.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bench.failing.ground import installation
from bench.racing.races import LEAST, OFTEN, ROUNDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.racing.races import Scenario


def main(seconds: float, names: list[str]) -> None:
    """Prepare the database and race on it."""
    until = time.monotonic() + seconds
    data = Path(os.environ.get("MITRA_DATA") or tempfile.mkdtemp(prefix="mitra-races-"))
    place = installation.prepared(data, database_url=os.environ.get("DATABASE_URL", ""))
    os.environ.update(place.env, DJANGO_SETTINGS_MODULE="tests.settings")
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django is set up now

    from workflows.models import Setting  # noqa: PLC0415 - the same

    settings.ALLOWED_HOSTS = ["testserver"]  # the one thing of a test that a race needs
    Setting.objects.update_or_create(pk="undo_seconds", defaults={"value": 0})
    _run_all(names, until)


def _run_all(names: list[str], until: float) -> None:
    from bench.racing import covered, pressing  # noqa: PLC0415 - Django is set up now
    from bench.racing.races import SCENARIOS  # noqa: PLC0415 - the same

    _say(missing=sorted(covered.without_a_race()), transitions=len(covered.transitions()))
    if names[:1] == ["but"]:
        names = [name for name in SCENARIOS if name not in names]
    chosen = [SCENARIOS[name] for name in names or SCENARIOS]
    left = {one.name: pressing.left_by_one(one) for one in chosen}
    turns: Counter[str] = Counter()
    for scenario in _in_turn(chosen, until):
        turn = turns[scenario.name]
        turns[scenario.name] += 1
        begun = time.monotonic()
        has_one_form = not scenario.is_move or turn % 2 == 0
        told = pressing.run(scenario, has_one_form=has_one_form, like=left[scenario.name])
        _say(
            race=scenario.name,
            is_one=told.is_one,
            done=told.done,
            answers={str(code): count for code, count in told.answers.items()},
            faults=told.faults,
            seconds=round(time.monotonic() - begun, 2),
        )


def _in_turn(chosen: Sequence[Scenario], until: float) -> Iterator[Scenario]:
    often = [one for one in chosen for _round in range(OFTEN.get(one.name, 0))]
    rest = [one for one in chosen if one.name not in OFTEN]
    is_full = os.environ.get("MITRA_FAULTS_FULL") == "1"
    yield from itertools.chain(often, rest * (ROUNDS if is_full else LEAST))
    for one in itertools.cycle(rest):
        if time.monotonic() > until:
            return
        yield one


def _say(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
