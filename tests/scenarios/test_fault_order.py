"""The order of effects is the contract: persist, MAC, send; persist the result, show, print."""

from __future__ import annotations

import pytest

from terminal.effects import Effect, Persist
from tests.scenarios.cashier import leave, refund, refund_with
from tests.scenarios.memory_bench import MemoryBench

MAKE_MAC, CHECK_MAC, KIND_AT = 0x03, 0x04, 3


class Recording:
    """What was performed and written, in order, by short names."""

    def __init__(self, bench: MemoryBench) -> None:
        self._bench = bench
        self._written = len(bench.sent)
        self.steps: list[str] = []
        perform = bench.runtime._perform

        def watched(effect: Effect) -> None:
            self._take_frames()
            perform(effect)
            self.steps += _named(effect)
            self._take_frames()

        bench.runtime._perform = watched  # type: ignore[method-assign]  # no such seam

    def ended(self) -> list[str]:
        """All steps, frames of the display by the screen's name, each once."""
        self._take_frames()
        return list(dict.fromkeys(self.steps))

    def _take_frames(self) -> None:
        for wire, frame in self._bench.sent[self._written :]:
            self.steps += _written(wire, frame)
        self._written = len(self._bench.sent)


def _named(effect: Effect) -> list[str]:
    if isinstance(effect, Persist) and effect.kind in ("intent", "result", "printed"):
        return [f"store {effect.kind}"]
    return []


def _written(wire: str, frame: bytes) -> list[str]:
    if wire == "acquirer":
        return ["send"]
    if wire == "keypad" and frame[KIND_AT] in (MAKE_MAC, CHECK_MAC):
        return ["make MAC" if frame[KIND_AT] == MAKE_MAC else "check MAC"]
    if wire == "printer" and len(frame) > 100:
        return ["print"]
    names = ("refund.approved", "refund.declined", "refund.unknown")
    return [f"show {name}" for name in names if wire == "display" and name.encode() in frame]


def test_approved_refund_is_stored_before_it_is_sent_shown_and_printed(bench: MemoryBench) -> None:
    recording = Recording(bench)
    refund(bench, wait_s=0.5)
    assert recording.ended() == [
        "store intent",
        "make MAC",
        "send",
        "check MAC",
        "store result",
        "show refund.approved",
        "print",
        "store printed",
    ]


@pytest.mark.parametrize(("fault", "shown"), [("host.decline", "declined"), ("host.close", "")])
def test_other_outcomes_are_stored_before_they_are_shown_and_printed(
    bench: MemoryBench, fault: str, shown: str
) -> None:
    recording = Recording(bench)
    refund_with(bench, fault)
    leave(bench)
    checked = ["check MAC"] if shown else []
    assert recording.ended() == [
        "store intent",
        "make MAC",
        "send",
        *checked,
        "store result",
        f"show refund.{shown or 'unknown'}",
        "print",
        "store printed",
    ]


def test_mac_carries_the_number_and_hash_of_the_intents_record(bench: MemoryBench) -> None:
    refund(bench)
    intent = bench.records("intent")[0]
    asked = [f for wire, f in bench.sent if wire == "keypad" and f[KIND_AT] == MAKE_MAC]
    assert len(asked) == 1
    assert intent.hash in asked[0]
    assert intent.number.to_bytes(4, "big") in asked[0]


def test_no_card_data_is_held_once_the_message_has_left(bench: MemoryBench) -> None:
    refund(bench)
    assert bench.runtime._card is None or not bench.runtime._card.held
