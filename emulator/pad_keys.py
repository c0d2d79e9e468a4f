"""What the keypad is set up with, why it refuses, and its working keys (drivers/keypad.md)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from emulator.host.crypto import WorkingKeys, check_value, decrypt

BLOCK_BYTES: Mapping[int, int] = MappingProxyType({1: 24, 3: 40, 4: 60})
CHECK_BYTES = 4
SINGLE_BYTES = 8


class Reason(IntEnum):
    """Why the pad would not do what it was asked."""

    NO_MASTER_KEY = 0x10
    CHECK_VALUE = 0x11
    KEY_LENGTH = 0x12
    NO_WORKING_KEY = 0x13
    NO_SHOP_KEY = 0x14
    OLDER_RECORD = 0x20
    OTHER_RECORD = 0x21
    BUSY = 0x30
    NOT_UNDERSTOOD = 0x31


class RefusedError(Exception):
    """The pad refuses a question; `reason` goes over the wire."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PadSetup:
    """What was put into the pad before it came to the shop. Keys are hex.

    `master_key` has 16 bytes; it and `shop_key` may be missing (empty). `highest_cost` bounds the
    rounds of a password's hash, so that a damaged question can't stop the pad for hours.
    ValueError names a field that is wrong.
    """

    serial: str
    master_key: str = field(repr=False)
    shop_key: str = field(repr=False)
    token_key: str = field(repr=False)
    device_key: str = field(repr=False)
    one_time_code: str = field(default="", repr=False)
    highest_cost: int = 1_000_000

    def __post_init__(self) -> None:
        if not (self.serial.isascii() and 1 <= len(self.serial) <= 16):
            raise ValueError("pad: serial: 1 to 16 ASCII characters")
        for name in ("device_key", "token_key"):
            _check_hex(name, getattr(self, name), shortest=16)
        _check_hex("shop_key", self.shop_key, shortest=0)
        _check_hex("master_key", self.master_key, shortest=0)
        if len(self.master_key) not in (0, 32):
            raise ValueError("pad: master_key: 16 bytes in hex, or empty")
        if self.one_time_code and not is_digits(self.one_time_code.encode(), 4, 16):
            raise ValueError("pad: one_time_code: 4 to 16 digits, or empty")


def _check_hex(name: str, text: str, shortest: int) -> None:
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"pad: {name}: not hexadecimal") from None
    if len(raw) < shortest:
        raise ValueError(f"pad: {name}: at least {shortest} bytes")


def is_digits(raw: bytes, shortest: int, longest: int) -> bool:
    """Whether these are ASCII digits, so many of them."""
    return shortest <= len(raw) <= longest and raw.isdigit()


def unwrapped(master_key: bytes, scheme: int, block: bytes) -> WorkingKeys:
    """The working keys of a sign-in answer (F62), their check values verified before any is used.

    Scheme 1: PIN and MAC key of 8 bytes under DES; 3: of 16 under triple DES; 4: a track key too.
    """
    if scheme not in BLOCK_BYTES:
        raise RefusedError(Reason.NOT_UNDERSTOOD)
    if len(block) != BLOCK_BYTES[scheme]:
        raise RefusedError(Reason.KEY_LENGTH)
    width = SINGLE_BYTES if scheme == 1 else 2 * SINGLE_BYTES
    master = master_key[:width]
    step = width + CHECK_BYTES
    slots = [block[at : at + step] for at in range(0, len(block), step)]
    keys = [_opened(master, slot, may_be_single=at == 1) for at, slot in enumerate(slots)]
    return WorkingKeys(keys[0], keys[1], keys[2] if len(keys) > 2 else None)


def _opened(master: bytes, slot: bytes, may_be_single: bool) -> bytes:
    encrypted, check = slot[:-CHECK_BYTES], slot[-CHECK_BYTES:]
    if may_be_single and not any(encrypted[SINGLE_BYTES:]):
        encrypted = encrypted[:SINGLE_BYTES]
    key = decrypt(master, encrypted)
    if not hmac.compare_digest(check_value(key), check):
        raise RefusedError(Reason.CHECK_VALUE)
    return key
