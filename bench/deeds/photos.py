"""What a phone does to a page: a table, a hand, a shadow, a lean, a blur.

The same conventions as in `scans`; pictures here have colours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from bench.deeds.draw import Draw
from bench.deeds.scans import Shot, placed, turn, turn_points

_TURN_OF_EXIF = {1: 0, 3: 180, 6: 270, 8: 90}  # how the content lies in the stored picture


@dataclass(frozen=True)
class Owner:
    """One person with one phone: the same for all pages of a document."""

    turned: int
    exif: int
    megapixels: float
    lean: float
    ground: str
    colour: tuple[float, float, float]

    @classmethod
    def drawn(cls, draw: Draw) -> Owner:
        exif = draw.weighted({1: 60, 6: 28, 3: 4, 8: 8})
        turned = _TURN_OF_EXIF[exif]
        if exif == 1 and draw.chance(0.3):  # the phone lost its sense of up
            turned = draw.pick([90, 270, 180, 270])
        return cls(
            turned=turned,
            exif=exif,
            megapixels=draw.real(2.4, 8, (8, 12), (1.8, 2.4)),
            lean=draw.real(0.02, 0.1, (0.1, 0.12), (0.1, 0.14)),
            ground=draw.pick(["plain", "wood", "cloth"], ["tiles"], ["newspaper"]),
            colour=(draw.real(0.15, 0.75), draw.real(0.15, 0.7), draw.real(0.15, 0.7)),
        )


def photographed(
    print_: np.ndarray, ink: np.ndarray, scale: float, owner: Owner, draw: Draw
) -> Shot:
    """A phone's picture of a page; `scale` is the print's pixels per point."""
    rng = draw.array_rng()
    tall, wide = print_.shape
    high = math.sqrt(owner.megapixels * 1e6 * 4 / 3) * draw.real(0.97, 1.03)
    size = (round(high * 0.75), round(high))  # width, height while held upright
    page = (print_.astype(np.float32) / 255)[..., None] * (ink.astype(np.float32) / 255)
    bow = draw.pick([0, draw.real(0.002, 0.008)], [0.012], [0.016]) * tall
    matrix = _corners(size, (wide, tall), owner.lean, draw)
    image = _laid(page, _ground(size, owner, draw, rng), matrix, bow)
    _fingers(image, matrix, (wide, tall), draw)
    image *= _light(size, draw)[..., None] * _tint(draw)
    image = _lens(image, draw, rng)

    def place(points: np.ndarray) -> np.ndarray:
        bent = points * scale
        bent[:, 1] += bow * np.sin(math.pi * bent[:, 0] / wide)
        return turn_points(placed(matrix, bent), size, owner.turned)

    pixels = (np.clip(image, 0, 1) * 255).astype(np.uint8)
    return Shot(turn(pixels, owner.turned), place, owner.turned, owner.exif)


def _corners(size: tuple[int, int], page: tuple[int, int], lean: float, draw: Draw) -> np.ndarray:
    """From the page's pixels to the picture's: perspective with all four corners in sight."""
    wide, tall = size
    fill = draw.real(0.8, 0.95)
    half_height = tall * fill / 2
    half_width = min(half_height * page[0] / page[1], wide * 0.475)
    angle = math.radians(draw.real(-3, 3, (-4, 4), (-5, 5)))
    target = []
    for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x = dx * half_width * (1 - draw.real(0, lean))
        y = dy * half_height * (1 - draw.real(0, lean))
        turned = (
            x * math.cos(angle) - y * math.sin(angle),
            x * math.sin(angle) + y * math.cos(angle),
        )
        target.append((wide / 2 + turned[0], tall / 2 + turned[1]))
    source = [(0, 0), (page[0], 0), page, (0, page[1])]
    return cv2.getPerspectiveTransform(np.float32(source), np.float32(target)).astype(np.float64)


def _laid(page: np.ndarray, ground: np.ndarray, matrix: np.ndarray, bow: float) -> np.ndarray:
    """The page on the ground, bent a little if it does not lie flat, with its shadow."""
    tall, wide = ground.shape[:2]
    back = np.linalg.inv(matrix)
    x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(tall, dtype=np.float32))
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = ((back[0, 0] * x + back[0, 1] * y + back[0, 2]) / depth).astype(np.float32)
    v = ((back[1, 0] * x + back[1, 1] * y + back[1, 2]) / depth).astype(np.float32)
    v -= (bow * np.sin(np.clip(u / page.shape[1], 0, 1) * math.pi)).astype(np.float32)
    seen = cv2.remap(page, u, v, cv2.INTER_LINEAR)
    inside = ((u >= 0) & (u < page.shape[1]) & (v >= 0) & (v < page.shape[0])).astype(np.float32)
    shadow = cv2.GaussianBlur(inside, (0, 0), wide / 120)
    shadow = np.roll(shadow, (tall // 200, wide // 160), (0, 1))
    mask = cv2.GaussianBlur(inside, (0, 0), 0.8)[..., None]
    return mask * seen + (1 - mask) * ground * (1 - 0.45 * shadow[..., None])


def _ground(
    size: tuple[int, int], owner: Owner, draw: Draw, rng: np.random.Generator
) -> np.ndarray:
    wide, tall = size
    ground = np.empty((tall, wide, 3), np.float32)
    ground[:] = owner.colour
    y, x = np.ogrid[:tall, :wide]
    if owner.ground == "wood":
        grain = rng.normal(0, 1, (tall // 40 + 2, 3)).astype(np.float32)
        ground += 0.07 * cv2.resize(grain, (wide, tall), interpolation=cv2.INTER_CUBIC)[..., None]
    elif owner.ground == "cloth":
        weave = np.sin(x / 3.1) * np.sin(y / 2.7)
        ground += (0.05 * weave)[..., None].astype(np.float32)
    elif owner.ground == "tiles":
        step = wide // draw.number(3, 5)
        joint = ((x % step) < 7) | ((y % step) < 7)
        ground[joint] *= 0.55
    elif owner.ground == "newspaper":
        ground[:] = 0.7
        lines = ((y // 9) % 2 == 0) & ((x // 13 + y // 9 * 7) % 5 > 0)
        ground[np.broadcast_to(lines, (tall, wide))] = 0.42
    coarse = rng.normal(0, 0.03, (tall // 60 + 2, wide // 60 + 2)).astype(np.float32)
    return ground + cv2.resize(coarse, (wide, tall), interpolation=cv2.INTER_CUBIC)[..., None]


def _fingers(image: np.ndarray, matrix: np.ndarray, page: tuple[int, int], draw: Draw) -> None:
    """A thumb on the paper's edge, not deeper than the margin."""
    if not draw.chance(0.3):
        return
    share = draw.real(0.3, 0.8)
    edge = draw.pick([0.005, 0.995])
    at = placed(matrix, np.array([[page[0] * edge, page[1] * share]]))[0]
    wide = image.shape[1]
    axes = (round(wide * 0.05), round(wide * 0.028))
    skin = draw.pick([(0.72, 0.52, 0.42), (0.55, 0.38, 0.3), (0.82, 0.64, 0.54)])
    lean = draw.real(-25, 25)
    centre = (round(at[0]), round(at[1]))
    cv2.ellipse(image, centre, axes, lean, 0, 360, skin, -1, cv2.LINE_AA)


