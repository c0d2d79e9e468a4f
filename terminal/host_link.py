"""One exchange at a time with the acquirer: open, write a frame, wait for the answer that is ours.

Certain until the line is open and a write is called; after that an answer or silence (profile 6).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from terminal.domain.host_profile import HostProfile
from terminal.events import Event, HostNotReached, HostReplied, HostSilent
from terminal.iso8583 import channel, framing, matching
from terminal.iso8583.channel import ChannelConfig
from terminal.iso8583.codec import Message, MessageError, decode
from terminal.iso8583.framing import Acknowledged, Bad, Frame, NotAcknowledged
from terminal.ports import NOTHING, Reaction

ACK, NAK = bytes([framing.ACK]), bytes([framing.NAK])


class _State(Enum):
    IDLE = auto()
    OPENING = auto()
    WAITING = auto()


@dataclass(slots=True)
class Counters:
    """What came and was not an answer of ours."""

    not_ours: int = 0
    unreadable: int = 0
    bad_frames: int = 0


class HostLinkDriver:
    """Joins the pure channel to a link. `is_serial` chooses the framing of the line.

    `profile` gives the one in force: the host may change its time-out.
    """

    def __init__(
        self, config: ChannelConfig, profile: Callable[[], HostProfile], is_serial: bool
    ) -> None:
        self.counters = Counters()
        self._config = config
        self._in_force = profile
        self._profile = profile()
        self._is_serial = is_serial
        self._state = _State.IDLE
        self._number = 0
        self._request: Message | None = None
        self._frame = b""
        self._naks = 0
        self._deadline_s = math.inf
        self._tcp = framing.TcpFraming()
        self._serial = framing.SerialFraming()

    @property
    def due_s(self) -> float:
        """The end of the connecting, or of the waiting."""
        return self._deadline_s

    def exchange(self, number: int, raw: bytes, entry_mode: str | None, now_s: float) -> Reaction:
        """Open the line for this message. The one before it is nobody's any more."""
        was_busy = self._state is not _State.IDLE
        self._profile = self._in_force()
        wanted = channel.application_class(
            entry_mode, self._profile, self._config.header.application_class
        )
        payload = channel.wrap(raw, self._config, wanted)
        frame = framing.SerialFraming.frame if self._is_serial else framing.TcpFraming.frame
        self._number, self._request, self._frame = number, _comparable(raw), frame(payload)
        self._state, self._naks = _State.OPENING, 0
        self._deadline_s = now_s + self._profile.connect_timeout_s
        return Reaction(open=True, close=was_busy)

    def opened(self, now_s: float) -> Reaction:
        """The line stands: the frame goes out in one write."""
        if self._state is not _State.OPENING:
            return Reaction(close=True)
        self._state = _State.WAITING
        self._tcp, self._serial = framing.TcpFraming(), framing.SerialFraming()
        self._serial.expect()
        self._deadline_s = now_s + self._profile.answer_timeout_s
        frame = self._frame
        self._frame = frame if self._is_serial else b""
        return Reaction(frames=(frame,))

    def written(self, now_s: float) -> Reaction:
        """The whole frame left; the answer's time counts from here."""
        if self._state is _State.WAITING:
            self._deadline_s = now_s + self._profile.answer_timeout_s
        return NOTHING

    def receive(self, raw: bytes, now_s: float) -> Reaction:
        """Whatever comes while nobody waits is dropped."""
        if self._state is not _State.WAITING:
            return NOTHING
        found = self._serial.feed(raw) if self._is_serial else self._tcp.feed(raw)
        frames: list[bytes] = []
        for item in found:
            match item:
                case Frame(payload):
                    frames += [ACK] if self._is_serial else []
                    reply = self._reply(payload)
                    if reply is not None:
                        return self._end(reply, tuple(frames))
                case NotAcknowledged():
                    if self._naks >= self._profile.serial_nak_tries - 1:
                        return self._end(HostSilent(self._number, "not acknowledged"))
                    self._naks += 1
                    self._serial.expect()
                    frames.append(self._frame)
                case Bad(place, what):
                    self.counters.bad_frames += 1
                    if not self._is_serial:
                        return self._end(HostSilent(self._number, f"{place}: {what}"))
                    frames.append(NAK)
                case Acknowledged():
                    pass
        return Reaction(frames=tuple(frames))

    def lost(self, reason: str, write_called: bool, now_s: float) -> Reaction:
        """Before any write it is certain that nothing left."""
        if self._state is _State.IDLE:
            return NOTHING
        certain = self._state is _State.OPENING and not write_called
        failed: Event = (
            HostNotReached(self._number, reason) if certain else HostSilent(self._number, reason)
        )
        return self._end(failed)

    def tick(self, now_s: float) -> Reaction:
        """Connecting or waiting has taken too long."""
        if now_s < self._deadline_s:
            return NOTHING
        if self._state is _State.OPENING:
            return self._end(HostNotReached(self._number, "connect time-out"))
        return self._end(HostSilent(self._number, "time-out"))

    def abandon(self, now_s: float) -> Reaction:
        """Nobody waits any more."""
        return NOTHING if self._state is _State.IDLE else self._end(None)

    def _reply(self, payload: bytes) -> HostReplied | None:
        assert self._request is not None
        try:
            _, header, body = channel.unwrap(payload)
            reply = decode(body)
        except MessageError:
            self.counters.unreadable += 1
            return None
        if not matching.is_ours(self._request, reply):
            self.counters.not_ours += 1
            return None
        return HostReplied(self._number, body, header.processing_request)

    def _end(self, event: Event | None, frames: tuple[bytes, ...] = ()) -> Reaction:
        self._state, self._deadline_s = _State.IDLE, math.inf
        self._request, self._frame = None, b""
        return Reaction(frames=frames, events=(event,) if event else (), close=True)


def _comparable(raw: bytes) -> Message:
    # What an answer is matched by (profile 2, step 1); no card data is kept for it.
    message = decode(raw)
    return Message(message.mti, {n: v for n, v in message.fields.items() if n in (11, 41, 42)})
