"""The child process that opens an office's sheet, under limits that it sets before anything else.

1. Limit memory and processor time, leave the network.  2. Read the file.
3. Print JSON lines, or one refusal.
"""

import json
import sys
from pathlib import Path

from config.gate.fence import fence_in, peak_megabytes
from onboarding.imports.refusal import SheetRefusedError

MEGABYTE = 1024 * 1024
MEMORY, MEMORY_FOR_LARGE = 1_000 * MEGABYTE, 6_000 * MEGABYTE
CPU_SECONDS, CPU_SECONDS_FOR_LARGE = 120, 3_600


def main(path: str, orders: str = "{}") -> None:
    """Print what the sheet at `path` holds as JSON lines; `orders` are `read_lines`' keywords."""
    told = json.loads(orders)
    is_large = bool(told.get("is_large"))
    fence_in(
        memory=MEMORY_FOR_LARGE if is_large else MEMORY,
        cpu_seconds=CPU_SECONDS_FOR_LARGE if is_large else CPU_SECONDS,
    )
    try:
        # late on purpose: the reader's library is loaded under the limits
        from onboarding.imports.reading import read_lines  # noqa: PLC0415 (see the line above)

        for line in read_lines(Path(path), **told):
            _tell(line)
    except SheetRefusedError as refusal:
        _tell({"refusal": refusal.code, "detail": refusal.detail})
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        _tell({"refusal": "broken_sheet", "detail": {"error": type(error).__name__}})


def _tell(line: dict[str, object]) -> None:
    if "row" not in line:  # the last line says what all of it took
        line["peak_mb"] = round(peak_megabytes())
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
