"""What the site's own database says of the files that came: asked in the site's surroundings.

``python -m bench.doors.stage`` prints JSON: flags of papers by number, and of each list its state,
refusal and flags; ``waiting`` counts the lists that a worker has not judged yet.
"""

from __future__ import annotations

import json
import sys

import django

NO_LIST = ("no_header", "wrong_columns", "no_rows")


def main() -> None:
    django.setup()
    from documents.models import PaperFile  # noqa: PLC0415 - once Django is set up
    from onboarding.models import ReferralSheet  # noqa: PLC0415 - once Django is set up
    from workflows.models import AuditEvent  # noqa: PLC0415 - once Django is set up

    files = PaperFile.objects.values_list("paper", "flags")
    sheets = ReferralSheet.objects.values_list("pk", "state", "refusal", "layout")
    told = {
        "papers": dict(files),
        "sheets": {
            number: {
                "state": state,
                "refusal": "" if refusal in NO_LIST else refusal,
                "flags": layout.get("flags", []),
            }
            for number, state, refusal, layout in sheets
        },
        "waiting": sum(1 for _pk, state, *_rest in sheets if state == "RECEIVED"),
        "refusals_on_trail": AuditEvent.objects.filter(act="refuse_file").count(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
