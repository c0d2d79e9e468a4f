"""The pad's arithmetic against published vectors and a second library."""

import json
from pathlib import Path
from typing import Any

import pytest
from psec import mac as psec_mac
from psec import pinblock as psec_pinblock

from emulator.host.crypto import check_value, decrypt, mac
from emulator.pad_keys import Reason, RefusedError, unwrapped
from emulator.pad_secrets import pin_block
from tests.emulator.devices.pad_bench import BLOCKS, DOUBLE_MAC_KEY, MASTER, PAN

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "crypto.json").read_text(encoding="utf-8")
)
TMK = bytes.fromhex(MASTER)


def vectors_of(kind: str) -> list[Any]:
    chosen = [pytest.param(v, id=v["name"]) for v in VECTORS if v["kind"] == kind]
    assert chosen, kind
    return chosen


@pytest.mark.parametrize("vector", vectors_of("mac-unionpay-ecb"))
def test_unionpay_mac_vector(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    made = mac("unionpay_ecb", bytes.fromhex(inputs["mak"]), bytes.fromhex(inputs["mab"]))
    assert made.decode() == vector["expected"]["mac_ascii"]


@pytest.mark.parametrize("vector", vectors_of("mac-x9.9"))
def test_x9_9_mac_vector(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    made = mac("x9.9", bytes.fromhex(inputs["key"]), inputs["data_ascii"].encode())
    assert made.hex().upper() == vector["expected"]["mac8"]


@pytest.mark.parametrize("vector", vectors_of("mac-x9.19"))
def test_x9_19_mac_vector(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    key = inputs.get("key") or inputs["key1"][:16] + inputs["key2"][:16]
    data = inputs.get("data_ascii", "").encode() or bytes.fromhex(inputs["data"])
    data += b"\x80" if inputs["padding"].endswith("method 2") else b""
    assert mac("x9.19", bytes.fromhex(key), data).hex().upper() == vector["expected"]["mac8"]


@pytest.mark.parametrize("length", [1, 7, 8, 9, 64, 167])
def test_macs_agree_with_a_second_library(length: int) -> None:
    key, data = bytes.fromhex("7962D9ECE03D1ACD4C76089DCE131543"), bytes(range(length))
    padded = data + bytes(-length % 8)
    first, second = key[:8] * 3, key[8:] * 3
    assert mac("x9.19", key, data) == psec_mac.generate_retail_mac(first, second, padded, 1)
    assert mac("x9.9", key, data) == psec_mac.generate_cbc_mac(key + key[:8], padded, 1)


@pytest.mark.parametrize("vector", vectors_of("kcv"))
def test_check_value_vector(vector: dict[str, Any]) -> None:
    expected = vector["expected"]["kcv"]
    made = check_value(bytes.fromhex(vector["inputs"]["key"])).hex().upper()
    assert made.startswith(expected)


@pytest.mark.parametrize("vector", vectors_of("unionpay-workkey"))
def test_working_key_vector(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    clear = decrypt(bytes.fromhex(inputs["tmk"]), bytes.fromhex(inputs["enc_key"]))
    assert clear.hex().upper() == vector["expected"]["clear_key"]


@pytest.mark.parametrize("vector", vectors_of("pinblock-iso0"))
def test_pin_block_vector(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    made = pin_block(inputs["pin"], inputs["pan"])
    assert made.hex().upper() == vector["expected"]["pin_block"]


@pytest.mark.parametrize("pin", ["1234", "123456", "987654321098"])
@pytest.mark.parametrize("pan", [PAN, "622202123456789", "6212345678901234567"])
def test_pin_block_agrees_with_a_second_library(pin: str, pan: str) -> None:
    assert pin_block(pin, pan) == psec_pinblock.encode_pinblock_iso_0(pin, pan)


def test_key_blocks_of_the_samples_open() -> None:
    single = unwrapped(TMK, 4, bytes.fromhex(BLOCKS[4]))
    assert single.pik.hex().upper() == "1A2A3D4C5E6E708092A2B5C4D6E6F808"
    assert single.mak.hex().upper() == "0E1F2C3D4A5B6879"
    assert single.tdk is not None
    assert single.tdk.hex().upper() == "C1D3E3F404162638495B6B7C8C9EAEB0"
    double = unwrapped(TMK, 3, bytes.fromhex(DOUBLE_MAC_KEY))
    assert double.mak.hex().upper() == "0E1F2C3D4A5B68798697A4B5C2D3E0F1"
    assert double.tdk is None


def test_scheme_1_is_single_des_under_the_first_half_of_the_master_key() -> None:
    keys = unwrapped(TMK, 1, bytes.fromhex(BLOCKS[1]))
    assert keys.mak.hex().upper() == "0E1F2C3D4A5B6879"
    assert check_value(keys.pik).hex().upper() == "A2AFCD72"


def test_only_a_mac_key_may_be_single() -> None:
    block = bytearray.fromhex(BLOCKS[3])
    block[8:16] = bytes(8)
    with pytest.raises(RefusedError) as refused:
        unwrapped(TMK, 3, bytes(block))
    assert refused.value.reason is Reason.CHECK_VALUE
