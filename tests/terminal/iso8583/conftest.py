"""The shared packets, and a MAC made independently of the product."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes

VECTORS = Path(__file__).resolve().parents[2] / "vectors"


@dataclass(frozen=True)
class Packet:
    """One packet: what stands before the message, the message, and its fields as hex."""

    name: str
    channel: bytes
    body: bytes
    fields: dict[int, str]


def _packet(entry: dict[str, object]) -> Packet:
    framing, fields = entry["framing"], entry["raw_fields"]
    assert isinstance(framing, dict)
    assert isinstance(fields, dict)
    raw = bytes.fromhex(str(entry["hex"]))
    head = 2 * ("LEN" in framing) + 11 * ("TPDU" in framing)
    body = raw[head:]
    if str(entry["name"]).startswith("A12"):
        body += bytes.fromhex(fields["64"])  # the packet is given as the input of its MAC
    name = str(entry["name"]).split()[0].rstrip(".")
    return Packet(name, raw[:head], body, {int(n): text for n, text in fields.items()})


PACKETS = tuple(
    _packet(entry) for entry in json.loads((VECTORS / "unionpay_messages.json").read_text("utf-8"))
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `any_packet` runs once for each."""
    if "any_packet" in metafunc.fixturenames:
        metafunc.parametrize("any_packet", PACKETS, ids=[packet.name for packet in PACKETS])


@pytest.fixture(scope="session")
def packets() -> dict[str, Packet]:
    """The packets by short name."""
    return {packet.name: packet for packet in PACKETS}


@pytest.fixture(scope="session")
def unionpay_mac() -> Callable[[bytes, bytes], bytes]:
    """UnionPay ECB MAC (unionpay-pos 4.1) of a key of 8 or 16 bytes and some data."""
    return _mac


def _mac(key: bytes, data: bytes) -> bytes:
    padded = data + bytes(-len(data) % 8)
    folded = bytes(8)
    for start in range(0, len(padded), 8):
        folded = _xor(folded, padded[start : start + 8])
    text = folded.hex().upper().encode()
    first = _encrypt(key, text[:8])
    return _encrypt(key, _xor(first, text[8:])).hex().upper().encode()[:8]


def _encrypt(key: bytes, block: bytes) -> bytes:
    full = key * 3 if len(key) == 8 else key + key[:8]
    cipher = Cipher(TripleDES(full), modes.ECB())
    return cipher.encryptor().update(block)


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
