"""Photographs of a deed by a phone, good ones and ones with exactly one fault, as RGB pictures."""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from workflows.sample_deeds.damage import photographed
from workflows.sample_deeds.drawing import draw_sheet
from workflows.sample_deeds.samples import PT_MAJU
from workflows.sample_deeds.wording import cover, first_page

Picture = NDArray[np.uint8]


def good(seed: int) -> Picture:
    """Give a page of a deed on a table; an even seed is a full page, an odd one the cover."""
    sheet = cover(PT_MAJU) if seed % 2 else first_page(PT_MAJU)
    return np.asarray(photographed(draw_sheet(sheet), np.random.default_rng(seed)))


def spoilt(picture: Picture, fault: str) -> Picture:
    """Give a good photograph one fault, worse than just noticeable."""
    return np.ascontiguousarray(SPOIL[fault](picture))


def as_jpeg(picture: Picture) -> bytes:
    """Store a picture as a phone does."""
    done, content = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [1, 88])
    assert done
    return content.tobytes()


def opened(content: bytes) -> Picture:
    """Open what was stored."""
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def sideways(picture: Picture) -> Picture:
    """Hold the phone the other way."""
    return np.ascontiguousarray(np.rot90(picture))


def _noisy(picture: NDArray[np.floating]) -> Picture:
    noise = np.random.default_rng(1).normal(0, 3, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _blurred(picture: Picture) -> Picture:
    return _noisy(cv2.GaussianBlur(picture, (0, 0), max(picture.shape) / 500).astype(np.float64))


def _dark(picture: Picture) -> Picture:
    return _noisy(picture * 0.17)


def _glare(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    down, across = np.mgrid[0:height, 0:width]
    away = ((across - width * 0.5) ** 2 + (down - height * 0.35) ** 2) / (0.1 * height) ** 2
    return np.clip(picture + 420 * np.exp(-away / 2)[:, :, None], 0, 255).astype(np.uint8)


def _cut(picture: Picture) -> Picture:
    return picture[:, picture.shape[1] * 3 // 10 :]


def _tilted(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 18, 0.85)
    turned = cv2.warpAffine(picture, turn, (width, height), borderValue=(90, 70, 55))
    return np.asarray(turned, dtype=np.uint8)


def _small(picture: Picture) -> Picture:
    small = Image.fromarray(picture)
    small.thumbnail((700, 700))
    return np.asarray(small)


SPOIL = {
    "blurred": _blurred,
    "dark": _dark,
    "glare": _glare,
    "cut": _cut,
    "tilted": _tilted,
    "small": _small,
}
