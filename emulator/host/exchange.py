"""One request to one answer: which handler decides, and what the faults make of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from emulator.host.crypto import mac
from emulator.host.desk import (
    MAC,
    Answer,
    Caller,
    Desk,
    Request,
    caller_of,
    echoed,
    signature_refusal,
    stamped,
)
from emulator.host.faults import FaultBox, field_value
from emulator.host.management import echo, sign_in, sign_off
from emulator.host.message import Message, Value, encode, mac_input
from emulator.host.refund import refund

Handler = Callable[[Desk, Request], Answer]
UNSUPPORTED_ECHOES = (3, 4, 11, 25, 41, 42, 49, 60)

MANAGEMENT: Mapping[tuple[str, str], Handler] = MappingProxyType(
    {
        ("0800", "001"): sign_in,
        ("0800", "003"): sign_in,
        ("0800", "004"): sign_in,
        ("0820", "002"): sign_off,
        ("0820", "301"): echo,
    }
)
"""By MTI and 60.3."""

FINANCIAL: Mapping[tuple[str, str, str], Handler] = MappingProxyType(
    {("0220", "200000", "25"): refund}
)
"""By MTI, field 3 and 60.1."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in bytes, from MTI on, and the faults that changed it."""

    message: Message
    raw: bytes = field(repr=False)
    faults: tuple[str, ...] = ()


def answerable(mti: str) -> bool:
    """True for MTIs of requests and advices: 0x00 and 0x20."""
    return mti[0] == "0" and mti[2] in "02" and mti[3] == "0"


def reply_to(desk: Desk, faults: FaultBox, message: Message, raw: bytes) -> Reply:
    """Decide a request and put the answer into bytes, with the armed faults applied."""
    handler = _handler(message)
    decline = faults.take("host.decline", message.mti) if handler is refund else None
    forced = str(decline["code"]) if decline else None
    answer = handler(desk, Request(message, raw, forced))
    reply = _in_bytes(faults, message, answer)
    names = ("host.decline", *reply.faults) if decline else reply.faults
    return Reply(reply.message, reply.raw, names)


def _handler(message: Message) -> Handler:
    text = message.text(60)
    if message.mti in ("0800", "0820"):
        return MANAGEMENT.get((message.mti, text[8:11]), unsupported)
    return FINANCIAL.get((message.mti, message.text(3), text[:2]), unsupported)


def unsupported(desk: Desk, request: Request) -> Answer:
    """40 to what this host does not do; signed if the request was signed well."""
    fields = echoed(request.message, UNSUPPORTED_ECHOES) | stamped(desk.now()) | {39: "40"}
    caller = caller_of(desk, request.message)
    if not isinstance(caller, Caller) or MAC not in request.message.fields:
        return Answer(fields)
    trusted = signature_refusal(desk, request, caller) is None
    return Answer(fields, caller.signing if trusted else None)


def _in_bytes(faults: FaultBox, request: Message, answer: Answer) -> Reply:
    fields, used = _changed_fields(faults, request.mti, dict(answer.fields))
    mti = f"{int(request.mti) + 10:04d}"
    if answer.signing is None:
        return Reply(Message(mti, fields), encode(Message(mti, fields)), used)
    if faults.take("host.no_mac", request.mti):
        return Reply(Message(mti, fields), encode(Message(mti, fields)), (*used, "host.no_mac"))
    unsigned = mac_input(encode(Message(mti, {**fields, MAC: bytes(8)})))
    seal = mac(answer.signing.algorithm, answer.signing.mak, unsigned)
    if faults.take("host.wrong_mac", request.mti):
        seal, used = _spoilt(seal), (*used, "host.wrong_mac")
    return Reply(Message(mti, {**fields, MAC: seal}), unsigned + seal, used)


def _changed_fields(
    faults: FaultBox, mti: str, fields: dict[int, Value]
) -> tuple[dict[int, Value], tuple[str, ...]]:
    change = faults.take("host.field", mti)
    if change is None:
        return fields, ()
    number, value = int(change["number"]), str(change["value"])
    fields.pop(number, None)
    if value:
        fields[number] = field_value(number, value)
    return fields, ("host.field",)


def _spoilt(seal: bytes) -> bytes:
    return bytes([seal[0] ^ 0x01]) + seal[1:]
