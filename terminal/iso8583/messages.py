"""The messages that the terminal sends, and what it reads out of management answers.

Everything that a flow needs of the messaging is here or in `matching`.
"""

from dataclasses import dataclass, field
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message as Message
from terminal.iso8583.codec import MessageError as MessageError
from terminal.iso8583.codec import decode as decode
from terminal.iso8583.codec import encode as encode
from terminal.iso8583.codec import mac_input as mac_input
from terminal.iso8583.masking import FieldValue
from terminal.iso8583.private_fields import field_60

NO_MAC: Final = bytes(8)
_REFUND: Final = "25"
_SIGN_OFF: Final = "002"
_ECHO: Final = "301"
_STRIPE: Final = frozenset({"02"})
_TYPED: Final = frozenset({"01"})
_CHIP: Final = frozenset({"05", "07"})
_SCHEME_OF_LENGTH: Final = ((24, 1), (40, 3), (60, 4))


@dataclass(frozen=True, slots=True)
class TerminalIdentity:
    """Terminal number (8), merchant number (15), and F62 of the sign-in as the acquirer wants it.

    `device_info` is sent as it stands; `device_info()` makes the usual form.
    """

    tid: str
    mid: str
    device_info: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """What a refund says. Digits as text: stan 6, batch 6, dates MMDD, expiry YYMM; amount in fen.

    `entry_mode` is F22; track 2 with `=` or `D`. The original's batch and trace are sent only when
    the profile says so, its authorisation code when it is known. Card data stays out of `repr`.
    """

    amount_minor: int
    stan: str
    batch: str
    entry_mode: str
    original_rrn: str
    original_date: str
    original_auth_code: str | None = None
    original_batch: str | None = None
    original_stan: str | None = None
    currency: str = "156"
    pan: str | None = field(default=None, repr=False)
    expiry: str | None = field(default=None, repr=False)
    track2: str | None = field(default=None, repr=False)
    card_sequence: str | None = field(default=None, repr=False)
    pin_block: bytes | None = field(default=None, repr=False)
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class KeyBlock:
    """Working keys as they came, under the master key; scheme 1, 3 or 4 by their length (4.4)."""

    scheme: int
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """A sign-in answer. It has no MAC: it may load keys whose check values verify, offer a batch
    number and tell the time (hhmmss, MMDD), nothing else. Texts are empty when absent or no time.
    """

    response_code: str
    batch: str
    host_time: str
    host_date: str
    keys: KeyBlock | None


def device_info(licence: str, serial: str) -> str:
    """F62 of a sign-in request: licence number (4) and serial behind their length (2.6)."""
    return f"Sequence No{len(licence + serial):02d}{licence}{serial}"


def sign_in(identity: TerminalIdentity, stan: str, batch: str, profile: HostProfile) -> Message:
    """0800 sign-in of the profile's kind (3.1); batch `000000` when none is known."""
    fields: dict[int, FieldValue] = {63: profile.operator_code.encode("ascii")}
    if profile.sign_in_serial and identity.device_info:
        fields[62] = _ascii(62, identity.device_info)
    return _management("0800", identity, stan, f"00{batch}{profile.sign_in_kind}", fields)


def sign_off(identity: TerminalIdentity, stan: str, batch: str) -> Message:
    """0820 sign-off (3.2)."""
    return _management("0820", identity, stan, f"00{batch}{_SIGN_OFF}", {})


def echo(identity: TerminalIdentity, batch: str) -> Message:
    """0820 echo test: it has no trace number (3.2)."""
    return _management("0820", identity, None, f"00{batch}{_ECHO}", {})


def refund(identity: TerminalIdentity, request: RefundRequest, profile: HostProfile) -> Message:
    """0220 refund without its MAC (3.5). Raises MessageError for what can't be sent so."""
    _check(request)
    fields: dict[int, FieldValue] = {
        3: "200000",
        4: f"{request.amount_minor:012d}",
        11: request.stan,
        22: request.entry_mode,
        25: "00",
        37: request.original_rrn,
        41: identity.tid,
        42: identity.mid,
        49: request.currency,
        60: _financial_60(request, profile),
        61: _original(request, profile),
        63: profile.refund_card_organisation.encode("ascii"),
    }
    if request.original_auth_code and profile.refund_auth_code == "when_known":
        fields[38] = request.original_auth_code
    return Message("0220", fields | _card(request) | _security(request, profile))


def unsigned(message: Message) -> bytes:
    """The bytes that the MAC of this message is made over: its bitmap has bit 64 already."""
    return mac_input(encode(Message(message.mti, {**message.fields, 64: NO_MAC})))


