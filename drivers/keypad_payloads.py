"""Payloads of the encrypting PIN pad: questions into bytes, bytes into answers.

Source: drivers/keypad.md. Card numbers pass through here: no error text holds any value.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from construct import (
    Bytes,
    ConstructError,
    ExprAdapter,
    GreedyBytes,
    GreedyString,
    Int8ub,
    Int16ub,
    Int32ub,
    Prefixed,
    Struct,
    Terminated,
)
from construct import Mapping as Codes

from drivers.framing import LARGEST_PAYLOAD
from terminal.domain import keypad_questions as kq

_BAD_LAYOUT = (ConstructError, UnicodeError, struct.error)


class PayloadError(Exception):
    """A question that does not fit its layout, or an answer that has another one."""


def _ascii(count: int) -> Any:
    """Exactly so many ASCII characters."""
    return ExprAdapter(
        Bytes(count), lambda raw, _: raw.decode("ascii"), lambda text, _: text.encode("ascii")
    )


_STR8 = Prefixed(Int8ub, GreedyString("ascii"))
_STR16 = Prefixed(Int16ub, GreedyString("ascii"))
_BLOB8 = Prefixed(Int8ub, GreedyBytes)
_BLOB16 = Prefixed(Int16ub, GreedyBytes)
_ALGORITHM = Codes(Int8ub, {"unionpay_ecb": 1, "x9.9": 2, "x9.19": 3})
_OUTCOME = Codes(Int8ub, {outcome: outcome.value for outcome in kq.EntryOutcome})
_TRUTH = Codes(Int8ub, {True: 1, False: 0})
_LENGTHS = ("shortest" / Int8ub, "longest" / Int8ub)

_EMPTY = Struct(Terminated)
_LOAD_KEYS = Struct("scheme" / Int8ub, "block" / _BLOB16)
_MAC = Struct(
    "algorithm" / _ALGORITHM,
    "record_number" / Int32ub,
    "record_hash" / Bytes(32),
    "data" / _BLOB16,
)
_CHECK_MAC = Struct("algorithm" / _ALGORITHM, "mac" / Bytes(8), "data" / _BLOB16)
_PROTECT = Struct("batch" / Int32ub, "pan" / _STR8, "expiry" / _STR8)
_OPEN_CARD = Struct("batch" / Int32ub, "sealed" / _BLOB8)
_DESTROY_SEAL = Struct("batch" / Int32ub)
_PIN = Struct("pan" / _STR8, *_LENGTHS, "timeout_s" / Int8ub, "block_format" / Int8ub)
_SIGN_SLIP = Struct("text" / _STR16)
_CHECK_SLIP = Struct("mac" / _ascii(8), "text" / _STR16)
_PASSWORD = Struct(
    "salt" / Bytes(16), "verifier" / Bytes(32), "cost" / Int32ub, *_LENGTHS, "timeout_s" / Int8ub
)
_NEW_PASSWORD = Struct("operator" / _ascii(2), *_LENGTHS, "cost" / Int32ub, "timeout_s" / Int8ub)
_CODE = Struct("timeout_s" / Int8ub)

# By hand: the pad is asked each second. Serial, boot id, flags, record's number and hash, check.
_STATUS_ANSWER = struct.Struct(">16sIBI32s4s")
_MAC_ANSWER = Struct("mac" / Bytes(8), Terminated)
_VERDICT_ANSWER = Struct("right" / _TRUTH, Terminated)
_PROTECT_ANSWER = Struct("token" / _ascii(16), "sealed" / _BLOB8, Terminated)
_OPEN_ANSWER = Struct("pan" / _STR8, "expiry" / _STR8, Terminated)
_PIN_ANSWER = Struct("outcome" / _OUTCOME, "block" / Bytes(8), Terminated)
_SLIP_ANSWER = Struct("mac" / _ascii(8), Terminated)
_ENTRY_ANSWER = Struct("outcome" / _OUTCOME, Terminated)
_PASSWORD_ANSWER = Struct(
    "outcome" / _OUTCOME, "salt" / Bytes(16), "verifier" / Bytes(32), Terminated
)


def _status(payload: bytes) -> kq.PadStatus:
    serial, boot_id, flags, number, digest, check = _STATUS_ANSWER.unpack(payload)
    return kq.PadStatus(
        serial=serial.decode("ascii").rstrip(" "),
        boot_id=boot_id,
        has_master_key=bool(flags & 1),
        has_working_keys=bool(flags & 2),
        has_shop_key=bool(flags & 4),
        code_unspent=bool(flags & 8),
        record_number=number,
        record_hash=digest,
        master_key_check=check.hex().upper(),
    )


def _password(found: Any) -> kq.PasswordMade:
    if found.outcome is not kq.EntryOutcome.RIGHT:
        return kq.PasswordMade(found.outcome)
    return kq.PasswordMade(found.outcome, found.salt, found.verifier)


def _pin(found: Any) -> kq.PinEntered:
    if found.outcome is not kq.EntryOutcome.RIGHT:
        return kq.PinEntered(found.outcome)
    return kq.PinEntered(found.outcome, found.block)


def _verdict(found: Any) -> kq.Verdict:
    return kq.Verdict(found.right)


def _entry(found: Any) -> kq.EntryEnded:
    return kq.EntryEnded(found.outcome)


def _protected(found: Any) -> kq.CardProtected:
    return kq.CardProtected(found.token, found.sealed)


def _opened(found: Any) -> kq.CardOpened:
    return kq.CardOpened(found.pan, found.expiry)


def _done(_: Any) -> kq.Done:
    return kq.Done()


@dataclass(frozen=True, slots=True)
class _Command:
    kind: int
    question: Any  # construct ships no types
    answer: Callable[[bytes], kq.Answer]


def _read(layout: Any, read: Callable[[Any], kq.Answer]) -> Callable[[bytes], kq.Answer]:
    return lambda payload: read(layout.parse(payload))


_COMMANDS: Mapping[type, _Command] = MappingProxyType(
    {
        kq.AskStatus: _Command(0x01, _EMPTY, _status),
        kq.LoadKeys: _Command(0x02, _LOAD_KEYS, _read(_EMPTY, lambda _: kq.KeysLoaded())),
        kq.MakeMac: _Command(0x03, _MAC, _read(_MAC_ANSWER, lambda found: kq.MacMade(found.mac))),
        kq.CheckMac: _Command(0x04, _CHECK_MAC, _read(_VERDICT_ANSWER, _verdict)),
        kq.ProtectCard: _Command(0x05, _PROTECT, _read(_PROTECT_ANSWER, _protected)),
        kq.OpenCard: _Command(0x06, _OPEN_CARD, _read(_OPEN_ANSWER, _opened)),
        kq.DestroySeal: _Command(0x07, _DESTROY_SEAL, _read(_EMPTY, _done)),
        kq.SignSlip: _Command(
            0x08, _SIGN_SLIP, _read(_SLIP_ANSWER, lambda found: kq.SlipSigned(found.mac))
        ),
        kq.CheckSlip: _Command(0x09, _CHECK_SLIP, _read(_VERDICT_ANSWER, _verdict)),
        kq.CheckPassword: _Command(0x0A, _PASSWORD, _read(_ENTRY_ANSWER, _entry)),
        kq.MakePassword: _Command(0x0B, _NEW_PASSWORD, _read(_PASSWORD_ANSWER, _password)),
        kq.CheckCode: _Command(0x0C, _CODE, _read(_ENTRY_ANSWER, _entry)),
        kq.SpendCode: _Command(0x0D, _EMPTY, _read(_EMPTY, _done)),
        kq.EnterPin: _Command(0x0E, _PIN, _read(_PIN_ANSWER, _pin)),
        kq.CancelEntry: _Command(0x0F, _EMPTY, _read(_EMPTY, _done)),
    }
)


def kind_of(question: kq.Question) -> int:
    """The kind of the frame that asks it."""
    return _COMMANDS[type(question)].kind


def payload_of(question: kq.Question) -> bytes:
    """The payload that asks it; PayloadError when a value does not fit its place."""
    values = {field.name: getattr(question, field.name) for field in fields(question)}
    if isinstance(question, kq.ProtectCard):
        values["expiry"] = question.expiry or ""
    if isinstance(question, kq.MakeMac):
        values["record_hash"] = question.record_hash or bytes(32)
    try:
        payload: bytes = _COMMANDS[type(question)].question.build(values)
    except _BAD_LAYOUT:
        raise PayloadError(f"{type(question).__name__}: a value does not fit") from None
    if len(payload) > LARGEST_PAYLOAD:
        raise PayloadError(f"{type(question).__name__}: more than {LARGEST_PAYLOAD} bytes")
    return payload


def answer_of(question: kq.Question, payload: bytes) -> kq.Answer:
    """The answer to `question`; PayloadError when the payload has another layout."""
    try:
        return _COMMANDS[type(question)].answer(payload)
    except _BAD_LAYOUT:
        raise PayloadError(f"answer to {type(question).__name__}: layout") from None
