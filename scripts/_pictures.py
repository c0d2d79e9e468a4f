"""The pictures of README: the page in both views and a slip, with the texts that they show."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from scripts._browser import browser_and_emulator
from scripts._snapshots import differences
from tests.emulator.page.cashier import SCREEN_TIMEOUT_MS, open_page, shows
from tests.emulator.page.conftest import Emulator

COLOURS: Final = 200
GREYS: Final = 8
GUIDE: Final = "#guide .act button"
LOG_ON: Final = ("logon", "logon.password", "sign_in.result", "idle")
REFUND: Final = (
    *("refund.amount", "refund.reason", "refund.password", "refund.card", "refund.confirm"),
)
# What changes from one day or run to the next is no news of a picture.
CHANGING: Final[Mapping[str, str]] = MappingProxyType(
    {
        r"\d{4}[-/]\d\d[-/]\d\d": "DATE",
        r"\d\d:\d\d(:\d\d)?": "TIME",
        r"\+\d+\.\d{3}": "+TIME",
        r"(?<![\d.*])\d{8,}(?![\d.*])": "NUMBER",
    }
)
SHOWN: Final = "h1, #views, #screen-text, #tabs, #guide, .sale, .moment .part:first-child"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and the texts that stand on it."""

    png: bytes
    text: str


def pictures() -> dict[str, Picture]:
    """By name; a refund is played for them. Raises NoBrowserError."""
    with tempfile.TemporaryDirectory() as folder, browser_and_emulator(Path(folder)) as made:
        browser, emulator = made
        return _played(browser, emulator)


def _played(browser: Browser, emulator: Emulator) -> dict[str, Picture]:
    page = open_page(browser, emulator.address, "en-US")
    _guided(page, emulator, LOG_ON)
    cashier = open_page(browser, emulator.address, "zh-CN")
    cashier.click('[data-views="cashier"]')
    _guided(page, emulator, REFUND[:-1])
    shows(cashier, REFUND[-1])
    found = {"cashier": _taken(cashier)}
    _guided(page, emulator, REFUND[-1:])
    shows(page, "refund.approved")
    slip = page.locator(".slip.cut")
    expect(slip).to_have_count(1, timeout=SCREEN_TIMEOUT_MS)
    page.click("#tab-Timeline")
    page.check("#only-money")
    printed = page.locator('[data-lane="journal"]').filter(has_text=" printed")
    expect(printed).to_have_count(1, timeout=SCREEN_TIMEOUT_MS)
    found["developer"] = _taken(page)
    lines = slip.locator(".line").all_text_contents()
    image = page.request.get(f"{emulator.address}slip/0.png").body()
    return {**found, "slip": Picture(_small(image, GREYS), _lasting("\n".join(lines)))}


def _guided(page: Page, emulator: Emulator, names: tuple[str, ...]) -> None:
    """The guide's button on each of these screens."""
    for name in names:
        shows(page, name)
        emulator.control.ask("wait", name=name)
        page.click(GUIDE)


def _taken(page: Page) -> Picture:
    texts = page.locator(SHOWN).filter(visible=True).all_inner_texts()
    lines = page.locator(".slip .line").all_text_contents()
    return Picture(_small(page.screenshot(), COLOURS), _lasting("\n".join([*texts, *lines])))


def _small(png: bytes, colours: int) -> bytes:
    """The same picture in few colours: a third of the bytes, and nobody sees it."""
    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(colours).save(out, "PNG", optimize=True)
    return out.getvalue()


def _lasting(text: str) -> str:
    for pattern, word in CHANGING.items():
        text = re.sub(pattern, word, text)
    rows = (" ".join(row.split()) for row in text.splitlines())
    return "\n".join(row for row in rows if row) + "\n"


def write(folder: Path, found: Mapping[str, Picture]) -> None:
    """Make the folder hold just these pictures, each with its texts beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.stem not in found:
            path.unlink()
    for name, picture in found.items():
        (folder / f"{name}.png").write_bytes(picture.png)
        (folder / f"{name}.txt").write_text(picture.text, encoding="utf-8")


def outdated(folder: Path, found: Mapping[str, Picture]) -> list[str]:
    """What is missing or shows other texts, one line each."""
    texts = {f"{name}.txt": picture.text for name, picture in found.items()}
    missing = [f"{name}.png: missing" for name in found if not (folder / f"{name}.png").is_file()]
    return [*missing, *differences(folder, texts, "*.txt")]
