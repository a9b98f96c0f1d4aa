"""What the site's own database says of the files that came: asked in the site's surroundings.

Run with Django set up, it prints JSON: flags of papers by number, and of each list its state,
refusal and flags; ``waiting`` counts the lists and papers that a worker has not come to yet.
"""

from __future__ import annotations

import json
import sys

from django.db.models import Count

from documents.models import Paper, PaperFile
from onboarding.models import ReferralSheet
from workflows.models import AuditEvent

NO_LIST = ("no_header", "wrong_columns", "no_rows")


def main() -> None:
    """Print it."""
    refused = AuditEvent.objects.filter(act="refuse_file").order_by("detail__door")
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
        "waiting": sum(1 for _pk, state, *_rest in sheets if state == "RECEIVED")
        + Paper.objects.filter(state=Paper.State.RECEIVED).count(),
        "refusals_on_trail": dict(refused.values_list("detail__door").annotate(Count("pk"))),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
