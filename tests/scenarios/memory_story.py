"""The bench in memory for a story: the verbs of the control channel in virtual time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, Final

import msgspec

from emulator import hands, verbs
from emulator.host.config import HostProfile as HostRules
from emulator.requests import Link, Power, Press, RequestError, Wait, parsed
from emulator.stories.bench import NotDone
from emulator.stories.story import Story, WorldName
from terminal.domain.host_profile import HostProfile
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_parts import PowerGone
from tests.scenarios.power_moments import Moments, watch
from tests.simulation.simdisk import Disk, PowerCut
from tests.simulation.simdisk_survivors import survivor
from tests.simulation.simdisk_vfs import SimulatedDisks

LOOK_S: Final = 0.05
START_S: Final = 1.0
AT_THE_DEVICES: Final = frozenset({"swipe", "insert", "tap", "remove", "scan"})
VFS, NAME = "story-disks", "shop"


class MemoryStoryBench:
    """One story's terminal in memory, on a simulated disk."""

    def __init__(self, story: Story, disks: SimulatedDisks) -> None:
        self._disks = disks
        self._lot = Random(story.seed)
        disks.mount(NAME, Disk())
        profile = msgspec.convert(story.profile, HostProfile)
        rules = msgspec.convert(story.host, HostRules) if story.host else None
        self.bench = MemoryBench(
            Path("/", NAME),
            parameters=dict(story.parameters),
            profile=profile,
            vfs=disks.name,
            rules=rules,
            seed=story.seed,
        )
        parts = self.bench.parts
        parts.orders["power.cut_at"] = self._cut_at_moment
        parts.orders["power.disk_call"] = self._cut_at_call
        self.trace = parts.watch_wires()
        self._is_on = True
        if story.begin != "new":
            self.bench.set_up()

    @property
    def name(self) -> WorldName:
        return "simulation"

    def now_s(self) -> float:
        """Virtual time."""
        return self.bench.clock.now_s

    def ask(self, verb: str, **fields: Any) -> dict[str, Any]:
        """The reply of a verb. Raises NotDone."""
        try:
            verb, request = parsed({"do": verb, **fields})
            return dict(self._until_power_goes(lambda: self._done(verb, request)))
        except RequestError as error:
            raise NotDone(f"{verb}: {error}") from None

    def pass_time(self, seconds: float) -> None:
        """Let this much time pass."""
        self._until_power_goes(lambda: self._run(seconds))

    def journal(self) -> list[Mapping[str, Any]]:
        """The records."""
        if not self._is_on:
            self._power_on()
        return [{"number": r.number, "kind": r.kind, "body": r.body} for r in self.bench.records()]

    def close(self) -> None:
        """The terminal is off."""
        if self._is_on:
            self.bench.power_cut()

    def _done(self, verb: str, request: Any) -> Mapping[str, object]:
        if verb == "wait":
            return self._wait(request)
        if verb == "power":
            return self._power(request)
        if verb == "link":
            return self._link(request)
        if verb == "press":
            return self._press(request)
        reply = verbs.AT_ONCE[verb](self.bench.parts.as_parts(), request)
        self._run(LOOK_S if verb in AT_THE_DEVICES else 0.0)
        return reply

    def _press(self, request: Press) -> Mapping[str, object]:
        hands.check_keys(request)
        for key in request.keys:
            self.bench.parts.press(key)
            self._run(LOOK_S)
        return {}

    def _wait(self, wanted: Wait) -> Mapping[str, object]:
        screens, until_s = self.bench.parts.screens, self.now_s() + wanted.timeout_s
        while not verbs.is_wanted(screens.now, wanted):
            if self.now_s() >= until_s:
                raise RequestError(f"not in time; the display shows {screens.now.name}")
            self._run(LOOK_S)
        entry_until_s = self.now_s() + verbs.ENTRY_LATEST_S
        while not self._takes_its_entry() and self.now_s() < entry_until_s:
            self._run(LOOK_S)
        return screens.now.as_dict()

    def _takes_its_entry(self) -> bool:
        parts = self.bench.parts
        return parts.devices.is_entry_open or not verbs.takes_secret(parts.screens.now.name)

    def _power(self, request: Power) -> Mapping[str, object]:
        if request.to == "on" and not self._is_on:
            self._power_on()
        elif request.to == "off" and self._is_on:
            self._power_off()
        return {}

    def _link(self, request: Link) -> Mapping[str, object]:
        self.bench.parts.set_link(request.wire, request.to == "up")
        return {}

    def _run(self, seconds: float) -> None:
        if self._is_on:
            self.bench.run(seconds)
        else:
            self.bench.clock.now_s += seconds

    # ---- power

    def _until_power_goes(self, act: Callable[[], Mapping[str, object] | None]) -> Any:
        try:
            return act()
        except (PowerGone, PowerCut):
            self._power_off()
            return {}

    def _power_off(self) -> None:
        self._is_on = False
        self.bench.on_moment = None
        self.bench.power_cut()
        self._disks.mount(NAME, survivor(self._disks.disk(NAME), self._lot))
        self.trace.remark("power", "off")

    def _power_on(self) -> None:
        self._is_on = True
        self.bench.power_on()
        self._run(START_S)

    def _cut_at_moment(self, params: Mapping[str, Any]) -> None:
        watch(self.bench, Moments(int(params["moment"])))

    def _cut_at_call(self, params: Mapping[str, Any]) -> None:
        disk = self._disks.disk(NAME)
        disk.cut_at = disk.calls + int(params["call"])


@contextmanager
def memory_bench_of(story: Story) -> Iterator[MemoryStoryBench]:
    """A bench for this story alone."""
    disks = SimulatedDisks(VFS)
    try:
        bench = MemoryStoryBench(story, disks)
        try:
            yield bench
        finally:
            bench.close()
    finally:
        disks.unregister()
