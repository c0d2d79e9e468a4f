"""A slip as a picture: 384 dots wide, a dot a pixel, black on white."""

from io import BytesIO

import segno
from PIL import Image, ImageDraw

from emulator.code128 import modules_of
from emulator.display import cells_of
from emulator.paper_font import CELL_DOTS, LINE_DOTS, PaperFont, find_font
from emulator.paper_slip import DOTS, Align, BarCode, PaperItem, PaperSlip, QrCode, TextRow, TextRun

GAP_DOTS = 6  # between rows
EDGE_DOTS = 12  # above the first and below the last row
BLACK, WHITE = 0, 255
CUT_EVERY_DOTS = 8


def slip_png(slip: PaperSlip, font: PaperFont | None = None) -> bytes:
    """The slip as a PNG. Where the computer has no Chinese font the paper's last row says so."""
    chosen = font or find_font()
    pictures = [_picture(item, chosen) for item in slip.items]
    if chosen.note and not "".join(slip.rows).isascii():
        pictures.append(_row_picture(TextRow((TextRun(chosen.note[: DOTS // CELL_DOTS]),)), chosen))
    out = BytesIO()
    _sheet(pictures, slip.cut).save(out, format="PNG")
    return out.getvalue()


def _sheet(pictures: list[Image.Image], cut: bool) -> Image.Image:
    height = 2 * EDGE_DOTS + sum(picture.height + GAP_DOTS for picture in pictures)
    sheet = Image.new("L", (DOTS, height), WHITE)
    top = EDGE_DOTS
    for picture in pictures:
        sheet.paste(picture, (0, top))
        top += picture.height + GAP_DOTS
    if cut:
        for left in range(0, DOTS, CUT_EVERY_DOTS):
            sheet.putpixel((left, height - 1), BLACK)
    return sheet


def _picture(item: PaperItem, font: PaperFont) -> Image.Image:
    if isinstance(item, TextRow):
        return _row_picture(item, font)
    if isinstance(item, QrCode):
        return _placed(_qr_picture(item), item.align)
    return _bar_picture(item, font)


def _row_picture(row: TextRow, font: PaperFont) -> Image.Image:
    height = LINE_DOTS * (2 if row.is_tall else 1)
    picture = Image.new("L", (DOTS, height), WHITE)
    used = sum(cells_of(run.text) for run in row.runs) * CELL_DOTS
    left = _left(DOTS - used, row.align)
    for run in row.runs:
        for character in run.text:
            glyph = _glyph(character, run, font)
            picture.paste(glyph, (left, height - glyph.height))
            left += glyph.width
    return picture


def _glyph(character: str, run: TextRun, font: PaperFont) -> Image.Image:
    width = CELL_DOTS * cells_of(character)
    glyph = Image.new("L", (width, LINE_DOTS), WHITE)
    draw = ImageDraw.Draw(glyph)
    wide = draw.textlength(character, font=font.font)
    left = max(0, (width - wide) / 2)
    # A row has no dots between it and the next: letters stand higher, so that g and y are whole.
    base = LINE_DOTS - (6 if width == CELL_DOTS else 3)
    for shift in (0, 1) if run.is_bold else (0,):
        draw.text((left + shift, base), character, BLACK, font=font.font, anchor="ls")
    return glyph.resize((width, 2 * LINE_DOTS)) if run.is_tall else glyph


def _qr_picture(code: QrCode) -> Image.Image:
    try:
        symbol = segno.make_qr(code.text, error=code.level, boost_error=False)
    except ValueError:  # more than the largest code holds: a printer leaves the place empty
        return Image.new("L", (DOTS, LINE_DOTS), WHITE)
    rows = [[BLACK if module else WHITE for module in row] for row in symbol.matrix]
    picture = Image.new("L", (len(rows), len(rows)), WHITE)
    picture.putdata([value for row in rows for value in row])
    side = len(rows) * code.module_dots
    return picture.resize((side, side), Image.Resampling.NEAREST)


def _bar_picture(code: BarCode, font: PaperFont) -> Image.Image:
    modules = modules_of(code.text) if code.text.isprintable() else ()
    bars = Image.new("L", (max(1, len(modules) * code.module_dots), code.height_dots), WHITE)
    draw = ImageDraw.Draw(bars)
    for place, is_black in enumerate(modules):
        if is_black:
            left = place * code.module_dots
            draw.rectangle((left, 0, left + code.module_dots - 1, code.height_dots), fill=BLACK)
    placed = _placed(bars, code.align)
    return _above_caption(placed, code, font) if code.has_caption else placed


def _above_caption(bars: Image.Image, code: BarCode, font: PaperFont) -> Image.Image:
    caption = _row_picture(TextRow((TextRun(code.text),), code.align), font)
    both = Image.new("L", (DOTS, bars.height + caption.height), WHITE)
    both.paste(bars, (0, 0))
    both.paste(caption, (0, bars.height))
    return both


def _placed(picture: Image.Image, align: Align) -> Image.Image:
    placed = Image.new("L", (DOTS, picture.height), WHITE)
    placed.paste(picture, (_left(DOTS - picture.width, align), 0))
    return placed


def _left(free: int, align: Align) -> int:
    return max(0, {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[align])
