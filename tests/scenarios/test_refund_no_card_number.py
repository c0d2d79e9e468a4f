"""After a day of stories no card number and no track stands anywhere it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.cashier import ANSWER_S, LIFE_S, leave, refund, refund_with
from tests.scenarios.fingers import swipe_text, typed_original, who
from tests.scenarios.memory_bench import MemoryBench

DEBIT, CREDIT = "6212345678901232", "6222021234567890128"
# Wires that carry a card number only while they must: the card's own, and the host's request.
SHOWN = ("display", "printer")


def forms_of(pan: str, track: str) -> list[bytes]:
    """A card number and its track as ASCII, packed digits, hex of ASCII and UTF-16."""
    packed = [text + "0" * (len(text) % 2) for text in (pan, "0" + pan)]
    return [
        pan.encode("ascii"),
        pan.encode("utf-16-le"),
        pan.encode("ascii").hex().encode("ascii"),
        track[len(pan) :].strip(";?=").encode("ascii"),
        *(bytes.fromhex(text)[1:-1] for text in packed),
    ]


def canaries(bench: MemoryBench) -> list[bytes]:
    """What must be found nowhere, of every card that the day saw."""
    used = (bench.card("debit"), bench.card("credit"))
    return [form for card in used for form in forms_of(card.pan, card.track2)]


def a_day(bench: MemoryBench) -> None:
    """Good and bad refunds, a typed card, an unknown one that is settled, a reprint, a restart."""
    refund(bench, "4000")
    leave(bench)
    refund_with(bench, "host.decline")
    leave(bench)
    typed_card(bench)
    swipe_text(bench, ";E?")
    bench.scan(bench.code(bench.sale(rrn="0613B0000010"))).keys("ENTER 1 2580 ENTER")
    swipe_text(bench, f";{CREDIT}=3012").swipe("credit").keys(f"{who('10')} ENTER").run(1.0)
    leave(bench)
    bench.keys(f"MENU 1 {typed_original(bench.sale(rrn='051600000002'))} ENTER 5 2580 ENTER")
    bench.swipe("debit").keys(f"{DEBIT} ENTER 77 ENTER ENTER").run(1.0)
    leave(bench)
    bench.host.faults.arm("host.no_answer")
    refund(bench, wait_s=ANSWER_S, rrn="061500000014")
    leave(bench).keys("MENU 2").run(LIFE_S)
    bench.keys(f"MENU 3 1 ENTER {who('10')} 1 ENTER ENTER").power_cut()
    bench.power_on()
    bench.log_on()


def typed_card(bench: MemoryBench) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 2580 ENTER")
    bench.keys(f"{DEBIT} ENTER 42 ENTER {who('10')} ENTER").run(1.0)
    leave(bench)


@pytest.fixture
def after_a_day(bench: MemoryBench) -> MemoryBench:
    a_day(bench)
    assert len(bench.records("intent")) == 6
    return bench


def test_journal_files_hold_no_card_number(after_a_day: MemoryBench, tmp_path: Path) -> None:
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 10_000
    raw = b"".join(path.read_bytes() for path in files)
    assert [c for c in canaries(after_a_day) if c in raw] == []


@pytest.mark.parametrize("wire", SHOWN)
def test_display_and_printer_are_sent_no_card_number(after_a_day: MemoryBench, wire: str) -> None:
    frames = [frame for name, frame in after_a_day.sent if name == wire]
    assert len(frames) > 20
    raw = b"\n".join(frames)
    assert [c for c in canaries(after_a_day) if c in raw] == []


def test_f76_records_and_slips_hold_masked_numbers_only(after_a_day: MemoryBench) -> None:
    records = str([dict(r.body) for r in after_a_day.records()])
    paper = str([slip.rows + slip.codes for slip in after_a_day.printer.slips])
    for text in (records, paper):
        assert "621234******1232" in text
        assert DEBIT not in text
        assert CREDIT not in text


def test_the_search_would_find_them(after_a_day: MemoryBench) -> None:
    to_the_host = b"".join(frame for name, frame in after_a_day.sent if name == "acquirer")
    assert [c for c in canaries(after_a_day) if c in to_the_host]
