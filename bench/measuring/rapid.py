"""RapidOCR on the pages of a paper; run by the Python of the bench's own environment.

`python rapid.py FILE…` prints the recognised lines as one JSON list, in the order of reading.
"""

import json
import sys

from PIL import Image, ImageSequence
from rapidocr import RapidOCR


def main(files):
    engine, told, page = RapidOCR(), [], 0
    for file in files:
        with Image.open(file) as image:
            for frame in ImageSequence.Iterator(image):
                told += lines(engine, frame.convert("RGB"), page)
                page += 1
    print(json.dumps(told))
    return 0


def lines(engine, image, page):
    found = engine(image)
    if found.boxes is None:
        return []
    told = []
    seen = zip(found.boxes, found.txts, found.scores, strict=True)
    for number, (quad, text, score) in enumerate(seen):
        xs, ys = [float(x) for x, _ in quad], [float(y) for _, y in quad]
        box = [min(xs), min(ys), max(xs), max(ys)]
        told.append(
            {"text": text, "page": page, "line": number, "box": box, "sureness": float(score)}
        )
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
