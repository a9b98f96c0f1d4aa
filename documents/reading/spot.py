"""Cuts one spot out of a page picture, in a process of its own: the site itself decodes nothing.

`python -m documents.reading.spot LEFT TOP RIGHT BOTTOM` takes a WebP picture and gives a grey one,
small enough for a slow network. It imports little, because somebody waits for it.
"""

import io
import sys

from PIL import Image

from config.gate.fence import fence_in

WIDEST = 640  # pixels
QUALITY = 55
MEMORY, CPU_SECONDS = 1000 * 1024 * 1024, 10


def cut_out(picture: bytes, box: tuple[int, int, int, int]) -> bytes:
    """Give what lies in a box (left, top, right, bottom in pixels), at most 640 pixels wide.

    Raises ``ValueError`` when nothing of the box lies on the picture, ``OSError`` when there is
    no such picture.
    """
    with Image.open(io.BytesIO(picture), formats=["WEBP"]) as page:
        left, top = max(0, box[0]), max(0, box[1])
        right, bottom = min(page.width, box[2]), min(page.height, box[3])
        if right <= left or bottom <= top:
            raise ValueError(box)
        spot = page.crop((left, top, right, bottom)).convert("L")
    spot.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    spot.save(out, format="WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def main() -> int:
    """Cut the box out of what comes in; 1 when that cannot be done."""
    fence_in(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    left, top, right, bottom = map(int, sys.argv[1:])
    try:
        sys.stdout.buffer.write(cut_out(sys.stdin.buffer.read(), (left, top, right, bottom)))
    except (OSError, ValueError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
