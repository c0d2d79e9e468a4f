"""Parameters that the host sends (2.6). Not authenticated: what they may change is listed here.

F62 is two digits of a tag and a value of the tag's length, again and again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from terminal.iso8583.answers import MacCheck, Problem
from terminal.iso8583.codec import Message
from terminal.iso8583.comparison import proof, unproved, without_code
from terminal.iso8583.private_fields import remark

ParameterValue = int | bool | str | bytes


class ParameterKey(StrEnum):
    """What the host may propose to change."""

    ANSWER_TIMEOUT_S = "answer_timeout_s"
    PHONE_1 = "phone_1"
    PHONE_2 = "phone_2"
    PHONE_3 = "phone_3"
    MANAGEMENT_PHONE = "management_phone"
    TIP = "tip"
    TYPED_CARD = "typed_card"
    AUTO_SIGN_OFF = "auto_sign_off"
    MERCHANT_NAME = "merchant_name"
    SENDS = "sends"
    SWITCHES = "switches"


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """One proposed value: int, bool, text, or the four bytes of the switches."""

    tag: str
    key: ParameterKey
    value: ParameterValue


@dataclass(frozen=True, slots=True)
class RefusedParameter:
    """A tag that is not applied: `why` is forbidden, unknown, cut short, repeated or bad value."""

    tag: str
    why: str


@dataclass(frozen=True, slots=True)
class ParameterAnswer:
    """What may be proposed to the shop, and by name what may not. Nothing of it with a problem."""

    response_code: str
    changes: tuple[ParameterChange, ...] = ()
    refused: tuple[RefusedParameter, ...] = ()
    problem: Problem | None = None


class _BadValueError(ValueError):
    """A value that its tag does not allow."""


def parameter_answer(reply: Message, *, mac: MacCheck = MacCheck.NOT_CHECKED) -> ParameterAnswer:
    """Read an answer that `is_ours` to a parameter download; a MAC that is there must verify."""
    found = proof(reply, mac)
    is_proved = found in (MacCheck.ABSENT, MacCheck.VERIFIED)
    problem = without_code(reply) if is_proved else unproved(found)
    code = reply.text(39)
    if problem is not None or code != "00":
        return ParameterAnswer(code, problem=problem)
    changes, refused = _read(reply.raw(62))
    return ParameterAnswer(code, changes, refused)


def _read(raw: bytes) -> tuple[tuple[ParameterChange, ...], tuple[RefusedParameter, ...]]:
    changes: dict[str, ParameterChange] = {}
    refused: list[RefusedParameter] = []
    while raw:
        tag = _printable(raw[:2])
        length = _LENGTHS.get(tag)
        if length is None or len(raw) < 2 + length:
            # Nothing tells where the next tag begins.
            refused.append(RefusedParameter(tag, "unknown" if length is None else "cut short"))
            break
        found = _parameter(tag, raw[2 : 2 + length])
        if isinstance(found, ParameterChange) and tag not in changes:
            changes[tag] = found
        else:
            refused.append(
                found if isinstance(found, RefusedParameter) else RefusedParameter(tag, "repeated")
            )
        raw = raw[2 + length :]
    return tuple(changes.values()), tuple(refused)


def _parameter(tag: str, raw: bytes) -> ParameterChange | RefusedParameter:
    if tag not in _ALLOWED:
        return RefusedParameter(tag, "forbidden")
    key, read = _ALLOWED[tag]
    try:
        return ParameterChange(tag, key, read(raw))
    except _BadValueError:
        return RefusedParameter(tag, "bad value")


def _printable(raw: bytes) -> str:
    text = raw.decode("ascii", errors="replace")
    return text if text.isascii() and text.isprintable() else raw.hex()


def _number(raw: bytes) -> int:
    if not raw.isdigit() or not int(raw):
        raise _BadValueError
    return int(raw)


def _switch(raw: bytes) -> bool:
    if raw not in (b"0", b"1"):
        raise _BadValueError
    return raw == b"1"


def _phone(raw: bytes) -> str:
    text = raw.decode("ascii", errors="replace").strip()
    if not set(text) <= set("0123456789-+*#, "):
        raise _BadValueError
    return text


def _name(raw: bytes) -> str:
    text = remark(raw)
    if not text:
        raise _BadValueError
    return text


_Read = Callable[[bytes], ParameterValue]

_ALLOWED: Final[Mapping[str, tuple[ParameterKey, _Read]]] = MappingProxyType(
    {
        "12": (ParameterKey.ANSWER_TIMEOUT_S, _number),
        "14": (ParameterKey.PHONE_1, _phone),
        "15": (ParameterKey.PHONE_2, _phone),
        "16": (ParameterKey.PHONE_3, _phone),
        "17": (ParameterKey.MANAGEMENT_PHONE, _phone),
        "18": (ParameterKey.TIP, _switch),
        "20": (ParameterKey.TYPED_CARD, _switch),
        "21": (ParameterKey.AUTO_SIGN_OFF, _switch),
        "22": (ParameterKey.MERCHANT_NAME, _name),
        "23": (ParameterKey.SENDS, _number),
        "26": (ParameterKey.SWITCHES, bytes),
    }
)
_LENGTHS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "01": 1, "02": 1, "03": 1, "04": 1, "05": 1, "11": 2, "12": 2, "13": 1, "14": 14,
        "15": 14, "16": 14, "17": 14, "18": 1, "19": 2, "20": 1, "21": 1, "22": 40, "23": 1,
        "24": 1, "25": 1, "26": 4,
    }
)  # fmt: skip
