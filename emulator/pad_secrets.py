"""What the keypad computes with its keys, as pure functions (drivers/keypad.md, last part)."""

import hashlib
import hmac
from functools import lru_cache
from itertools import pairwise

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from emulator.frames import MalformedPayloadError, PayloadReader, str8

NONCE_BYTES = 12
WELL_KNOWN = ("1314520", "147258", "159357", "5201314")  # sayings, and paths over the keys
YEAR_STARTS = ("19", "20")


def pin_block(pin: str, pan: str) -> bytes:
    """The clear PIN block of format 2 (ANSI X9.8 with the number; ISO 9564 format 0), 8 bytes.

    `pin` has 4 to 12 digits, `pan` 12 to 19; the last digit of `pan`, its check digit, is not used.
    """
    with_length = f"{len(pin):02X}{pin}".ljust(16, "F")
    of_card = pan[:-1][-12:].rjust(16, "0")
    return (int(with_length, 16) ^ int(of_card, 16)).to_bytes(8, "big")


@lru_cache(maxsize=64)  # slow on purpose; the same few people type theirs again and again
def password_verifier(device_key: bytes, password: str, salt: bytes, cost: int) -> bytes:
    """32 bytes by which a password is recognised; `cost` is the number of PBKDF2's rounds."""
    slow = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, cost, 32)
    return hmac.new(device_key, slow, hashlib.sha256).digest()


def is_weak(password: str, operator: str) -> bool:
    """Whether a password is one of those that are guessed first."""
    return (
        password in WELL_KNOWN
        or _is_run(password)
        or _is_repeated(password)
        or password == (operator * len(password))[: len(password)]
        or (len(password) == 4 and password.startswith(YEAR_STARTS))
    )


def _is_run(digits: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return steps in ({1}, {9})


def _is_repeated(digits: str) -> bool:
    length = len(digits)
    return any(
        digits == (digits[:period] * length)[:length] for period in range(1, length // 2 + 1)
    )


def slip_mark(shop_key: bytes, raw: bytes) -> bytes:
    """The 8 ASCII hex characters at the end of a slip's code (profile 7)."""
    return _hex_of(shop_key, raw, 8)


def card_token(token_key: bytes, pan: bytes) -> bytes:
    """16 ASCII: 4 hex characters that name the token key, and 12 that stand for the number."""
    return _hex_of(token_key, b"name of the token key", 4) + _hex_of(token_key, pan, 12)


def _hex_of(key: bytes, raw: bytes, characters: int) -> bytes:
    digest = hmac.new(key, raw, hashlib.sha256).hexdigest()
    return digest[:characters].upper().encode("ascii")


def sealed_card(key: bytes, batch: int, nonce: bytes, card: tuple[bytes, bytes]) -> bytes:
    """Number and expiry under AES-GCM with the batch's key; the nonce comes first."""
    pan, expiry = card
    return nonce + AESGCM(key).encrypt(nonce, str8(pan) + str8(expiry), _bound_to(batch))


def opened_card(key: bytes, batch: int, sealed: bytes) -> tuple[bytes, bytes] | None:
    """Number and expiry again; None when it was not sealed by this key for this batch."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        reader = PayloadReader(AESGCM(key).decrypt(nonce, rest, _bound_to(batch)))
        return reader.str8(), reader.str8()
    except (InvalidTag, ValueError, MalformedPayloadError):
        return None


def _bound_to(batch: int) -> bytes:
    return b"batch" + batch.to_bytes(4, "big")
