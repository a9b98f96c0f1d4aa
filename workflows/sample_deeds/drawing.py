"""Draws the worded pages with a pen: A4 at 200 dots per inch, fill dashes, a round stamp."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from workflows.sample_deeds.wording import NOTICE, Line, Sheet

WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP = 250, 130, 150
LETTER = 30  # pixels: 11 points
LEADING = 44
_FONTS = Path("/usr/share/fonts/truetype")
_PLAIN = ("liberation/LiberationSerif-Regular.ttf", "dejavu/DejaVuSerif.ttf")
_BOLD = ("liberation/LiberationSerif-Bold.ttf", "dejavu/DejaVuSerif-Bold.ttf")


def font(size: int, *, is_bold: bool = False) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Give a serif font of the system, or Pillow's own when there is none."""
    for name in _BOLD if is_bold else _PLAIN:
        if (_FONTS / name).exists():
            return ImageFont.truetype(str(_FONTS / name), size)
    return ImageFont.load_default(size)


def draw_sheet(sheet: Sheet, *, stamp: str = "") -> Image.Image:
    """Draw one page in black on white, with the notice above and a stamp when asked."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(page)
    _centred(pen, 60, NOTICE, font(20))
    down = MARGIN_TOP
    for line in sheet:
        down = _draw_line(pen, down, line)
    if stamp:
        _stamp(page, (MARGIN_LEFT + 330, min(HEIGHT - 260, down + 190)), stamp)
    return page


def _draw_line(pen: ImageDraw.ImageDraw, down: int, line: Line) -> int:
    if line.style == "gap":
        return down + 4 * LEADING
    if line.style in ("title", "centre"):
        _centred(pen, down, line.text, font(LETTER, is_bold=line.style == "title"))
        return down + LEADING
    letter = font(LETTER)
    for row in wrapped(pen, line.text, letter):
        pen.text((MARGIN_LEFT, down), row, font=letter, fill=15)
        down += LEADING
    if line.style == "filled":
        _fill(pen, down - LEADING, row, letter)
    return down


def wrapped(
    pen: ImageDraw.ImageDraw, text: str, letter: ImageFont.FreeTypeFont | ImageFont.ImageFont
) -> list[str]:
    """Break a paragraph into rows that fit between the margins."""
    rows, row = [], ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if row and pen.textlength(longer, font=letter) > WIDTH - MARGIN_LEFT - MARGIN_RIGHT:
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row]


def _fill(
    pen: ImageDraw.ImageDraw,
    down: int,
    row: str,
    letter: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """Close the last row with dashes, as deeds do so that nothing can be added."""
    start = MARGIN_LEFT + pen.textlength(row + " ", font=letter)
    dash = pen.textlength("-", font=letter)
    count = int((WIDTH - MARGIN_RIGHT - start) / dash)
    if count > 3:
        pen.text((start, down), "-" * count, font=letter, fill=15)


def _centred(
    pen: ImageDraw.ImageDraw,
    down: int,
    text: str,
    letter: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    left = (WIDTH - pen.textlength(text, font=letter)) / 2
    pen.text((left, down), text, font=letter, fill=15)


def _stamp(page: Image.Image, middle: tuple[int, int], text: str) -> None:
    """Press a tilted round stamp on the page, lighter than the print."""
    side = 300
    seal = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(seal)
    for inset, width in ((6, 5), (56, 3)):
        pen.ellipse((inset, inset, side - inset, side - inset), outline=110, width=width)
    for row, size in ((0, 13), (1, 18)):
        words = (text, "CONTOH")[row]
        left = (side - pen.textlength(words, font=font(size))) / 2
        pen.text((left, side / 2 - 24 + 30 * row), words, font=font(size), fill=110)
    seal = seal.rotate(12, fillcolor=255, resample=Image.Resampling.BICUBIC)
    corner = (middle[0] - side // 2, middle[1] - side // 2)
    under = page.crop((*corner, corner[0] + side, corner[1] + side))
    darker = Image.composite(seal, under, seal.point(lambda value: 255 if value < 200 else 0))
    page.paste(darker, corner)
