"""What of a customer stands in a message, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from emulator.host.message import decode
from terminal.ui.text import Text
from tests.scenarios.cashier import SUPERVISOR, leave
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu, sell, sold, to_the_host
from tests.scenarios.test_refund_no_card_number import canaries

HEAD_BYTES = 13  # length, TPDU and header of a frame
PIN = "246810"


def test_card_track_and_pin_stand_nowhere(bench: MemoryBench, tmp_path: Path) -> None:
    stan = sold(bench, card="credit", pin=PIN)
    menu(bench, Text.MENU_VOID).keys(f"{stan} ENTER").swipe("credit").keys(SUPERVISOR)
    bench.keys("ENTER").run(1.0)
    leave(bench)
    bench.host.faults.arm("host.close", {"mti": "0200"})
    sell(bench, wait_s=8.0, card="debit")
    leave(bench)
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
    shown = b"\n".join(f for wire, f in bench.sent if wire in ("display", "printer"))
    pins = [PIN.encode(), bytes.fromhex("06246810")]
    found = [c for c in (*canaries(bench), *pins) if c in files or c in shown]
    assert found == []
    assert PIN not in "".join(slip_texts(bench))
    assert PIN not in str([dict(r.body) for r in bench.records()])


def test_no_block_of_a_pin_is_kept(bench: MemoryBench, tmp_path: Path) -> None:
    sold(bench, card="credit", pin=PIN)
    (frame,) = to_the_host(bench, "0200")
    block = decode(frame[HEAD_BYTES:]).raw(52)
    assert len(block) == 8
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
    assert block not in files
    assert block.hex().upper() not in str([dict(r.body) for r in bench.records()]).upper()
