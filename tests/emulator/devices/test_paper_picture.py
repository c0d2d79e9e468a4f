"""The emulated paper as a picture."""

from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image

from emulator.code128 import modules_of
from emulator.paper import slip_png
from emulator.paper_font import NOTE, PaperFont, find_font
from emulator.paper_slip import Align, BarCode, PaperSlip, QrCode, TextRow, TextRun

TEXT = "R1;898310058120001;12345678;000001;000002;060110153002"
# Modules of all characters from 20 to 7E in set B, as another library draws them.
ALL_BARS = (
    "D21B3336666931232264C898919324644C496726E4CEB993B273672CB993B72674EDDD3396726EC9"
    "CD3996D8D8D8DA8C45888D62234462D118A3115B8B1D1BAEC5C68EDDDB4762EDD1B8B77758E8DC5B"
    "B4762E35DEB2178AA614325848685909AC85849A130A1A432C25943DD6148F54F25E49EBC93D2797"
    "A4F29E4B6F6F6F6D5E28F45ED118EB"
)


def test_bars_of_every_character() -> None:
    every = "".join(map(chr, range(32, 127)))
    bars = "".join("1" if module else "0" for module in modules_of(every))
    assert f"{int(bars, 2):X}" == ALL_BARS


def picture(slip: PaperSlip, font: PaperFont | None = None) -> Image.Image:
    image = Image.open(BytesIO(slip_png(slip, font)))
    assert image.format == "PNG"
    assert image.width == 384
    return image.convert("L")


def has_ink(image: Image.Image) -> bool:
    darkest, _ = image.getextrema()
    return isinstance(darkest, int) and darkest < 128


def test_picture_has_the_qr_code_module_by_module() -> None:
    image = picture(PaperSlip((QrCode(TEXT, Align.CENTRE, 4, "M"),)))
    modules = [list(row) for row in segno.make_qr(TEXT, error="M", boost_error=False).matrix]
    left, top = (384 - 4 * len(modules)) // 2, 12
    for y, row in enumerate(modules):
        for x, is_black in enumerate(row):
            for dot in (0, 3):
                value = image.getpixel((left + 4 * x + dot, top + 4 * y + dot))
                assert (value == 0) == bool(is_black)


def test_picture_has_the_bars() -> None:
    image = picture(PaperSlip((BarCode("060110153002", module_dots=1, height_dots=64),)))
    modules = modules_of("060110153002")
    for y in (12, 75):
        assert tuple(image.getpixel((x, y)) == 0 for x in range(len(modules))) == modules
    assert image.getpixel((5, 76)) == 255


def test_picture_shows_text_at_its_cells() -> None:
    image = picture(PaperSlip((TextRow((TextRun("MM"),), Align.RIGHT),)))
    assert has_ink(image.crop((360, 12, 384, 36)))
    assert not has_ink(image.crop((0, 0, 360, image.height)))


@pytest.mark.parametrize("text", ["gjpqy,", "退货", "ABC019"])
def test_no_character_is_cut_off_at_its_row(text: str) -> None:
    font = find_font().font
    for character in text:
        _, top, _, bottom = font.getbbox(character)
        ink = picture(PaperSlip((TextRow((TextRun(character),)),))).point(lambda dot: 255 - dot)
        box = ink.getbbox()
        assert box is not None
        assert box[3] - box[1] >= bottom - top - 1, character


def test_tall_text_is_twice_as_high() -> None:
    plain = picture(PaperSlip((TextRow((TextRun("M"),)),)))
    tall = picture(PaperSlip((TextRow((TextRun("M", is_tall=True),)),)))
    assert tall.height - plain.height == 24


def test_picture_of_a_cut_slip_has_a_cutting_edge() -> None:
    row = TextRow((TextRun("退货"),))
    strip, slip = (picture(PaperSlip((row,), cut=cut)) for cut in (False, True))
    assert slip.getpixel((0, slip.height - 1)) == 0
    assert strip.getpixel((0, strip.height - 1)) == 255


def test_paper_says_so_when_there_is_no_chinese_font() -> None:
    font = find_font(chinese=((Path("/no/such/font.ttc"), 0, 24),), others=())
    assert font.note == NOTE
    with_note = picture(PaperSlip((TextRow((TextRun("退货"),)),)), font)
    without = picture(PaperSlip((TextRow((TextRun("Refund"),)),)), font)
    assert with_note.height > without.height


@pytest.mark.parametrize(
    "item",
    [QrCode("x" * 4000, level="H"), BarCode("\x01\x02"), BarCode("x" * 200, has_caption=True)],
)
def test_what_does_not_fit_does_not_stop_the_picture(item: QrCode | BarCode) -> None:
    assert picture(PaperSlip((item,))).height > 24


def test_picture_of_no_paper() -> None:
    assert not has_ink(picture(PaperSlip()))
