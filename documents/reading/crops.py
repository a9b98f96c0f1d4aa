"""Cuts the places of many values out of one page picture, in a process of its own.

`python -m documents.reading.crops L-T-R-B …` takes a WebP picture and gives, for every box in turn,
four bytes of length (big-endian) and a grey JPEG that long; nothing of the box there is length 0.
"""

import io
import sys

from PIL import Image

from config.gate.fence import fence_in

QUALITY = 80
MEMORY, CPU_SECONDS = 1000 * 1024 * 1024, 20


def main() -> int:
    """Cut every box out of what comes in; 1 when there is no such picture."""
    fence_in(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["WEBP"]) as page:
            grey = page.convert("L")
    except (OSError, ValueError):
        return 1
    for word in sys.argv[1:]:
        left, top, right, bottom = map(int, word.split("-"))
        box = (max(0, left), max(0, top), min(grey.width, right), min(grey.height, bottom))
        out = io.BytesIO()
        if box[2] > box[0] and box[3] > box[1]:
            grey.crop(box).save(out, format="JPEG", quality=QUALITY)
        sys.stdout.buffer.write(len(out.getvalue()).to_bytes(4, "big") + out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
