"""A host that says what the published packets say, and a terminal that believes it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from emulator.host.delivery import Send
from terminal.domain.host_profile import HostProfile
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.memory_links import ACQUIRER

VECTORS = Path(__file__).parents[1] / "vectors" / "unionpay_messages.json"


def packet(name: str) -> bytes:
    """A published packet by the first word of its name, from the length on."""
    packets = json.loads(VECTORS.read_text("utf-8"))
    return next(bytes.fromhex(p["hex"]) for p in packets if p["name"].split()[0] == name)


def answer_with(bench: MemoryBench, *names: str) -> None:
    """The host answers one request after the other so, and is silent afterwards."""
    left = [packet(name) for name in names]

    def twist(_actions: object) -> tuple[Send, ...]:
        return (Send(0.1, left.pop(0)),) if left else ()

    bench.links[ACQUIRER].twist = twist


def signed_in_as_published(folder: Path) -> MemoryBench:
    """A new terminal on the first of June: set up, logged on, signed in with the answer C2."""
    bench = MemoryBench(folder, {"void_card": "none"}, HostProfile(sign_in_kind="004"))
    on_day(bench, 1)
    # The packet counts 16 characters where 15 follow: this acquirer wants F62 as it stands.
    facts = bench.runtime.facts
    facts.identity = replace(facts.identity, device_info="Sequence No163136SIM00000001")
    bench.set_up()
    answer_with(bench, "C2")
    return bench.log_on()


def on_day(bench: MemoryBench, day: int) -> None:
    """It is this day of June from now on."""
    now = bench.clock.wall()
    bench.clock.wall = lambda: now.replace(day=day)  # type: ignore[method-assign]  # no such seam


def frames(bench: MemoryBench, name: str) -> list[bytes]:
    """What left with the message type of this packet, from the length on."""
    at = 2 + 5 + 6  # length, TPDU, header
    mti = packet(name)[at : at + 2]
    return [raw for wire, raw in bench.sent if wire == ACQUIRER and raw[at : at + 2] == mti]
