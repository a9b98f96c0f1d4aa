"""Finds the sheet of paper in a phone picture, so that the page can be laid flat.

A wrong outline is worse than none: a shape that is no plausible sheet is not used, and the
whole picture is read instead.
"""

from collections.abc import Iterator
from itertools import chain

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.reading.pages import Matrix, Raster

LOOK_SIDE = 700  # pixels of the longer side on which the outline is searched
MIN_SHARE = 0.22  # of the picture
LEAST_SIGHT = 0.25  # how plainly an outline must show: edges along it times the step in colour
BESIDE = 6.0  # pixels from the outline to where paper and table are compared
STRETCHES = 12  # into which a side of the outline is cut
UNLIKE = 6.0  # difference of colours (CIE Lab, in bytes) of paper and table
SURE_SIGHT = 0.9  # so plainly that no other opinion is asked

Quad = NDArray[np.float32]
Grey = NDArray[np.uint8]


def find_sheet(raster: Raster) -> Quad | None:
    """Give the corners (top left first, clockwise, raster pixels) of the sheet, or None."""
    height, width = raster.shape[:2]
    scale = LOOK_SIDE / max(height, width)
    tiny = cv2.resize(raster, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if tiny.ndim == 2:
        tiny = cv2.cvtColor(tiny, cv2.COLOR_GRAY2RGB)
    small = np.asarray(cv2.GaussianBlur(tiny, (5, 5), 0), dtype=np.uint8)
    if _fills_the_picture(small):
        return None
    edges = _edges(small)
    best, best_score = None, LEAST_SIGHT
    for mask in chain(_masks(small), [_enclosed(edges)]):
        quad = _quad_of(mask)
        if quad is None or not _is_plausible(quad, small.shape[1] * small.shape[0]):
            continue
        score = _edge_support(quad, edges) * _contrast(quad, small)
        if score > best_score:
            best, best_score = quad, score
        if best_score > SURE_SIGHT:
            break
    return None if best is None else (best / scale).astype(np.float32)


def flatten(quad: Quad) -> tuple[Matrix, tuple[int, int]]:
    """Give the matrix from the raster to a flat sheet, and that sheet's (width, height)."""
    top, right, bottom, left = (
        float(np.linalg.norm(quad[(i + 1) % 4] - quad[i])) for i in range(4)
    )
    width, height = round(max(top, bottom)), round(max(left, right))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    return np.asarray(cv2.getPerspectiveTransform(quad, corners), dtype=np.float64), (width, height)


def _border(small: Raster) -> NDArray[np.uint8]:
    rim = max(4, min(small.shape[:2]) // 40)
    parts = (small[:rim], small[-rim:], small[:, :rim], small[:, -rim:])
    return np.concatenate([part.reshape(-1, 3) for part in parts])


def _fills_the_picture(small: Raster) -> bool:
    """A scan has paper up to its rim: rim and middle are equally light."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    rim = float(np.median(_border(small).mean(axis=1)))
    paper = float(np.percentile(grey, 80))
    return rim > 0.9 * paper and rim > 150


def _edges(small: Raster) -> Grey:
    found = np.zeros(small.shape[:2], dtype=np.uint8)
    for channel in cv2.split(small):
        found |= np.asarray(cv2.Canny(channel, 20, 60), dtype=np.uint8)
    return np.asarray(cv2.dilate(found, np.ones((7, 7), np.uint8)), dtype=np.uint8)


def _masks(small: Raster) -> Iterator[Grey]:
    """Several opinions on what is paper: lighter than the rest, or unlike the rim's colour."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    otsu, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield np.asarray(mask, dtype=np.uint8)
    for share in (0.5, 0.7, 1.2):
        yield np.asarray(cv2.threshold(grey, otsu * share, 255, cv2.THRESH_BINARY)[1], np.uint8)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = np.median(cv2.cvtColor(_border(small)[None], cv2.COLOR_RGB2LAB)[0], axis=0)
    for weights in ((0.0, 1.0, 1.0), (0.5, 1.0, 1.0)):
        away = np.sqrt((((lab - rim) * np.array(weights, np.float32)) ** 2).sum(axis=2))
        away = np.clip(away * 4, 0, 255).astype(np.uint8)
        mask = cv2.threshold(away, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
        yield np.asarray(mask, dtype=np.uint8)
    saturation = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)[:, :, 1]
    mask = cv2.threshold(saturation, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    yield np.asarray(mask, dtype=np.uint8)


def _enclosed(edges: Grey) -> Grey:
    """Mark what cannot be reached from the rim without crossing an edge."""
    _, parts = cv2.connectedComponents((edges == 0).astype(np.uint8), connectivity=4)
    rim = np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]])
    outside = np.zeros(parts.max() + 1, dtype=np.bool_)
    outside[rim] = True
    outside[0] = False
    return np.where(outside[parts], np.uint8(0), np.uint8(255))


