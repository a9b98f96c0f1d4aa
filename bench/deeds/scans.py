"""What scanners, copiers and fax machines do to a page.

Pictures are arrays of 0 (ink) to 1 (paper). A `Shot` knows where each point of the page went:
`place` maps points (n, 2) in points of the page to pixels of the picture as stored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from bench.deeds.draw import Draw


@dataclass
class Shot:
    image: np.ndarray  # uint8, (height, width) or (height, width, 3)
    place: Callable[[np.ndarray], np.ndarray]
    turned: int = 0  # degrees clockwise that the content lies in the stored picture
    exif: int | None = None


@dataclass(frozen=True)
class Machine:
    """One scanner on one day: the same for all pages of a file."""

    turned: int
    turned_page: int  # the page that alone lies upside down, or -1
    skew: float
    ink: float
    paper: float
    blur: float
    noise: float
    show_through: float
    shade: float
    dirt: int
    quality: int
    holes: bool
    staple: bool
    streaks: int
    unevenness: float
    threshold: float
    speckle: float

    @classmethod
    def drawn(cls, draw: Draw, *, pages: int, is_bilevel: bool) -> Machine:
        turned = draw.weighted({0: 82, 180: 12, 90: 3, 270: 3})
        alone = draw.number(0, pages - 1) if pages > 2 and draw.chance(0.06) else -1
        return cls(
            turned=turned,
            turned_page=alone,
            skew=draw.real(0.2, 1.6, (1.6, 2.4), (1.6, 3.0)) * draw.pick([-1, 1]),
            ink=draw.real(0.75, 1.0, (0.6, 0.75), (0.55, 0.75)),
            paper=draw.real(0.9, 1.0, (0.84, 0.9), (0.8, 0.9)),
            blur=draw.real(0.3, 0.9, (0.0, 0.3), (0.9, 1.25)),
            noise=draw.real(0.004, 0.02, (0.02, 0.035), (0.02, 0.04)),
            show_through=draw.pick([0, 0, draw.real(0.02, 0.08)], [0.1], [0.13]),
            shade=draw.real(0, 0.1, (0.1, 0.16), (0.1, 0.2)) * (0.25 if is_bilevel else 1),
            dirt=draw.pick([0, 20, 60], [120], [180]),
            quality=draw.number(50, 85),
            holes=draw.chance(0.35),
            staple=draw.chance(0.3),
            streaks=draw.pick([0, 0, 1, 2], [3], [4]),
            unevenness=draw.pick([0, 0, draw.real(0.05, 0.2)], [0.25], [0.3]),
            threshold=draw.real(0.5, 0.76, (0.46, 0.5), (0.76, 0.81)),
            speckle=draw.real(0.0005, 0.004, (0.004, 0.006), (0.004, 0.007)),
        )


def grey(
    print_: np.ndarray,
    ink: np.ndarray,
    behind: np.ndarray | None,
    *,
    machine: Machine,
    draw: Draw,
    dpi: int,
) -> tuple[np.ndarray, np.ndarray]:
    """A grey picture of a page (0 to 1) and the matrix from its points to pixels."""
    rng = draw.array_rng()
    image = _printed(print_, machine, rng)
    if behind is not None and machine.show_through:
        image *= 1 - machine.show_through * (1 - _behind(behind, image.shape))
    image *= cv2.cvtColor(ink, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    image, matrix = _skewed(image, machine, draw, dpi)
    _marks_of_use(image, machine, draw, dpi)
    image *= machine.paper * _shade(image.shape, machine.shade, draw)
    if machine.blur:
        image = cv2.GaussianBlur(image, (0, 0), max(0.2, machine.blur * dpi / 300))
    image += rng.normal(0, machine.noise, image.shape).astype(np.float32)
    return np.clip(image, 0, 1), matrix


def _printed(print_: np.ndarray, machine: Machine, rng: np.random.Generator) -> np.ndarray:
    """The print itself: pale toner, ribbons that wear out."""
    image = print_.astype(np.float32) / 255
    strength = np.float32(machine.ink)
    if machine.unevenness:
        small = rng.uniform(-1, 1, (24, 18)).astype(np.float32)
        waves = cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_CUBIC)
        strength = machine.ink * (1 - machine.unevenness * (0.5 + 0.5 * waves))
    return 1 - (1 - image) * strength


def _behind(print_: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    turned = cv2.resize(print_[:, ::-1], shape[::-1]).astype(np.float32) / 255
    return cv2.GaussianBlur(turned, (0, 0), 3)


def _skewed(
    image: np.ndarray, machine: Machine, draw: Draw, dpi: int
) -> tuple[np.ndarray, np.ndarray]:
    tall, wide = image.shape
    angle = machine.skew * draw.real(0.6, 1.0)
    turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), angle, draw.real(0.985, 1.0))
    turn[:, 2] += (draw.real(-0.06, 0.06) * dpi, draw.real(-0.06, 0.06) * dpi)
    border = draw.pick([0.97, 0.85, 0.6])
    warped = cv2.warpAffine(image, turn, (wide, tall), flags=cv2.INTER_CUBIC, borderValue=border)
    scale = np.diag([dpi / 72, dpi / 72, 1.0])
    return warped, np.vstack([turn, [0, 0, 1]]) @ scale


def _marks_of_use(image: np.ndarray, machine: Machine, draw: Draw, dpi: int) -> None:
    tall, wide = image.shape
    if machine.holes:
        for share in (0.36, 0.63):
            at = (round(0.18 * dpi * draw.real(1.2, 2.2)), round(tall * share))
            cv2.circle(image, at, round(0.11 * dpi), draw.pick([0.1, 0.35, 0.75]), -1, cv2.LINE_AA)
    if machine.staple:
        x, y = round(0.3 * dpi), round(0.35 * dpi)
        cv2.line(
            image, (x, y), (x + round(0.3 * dpi), y - round(0.16 * dpi)), 0.45, max(1, dpi // 90)
        )
    for _ in range(machine.dirt):
        at = (draw.number(0, wide - 1), draw.number(0, tall - 1))
        cv2.circle(image, at, draw.number(1, max(1, dpi // 100)), draw.real(0.3, 0.9), -1)
    for _ in range(machine.streaks):
        x = draw.number(0, wide - 1)
        image[:, x : x + max(1, dpi // 200)] *= draw.real(0.75, 0.95)


def _shade(shape: tuple[int, int], depth: float, draw: Draw) -> np.ndarray:
    """Uneven light, and the dark gutter of a bound book at one edge."""
    tall, wide = shape
    across = np.linspace(0, 1, wide, dtype=np.float32)
    down = np.linspace(0, 1, tall, dtype=np.float32)
    tilt = draw.real(-1, 1)
    light = 1 - depth * np.abs(np.add.outer(down * (1 - abs(tilt)), across * tilt))
    if draw.chance(0.3):
        light *= 1 - 2.2 * depth * np.exp(-across * 14)
    return light


def bilevel(image: np.ndarray, machine: Machine, draw: Draw, *, is_fax: bool) -> np.ndarray:
    """Black and white as a fax sends it: thresholded, speckled, a little eaten or swollen."""
    rng = draw.array_rng()
    shape = image.shape
    level = machine.paper * (1 - machine.ink * (1 - machine.threshold))
    unsteady = cv2.resize(
        rng.normal(0, 0.02, (shape[0] // 8, shape[1] // 8)).astype(np.float32), shape[::-1]
    )
    softened = cv2.GaussianBlur(image, (0, 0), 0.75 if is_fax else 0.45)
    black = softened < level + unsteady
    share = machine.speckle * (1 if is_fax else 0.4)
    chance = rng.random(shape)
    black[chance < share] = True
    black[chance > 1 - share * 4] = False
    if is_fax:
        for _ in range(machine.streaks):
            x = int(rng.integers(0, shape[1] - 1))
            black[rng.random(shape[0]) < 0.3, x] = True
    return np.where(black, 0, 255).astype(np.uint8)


def turn(image: np.ndarray, degrees: int) -> np.ndarray:
    """The picture turned clockwise."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def turn_points(points: np.ndarray, size: tuple[int, int], degrees: int) -> np.ndarray:
    """Where points go when a picture of (width, height) is turned clockwise."""
    x, y = points[:, 0], points[:, 1]
    wide, tall = size
    turned = {0: (x, y), 90: (tall - y, x), 180: (wide - x, tall - y), 270: (y, wide - x)}[degrees]
    return np.stack(turned, axis=1)


def placed(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Points through a 3x3 matrix."""
    ahead = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return ahead[:, :2] / ahead[:, 2:]
