"""Ink that comes onto a paper after printing: stamps, signatures, stamp duty, initials, a portrait.

Everything is drawn on a white picture of the page's size, which the damage then multiplies with the
print, as ink on ink.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.deeds.draw import Draw
from bench.deeds.layout import Page

BLUE = (40, 60, 165)
INKS = (BLUE, (60, 50, 140), (30, 30, 40), (120, 40, 130))
_LETTERS = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf")


def inked(page: Page, dpi: float, draw: Draw, *, is_signed: bool) -> np.ndarray:
    """The page's ink, (height, width, 3) of 0 to 255; white where there is none."""
    scale = dpi / 72
    size = tuple(round(side * scale) for side in page.size)
    picture = Image.new("RGB", size, "white")
    for what, x, y, text in page.spots:
        at = (x * scale, y * scale)
        if what == "stamp" and is_signed:
            _stamp(picture, draw, at, text or "NOTARIS", scale)
        elif what == "signature" and is_signed:
            _signature(picture, draw, at, scale)
        elif what == "stamp duty" and draw.chance(0.5):
            _stamp_duty(picture, draw, at, scale)
        elif what == "portrait":
            _portrait(picture, at, scale)
    if draw.chance(0.25):
        corner = (size[0] - 55 * scale, size[1] - 42 * scale)
        _signature(picture, draw, corner, scale * 0.35)
    return np.asarray(picture)


def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_LETTERS), max(6, round(size)))


def _stamp(
    picture: Image.Image, draw: Draw, at: tuple[float, float], text: str, scale: float
) -> None:
    ink = draw.pick([BLUE, BLUE, (90, 40, 140)], [(30, 30, 40)], [(150, 40, 60)])
    radius = draw.real(34, 46) * scale
    side = round(radius * 2.3)
    tile = Image.new("RGB", (side, side), "white")
    if draw.chance(0.75):
        _round(tile, text.upper(), ink, radius)
    else:
        _square(tile, text.upper(), ink, scale)
    tile = tile.rotate(draw.real(-25, 25), fillcolor="white", resample=Image.Resampling.BICUBIC)
    worn = draw.real(0.45, 0.9)
    faded = Image.blend(Image.new("RGB", tile.size, "white"), tile, worn)
    x, y = at[0] + draw.real(-25, 20) * scale, at[1] + draw.real(-20, 25) * scale
    _multiply(picture, faded, (round(x - side / 2), round(y)))


def _round(tile: Image.Image, text: str, ink: tuple[int, int, int], radius: float) -> None:
    pen, centre = ImageDraw.Draw(tile), tile.width / 2
    for part, wide in ((1.0, 3), (0.94, 1), (0.62, 2)):
        r = radius * part
        box = (centre - r, centre - r, centre + r, centre + r)
        pen.ellipse(box, outline=ink, width=max(1, round(wide * radius / 130)))
    size = radius * 0.2
    letters = f"{text} * NOTARIS * "
    for number, letter in enumerate(letters):
        turn = 360 * number / len(letters)
        cell = Image.new("RGB", (round(size * 1.5), round(size * 1.5)), "white")
        ImageDraw.Draw(cell).text((size * 0.3, 0), letter, font=_font(size), fill=ink)
        cell = cell.rotate(-turn, fillcolor="white", resample=Image.Resampling.BICUBIC)
        x = centre + radius * 0.78 * math.sin(math.radians(turn)) - size * 0.7
        y = centre - radius * 0.78 * math.cos(math.radians(turn)) - size * 0.7
        _multiply(tile, cell, (round(x), round(y)))
    pen.text((centre - size * 1.4, centre - size * 0.6), "R. I.", font=_font(size * 1.2), fill=ink)


def _square(tile: Image.Image, text: str, ink: tuple[int, int, int], scale: float) -> None:
    pen, side = ImageDraw.Draw(tile), tile.width
    pen.rectangle((4, side * 0.3, side - 4, side * 0.7), outline=ink, width=max(1, round(scale)))
    for number, line in enumerate(("SALINAN SESUAI ASLINYA", text[:24], "NOTARIS")):
        where = (side * 0.08, side * (0.34 + 0.11 * number))
        pen.text(where, line, font=_font(side * 0.062), fill=ink)


def _signature(picture: Image.Image, draw: Draw, at: tuple[float, float], scale: float) -> None:
    ink = draw.pick(INKS)
    wide, tall = draw.real(60, 110) * scale, draw.real(22, 40) * scale
    knots = [
        (at[0] + wide * (n / 7 - 0.3) + draw.real(-8, 8) * scale, at[1] + draw.real(0, 1) * tall)
        for n in range(8)
    ]
    path = _smooth(knots)
    pen = ImageDraw.Draw(picture)
    pen.line(path, fill=ink, width=max(1, round(draw.real(0.8, 1.8) * scale)), joint="curve")
    if draw.chance(0.5):
        pen.line([knots[0], (knots[-1][0] + wide * 0.1, knots[2][1])], fill=ink, width=round(scale))


def _smooth(knots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points of a curve through the knots (Catmull-Rom)."""
    path = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        for step in range(12):
            t = step / 12
            path.append(tuple(_between(a[i], b[i], c[i], d[i], t) for i in (0, 1)))
    return path


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    square, cube = t * t, t * t * t
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * square + (3 * b - a - 3 * c + d) * cube
    )


def _stamp_duty(picture: Image.Image, draw: Draw, at: tuple[float, float], scale: float) -> None:
    wide, tall = round(68 * scale), round(52 * scale)
    colour = draw.pick([(225, 150, 170), (200, 160, 200)], [(150, 190, 160)], [(230, 180, 120)])
    tile = Image.new("RGB", (wide, tall), colour)
    pen = ImageDraw.Draw(tile)
    for number, line in enumerate(("METERAI", "TEMPEL", draw.pick(["10000", "6000"]))):
        pen.text(
            (wide * 0.2, tall * (0.08 + 0.3 * number)), line, font=_font(tall * 0.24), fill=BLUE
        )
    turned = tile.rotate(draw.real(-6, 6), expand=True, fillcolor="white")
    _multiply(picture, turned, (round(at[0] - wide), round(at[1] + 8 * scale)))


def _portrait(picture: Image.Image, at: tuple[float, float], scale: float) -> None:
    x, y = at
    wide, tall = 62 * scale, 84 * scale
    pen = ImageDraw.Draw(picture)
    pen.rectangle((x - wide / 2, y, x + wide / 2, y + tall), fill=(190, 90, 80))
    pen.ellipse(
        (x - wide * 0.3, y + tall * 0.1, x + wide * 0.3, y + tall * 0.6), fill=(205, 170, 150)
    )
    pen.pieslice(
        (x - wide / 2, y + tall * 0.6, x + wide / 2, y + tall * 1.4), 180, 360, fill=(60, 60, 70)
    )


def _multiply(picture: Image.Image, tile: Image.Image, at: tuple[int, int]) -> None:
    x, y = at
    left, top = max(0, x), max(0, y)
    right, bottom = min(picture.width, x + tile.width), min(picture.height, y + tile.height)
    if right <= left or bottom <= top:
        return
    part = np.asarray(picture.crop((left, top, right, bottom)), np.uint16)
    over = np.asarray(tile.crop((left - x, top - y, right - x, bottom - y)), np.uint16)
    picture.paste(Image.fromarray((part * over // 255).astype(np.uint8)), (left, top))
