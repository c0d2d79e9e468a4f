"""Where requests are decided: what every handler needs, and who may ask at all."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from emulator.host.config import HostConfig, TerminalConfig
from emulator.host.crypto import MacAlgorithm, WorkingKeys, mac, open_key_block
from emulator.host.faults import Params
from emulator.host.ledger import Ledger
from emulator.host.message import Message, Value, mac_input
from emulator.host.records import Key, Session

MAC = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """The host as a handler sees it. now: host time; seed: of the working keys it makes."""

    config: HostConfig
    ledger: Ledger
    now: Callable[[], datetime]
    seed: int


@dataclass(frozen=True, slots=True)
class Request:
    """A message that arrived. raw: from MTI on.

    forced_code: a decline that a fault asks for; fault: what the handler's own fault asks for.
    """

    message: Message
    raw: bytes = field(repr=False)
    forced_code: str | None = None
    fault: Params | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """What field 64 is computed with."""

    algorithm: MacAlgorithm
    mak: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """Fields of an answer but the MAC; it gets one if `signing` is there."""

    fields: Mapping[int, Value] = field(repr=False)
    signing: Signing | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A terminal of this host and its last sign-in."""

    terminal: TerminalConfig
    session: Session | None

    @property
    def keys(self) -> WorkingKeys | None:
        """Its working keys, if it ever signed in."""
        return open_key_block(self.terminal.tmk, self.session.key_block) if self.session else None

    @property
    def signing(self) -> Signing | None:
        """How its messages are signed, if it ever signed in."""
        keys = self.keys
        return Signing(self.terminal.mac_algorithm, keys.mak) if keys else None


def caller_of(desk: Desk, message: Message) -> Caller | str:
    """The terminal that asks, or the code: 97 terminal unknown, 03 another merchant's."""
    terminal = desk.config.terminal(message.text(41))
    if terminal is None:
        return "97"
    if terminal.mid != message.text(42):
        return "03"
    return Caller(terminal, desk.ledger.session(terminal.tid, terminal.mid))


def signature_refusal(desk: Desk, request: Request, caller: Caller) -> str | None:
    """A0 if field 64 is missing or wrong; the sign-in code if there is no key yet; else None."""
    signing = caller.signing
    if signing is None:
        return desk.config.profile.not_signed_in_code
    wanted = mac(signing.algorithm, signing.mak, mac_input(request.raw))
    return None if hmac.compare_digest(wanted, request.message.raw(MAC)) else "A0"


def sign_in_refusal(desk: Desk, caller: Caller) -> str | None:
    """The sign-in code if the terminal is signed off; else None."""
    is_in = caller.session is not None and caller.session.signed_in
    return None if is_in else desk.config.profile.not_signed_in_code


def session_refusal(desk: Desk, message: Message, caller: Caller) -> str | None:
    """The sign-in code if the terminal is signed off, 77 if its batch is not ours; else None."""
    refusal = sign_in_refusal(desk, caller)
    if refusal is not None or caller.session is None:
        return refusal
    return None if batch_of(message) == caller.session.batch else "77"


def batch_of(message: Message) -> str:
    """60.2: the batch a message belongs to."""
    return message.text(60)[2:8]


def key_of(message: Message) -> Key:
    """What names a request for ever."""
    return message.text(42), message.text(41), message.text(11), batch_of(message)


def echoed(message: Message, numbers: tuple[int, ...]) -> dict[int, Value]:
    """Those fields of a request that its answer repeats; field 60 up to 60.3."""
    fields = {n: message.fields[n] for n in numbers if n in message.fields}
    if 60 in fields:
        fields[60] = message.text(60)[:11]
    return fields


def stamped(when: datetime) -> dict[int, Value]:
    """Fields 12 and 13: host time."""
    return {12: f"{when:%H%M%S}", 13: f"{when:%m%d}"}
