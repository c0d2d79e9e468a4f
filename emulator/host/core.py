"""The emulated acquirer host without sockets: bytes in, timed writes out."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import apsw

from emulator.host.config import HostConfig
from emulator.host.delivery import Action, Close, Send, deliver
from emulator.host.desk import Desk
from emulator.host.exchange import Reply, answerable, reply_to
from emulator.host.faults import FaultBox
from emulator.host.ledger import Ledger
from emulator.host.message import Message, MessageError, decode
from emulator.host.records import Booking
from emulator.host.traffic import Place, Traffic, failed, seen
from emulator.host.wire import (
    ACK,
    NAK,
    Frame,
    FrameError,
    Heard,
    SerialLine,
    TcpLine,
    answer_frame,
    split_frame,
)

__all__ = ["Action", "Close", "Connection", "Framing", "Host", "Send"]

Framing = Literal["tcp", "serial"]
REPEATS = 3
SIGN_IN_AGAIN = 3


class Host:
    """One acquirer host for any number of terminals. Not for several threads."""

    def __init__(
        self, config: HostConfig, ledger: Ledger, now: Callable[[], datetime], seed: int
    ) -> None:
        self.config = config
        self.ledger = ledger
        self.faults = FaultBox()
        self.on_traffic: Callable[[Traffic], None] | None = None
        self._desk = Desk(config, ledger, now, seed)
        self._connections = 0

    def connection(self, framing: Framing = "tcp") -> "Connection":
        """A new line to this host."""
        self._connections += 1
        return Connection(self, framing, self._connections)

    def sales(self) -> list[dict[str, object]]:
        """The sales on the ledger with what remains of each, for slips and for the bench."""
        remaining = self.ledger.all_remaining_minor()
        return [_listed(sale, remaining[sale.id]) for sale in self.ledger.sales()]

    def reply(self, message: Message, raw: bytes) -> Reply:
        """Decide one decoded request; raw is the same request from MTI on."""
        return reply_to(self._desk, self.faults, message, raw)

    def tell(self, traffic: Traffic) -> None:
        """Pass a frame to whoever watches."""
        if self.on_traffic is not None:
            self.on_traffic(traffic)


class Connection:
    """One line: a TCP connection, or a serial line for as long as the host runs."""

    def __init__(self, host: Host, framing: Framing, number: int) -> None:
        self._host = host
        self._number = number
        self._serial = framing == "serial"
        self._line: TcpLine | SerialLine = SerialLine() if self._serial else TcpLine()
        self._last: bytes = b""
        self._repeats_left = 0

    def receive(self, raw: bytes, now_s: float) -> tuple[Action, ...]:
        """Bytes off the line to what is to be written; now_s is any clock that never goes back."""
        try:
            heard = self._line.feed(raw, now_s)
        except FrameError as error:
            self._host.tell(failed(self._number, now_s, b"", error))
            return (Close(0.0),)
        return tuple(action for each in heard for action in self._act(each, now_s))

    def closed(self) -> None:
        """The line is gone: what was half received or could be repeated is forgotten."""
        self._line = SerialLine() if self._serial else TcpLine()
        self._last, self._repeats_left = b"", 0

    def _act(self, heard: Heard, now_s: float) -> tuple[Action, ...]:
        if heard.kind == "frame":
            heard_it = (Send(0.0, bytes([ACK])),) if self._serial else ()
            return heard_it + self._exchange(heard.raw, now_s)
        if heard.kind == "bad_frame":
            return (Send(0.0, bytes([NAK])),)
        return self._repeat() if heard.kind == "nak" else self._settled()

    def _repeat(self) -> tuple[Action, ...]:
        if not self._repeats_left:
            return self._settled()
        self._repeats_left -= 1
        return (Send(0.0, self._last),)

    def _settled(self) -> tuple[Action, ...]:
        self._last, self._repeats_left = b"", 0
        return ()

    def _exchange(self, raw: bytes, now_s: float) -> tuple[Action, ...]:
        try:
            frame = split_frame(raw)
            message = decode(frame.body)
        except (FrameError, MessageError) as error:
            self._host.tell(failed(self._number, now_s, raw, error))
            return (Close(0.0),)
        self._tell((self._number, now_s, "in"), frame, message)
        if not answerable(message.mti):
            return (Close(0.0),)
        try:
            return self._answer(frame, message, now_s)
        except apsw.Error as error:  # nothing was booked: the terminal must not hear anything
            self._host.tell(failed(self._number, now_s, raw, error))
            return (Close(0.0),)

    def _answer(self, frame: Frame, message: Message, now_s: float) -> tuple[Action, ...]:
        faults = self._host.faults
        silent = faults.take("host.no_answer", message.mti)
        hang_up = None if silent else faults.take("host.close", message.mti)
        ending = silent or hang_up
        if ending is None or ending["booked"]:
            reply = self._host.reply(message, frame.body)
            if ending is None:
                return self._send(frame, message.mti, reply, now_s)
        return (Close(0.0),) if hang_up else ()

    def _send(self, frame: Frame, mti: str, reply: Reply, now_s: float) -> tuple[Action, ...]:
        digit, named = _asked(self._host.faults, mti)
        swap = self._host.config.profile.swap_tpdu
        answer = answer_frame(frame, reply.raw, digit, swap)
        framed = self._line.wrap(answer.joined())
        actions, shaped = deliver(self._host.faults, mti, framed)
        self._last, self._repeats_left = framed, REPEATS
        note = ", ".join((*reply.faults, *named, *shaped))
        self._tell((self._number, now_s, "out"), answer, reply.message, note)
        return actions

    def _tell(self, place: Place, frame: Frame, message: Message, note: str = "") -> None:
        if self._host.on_traffic is not None:  # its fields are masked only for who watches
            self._host.tell(seen(place, frame, message, note))


def _asked(faults: FaultBox, mti: str) -> tuple[int, tuple[str, ...]]:
    """Digit 6 of the header: what the host asks for, and the fault that made it ask."""
    if faults.take("host.sign_in_again", mti):
        return SIGN_IN_AGAIN, ("host.sign_in_again",)
    asks = faults.take("host.asks", mti)
    return (int(asks["digit"]), ("host.asks",)) if asks else (0, ())


def _listed(sale: Booking, remaining_minor: int) -> dict[str, object]:
    return {
        "rrn": sale.rrn,
        "date": sale.time[:10].replace("-", ""),
        "auth_code": sale.auth_code,
        "amount_minor": sale.amount_minor,
        "remaining_minor": remaining_minor,
        "currency": sale.currency,
        "card": sale.card_name,
        "card_masked": sale.card_masked,
        "stan": sale.stan,
        "batch": sale.batch,
        "terminal": sale.terminal,
        "merchant": sale.merchant,
        "state": sale.state,
        "voucher": sale.voucher,
    }
