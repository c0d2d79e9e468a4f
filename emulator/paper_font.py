"""Which font the emulated paper is drawn with: one with Chinese where the computer has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

CELL_DOTS, LINE_DOTS = 12, 24
OPEN, TRUE = Path("/usr/share/fonts/opentype"), Path("/usr/share/fonts/truetype")
MONO_SC = 7  # place of "Noto Sans Mono CJK SC" in the collections
# Path, place in the collection, size at which a Chinese character is as wide as two cells.
CANDIDATES = (
    (OPEN / "noto/NotoSansCJK-Regular.ttc", MONO_SC, 24),
    (Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"), MONO_SC, 24),
    (Path("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"), MONO_SC, 24),
    (OPEN / "unifont/unifont.otf", 0, 24),
    (TRUE / "unifont/unifont.ttf", 0, 24),
    (TRUE / "wqy/wqy-zenhei.ttc", 1, 24),
    (TRUE / "wqy/wqy-microhei.ttc", 1, 24),
    (Path("/System/Library/Fonts/PingFang.ttc"), 0, 24),
    (Path("/System/Library/Fonts/STHeiti Light.ttc"), 0, 24),
)
WITHOUT_CHINESE = ((TRUE / "dejavu/DejaVuSansMono.ttf", 0, 20),)
NOTE = "no Chinese font: install fonts-noto-cjk"
DEFAULT_SIZE = 20

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Candidate = tuple[Path, int, int]


@dataclass(frozen=True, slots=True)
class PaperFont:
    """A font, and what to tell a person about it: empty when it has Chinese."""

    font: Font
    note: str = ""


def find_font(
    chinese: Sequence[Candidate] = CANDIDATES, others: Sequence[Candidate] = WITHOUT_CHINESE
) -> PaperFont:
    """The first font there is; Pillow's own, with a note, when there is none."""
    for candidate in chinese:
        if font := _loaded(candidate):
            return PaperFont(font)
    for candidate in others:
        if font := _loaded(candidate):
            return PaperFont(font, NOTE)
    return PaperFont(ImageFont.load_default(DEFAULT_SIZE), NOTE)


def _loaded(candidate: Candidate) -> Font | None:
    path, index, size = candidate
    try:
        return ImageFont.truetype(str(path), size, index=index)
    except OSError:
        return None
