"""Walks the road by chance: ``python -m tests.journeys RUNS STEPS SEED SECONDS``; prints what it
saw.

Walks on until there were so many runs and ``RUNS`` x ``STEPS`` steps, or the seconds are over. The
database is prepared as for every fault; all runs happen in one transaction that is never kept.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from bench.failing.ground import installation

AT_ONCE = 50


def main(runs: int, steps: int, seed: int, seconds: int) -> None:
    """Prepare the database and walk."""
    until = time.monotonic() + seconds
    data = Path(os.environ.get("MITRA_DATA") or tempfile.mkdtemp(prefix="mitra-road-"))
    place = installation.prepared(data)
    os.environ.update(place.env, DJANGO_SETTINGS_MODULE="tests.settings")
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    from django.db import transaction  # noqa: PLC0415 - Django is set up now
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - the same

    from tests.journeys import road_machine  # noqa: PLC0415 - the same
    from tests.journeys.road_acts import ACTS  # noqa: PLC0415 - the same
    from workflows.models import Setting  # noqa: PLC0415 - the same

    setup_test_environment()
    Setting.objects.update_or_create(pk="undo_seconds", defaults={"value": 0})
    done, fault = road_machine.STEPS, ""
    try:
        with transaction.atomic():
            road_machine.people()
            while done["runs"] < runs or done["steps"] < runs * steps:
                if time.monotonic() > until:
                    break
                short = max(runs - done["runs"], (runs * steps - done["steps"]) // steps + 1)
                _walk(min(short, AT_ONCE), steps, seed)
                seed += 1000
            transaction.set_rollback(True)
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        said = "".join(traceback.format_exception_only(error))
        fault = f"{Path(at.filename).name}:{at.lineno} {said[:1500]}"
    told = {
        "runs": done["runs"],
        "steps": done["steps"],
        "done": road_machine.DONE,
        "acts": [act.name for act in ACTS],
        "fault": fault,
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _walk(runs: int, steps: int, seed: int) -> None:
    from hypothesis import (  # noqa: PLC0415 - not in the product
        HealthCheck,
        Phase,
        seed as seeded,
        settings,
    )
    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415 - the same

    from tests.journeys import road_machine  # noqa: PLC0415 - Django is set up by now

    chosen = settings(
        max_examples=runs, stateful_step_count=steps, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(seeded(seed)(road_machine.Road), settings=chosen)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
