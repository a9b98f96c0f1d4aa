"""Draws docs/states.md from the lifecycle's own table, so that the page cannot lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from onboarding.models import Status
from workflows import lifecycle

HEAD = """# The road: states of a vendor

Made by `./mitra manage draw_states` from `workflows/lifecycle.py`; do not edit by hand.
`Vendor.status` is the only record of what the vendor *is*, and the lifecycle is its only writer.
Who may call a verb is said by the actions (`workflows/actions/`) and `onboarding/roles.py`.
"""

CHANGES = """
## Change cases

A change after approval (a new deed, a paper that expires, KBLI 2025) is a case of its own kind, and
the status of the vendor stays: no verb of the table is called. `ChangeFlow` in `workflows/flows.py`
runs on the same row, queue and page as the way in, with the same corrections, four eyes and holds.

| From | Step | To | Who |
|---|---|---|---|
| (new) | open_change | with the vendor | owner, officer; the machine for a paper that expires |
| with the vendor | resubmit_change | to verify | owner |
| with the vendor | lapse_change, drop_change | closed | the flow's timer; owner or officer |
| to verify | return_for_correction_change | with the vendor | officer |
| to verify | verify_change | to decide | officer |
| to decide | send_back_change | to verify | approver, not the verifier |
| to decide | approve_change, reject_change | closed | approver, not the verifier |

What the owner hands in meanwhile is proposed. Approved, it is in force, and a new KBLI code is
written on the vendor. Refused, dropped or never handed in, the papers in force before count again.
A vendor has one open case at a time, of whichever kind; suspending stays possible.
"""


class Command(BaseCommand):
    """`./mitra manage draw_states [--check]`."""

    help = "Writes docs/states.md, or with --check says whether it is fresh."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--check``."""
        parser.add_argument("--check", action="store_true", help="fail when the page is stale")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Write or compare the page. Raises ``CommandError`` when it is stale."""
        page = Path(settings.BASE_DIR) / "docs" / "states.md"
        text = draw()
        if not check:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote {page.name}")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            raise CommandError("docs/states.md is stale: run ./mitra manage draw_states")


def draw() -> str:
    """Return the page: a diagram, the states with their names, the moves."""
    moves = lifecycle.table()
    lines = [HEAD, "```mermaid", "stateDiagram-v2", "    [*] --> REFERRED: refer"]
    lines += [
        f"    {move.source} --> {move.target}: {move.verb}"
        for move in moves
        if move.verb not in {"withdraw", "lapse", "suspend", "refer"}
    ]
    lines += [
        "```",
        "",
        "The diagram leaves out `withdraw`, `lapse`, `suspend` and `refer` (again),",
    ]
    lines += ["which start in many states; the table has them all.", "", "## States", ""]
    lines += ["| Status | Indonesian | English |", "|---|---|---|"]
    for status in Status:
        lines.append(f"| `{status}` | {_said(status, 'id')} | {_said(status, 'en')} |")
    lines += ["", "## Moves", "", "| Verb | From | To | What it means |", "|---|---|---|---|"]
    for verb in dict.fromkeys(move.verb for move in moves):
        rows = [move for move in moves if move.verb == verb]
        sources = ", ".join(dict.fromkeys(f"`{move.source}`" for move in rows))
        targets = ", ".join(dict.fromkeys(f"`{move.target}`" for move in rows))
        lines.append(f"| `{verb}` | {sources} | {targets} | {rows[0].note} |")
    return "\n".join(lines) + "\n" + CHANGES


def _said(status: Status, language: str) -> str:
    with translation.override(language):
        return str(status.label)
