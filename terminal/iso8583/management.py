"""Messages that carry no money: sign-in, sign-off, echo test, parameter download (3.1, 3.2)."""

from dataclasses import dataclass, field
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError
from terminal.iso8583.private_fields import field_60
from terminal.iso8583.request_fields import Fields, TerminalIdentity, if_digits, in_ascii

_SIGN_OFF: Final = "002"
_ECHO: Final = "301"
_PARAMETERS: Final = "360"
_SCHEME_OF_LENGTH: Final = ((24, 1), (40, 3), (60, 4))


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
    fields: Fields = {63: profile.operator_code.encode("ascii")}
    if profile.sign_in_serial and identity.device_info:
        fields[62] = in_ascii(62, identity.device_info)
    return management("0800", identity, stan, f"00{batch}{profile.sign_in_kind}", fields)


def sign_off(identity: TerminalIdentity, stan: str, batch: str) -> Message:
    """0820 sign-off (3.2)."""
    return management("0820", identity, stan, f"00{batch}{_SIGN_OFF}", {})


def echo(identity: TerminalIdentity, batch: str) -> Message:
    """0820 echo test: it has no trace number (3.2)."""
    return management("0820", identity, None, f"00{batch}{_ECHO}", {})


def parameter_download(identity: TerminalIdentity, batch: str) -> Message:
    """0800 request for the terminal's parameters: it has no trace number (3.2)."""
    return management("0800", identity, None, f"00{batch}{_PARAMETERS}", {})


def sign_in_answer(reply: Message) -> SignInAnswer:
    """Read an 0810. Raises MessageError without F39, or when it says 00 and the keys are odd."""
    code = reply.text(39)
    if not code:
        raise MessageError("field 39", "absent")
    return SignInAnswer(
        response_code=code,
        batch=if_digits(field_60(reply.text(60)).batch, 6),
        host_time=reply.text(12),
        host_date=reply.text(13),
        keys=_key_block(reply.raw(62)) if code == "00" else None,
    )


def management(
    mti: str, identity: TerminalIdentity, stan: str | None, f60: str, more: Fields
) -> Message:
    """F11 (unless None), 41, 42, 60 and what else the message has."""
    fields: Fields = {41: identity.tid, 42: identity.mid, 60: f60, **more}
    return Message(mti, fields if stan is None else {11: stan, **fields})


def _key_block(raw: bytes) -> KeyBlock:
    for length, scheme in _SCHEME_OF_LENGTH:
        if len(raw) == length:
            return KeyBlock(scheme, raw)
    raise MessageError("field 62", f"{len(raw)} bytes of keys, 24, 40 or 60 are possible")
