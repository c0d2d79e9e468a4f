"""Refunds whose answer is lost, on hosts that can be asked about them, and what recovery does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emulator.host.config import HostProfile as HostRules
from emulator.host.faults import Value
from emulator.host.message import Message, decode
from terminal.domain.host_profile import HostProfile, RecoveryStep
from terminal.domain.transaction import Transaction
from tests.scenarios.cashier import ANSWER_S, refund
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER
from tests.scenarios.reversals import HEAD_BYTES, is_idle, to_idle

RECOVERING: tuple[RecoveryStep, ...] = ("inquiry", "resend_same_stan", "manual")
UPLOADING: tuple[RecoveryStep, ...] = ("batch_upload", "manual")
REVERSING: tuple[RecoveryStep, ...] = ("reverse", "manual")
INQUIRING: tuple[RecoveryStep, ...] = ("inquiry", "manual")
RESENDING: tuple[RecoveryStep, ...] = ("resend_same_stan", "manual")


def settings(
    steps: tuple[RecoveryStep, ...], host: dict[str, Any] | None = None, **own: Any
) -> dict[str, Any]:
    """A terminal's profile with this list, and the rules of a host that knows its steps."""
    known = tuple(step for step in steps if step != "manual")
    rules = HostRules(refund_recovery=known, **(host or {}))
    return {"profile": HostProfile(refund_recovery=steps, **own), "rules": rules}


def till(
    folder: Path, steps: tuple[RecoveryStep, ...], host: dict[str, Any] | None = None, **own: Any
) -> MemoryBench:
    """A terminal with this list of steps on a host that knows them; `own` is of its profile."""
    return MemoryBench(folder, **settings(steps, host, **own)).set_up().log_on()


def lost_refund(
    bench: MemoryBench, fault: str = "host.no_answer", amount: str = "", **params: Value
) -> Transaction:
    """A refund whose answer is lost, up to its slip; the next step is recovery's."""
    bench.host.faults.arm(fault, params)
    refund(bench, amount, wait_s=ANSWER_S)
    (one,) = bench.runtime.facts.books.unresolved.values()
    return one


def about(bench: MemoryBench, one: Transaction) -> list[Message]:
    """What left about this refund after its first copy: questions, copies, reversals."""
    return [m for m in requests(bench) if _is_about(m, one)][1:]


def _is_about(message: Message, one: Transaction) -> bool:
    key = f"{one.intent.batch:06d}{one.intent.stan:06d}"
    own = message.text(60)[2:8] + message.text(11)
    return key in (own, message.text(61)[:12])


def requests(bench: MemoryBench) -> list[Message]:
    """Every message that left, in order."""
    return [decode(frame[HEAD_BYTES:]) for wire, frame in bench.sent if wire == ACQUIRER]


def asked(bench: MemoryBench, one: Transaction) -> list[str]:
    """The types of the messages of recovery about this refund."""
    return [message.mti for message in about(bench, one)]


def rest(bench: MemoryBench, seconds: float = 0.0) -> MemoryBench:
    """Everything is read away at once; then so much time passes, and what came is read away."""
    _read_away(bench)
    if seconds:
        bench.run(seconds)
        _read_away(bench)
    return bench


def _read_away(bench: MemoryBench) -> None:
    for _ in range(100):
        if is_idle(bench):
            return
        bench.run(2.0)
        if not is_idle(bench):
            bench.keys("ENTER")
    raise AssertionError(bench.rows)


def first_copy(bench: MemoryBench) -> bytes:
    """The frame of the last refund's first copy."""
    frames = [frame for wire, frame in bench.sent if wire == ACQUIRER]
    return next(f for f in reversed(frames) if f[HEAD_BYTES : HEAD_BYTES + 2] == b"\x02\x20")


def arrives_now(bench: MemoryBench, frame: bytes) -> None:
    """A copy that was on its way for long reaches the host; its answer reaches nobody."""
    bench.host.connection("tcp").receive(frame, bench.clock.now_s)


def finish(bench: MemoryBench, seconds: float = 420.0) -> MemoryBench:
    """Time enough for every try of a list, with a cashier who is there."""
    end_s = bench.clock.now_s + seconds
    while bench.clock.now_s < end_s:
        bench.run(20.0)
        if bench.screen == "logon":
            bench.log_on()
        if bench.screen in ("recovery.told", "print.paper_out"):
            bench.keys("ENTER")
    return to_idle(bench, ANSWER_S)


def restart(bench: MemoryBench) -> MemoryBench:
    """The power goes and comes, and somebody logs on."""
    bench.power_cut()
    bench.power_on()
    bench.run(4.0)
    return bench.log_on()
