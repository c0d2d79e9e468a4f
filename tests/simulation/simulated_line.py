"""The line to the acquirer with all that a network, and somebody on it, can do to a message.

What is on its way is not the terminal's any more: a power cut doesn't stop it. Nothing stays on
the way longer than `LONGEST_ON_THE_WAY_S`, which is shorter than the life of a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from emulator.host.core import Action, Close, Connection, Send
from terminal.link_events import BytesArrived, FrameWritten, LinkLost, LinkOpened
from tests.scenarios.memory_links import ACQUIRER, WIRE_S
from tests.simulation.forging import forged_answer, is_approval_of, other_terminals
from tests.simulation.trouble_kinds import FORGED, LONGEST_ON_THE_WAY_S, Trouble

if TYPE_CHECKING:
    from tests.simulation.world import World

HEAD_BYTES: Final = 14  # of the longer framing, length, TPDU and header
WRONG_MAC: Final = "host.wrong_mac"
PIECES: Final = 5
PIECE_GAP_S: Final = 0.02


@dataclass(slots=True, eq=False)
class Call:
    """One connection: the host's side of it, and what goes wrong on it."""

    host: Connection
    troubles: Mapping[str, Trouble]


@dataclass(slots=True)
class SimulatedLine:
    """The port of one process of the firmware.

    TCP: one connection an exchange; what comes late on it comes to nobody. Serial: one line, on
    which an answer that is late reaches whoever listens then.
    """

    world: World
    call: Call | None = None
    wrote: bool = False
    troubles: Mapping[str, Trouble] = field(default_factory=dict)

    def open(self) -> None:
        """Connect; refused, connected or nothing at all is told a moment later."""
        if self.call is not None:  # F33: the old line is never used again, nor left standing
            self.world.crashes.append("the line was opened while the one before stood")
        self.wrote = False
        self.troubles = _next_exchange(self.world)
        if "line.silent_connect" not in self.troubles:
            self.world.later(WIRE_S, self._opened)

    def _opened(self) -> None:
        if "line.refuse" in self.troubles:
            self.world.tell(LinkLost(ACQUIRER, "refused", write_called=False))
            return
        self.call = Call(self._hosts_end(), self.troubles)
        self.world.tell(LinkOpened(ACQUIRER))

    def _hosts_end(self) -> Connection:
        serial = self.world.serial_end
        return serial if serial else self.world.host.connection("tcp")

    def write(self, frame: bytes) -> None:
        """A whole request: it reaches the host now, later, in part, twice, or not at all."""
        call, self.wrote = self.call, True
        if call is None:
            return
        self.world.writes(ACQUIRER, frame)
        self.world.tell(FrameWritten(ACQUIRER))
        self._forge(call, frame)
        if "line.lose_request" in call.troubles:
            return
        frame = _flipped(frame, call.troubles.get("line.flip_request"))  # every copy has it
        twin = Call(self._hosts_end(), {})  # nobody hears what the host says to it
        if broken := call.troubles.get("line.break"):
            self.world.on_the_way(broken.size, lambda: self._hang_up(call))
        if "line.overtaken_request" in call.troubles:
            self.world.on_the_way(0.0, lambda: self._ask(twin, frame))
        self.world.on_the_way(_on_the_way_s(call), lambda: self._ask(call, frame))
        if "line.double_request" in call.troubles:
            delay_s = _delay_s(call, "line.double_request")
            self.world.on_the_way(delay_s, lambda: self._ask(twin, frame))

    def close(self) -> None:
        """Hang up."""
        self.call = None

    def drop(self) -> None:
        """The host, or the line, ends the connection."""
        self.call = None
        self.world.tell(LinkLost(ACQUIRER, "closed", write_called=self.wrote))

    # ---- the request

    def _ask(self, call: Call, frame: bytes) -> None:
        cut = call.troubles.get("line.cut_request")
        passed = frame[: int(cut.size)] if cut else frame
        was_armed = self._spoils_macs()
        actions = call.host.receive(passed, self.world.clock.now_s)
        if was_armed and not self._spoils_macs():
            self.world.forged |= {action.raw for action in actions if isinstance(action, Send)}
        if cut and len(passed) < len(frame):
            actions = (*actions, Close(0.0))  # on a serial line it is silence
        if not {"line.lose_answer", "line.dies"} & call.troubles.keys():
            for action in actions:
                self._send_back(call, action)

    def _spoils_macs(self) -> bool:
        if not any(t.kind == WRONG_MAC for t in self.world.line_troubles):
            return False
        return any(f["name"] == WRONG_MAC and f["armed"] for f in self.world.host.faults.listing())

    # ---- the answer

    def _send_back(self, call: Call, action: Action) -> None:
        delay_s = min(action.delay_s + _delay_s(call, "line.delay_answer"), LONGEST_ON_THE_WAY_S)
        if isinstance(action, Close):
            self.world.on_the_way(delay_s + WIRE_S, lambda: self._hang_up(call))
            return
        for gap_s, raw in self._pieces(call, action.raw):
            self.world.on_the_way(delay_s + gap_s + WIRE_S, lambda raw=raw: self._hear(call, raw))  # type: ignore[misc]
        self.world.answers.append(action.raw)

    def _pieces(self, call: Call, raw: bytes) -> list[tuple[float, bytes]]:
        cut = call.troubles.get("line.cut_answer")
        flipped = _flipped(raw, call.troubles.get("line.flip_answer"))
        if flipped[HEAD_BYTES:] != raw[HEAD_BYTES:]:  # what stands before the MTI has no MAC
            self.world.forged.add(flipped)
        raw = flipped[: int(cut.size)] if cut else flipped
        before = [(0.0, one) for one in self._before(call, raw)]
        if "line.glue_answer" in call.troubles:
            raw = b"".join(one for _, one in before) + raw * 2
            before = []
        if "line.split_answer" in call.troubles:
            size = -(-len(raw) // PIECES)
            starts = range(0, len(raw), size)
            whole = [(PIECE_GAP_S * n, raw[at : at + size]) for n, at in enumerate(starts)]
        else:
            whole = [(0.0, raw)]
        return before + whole * (2 if "line.double_answer" in call.troubles else 1)

    def _before(self, call: Call, raw: bytes) -> list[bytes]:
        """What somebody else puts on the line before the answer comes."""
        put = []
        if "line.other_terminal" in call.troubles:
            put += other_terminals(raw)
        if "line.replay" in call.troubles:
            same = [one for one in self.world.answers if is_approval_of(one, raw)]
            put += same[-1:]
        return put

    def _forge(self, call: Call, frame: bytes) -> None:
        trouble = call.troubles.get("line.forge")
        chance = self.world.chance("forger")
        forged = trouble and forged_answer(frame, trouble.text or chance.choice(FORGED), chance)
        if forged:
            self.world.forged.add(forged)
            self.world.on_the_way(WIRE_S, lambda: self._hear(call, forged))

    def _hear(self, call: Call, raw: bytes) -> None:
        if self._is_on(call):
            self.world.hears(raw)
            self.world.step(BytesArrived(ACQUIRER, raw))

    def _hang_up(self, call: Call) -> None:
        if self._is_on(call) and not self.world.serial_end:
            self.drop()

    def _is_on(self, call: Call) -> bool:
        is_heard = self.call is call or (self.world.serial_end and self.call is not None)
        return bool(is_heard) and self.world.links[ACQUIRER] is self


def _next_exchange(world: World) -> Mapping[str, Trouble]:
    """A line to the host is opened: what will go wrong on it, by kind."""
    world.exchanges += 1
    mine = [t for t in world.line_troubles if t.at == world.exchanges]
    until_s, lasting = world.outage  # what begins with this exchange befalls the next ones
    for trouble in mine:
        world.reached[trouble.kind] += 1
        world.befalls(trouble)
    troubles = {t.kind: t for t in mine if t.kind.startswith("line.")}
    return troubles | ({lasting: Trouble(lasting)} if world.clock.now_s < until_s else {})


def _on_the_way_s(call: Call) -> float:
    broken = call.troubles.get("line.break")
    return max(float(broken.text) if broken else 0.0, _delay_s(call, "line.delay_request"))


def _delay_s(call: Call, kind: str) -> float:
    trouble = call.troubles.get(kind)
    return trouble.size if trouble else 0.0


def _flipped(raw: bytes, trouble: Trouble | None) -> bytes:
    if trouble is None or not raw:
        return raw
    bit = int(trouble.size) % (8 * len(raw))
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
