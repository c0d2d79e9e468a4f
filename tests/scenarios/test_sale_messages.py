"""The messages of sale and void byte for byte, and what of a customer stands nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from emulator.host.delivery import Send
from emulator.host.message import decode
from terminal.effects import Persist
from terminal.ui.text import Text
from tests.scenarios.cashier import SUPERVISOR, leave
from tests.scenarios.fingers import slip_texts
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import menu, sell, sold, start_sale, to_the_host
from tests.scenarios.test_refund_no_card_number import canaries

VECTORS = Path(__file__).parents[1] / "vectors" / "unionpay_messages.json"
HEAD_BYTES = 13  # length, TPDU and header of a frame
PIN = "246810"
Make = Callable[..., MemoryBench]


def packet(name: str) -> bytes:
    packets = json.loads(VECTORS.read_text("utf-8"))
    return next(bytes.fromhex(p["hex"]) for p in packets if p["name"].split()[0] == name)


def as_published(new_bench: Make) -> MemoryBench:
    """Keys and batch of the published packets; the first number of the sale is theirs too."""
    bench = new_bench(parameters={"void_card": "none", "sale_pin": "ask"})
    bench.keypad._core.load_keys(4, decode(packet("C2")[HEAD_BYTES:]).raw(62))
    bench.runtime._persist(Persist("signed_in", {"batch": 1}))
    return bench


def answer_with(bench: MemoryBench, name: str) -> None:
    """The host says what was published."""
    bench.links["acquirer"].twist = lambda actions: (Send(0.1, packet(name)),)


def test_a_sale_is_the_published_packet(new_bench: Make) -> None:
    bench = as_published(new_bench)
    start_sale(bench).keys("ENTER").run(0.5)
    assert to_the_host(bench, "0200") == [packet("C3")]


def test_a_void_of_the_published_answer_is_the_published_packet(new_bench: Make) -> None:
    bench = as_published(new_bench)
    today = bench.clock.wall()  # the published answer is of the first of June
    bench.clock.wall = lambda: today.replace(day=1)  # type: ignore[method-assign]  # no such seam
    answer_with(bench, "C4")
    assert sell(bench) == "sale.approved", bench.rows
    leave(bench)
    (sale,) = bench.runtime.facts.books.sales.values()
    assert (sale.rrn, sale.auth_code) == ("060110153002", "A12345")
    menu(bench, Text.MENU_VOID).keys(f"{sale.intent.stan} ENTER {SUPERVISOR} ENTER").run(0.5)
    assert to_the_host(bench, "0200")[1] == packet("C7")


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
