"""MACs, check values and key blocks against published and recomputed values."""

from typing import Any

import pytest

from emulator.host.crypto import (
    WorkingKeys,
    check_value,
    clear_track,
    decrypt,
    key_block,
    mac,
    new_keys,
    open_key_block,
)
from tests.emulator.host.till import crypto_vectors, packet

TMK = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
PIK = bytes.fromhex("1A2A3D4C5E6E708092A2B5C4D6E6F808")
MAK = bytes.fromhex("0E1F2C3D4A5B68798697A4B5C2D3E0F1")
TDK = bytes.fromhex("C1D3E3F404162638495B6B7C8C9EAEB0")


@pytest.mark.parametrize("vector", crypto_vectors("mac-unionpay-ecb"))
def test_unionpay_ecb_mac_is_the_vectors(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    made = mac("unionpay_ecb", bytes.fromhex(inputs["mak"]), bytes.fromhex(inputs["mab"]))
    assert made.decode() == vector["expected"]["mac_ascii"]


def test_published_mac_over_a_key_list_answer_is_reproduced() -> None:
    key = bytes.fromhex("55036372B17543ECB173730768B8D6C4")
    assert mac("unionpay_ecb", key, packet("A12.")) == b"5FE058DB"


@pytest.mark.parametrize("name", ["C3", "C5", "C7", "C9", "C4", "C6"])
def test_mac_of_the_golden_packets_is_reproduced(name: str) -> None:
    raw = packet(name)
    assert mac("unionpay_ecb", MAK[:8], raw[13:-8]) == raw[-8:]


@pytest.mark.parametrize("vector", crypto_vectors("mac-x9.9"))
def test_x9_9_mac_is_the_vectors(vector: dict[str, Any]) -> None:
    made = mac("x9.9", bytes.fromhex(vector["inputs"]["key"]), _data(vector))
    assert made.hex().upper() == vector["expected"]["mac8"]


@pytest.mark.parametrize("vector", crypto_vectors("mac-x9.19"))
def test_x9_19_mac_is_the_vectors(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    halves = inputs.get("key") or inputs["key1"][:16] + inputs["key2"][:16]
    data = _data(vector) + (b"\x80" if "2" in inputs.get("padding", "") else b"")
    made = mac("x9.19", bytes.fromhex(halves), data)
    assert made.hex().upper() == vector["expected"]["mac8"]


@pytest.mark.parametrize("vector", crypto_vectors("kcv"))
def test_check_value_is_the_vectors(vector: dict[str, Any]) -> None:
    made = check_value(bytes.fromhex(vector["inputs"]["key"])).hex().upper()
    published = vector["expected"]["kcv"]
    assert made[: len(published)] == published[: len(made)]


@pytest.mark.parametrize("vector", crypto_vectors("unionpay-workkey"))
def test_working_key_is_unwrapped_as_published(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    clear = decrypt(bytes.fromhex(inputs["tmk"]), bytes.fromhex(inputs["enc_key"]))
    assert clear.hex().upper() == vector["expected"]["clear_key"]


@pytest.mark.parametrize(
    ("keys", "block"),
    [
        (WorkingKeys(PIK[:8], MAK[:8]), "7BC2449F27FB84FFA2AFCD722A20F97B0AAB801DBFADEE68"),
        (
            WorkingKeys(PIK, MAK[:8]),
            "4B3BA18A6291BA20589C8A7D81A2FE7DE8934A675E7B93CC18947DEB0000000000000000BFADEE68",
        ),
        (
            WorkingKeys(PIK, MAK),
            "4B3BA18A6291BA20589C8A7D81A2FE7DE8934A675E7B93CC18947DEB73852F4C7C5229C8819DB114",
        ),
        (
            WorkingKeys(PIK, MAK[:8], TDK),
            "4B3BA18A6291BA20589C8A7D81A2FE7DE8934A675E7B93CC18947DEB0000000000000000BFADEE68"
            "19EEBDC35603F3472CEF2058652EEB582005A302",
        ),
    ],
)
def test_key_block_has_the_layout_of_the_samples(keys: WorkingKeys, block: str) -> None:
    assert key_block(TMK, keys).hex().upper() == block
    assert open_key_block(TMK, bytes.fromhex(block)) == keys


def test_keys_follow_from_the_label_and_have_odd_parity() -> None:
    keys = new_keys("7/12345678/1", "004", "double")
    assert keys == new_keys("7/12345678/1", "004", "double")
    assert keys != new_keys("7/12345678/2", "004", "double")
    assert keys.tdk is not None
    assert all(byte.bit_count() % 2 for byte in keys.pik + keys.mak + keys.tdk)


@pytest.mark.parametrize(
    ("clear", "on_the_wire"),
    [
        ("6212345678901232D30122010000000000001", "6212345678901232D30130A8704A649BB2A21"),
        ("6212345678901232D3012201000000000000", "6212345678901232D30F79828F3C02AD8300"),
    ],
)
def test_encrypted_track_is_read_as_in_the_samples(clear: str, on_the_wire: str) -> None:
    assert clear_track(TDK, on_the_wire) == clear


def test_keys_are_not_in_a_repr() -> None:
    assert repr(WorkingKeys(PIK, MAK, TDK)) == "WorkingKeys()"


def _data(vector: dict[str, Any]) -> bytes:
    inputs = vector["inputs"]
    if "data" in inputs:
        return bytes.fromhex(inputs["data"])
    return str(inputs["data_ascii"]).encode()
