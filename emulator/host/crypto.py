"""DES arithmetic of the dialect: MACs, check values, working keys (fact sheet, 4.1 to 4.4)."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import ECB

MacAlgorithm = Literal["unionpay_ecb", "x9.9", "x9.19"]
MakLength = Literal["single", "double"]
SignInKind = Literal["001", "003", "004"]
BLOCK = 8


@dataclass(frozen=True, slots=True)
class WorkingKeys:
    """The keys of one sign-in, in clear: 8 or 16 bytes each; no track key before kind 004."""

    pik: bytes = field(repr=False)
    mak: bytes = field(repr=False)
    tdk: bytes | None = field(default=None, repr=False)


def encrypt(key: bytes, data: bytes) -> bytes:
    """ECB under a key of 8 bytes (DES) or 16 bytes (two-key 3DES)."""
    worker = Cipher(TripleDES(_whole(key)), ECB()).encryptor()
    return worker.update(data) + worker.finalize()


def decrypt(key: bytes, data: bytes) -> bytes:
    """The reverse of `encrypt`."""
    worker = Cipher(TripleDES(_whole(key)), ECB()).decryptor()
    return worker.update(data) + worker.finalize()


def check_value(key: bytes) -> bytes:
    """First four bytes of eight zero bytes encrypted."""
    return encrypt(key, bytes(BLOCK))[:4]


def mac(algorithm: MacAlgorithm, key: bytes, data: bytes) -> bytes:
    """The eight bytes of field 64 over `data`, which is padded here with zeros."""
    return MACS[algorithm](key, _blocks(data))


def new_keys(label: str, kind: SignInKind, mak: MakLength) -> WorkingKeys:
    """Working keys that follow from the label alone: the same label gives the same keys."""
    wide = 8 if kind == "001" else 16
    mak_length = 8 if kind == "001" or mak == "single" else 16
    return WorkingKeys(
        pik=_derived(label + "/pik", wide),
        mak=_derived(label + "/mak", mak_length),
        tdk=_derived(label + "/tdk", 16) if kind == "004" else None,
    )


def key_block(tmk: bytes, keys: WorkingKeys) -> bytes:
    """Field 62 of a sign-in answer: 24, 40 or 60 bytes by the keys there are (4.4).

    A single MAK in a 16-byte slot is followed by eight zero bytes (4.2).
    """
    slot = len(keys.pik)
    master = tmk[:8] if slot == BLOCK else tmk
    shipped = [keys.pik, keys.mak] + ([keys.tdk] if keys.tdk else [])
    return b"".join(encrypt(master, key).ljust(slot, b"\0") + check_value(key) for key in shipped)


def open_key_block(tmk: bytes, block: bytes) -> WorkingKeys:
    """The keys of a field 62 that `key_block` made."""
    slot = BLOCK if len(block) == 24 else 16
    master = tmk[:8] if slot == BLOCK else tmk
    slots = [block[at : at + slot] for at in range(0, len(block), slot + 4)]
    keys = [decrypt(master, raw[:8] if not any(raw[8:]) else raw) for raw in slots]
    return WorkingKeys(keys[0], keys[1], keys[2] if len(keys) > 2 else None)


def clear_track(tdk: bytes, track: str) -> str:
    """A track (digits and D) whose middle 16 characters came encrypted (4.5), in clear."""
    if len(track) < 17:
        raise ValueError("the track is too short to be encrypted")
    end = len(track) - (1 if len(track) % 2 else 2)
    middle = decrypt(tdk, bytes.fromhex(track[end - 16 : end])).hex().upper()
    return track[: end - 16] + middle + track[end:]


def _whole(key: bytes) -> bytes:
    return key * 3 if len(key) == BLOCK else key + key[:BLOCK]


def _derived(label: str, length: int) -> bytes:
    raw = hashlib.sha256(label.encode()).digest()[:length]
    return bytes(_odd_parity(byte) for byte in raw)


def _odd_parity(byte: int) -> int:
    return byte & 0xFE | (1 - (byte >> 1).bit_count() % 2)


def _blocks(data: bytes) -> list[bytes]:
    padded = data + bytes(-len(data) % BLOCK)
    return [padded[at : at + BLOCK] for at in range(0, len(padded), BLOCK)]


def _xor(left: bytes, right: bytes) -> bytes:
    assert len(left) == len(right)
    both = int.from_bytes(left, "big") ^ int.from_bytes(right, "big")
    return both.to_bytes(len(left), "big")


def _unionpay_ecb(key: bytes, blocks: list[bytes]) -> bytes:
    total = 0
    for block in blocks:
        total ^= int.from_bytes(block, "big")
    text = f"{total:0{2 * BLOCK}X}".encode()
    first = encrypt(key, text[:BLOCK])
    return encrypt(key, _xor(first, text[BLOCK:])).hex().upper().encode()[:BLOCK]


def _chain(key: bytes, blocks: list[bytes]) -> bytes:
    total = bytes(BLOCK)
    for block in blocks:
        total = encrypt(key, _xor(total, block))
    return total


def _x9_19(key: bytes, blocks: list[bytes]) -> bytes:
    chained = _chain(key[:BLOCK], blocks)
    if len(key) == BLOCK:
        return chained
    return encrypt(key[:BLOCK], decrypt(key[BLOCK:], chained))


MACS: Mapping[MacAlgorithm, Callable[[bytes, list[bytes]], bytes]] = MappingProxyType(
    {"unionpay_ecb": _unionpay_ecb, "x9.9": _chain, "x9.19": _x9_19}
)
