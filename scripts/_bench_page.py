"""The page in a real browser: from a key to the changed screen, and the emulator's memory."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from scripts._bench_figures import Figure, percentile
from scripts._bench_memory import EMULATOR_GOAL_MIB, can_measure, resident_mib
from scripts._browser import NoBrowserError, browser_and_emulator
from tests.emulator.page.cashier import open_page, shows

KEY_GOAL_MS = 50.0
PAGES = 2
KEYS = ("1", "Backspace")
FLOOR_KEY = "x"  # none of the terminal's: this page itself changes a cell then
# From the moment that the browser gives to the key, to the frame that paints the changed cells.
WATCH = """() => {
  const grid = document.getElementById("screen");
  document.addEventListener("keydown", (event) => {
    window.changed = new Promise((keep) => {
      const watcher = new MutationObserver(() => {
        watcher.disconnect();
        requestAnimationFrame(() => keep(performance.now() - event.timeStamp));
      });
      watcher.observe(grid, { childList: true, subtree: true });
    });
    if (event.key === "x") grid.lastElementChild.replaceChildren(String(event.timeStamp));
  }, { capture: true });
}"""


def page(folder: Path, presses: int) -> tuple[Figure, ...]:
    """So many keys on the screen of the log-on, seen on two open pages; nothing without a browser,
    which is told."""
    try:
        with browser_and_emulator(folder) as (browser, emulator):
            pages = [open_page(browser, emulator.address) for _ in range(PAGES)]
            for each in pages:
                shows(each, "logon")
            spans, floor = _spans_ms(pages[0], presses)
            mib = resident_mib(emulator.pid) if can_measure() else None
    except NoBrowserError as error:
        print(f"bench: page: not measured: {error}", file=sys.stderr)
        return ()
    return (_key(spans, floor), *([] if mib is None else [_memory(mib, presses)]))


def _spans_ms(page: Page, presses: int) -> tuple[list[float], list[float]]:
    """Of the terminal's keys, and of the floor's; they take turns."""
    page.evaluate(WATCH)
    spans: list[float] = []
    floor: list[float] = []
    for number in range(presses):
        spans.append(_span_ms(page, KEYS[number % len(KEYS)]))
        floor.append(_span_ms(page, FLOOR_KEY))
    return spans, floor


def _span_ms(page: Page, key: str) -> float:
    page.keyboard.press(key)
    return float(page.evaluate("window.changed"))


def _key(spans: list[float], floor: list[float]) -> Figure:
    parts = {"median": median(spans), "worst": max(spans)}
    parts |= {"floor median": median(floor), "floor p99": percentile(floor, 99)}
    return Figure(
        "page key",
        "key to changed screen in the browser, p99",
        percentile(spans, 99),
        "ms",
        KEY_GOAL_MS,
        parts=parts,
        note=f"{len(spans)} keys; floor: the page alone changes a cell at a key",
    )


def _memory(mib: float, presses: int) -> Figure:
    return Figure(
        "page memory",
        "resident memory of the emulator with two pages open",
        mib,
        "MiB",
        EMULATOR_GOAL_MIB,
        note=f"after {presses} keys",
    )
