"""Looks a second time at one spot of a page, with other eyes than the first.

Another model on another scale makes other mistakes, so where both readings agree a value printed
only once can be trusted; where they differ it cannot.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

from documents.reading import engine
from documents.reading.sheet import Grey
from documents.reading.text import Box, hull

MAX_KEPT_PIXELS = 120_000_000  # pages beyond this are kept as JPEG
QUALITY = 90
SMALLER = 0.85  # another size than the first look's: 1.0 and above agreed less often
AROUND = 0.2  # of a line's height: paper kept around the spot
RIM = 10  # pixels of white around what is read


@dataclass(frozen=True)
class View:
    """A prepared page, and each word's box in the stored frame with its box on that page."""

    image: Grey
    words: list[tuple[Box, Box]]


@dataclass
class Sight:
    """Keeps the prepared pages of one document for a second look, in bounded memory."""

    _views: dict[int, View] = field(default_factory=dict)
    _packed: dict[int, bytes] = field(default_factory=dict)
    _pixels: int = 0

    def keep(self, number: int, view: View | None) -> None:
        """Keep page ``number`` (from 0); a page that was not read by eye has no view."""
        if view is None:
            return
        self._pixels += view.image.size
        if self._pixels > MAX_KEPT_PIXELS:
            _, packed = cv2.imencode(".jpg", view.image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
            self._packed[number] = packed.tobytes()
            view = View(np.zeros((0, 0), np.uint8), view.words)
        self._views[number] = view

    @property
    def kept_bytes(self) -> int:
        """How much memory the kept pages take."""
        plain = sum(view.image.size for view in self._views.values())
        return plain + sum(map(len, self._packed.values()))

    def look_again(self, number: int, box: Box) -> str:
        """Read what stands in a box of the stored frame again; '' when nothing can be read."""
        view = self._views.get(number)
        spot = view and _spot(view, box)
        if view is None or not spot:
            return ""
        image = self._image(number, view)
        return " ".join(
            word.text
            for word in engine.see(cut_out(image, spot), language=engine.OTHER, mode=engine.LINE)
        )

    def _image(self, number: int, view: View) -> Grey:
        if number not in self._packed:
            return view.image
        packed = np.frombuffer(self._packed[number], np.uint8)
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def cut_out(image: Grey, spot: Box) -> Grey:
    """Cut a spot with a little paper around it and make it smaller."""
    left, top, right, bottom = spot
    around = AROUND * (bottom - top)
    rows = slice(max(0, int(top - around)), int(bottom + around) + 1)
    columns = slice(max(0, int(left - around)), int(right + around) + 1)
    spot_only = image[rows, columns]
    small = cv2.resize(spot_only, None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(small, RIM, RIM, RIM, RIM, cv2.BORDER_CONSTANT, value=255)
    return np.asarray(framed, dtype=np.uint8)


def _spot(view: View, box: Box) -> Box | None:
    """Find the words that lie in the box; theirs are true boxes, however the photo is turned."""
    inside = [
        prepared
        for stored, prepared in view.words
        if box[0] <= (stored[0] + stored[2]) / 2 <= box[2]
        and box[1] <= (stored[1] + stored[3]) / 2 <= box[3]
    ]
    return hull(inside) if inside else None