def _quad_of(mask: Grey) -> Quad | None:
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    shapes, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not shapes:
        return None
    outline = cv2.convexHull(max(shapes, key=cv2.contourArea))
    around = cv2.arcLength(outline, True)
    for loose in (0.01, 0.015, 0.02, 0.03, 0.04, 0.06):
        corners = cv2.approxPolyDP(outline, loose * around, True)
        if len(corners) == 4:
            return _in_order(corners.reshape(4, 2).astype(np.float32))
    return None


def _in_order(corners: Quad) -> Quad:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    around = corners[np.argsort(angles)]
    first = int(np.argmin(around.sum(axis=1)))
    return np.asarray(np.roll(around, -first, axis=0), dtype=np.float32)


def _is_plausible(quad: Quad, area: int) -> bool:
    if cv2.contourArea(quad) < MIN_SHARE * area:
        return False
    sides = [quad[(i + 1) % 4] - quad[i] for i in range(4)]
    lengths = [float(np.linalg.norm(side)) for side in sides]
    if min(lengths) < 1:
        return False
    for i in range(4):
        cosine = abs(float(np.dot(sides[i], sides[(i + 1) % 4])))
        if cosine > 0.4 * lengths[i] * lengths[(i + 1) % 4]:
            return False
    long = max(lengths[0] + lengths[2], lengths[1] + lengths[3])
    short = min(lengths[0] + lengths[2], lengths[1] + lengths[3])
    return 1.1 <= long / short <= 1.95


def _edge_support(quad: Quad, edges: Grey) -> float:
    """Give the part of the weakest side that lies on an edge, averaged with the others."""
    height, width = edges.shape
    shares = []
    for i in range(4):
        steps = np.linspace(0.03, 0.97, 120)[:, None]
        points = quad[i] * (1 - steps) + quad[(i + 1) % 4] * steps
        xs = np.clip(points[:, 0].round().astype(int), 0, width - 1)
        ys = np.clip(points[:, 1].round().astype(int), 0, height - 1)
        shares.append(float((edges[ys, xs] > 0).mean()))
    return 0.5 * min(shares) + 0.5 * sum(shares) / 4


def _contrast(quad: Quad, small: Raster) -> float:
    """Give the part of the outline, in stretches, where the two sides of it differ in colour;
    texture differs from point to point, a sheet from its table all along.
    """
    height, width = small.shape[:2]
    colours = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    middle = quad.mean(axis=0)
    shares = []
    for i in range(4):
        along = quad[(i + 1) % 4] - quad[i]
        out = np.array([along[1], -along[0]]) / max(1.0, float(np.linalg.norm(along)))
        out *= BESIDE * np.sign(float(np.dot(quad[i] - middle, out)) or 1.0)
        points = quad[i] + np.linspace(0.03, 0.97, 10 * STRETCHES)[:, None] * along
        sides = [
            colours[
                np.clip(where[:, 1].round().astype(int), 0, height - 1),
                np.clip(where[:, 0].round().astype(int), 0, width - 1),
            ].astype(np.float32)
            for where in (points - out, points + out)
        ]
        step = (sides[0] - sides[1]).reshape(STRETCHES, 10, 3).mean(axis=1)
        shares.append(float((np.linalg.norm(step, axis=1) > UNLIKE).mean()))
    return 0.5 * min(shares) + 0.5 * sum(shares) / 4
