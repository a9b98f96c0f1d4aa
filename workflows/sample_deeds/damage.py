"""Wears a clean page as offices and phones do: a crooked grey scan, a tilted dim photograph."""

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

PHOTO_WIDTH, PHOTO_HEIGHT = 1800, 2400
_EXIF_FOR_QUARTERS = {0: 1, 1: 8, 2: 3, 3: 6}  # the tag that undoes a stored clockwise turn


def scanned(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Lay the page slightly crooked on a grey scanner."""
    angle = float(random.uniform(-1.2, 1.2))
    crooked = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    values = np.asarray(crooked, dtype=np.float32) * 0.9 + 12
    values += random.normal(0, 4, values.shape)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def photographed(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Photograph the page on a table: perspective, shadow, slight blur, noise."""
    width, height = page.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    margin = 0.08
    frame = np.array(
        [
            [PHOTO_WIDTH * margin, PHOTO_HEIGHT * margin],
            [PHOTO_WIDTH * (1 - margin), PHOTO_HEIGHT * margin],
            [PHOTO_WIDTH * (1 - margin), PHOTO_HEIGHT * (1 - margin)],
            [PHOTO_WIDTH * margin, PHOTO_HEIGHT * (1 - margin)],
        ],
        dtype=np.float32,
    )
    frame += random.uniform(-60, 60, frame.shape).astype(np.float32)
    lens = cv2.getPerspectiveTransform(corners, frame)
    size = (PHOTO_WIDTH, PHOTO_HEIGHT)
    paper = cv2.warpPerspective(np.asarray(page), lens, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(np.asarray(page), 255), lens, size)
    sheet = paper[:, :, None] * np.array([0.97, 0.95, 0.9])
    table = np.array([96, 74, 58]) + random.normal(0, 6, (PHOTO_HEIGHT, PHOTO_WIDTH, 3))
    share = (mask / 255.0)[:, :, None]
    scene = (sheet * share + table * (1 - share)) * _shadow(random)
    scene = cv2.GaussianBlur(scene.astype(np.float32), (0, 0), 0.9)
    scene += random.normal(0, 3, scene.shape)
    return Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))


def _shadow(random: np.random.Generator) -> NDArray[np.float64]:
    """A hand's soft shadow from one side."""
    across = np.linspace(0, 1, PHOTO_WIDTH)[None, :]
    down = np.linspace(0, 1, PHOTO_HEIGHT)[:, None]
    slope, start = random.uniform(-0.4, 0.4), random.uniform(0.55, 0.75)
    depth = 1 / (1 + np.exp(-18 * (across + slope * down - start)))
    return np.asarray(1 - 0.4 * depth)[:, :, None]


def as_jpeg(picture: Image.Image, *, quarters: int = 0, tells: bool = True) -> bytes:
    """Store a photo turned by clockwise quarters; ``tells`` writes that in its EXIF."""
    turned = picture.rotate(-90 * quarters, expand=True)
    exif = Image.Exif()
    exif[0x0112] = _EXIF_FOR_QUARTERS[quarters % 4] if tells else 1
    out = io.BytesIO()
    turned.save(out, format="JPEG", quality=82, exif=exif)
    return out.getvalue()
