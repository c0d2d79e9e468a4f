"""A flow begun from the idle screen, whatever line of the menu it stands on."""

from __future__ import annotations

from terminal.effects import Call
from terminal.events import Started
from terminal.flows import home
from tests.scenarios.memory_bench import MemoryBench


def opened(bench: MemoryBench, call: Call, wait_s: float = 0.5) -> MemoryBench:
    """The flow on top of the idle screen, after a moment."""
    assert bench.screen == "idle", bench.rows
    navigator = bench.runtime.navigator
    navigator.top.state = home.S.WORKING
    navigator._stack.append(call.make())
    bench.runtime.step(Started())
    bench.runtime._rearm()
    return bench.run(wait_s)
