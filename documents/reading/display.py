"""Draws each page anew for the screen: upright, small, with nothing of the original file in it."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from documents.reading.pages import Matrix, Page
from documents.reading.text import Box

LONGEST_SIDE = 1600
QUALITY = 78


@dataclass(frozen=True)
class Shown:
    """How a page is shown: size (width, height) in pixels, clockwise turn from the stored
    frame in degrees, and the matrix from the stored frame to the shown picture.
    """

    size: tuple[int, int]
    turned: int
    from_stored: Matrix


def shown_as(page: Page, quarters: int) -> Shown:
    """Say how a page is shown that is turned by clockwise quarters and scaled for the screen."""
    width, height = page.raster_size
    wide, tall = (width, height) if quarters % 2 == 0 else (height, width)
    scale = min(1.0, LONGEST_SIDE / max(wide, tall))
    size = (max(1, round(wide * scale)), max(1, round(tall * scale)))
    exact = np.diag([size[0] / wide, size[1] / tall, 1.0])
    turn = _quarter_matrix(quarters, width, height)
    from_stored = exact @ turn @ np.linalg.inv(page.to_stored)
    return Shown(size, _turn_of(from_stored), from_stored)


def draw(page: Page, quarters: int, shown: Shown, folder: Path, number: int) -> None:
    """Write page ``number`` (from 0) as page-001.webp and so on."""
    wide, tall = shown.size if quarters % 2 == 0 else shown.size[::-1]
    small = cv2.resize(page.raster, (wide, tall), interpolation=cv2.INTER_AREA)
    upright = np.ascontiguousarray(np.rot90(small, -quarters))
    picture = Image.fromarray(upright)
    picture.save(folder / f"page-{number + 1:03}.webp", format="WEBP", quality=QUALITY, method=2)


def shown_box(shown: Shown, box: Box) -> list[float]:
    """Bring a box of the stored frame into the shown picture."""
    corners = np.array([[[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]]])
    flat = cv2.perspectiveTransform(corners, shown.from_stored)[0]
    (left, top), (right, bottom) = flat.min(axis=0), flat.max(axis=0)
    return [round(float(value), 1) for value in (left, top, right, bottom)]


def _quarter_matrix(quarters: int, width: int, height: int) -> Matrix:
    matrices = (
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    )
    return np.array(matrices[quarters % 4], dtype=np.float64)


def _turn_of(matrix: Matrix) -> int:
    return round(float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0]))) / 90) % 4 * 90
