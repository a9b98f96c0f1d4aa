"""The child process that opens an office's sheet, under limits that it sets before anything else.

1. Limit memory and processor time.  2. Read the file.  3. Print JSON lines, or one refusal.
"""

import json
import resource
import sys
from pathlib import Path

from onboarding.imports.refusal import SheetRefusedError

MEMORY = 1_500 * 1024 * 1024
CPU_SECONDS = 120


def main(path: str) -> None:
    """Print what the sheet at `path` holds as JSON lines on standard output."""
    _limit()
    try:
        # late on purpose: the reader's library is loaded under the limits
        from onboarding.imports.reading import read_rows  # noqa: PLC0415 (see the line above)

        rows = read_rows(Path(path))
    except SheetRefusedError as refusal:
        _tell({"refusal": refusal.code, "detail": refusal.detail})
        return
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        _tell({"refusal": "broken_sheet", "detail": {"error": type(error).__name__}})
        return
    _tell({"rows": len(rows)})
    for row in rows:
        _tell({"sheet": row.sheet, "row": row.row, "values": row.values, "repairs": row.repairs})


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
