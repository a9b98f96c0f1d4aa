"""Runs every race on one database: ``python -m bench.racing ROUNDS [NAME …]``; prints JSON lines.

``ROUNDS`` are shared out among the races in turn; with ``MITRA_FAULTS_FULL=1`` each has as many.
The database is a test database, made and destroyed here (see ``tests.settings``).
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(rounds: int, names: list[str]) -> None:
    """Make the database, run, destroy it."""
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.db import connection  # noqa: PLC0415 - Django is set up now
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - the same

    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _run_all(rounds, names)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _run_all(rounds: int, names: list[str]) -> None:
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up now

    from bench.racing import covered, pressing  # noqa: PLC0415 - the same
    from bench.racing.races import SCENARIOS  # noqa: PLC0415 - the same
    from workflows.models import Setting  # noqa: PLC0415 - the same

    call_command("load_reference", verbosity=0)
    Setting.objects.update_or_create(pk="undo_seconds", defaults={"value": 0})
    _say(missing=sorted(covered.without_a_race()), transitions=len(covered.transitions()))
    chosen = [SCENARIOS[name] for name in names or SCENARIOS]
    is_full = os.environ.get("MITRA_FAULTS_FULL") == "1"
    for number in range(rounds * len(chosen) if is_full else max(rounds, len(chosen))):
        scenario, turn = chosen[number % len(chosen)], number // len(chosen)
        begun = time.monotonic()
        told = pressing.run(scenario, has_one_form=not scenario.is_move or turn % 2 == 0)
        _say(
            race=scenario.name,
            is_one=told.is_one,
            done=told.done,
            answers={str(code): count for code, count in told.answers.items()},
            faults=told.faults,
            seconds=round(time.monotonic() - begun, 2),
        )


def _say(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
