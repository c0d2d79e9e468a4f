"""One request to one answer: which handler decides, and what the faults make of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from emulator.host.checks import PARTIAL
from emulator.host.config import RecoveryStep
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
from emulator.host.faults import FaultBox, Params, field_value
from emulator.host.inquiry import inquiry
from emulator.host.management import change_keys, echo, sign_in, sign_off
from emulator.host.message import Message, Value, encode, mac_input
from emulator.host.parameters import download
from emulator.host.refund import refund
from emulator.host.reversal import reversal
from emulator.host.sale import sale
from emulator.host.settlement import end_upload, settle
from emulator.host.upload import upload_details, upload_refund
from emulator.host.void import void

Handler = Callable[[Desk, Request], Answer]
UNSUPPORTED_ECHOES = (3, 4, 11, 25, 41, 42, 49, 60)

SINGLE_UPLOAD = "000"

MANAGEMENT: Mapping[tuple[str, str], Handler] = MappingProxyType(
    {
        ("0800", "001"): sign_in,
        ("0800", "003"): sign_in,
        ("0800", "004"): sign_in,
        ("0800", "360"): download,
        ("0820", "002"): sign_off,
        ("0820", "301"): echo,
        ("0500", "201"): settle,
        ("0320", "201"): upload_details,
        ("0320", "202"): end_upload,
        ("0320", "207"): end_upload,
    }
)
"""By MTI and 60.3."""

FINANCIAL: Mapping[tuple[str, str, str], Handler] = MappingProxyType(
    {
        ("0200", "000000", "22"): sale,
        ("0200", "200000", "23"): void,
        ("0220", "200000", "25"): refund,
        ("0320", "200000", "25"): upload_refund,
        ("0400", "000000", "22"): reversal,
        ("0400", "200000", "23"): reversal,
    }
)
"""By MTI, field 3 and 60.1."""

RECOVERY: Mapping[tuple[str, str, str], tuple[RecoveryStep, Handler]] = MappingProxyType(
    {
        ("0200", "310100", "02"): ("inquiry", inquiry),
        ("0400", "200000", "25"): ("reverse", reversal),
    }
)
"""The same, for hosts whose profile has the step."""

DECLINABLE = (sale, void, refund)
OWN_FAULTS: Mapping[Handler, str] = MappingProxyType(
    {
        settle: "host.wrong_totals",
        upload_details: "host.bad_upload",
        upload_refund: "host.bad_upload",
        end_upload: "host.bad_upload",
        download: "host.hostile_parameters",
    }
)
"""Faults that the handler itself carries out."""


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
    handler = _handler(desk, message)
    changed = _new_keys(desk, faults, message)
    used, forced = _forced_code(faults, handler, message.mti)
    name, own = _own_fault(faults, handler, message.mti)
    reply = _in_bytes(faults, message, handler(desk, Request(message, raw, forced, own)))
    return Reply(reply.message, reply.raw, (*changed, *(used or name), *reply.faults))


def _new_keys(desk: Desk, faults: FaultBox, message: Message) -> tuple[str, ...]:
    """The host goes over to other keys than the terminal has; a sign-in brings new ones anyway."""
    if message.mti == "0800" or faults.take("host.changes_keys", message.mti) is None:
        return ()
    change_keys(desk, message)
    return ("host.changes_keys",)


def _forced_code(
    faults: FaultBox, handler: Handler, mti: str
) -> tuple[tuple[str, ...], str | None]:
    """The code that a fault asks for, and the fault."""
    aimed_only = handler is reversal
    if handler not in DECLINABLE and not aimed_only:
        return (), None
    decline = faults.take("host.decline", mti, aimed_only)
    if decline:
        return ("host.decline",), str(decline["code"])
    if not aimed_only and faults.take("host.partial_amount", mti):
        return ("host.partial_amount",), PARTIAL
    return (), None


def _own_fault(
    faults: FaultBox, handler: Handler, mti: str
) -> tuple[tuple[str, ...], Params | None]:
    name = OWN_FAULTS.get(handler)
    params = faults.take(name, mti) if name else None
    return (name,) if name and params else (), params


def _handler(desk: Desk, message: Message) -> Handler:
    text = message.text(60)
    is_single = message.mti == "0320" and text[8:11] == SINGLE_UPLOAD
    if message.mti in ("0320", "0500", "0800", "0820") and not is_single:
        return MANAGEMENT.get((message.mti, text[8:11]), unsupported)
    key = (message.mti, message.text(3), text[:2])
    step, handler = RECOVERY.get(key, (None, unsupported))
    if step in desk.config.profile.refund_recovery:
        return handler
    return FINANCIAL.get(key, unsupported)


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
