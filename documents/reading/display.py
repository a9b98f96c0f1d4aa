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


def show(page: Page, quarters: int) -> tuple[Shown, Image.Image]:
    """Turn the raster by clockwise quarters and scale it down for the screen."""
    height, width = page.raster.shape[:2]
    turned = np.rot90(page.raster, -quarters)
    turn = _quarter_matrix(quarters, width, height)
    scale = min(1.0, LONGEST_SIDE / max(turned.shape[:2]))
    size = (max(1, round(turned.shape[1] * scale)), max(1, round(turned.shape[0] * scale)))
    picture = Image.fromarray(np.ascontiguousarray(turned))
    if scale < 1:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    exact = np.diag([size[0] / turned.shape[1], size[1] / turned.shape[0], 1.0])
    from_stored = exact @ turn @ np.linalg.inv(page.to_stored)
    return Shown(size, _turn_of(from_stored), from_stored), picture


def save(picture: Image.Image, folder: Path, number: int) -> None:
    """Write page ``number`` (from 0) as page-001.webp and so on."""
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