def sign(unsigned_raw: bytes, mac: bytes) -> bytes:
    """The whole message: `unsigned` bytes and the 8 bytes of F64."""
    if len(mac) != len(NO_MAC):
        raise MessageError("field 64", f"{len(mac)} bytes, 8 are needed")
    return unsigned_raw + mac


def sign_in_answer(reply: Message) -> SignInAnswer:
    """Read an 0810. Raises MessageError without F39, or when it says 00 and the keys are odd."""
    code = reply.text(39)
    if not code:
        raise MessageError("field 39", "absent")
    return SignInAnswer(
        response_code=code,
        batch=_if_digits(field_60(reply.text(60)).batch, 6),
        host_time=reply.text(12),
        host_date=reply.text(13),
        keys=_key_block(reply.raw(62)) if code == "00" else None,
    )


def _management(
    mti: str, identity: TerminalIdentity, stan: str | None, f60: str, more: dict[int, FieldValue]
) -> Message:
    fields: dict[int, FieldValue] = {41: identity.tid, 42: identity.mid, 60: f60, **more}
    return Message(mti, fields if stan is None else {11: stan, **fields})


def _check(request: RefundRequest) -> None:
    if not 0 < request.amount_minor < 10**12:
        raise MessageError("field 4", "the amount must be from 1 to 999999999999")
    if not _if_digits(request.stan, 6).strip("0"):
        raise MessageError("field 11", "must be six digits, not all zero")
    if not _if_digits(request.batch, 6):
        raise MessageError("field 60", "the batch must be six digits")
    if not _if_digits(request.original_date, 4):
        raise MessageError("field 61", "the original date must be MMDD")
    if len(request.original_rrn) != 12:
        raise MessageError("field 37", "must be 12 characters")
    if (request.entry_mode[2:] == "1") != (request.pin_block is not None):
        raise MessageError("field 22", "its third digit and the PIN block disagree")


def _financial_60(request: RefundRequest, profile: HostProfile) -> str:
    condition = "2" if request.is_fallback else "0"
    partial = "1" if profile.partial_approval else "0"
    whole = f"{_REFUND}{request.batch}000{profile.terminal_capability}{condition}{partial}"
    return whole[: profile.financial_f60_digits]


def _original(request: RefundRequest, profile: HostProfile) -> str:
    known = profile.refund_original == "batch_trace_date"
    batch = (known and request.original_batch) or "000000"
    stan = (known and request.original_stan) or "000000"
    return f"{batch}{stan}{request.original_date}"


def _card(request: RefundRequest) -> dict[int, FieldValue]:
    """Presence rules of 3.3: a swiped card sends its stripe only, so no number stands twice."""
    way, track2 = request.entry_mode[:2], request.track2
    if way in _STRIPE and track2:
        return {35: _packed_track(track2)}
    if way in _TYPED and request.pan:
        return _present({2: request.pan, 14: request.expiry})
    if way in _CHIP and request.pan:
        stripe = _packed_track(track2) if track2 else None
        values = {2: request.pan, 14: request.expiry, 23: request.card_sequence, 35: stripe}
        return _present(values)
    raise MessageError("field 22", f"no card data that fits entry mode {way}")


def _security(request: RefundRequest, profile: HostProfile) -> dict[int, FieldValue]:
    """F53 stands with a stripe or a PIN; F26 and F52 with a PIN only (2.3)."""
    algorithm = "0" if profile.sign_in_kind == "001" else "6"
    if request.pin_block is not None:
        pin: dict[int, FieldValue] = {26: profile.pin_max, 52: request.pin_block}
        return pin | {53: f"2{algorithm}".ljust(16, "0")}
    return {53: f"0{algorithm}".ljust(16, "0")} if 35 in _card(request) else {}


def _packed_track(track2: str) -> str:
    return track2.upper().replace("=", "D")


def _present(values: dict[int, str | None]) -> dict[int, FieldValue]:
    return {number: value for number, value in values.items() if value}


def _key_block(raw: bytes) -> KeyBlock:
    for length, scheme in _SCHEME_OF_LENGTH:
        if len(raw) == length:
            return KeyBlock(scheme, raw)
    raise MessageError("field 62", f"{len(raw)} bytes of keys, 24, 40 or 60 are possible")


def _ascii(number: int, text: str) -> bytes:
    if not text.isascii():
        raise MessageError(f"field {number}", "must be ASCII")
    return text.encode("ascii")


def _if_digits(text: str, count: int) -> str:
    return text if len(text) == count and text.isascii() and text.isdigit() else ""
