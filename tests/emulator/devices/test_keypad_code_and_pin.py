"""The one-time code and PINs at the emulated keypad."""

import pytest

from emulator.host.crypto import encrypt
from emulator.pad_secrets import pin_block
from tests.emulator.devices.pad_bench import (
    CODE,
    PAN,
    PIN,
    REFUSAL,
    SETUP,
    SPEND_CODE,
    STATUS,
    Bench,
    bench_without,
    str8,
)

ASK_PIN = str8(PAN.encode()) + b"\x04\x0c\x1e\x02"
PIK = bytes.fromhex("1A2A3D4C5E6E708092A2B5C4D6E6F808")


def test_code_is_good_until_it_is_spent() -> None:
    bench = Bench()
    for _ in range(2):
        bench.ask(CODE, b"\x1e")
        assert bench.type(SETUP.one_time_code).payload == b"\x01"
    assert bench.answer(SPEND_CODE) == b""
    assert bench.answer(CODE, b"\x1e") == b"\x06"
    assert not bench.answer(STATUS)[20] & 8


def test_pad_without_a_code_says_it_is_spent() -> None:
    assert bench_without(one_time_code="").answer(CODE, b"\x1e") == b"\x06"


def type_code(bench: Bench, digits: str) -> bytes:
    assert bench.ask(CODE, b"\x1e") == ()
    return bench.type(digits).payload


def test_five_wrong_codes_lock_for_half_an_hour() -> None:
    bench = Bench()
    for _ in range(5):
        assert type_code(bench, "27182818") == b"\x00"
    assert type_code(bench, SETUP.one_time_code) == b"\x00"
    bench.now_s += 1799
    assert type_code(bench, SETUP.one_time_code) == b"\x00"
    bench.now_s += 1
    assert type_code(bench, SETUP.one_time_code) == b"\x01"


def test_lock_after_wrong_codes_survives_a_restart() -> None:
    bench = Bench()
    for _ in range(5):
        type_code(bench, "27182818")
    bench.now_s += 1000
    bench.pad.restart()
    bench.answer(STATUS)
    bench.now_s += 1799
    assert type_code(bench, SETUP.one_time_code) == b"\x00"
    bench.now_s += 1
    assert type_code(bench, SETUP.one_time_code) == b"\x01"


def test_right_code_forgets_the_wrong_ones() -> None:
    bench = Bench()
    for digits in ["27182818"] * 4 + [SETUP.one_time_code] + ["27182818"] * 4:
        type_code(bench, digits)
    assert type_code(bench, SETUP.one_time_code) == b"\x01"


def test_pin_block_of_the_samples() -> None:
    bench = Bench().with_keys()
    bench.ask(PIN, ASK_PIN)
    assert bench.type("123456").payload.hex().upper() == "01" + "C37FBB88169687FF"


@pytest.mark.parametrize("scheme", [1, 3])
def test_pin_block_is_under_the_pin_key(scheme: int) -> None:
    bench = Bench().with_keys(scheme)
    bench.ask(PIN, ASK_PIN)
    block = bench.type("7301").payload[1:]
    expected = encrypt(PIK, pin_block("7301", PAN))
    assert (block == expected) == (scheme == 3)
    assert len(block) == 8


def test_enter_at_once_bypasses_the_pin() -> None:
    bench = Bench().with_keys()
    bench.ask(PIN, ASK_PIN)
    assert bench.press("ENTER")[0].payload == b"\x07" + bytes(8)


def test_pin_is_not_asked_for_without_a_key_or_a_card() -> None:
    assert Bench().refusal(PIN, ASK_PIN) == 0x13
    bench = Bench().with_keys()
    for question in (
        str8(b"621234") + b"\x04\x0c\x1e\x02",
        str8(PAN.encode()) + b"\x03\x0c\x1e\x02",
        str8(PAN.encode()) + b"\x04\x0d\x1e\x02",
        str8(PAN.encode()) + b"\x04\x0c\x1e\x01",
    ):
        assert bench.refusal(PIN, question) == 0x31
    assert bench.press("1")[0].kind not in (0x41, REFUSAL)
