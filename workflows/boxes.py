"""Where the values and the questions stand on a page: numbered boxes over its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from documents.models import PageImage
    from workflows.evidence import Line
    from workflows.questions import Question

DRAWN_WIDTH: Final = 930
LEAST_SIDE: Final = 12
CHIP: Final = 28
MARGIN: Final = 6
SAME: Final = 0.6  # share of the smaller box that lies in the other: they show the same print


@dataclass(frozen=True)
class Box:
    """One box on the drawn page, in units of a page that is 930 wide.

    ``mark`` is what its chip and its address say (``3``, ``B2``), ``target`` the row it belongs to.
    """

    mark: str
    label: str
    path: str
    target: str
    kind: str
    x: int
    y: int
    width: int
    height: int
    chip_x: int
    chip_y: int

    @property
    def chip_width(self) -> int:
        """A letter and a figure want more room than a figure."""
        return CHIP if len(self.mark) < 3 else CHIP + 8

    @property
    def text_x(self) -> int:
        """The middle of the chip."""
        return self.chip_x + self.chip_width // 2

    @property
    def text_y(self) -> int:
        """The foot of the letters in the chip."""
        return self.chip_y + 19


def boxes_on(
    page: PageImage, lines: Iterable[Line], questions: Iterable[Question] = ()
) -> list[Box]:
    """Place the boxes of one page, scaled to a drawing that is 930 wide.

    The numbers stand in the margin beside their lines, where they hide no word of the deed; two on
    one line stand side by side. A question that points at a value's own box gets no second one.
    """
    scale = DRAWN_WIDTH / max(1, page.width)
    boxes: list[Box] = []
    for mark, label, path, target, kind, box in _wanted(page.number, lines, questions):
        left, top, right, bottom = (round(edge * scale) for edge in box)
        beside = sum(abs(other.chip_y - top) < CHIP for other in boxes)
        boxes.append(
            Box(
                mark=mark,
                label=label,
                path=path,
                target=target,
                kind=kind,
                x=left,
                y=top,
                width=max(LEAST_SIDE, right - left),
                height=max(LEAST_SIDE, bottom - top),
                chip_x=MARGIN + beside * (CHIP + 2),
                chip_y=top,
            )
        )
    return boxes


def is_same_print(one: Sequence[float], two: Sequence[float]) -> bool:
    """Say whether two boxes of one page show the same print."""
    if len(one) != 4 or len(two) != 4:
        return False
    width = min(one[2], two[2]) - max(one[0], two[0])
    height = min(one[3], two[3]) - max(one[1], two[1])
    smaller = min(_area(one), _area(two))
    return width > 0 and height > 0 and width * height >= SAME * smaller


def _area(box: Sequence[float]) -> float:
    return max(1.0, (box[2] - box[0]) * (box[3] - box[1]))


def _wanted(
    page: int, lines: Iterable[Line], questions: Iterable[Question]
) -> Iterator[tuple[str, str, str, str, str, Sequence[float]]]:
    for line in lines:
        if line.page == page and len(line.box) == 4:
            name = f"value-{line.path}"
            yield str(line.number), line.label, line.path, name, line.outcome.row, line.box
    for question in questions:
        for side in question.sides:
            if side.page == page and len(side.box) == 4 and side.is_own:
                kind, name = question.outcome.row or "q", f"check-{question.letter}"
                yield side.mark, question.label, name, name, kind, side.box