def _light(size: tuple[int, int], draw: Draw) -> np.ndarray:
    """A lamp's falloff, and often the shadow of a head or a phone."""
    wide, tall = size
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    x, y = x / wide, y / tall
    turned = draw.real(0, 2 * math.pi)
    ramp = (x - 0.5) * math.cos(turned) + (y - 0.5) * math.sin(turned)
    light = draw.real(0.8, 0.98, (0.7, 0.8), (0.66, 0.8)) + draw.real(0.05, 0.3) * ramp
    if draw.chance(0.65):
        dark = draw.real(0.25, 0.52, (0.52, 0.56), (0.52, 0.62))
        cx, cy, r = draw.real(0.1, 0.9), draw.real(0.1, 0.9), draw.real(0.18, 0.4)
        away = np.sqrt((x - cx) ** 2 + ((y - cy) * draw.real(0.6, 1.4)) ** 2)
        soft = draw.real(0.02, 0.12)
        light *= 1 - dark / (1 + np.exp((away - r) / soft))
    if draw.chance(0.15):
        edge = draw.real(0.25, 0.75)
        step = 1 / (1 + np.exp((x * math.cos(turned) + y * math.sin(turned) - edge) / 0.015))
        light *= 1 - draw.real(0.15, 0.4) * step
    return light


def _tint(draw: Draw) -> np.ndarray:
    warm = draw.real(-0.06, 0.08)
    return np.array([1 + warm, 1.0, 1 - warm], np.float32)


def _lens(image: np.ndarray, draw: Draw, rng: np.random.Generator) -> np.ndarray:
    """Blur of a lens or a hand, noise of a small sensor, the phone's own sharpening."""
    per_line = image.shape[0] / 3000
    blur = draw.real(0.5, 1.5, (1.5, 1.8), (1.5, 2.0)) * max(0.6, per_line)
    image = cv2.GaussianBlur(image, (0, 0), blur)
    if draw.chance(0.2):
        image = _shaken(image, draw.real(2, 4.5) * max(0.6, per_line), draw.real(0, 180))
    noise = draw.real(0.004, 0.022, (0.022, 0.03), (0.022, 0.036))
    grain = rng.normal(0, noise, image.shape[:2]).astype(np.float32)
    image = image + grain[..., None]
    if draw.chance(0.5):
        soft = cv2.GaussianBlur(image, (0, 0), 1.6)
        image = image + draw.real(0.2, 0.8) * (image - soft)
    return image


def _shaken(image: np.ndarray, length: float, angle: float) -> np.ndarray:
    side = 2 * math.ceil(length / 2) + 1
    kernel = np.zeros((side, side), np.float32)
    kernel[side // 2] = 1
    spin = cv2.getRotationMatrix2D((side // 2, side // 2), angle, 1)
    kernel = cv2.warpAffine(kernel, spin, (side, side))
    return cv2.filter2D(image, -1, kernel / kernel.sum())
