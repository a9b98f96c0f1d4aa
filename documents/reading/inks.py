"""Tells black print from coloured ink, so that stamps and signatures do not cover the words.

The brightest of the three colours leaves black as black and turns blue or red ink into paper; it
is used only where colour is the exception, since some papers are printed in blue.
"""

import cv2
import numpy as np

from documents.reading.pages import Raster
from documents.reading.sheet import Grey

LOOK_SIDE = 450  # pixels of the longer side on which colours are counted
STRONG = 40  # difference of the brightest and the darkest colour in coloured ink
DARK = 0.72  # of the paper's brightness: anything darker is ink
LEAST, MOST = 0.01, 0.5  # shares of coloured ink between which it is taken away


def grey_of(raster: Raster) -> Grey:
    """Give a page in grey, without its coloured ink when most of the print is black."""
    if raster.ndim == 2:
        return raster
    if LEAST < _coloured_share(raster) < MOST:
        red, green, blue = cv2.split(raster)
        return np.asarray(cv2.max(cv2.max(red, green), blue), dtype=np.uint8)
    return np.asarray(cv2.cvtColor(raster, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _coloured_share(raster: Raster) -> float:
    """Give the share of ink that is coloured, seen on a reduced copy against the paper there."""
    scale = min(1.0, LOOK_SIDE / max(raster.shape[:2]))
    small = cv2.resize(raster, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(small, np.ones((7, 7), np.uint8)), (25, 25))
    plain = cv2.divide(small, np.maximum(paper, 1), scale=255)
    grey = cv2.cvtColor(plain, cv2.COLOR_RGB2GRAY)
    red, green, blue = cv2.split(plain)
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    ink = grey < DARK * 255
    return float((ink & (cv2.subtract(most, least) > STRONG)).sum() / max(1, int(ink.sum())))
