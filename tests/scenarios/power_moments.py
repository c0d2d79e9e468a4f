"""Cuts the power at any one of the moments of a story: around each effect, at each frame."""

from __future__ import annotations

from collections.abc import Callable

from terminal.domain.slips_owed import slips_owed
from terminal.effects import Effect
from tests.scenarios.cashier import leave, settle_all
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import NEVER
from tests.scenarios.memory_parts import PowerGone

Story = Callable[[MemoryBench], object]


class Moments:
    """Counts moments; the power goes at number `cut_at`, or at the first of that name.

    `after`: only once a moment of this name has been.
    """

    def __init__(self, cut_at: int | str = NEVER, after: str = "") -> None:
        self.names: list[str] = []
        self._cut_at = cut_at
        self._after = after

    def __call__(self, name: str) -> None:
        is_on = not self._after or self._after in self.names
        self.names.append(name)
        if is_on and self._cut_at in (name, len(self.names)):
            raise PowerGone(name)


def moments_of(bench: MemoryBench, story: Story) -> list[str]:
    """What a story's moments are, when nothing is cut."""
    moments = Moments()
    watch(bench, moments)
    story(bench)
    bench.on_moment = None
    return moments.names


def cut(bench: MemoryBench, story: Story, at: int | str, after: str = "") -> bool:
    """Tell the story and cut the power at this moment of it; False when it ended before."""
    watch(bench, Moments(at, after))
    try:
        story(bench)
    except PowerGone:
        return True
    finally:
        bench.on_moment = None
    return False


def watch(bench: MemoryBench, moments: Moments) -> None:
    """Tell `moments` of each; until the next start of the firmware."""
    bench.on_moment = moments
    perform = bench.runtime._perform

    def watched(effect: Effect) -> None:
        name = type(effect).__name__
        bench.passed(f"before {name}")
        perform(effect)
        bench.passed(f"after {name}")

    bench.runtime._perform = watched  # type: ignore[method-assign]  # the runtime has no such seam


def start_again(bench: MemoryBench) -> MemoryBench:
    """The power comes back; somebody logs on."""
    bench.power_cut()
    bench.power_on()
    bench.run(4.0)
    assert bench.screen == "logon", bench.rows
    bench.log_on()
    assert bench.screen == "idle", bench.rows
    return bench


def work_up(bench: MemoryBench) -> MemoryBench:
    """What the power kept from the paper is printed. After the life of the messages all that is
    unresolved is settled as the host says."""
    if slips_owed(bench.runtime.facts.books):
        leave(bench.keys("MENU 2").run(20.0))
    if bench.runtime.facts.books.unresolved:
        bench.run(bench.setting.device.profile.message_life_s + 1.0)
        settle_all(bench)
    return bench
