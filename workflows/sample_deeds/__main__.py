"""Writes the sample deeds: ``python -m workflows.sample_deeds OUT_DIR``."""

import sys
from pathlib import Path

from workflows.sample_deeds.samples import write_samples


def main() -> int:
    """Write the samples into the folder named on the command line and list them."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m workflows.sample_deeds OUT_DIR\n")
        return 2
    for sample in write_samples(Path(sys.argv[1])):
        sys.stdout.write(f"{sample.name}: {', '.join(file.name for file in sample.files)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
