"""Walks the road by chance: ``python -m tests.journeys RUNS STEPS SEED``; prints what it saw."""

from __future__ import annotations

import json
import os
import sys
import traceback

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"


def main(runs: int, steps: int, seed: int) -> None:
    """Make a database, walk in one transaction that is never kept, destroy the database."""
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up now
    from django.db import connection  # noqa: PLC0415 - the same
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - the same

    setup_test_environment()
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_reference", verbosity=0)
        _walk(runs, steps, seed)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _walk(runs: int, steps: int, seed: int) -> None:
    from django.db import transaction  # noqa: PLC0415 - Django is set up by now
    from hypothesis import (  # noqa: PLC0415 - not in the product
        HealthCheck,
        Phase,
        seed as seeded,
        settings,
    )
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - the same

    from tests.journeys import road_machine  # noqa: PLC0415 - Django is set up by now
    from tests.journeys.road_acts import ACTS  # noqa: PLC0415 - the same
    from workflows.models import Setting  # noqa: PLC0415 - the same

    Setting.objects.update_or_create(pk="undo_seconds", defaults={"value": 0})
    fault = ""
    chosen = settings(
        max_examples=runs, stateful_step_count=steps, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        with transaction.atomic():
            road_machine.people()
            run_state_machine_as_test(seeded(seed)(road_machine.Road), settings=chosen)
    except Exception:
        fault = traceback.format_exc()[-1500:]
    told = {
        "runs": road_machine.STEPS["runs"],
        "steps": road_machine.STEPS["steps"],
        "done": road_machine.DONE,
        "acts": [act.name for act in ACTS],
        "fault": fault,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
