"""Card data out of sight: for the ledger and for the trace of the wire. Masks fail closed."""

import hashlib
import hmac

from emulator.host.fields import FIELDS
from emulator.host.message import Message, Value

SHORTEST_PAN = 13
HIDDEN = frozenset({14, 36, 48, 52, 55, 58, 59, 62})


def masked_pan(pan: str) -> str:
    """First six and last four digits; only stars for anything too short to be a card number."""
    if len(pan) < SHORTEST_PAN:
        return "*" * len(pan)
    return pan[:6] + "*" * (len(pan) - 10) + pan[-4:]


def keyed_hash(key: bytes, text: str) -> str:
    """32 hex digits that stand for a secret text in comparisons."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def redacted(message: Message) -> Message:
    """The same message with card data, PIN data and keys turned to zeros, lengths kept."""
    return Message(message.mti, {n: _redact(n, value) for n, value in message.fields.items()})


def readable(message: Message) -> tuple[tuple[int, str, str], ...]:
    """(number, name, masked text) of each field, for people."""
    return tuple((n, FIELDS[n].name, _show(n, message)) for n in sorted(message.fields))


def _redact(number: int, value: Value) -> Value:
    if number == 2 and isinstance(value, str):
        return masked_pan(value).replace("*", "0")
    if number == 35 and isinstance(value, str):
        return _redact_track(value)
    if number in HIDDEN:
        return bytes(len(value)) if isinstance(value, bytes) else "0" * len(value)
    return value


def _redact_track(track: str) -> str:
    pan, separator, rest = track.partition("D")
    return masked_pan(pan).replace("*", "0") + separator + "0" * len(rest)


def _show(number: int, message: Message) -> str:
    value = message.fields[number]
    if number == 2 and isinstance(value, str):
        return masked_pan(value)
    if number == 35:
        return masked_pan(str(value).partition("D")[0]) + " …"
    if number in HIDDEN:
        return f"({len(value)} hidden)"
    return value.hex().upper() if isinstance(value, bytes) else value
