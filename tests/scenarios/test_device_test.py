"""Each device tried on its own, by anybody, without a record and without money; and About."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from emulator.stories.words import KEYS
from terminal import VERSION
from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import nothing_moved, press, slip_texts, swipe_text
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu


@pytest.fixture
def tester(bench: MemoryBench) -> MemoryBench:
    """The list of devices."""
    return menu(bench, Text.MENU_DEVICES)


def test_every_key_is_seen_once(tester: MemoryBench) -> None:
    tester.keys("1")
    for key in KEYS[:-1]:
        press(tester, key)
        assert tester.screen == "device.keys"
    press(tester, KEYS[-1])
    assert tester.screen == "device"
    assert "按键 正常" in tester.rows


def test_key_that_is_dead_is_left_on_the_screen(tester: MemoryBench) -> None:
    tester.keys("1")
    for key in KEYS:
        if key != "CLEAR":
            press(tester, key)
    assert shows(tester, "CLEAR")
    assert not shows(tester, "ALPHA")
    tester.keys("CANCEL CANCEL")
    assert "按键 异常" in tester.rows


def test_reader_shows_a_masked_number_and_forgets_it(tester: MemoryBench) -> None:
    tester.keys("2").swipe("debit")
    card = tester.card("debit").pan
    assert missing(tester, Text.CARD_READ, card[-4:]) == []
    assert card not in tester.rows
    assert tester.runtime.facts.books.stan == 1  # of the sign-in
    assert "读卡器 正常" in tester.keys("ENTER").rows


def test_stripe_that_is_not_read_is_said(tester: MemoryBench) -> None:
    swipe_text(tester.keys("2"), ";12=3?")
    assert shows(tester, Text.CARD_NOT_READ)
    assert "读卡器 异常" in tester.keys("ENTER").rows


def test_scanned_code_is_shown_with_a_card_number_masked(tester: MemoryBench) -> None:
    code = "PAY" + tester.card("debit").pan
    tester.keys("3").scan(code)
    assert missing(tester, say(Text.CODE_READ, length=len(code)), "PAY") == []
    assert tester.card("debit").pan not in tester.rows.replace("\n", "")
    assert "扫码器 正常" in tester.keys("ENTER").rows


def test_paper_says_that_it_is_only_a_test(tester: MemoryBench) -> None:
    tester.keys("4").run(20.0)
    assert "打印机 正常" in tester.rows
    (paper,) = slip_texts(tester)
    assert "NO TRANSACTION" in paper


def test_printer_without_paper_is_bad(tester: MemoryBench) -> None:
    tester.printer.out_after_lines(2)
    tester.keys("4").run(8.0)
    assert shows(tester, Text.PAPER_OUT)
    assert "打印机 异常" in tester.keys("CANCEL").rows


@pytest.mark.parametrize(("is_up", "said"), [(True, "正常"), (False, "异常")])
def test_line_to_the_host_is_an_echo(tester: MemoryBench, is_up: bool, said: str) -> None:
    tester.links["acquirer"].is_up = is_up
    tester.keys("5").run(12.0)
    tester.keys("" if tester.screen == "device" else "ENTER")
    assert f"主机线路 {said}" in tester.rows


def test_display_shows_every_cell(tester: MemoryBench) -> None:
    tester.keys("6")
    assert "ABCDEFGHIJKLMNOPQRST" in tester.rows
    assert "退" * 10 in tester.keys("ENTER").rows
    assert "显示屏 正常" in tester.keys("ENTER").rows


def test_test_leaves_no_record_of_money(tester: MemoryBench) -> None:
    before = len(tester.records())
    tester.keys("2").swipe("debit").keys("ENTER 3").scan("X").keys("ENTER CANCEL")
    assert tester.screen == "idle"
    assert len(tester.records()) == before
    assert nothing_moved(tester)


def test_nobody_at_the_reader_is_no_good_reader(tester: MemoryBench) -> None:
    tester.keys("2").run(61.0)
    assert "读卡器 异常" in tester.rows


def test_about_names_versions_keypad_and_the_newest_record(bench: MemoryBench) -> None:
    newest = bench.records()[-1]
    menu(bench, Text.MENU_ABOUT)
    assert missing(bench, VERSION, bench.shop.identity.serial) == []
    bench.keys("DOWN")
    assert missing(bench, bench.shop.pad.serial, Text.KEY_YES) == []
    bench.keys("DOWN")
    assert missing(bench, str(newest.number), newest.hash.hex()) == []
    assert bench.keys("ENTER").screen == "idle"


def test_version_is_the_project_s() -> None:
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["project"]["version"] == VERSION
