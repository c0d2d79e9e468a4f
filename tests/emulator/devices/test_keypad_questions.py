"""Every question that the emulated keypad answers at once, and every refusal."""

import pytest

from emulator.frames import framed
from tests.emulator.devices.pad_bench import (
    BLOCKS,
    CHECK_MAC,
    CHECK_SLIP,
    DESTROY_SEAL,
    LOAD_KEYS,
    MAC,
    OPEN_CARD,
    PAN,
    PASSWORD,
    PIN,
    PROTECT,
    REFUSAL,
    SIGN_SLIP,
    SPEND_CODE,
    STATUS,
    Bench,
    bench_without,
    card_question,
    frames_of,
    keys_block,
    mac_question,
    str8,
    str16,
)

HASH_A, HASH_B = b"a" * 32, b"b" * 32
# samples.md C3: MTI up to the field before 64, and its F64
C3 = bytes.fromhex(
    "0200302004C020C098110000000000000100000000020210001237"
    "6212345678901232D301220100000000000010"
    "313233343536373838393833313030353831323030303131"
    "3536C37FBB88169687FF26000000000000000014220000010005"
    "00"
)


def test_status_of_a_new_pad() -> None:
    payload = Bench().answer(STATUS)
    assert payload[:16] == b"PAD00001        "
    assert payload[20] == 0b1101
    assert payload[21:57] == bytes(36)
    assert payload[57:].hex().upper() == "08D7B4FB"
    assert len(payload) == 61


def test_status_without_any_key() -> None:
    payload = bench_without(master_key="", shop_key="", one_time_code="").answer(STATUS)
    assert payload[20] == 0
    assert payload[57:] == bytes(4)


@pytest.mark.parametrize("scheme", [1, 3, 4])
def test_working_keys_are_loaded(scheme: int) -> None:
    assert Bench().with_keys(scheme).answer(STATUS)[20] & 2


def test_wrong_check_value_changes_no_key() -> None:
    bench = Bench().with_keys(3)
    before = bench.answer(MAC, mac_question(1, HASH_A, C3))
    for at in (17, 37):
        block = bytearray.fromhex(BLOCKS[3])
        block[at] ^= 1
        assert bench.refusal(LOAD_KEYS, keys_block(3, bytes(block))) == 0x11
    assert bench.answer(MAC, mac_question(1, HASH_A, C3)) == before


def test_key_block_of_another_length_is_refused() -> None:
    bench = Bench()
    for scheme, block in ((1, BLOCKS[3]), (3, BLOCKS[1]), (3, BLOCKS[4]), (4, BLOCKS[3]), (4, "")):
        assert bench.refusal(LOAD_KEYS, keys_block(scheme, bytes.fromhex(block))) == 0x12
    assert bench.refusal(LOAD_KEYS, keys_block(2, bytes.fromhex(BLOCKS[3]))) == 0x31


def test_without_master_key_no_working_keys() -> None:
    payload = keys_block(3, bytes.fromhex(BLOCKS[3]))
    assert bench_without(master_key="").refusal(LOAD_KEYS, payload) == 0x10


def test_without_working_keys_no_mac_and_nothing_remembered() -> None:
    bench = Bench()
    assert bench.refusal(MAC, mac_question(5, HASH_A, C3)) == 0x13
    assert bench.refusal(CHECK_MAC, b"\x01" + bytes(8) + str16(C3)) == 0x13
    assert bench.answer(STATUS)[21:57] == bytes(36)


def test_mac_of_the_sample_sale() -> None:
    made = Bench().with_keys().answer(MAC, mac_question(1, HASH_A, C3))
    assert made.hex().upper() == "3842384435394233"


@pytest.mark.parametrize("algorithm", [1, 2, 3])
def test_mac_is_checked(algorithm: int) -> None:
    bench = Bench().with_keys()
    made = bench.answer(MAC, mac_question(1, HASH_A, C3, algorithm))
    wrong = bytes((made[0] ^ 1,)) + made[1:]
    assert bench.answer(CHECK_MAC, bytes((algorithm,)) + made + str16(C3)) == b"\x01"
    assert bench.answer(CHECK_MAC, bytes((algorithm,)) + wrong + str16(C3)) == b"\x00"
    assert bench.answer(CHECK_MAC, bytes((algorithm,)) + made + str16(C3 + b"1")) == b"\x00"


def test_unknown_mac_algorithm_is_not_understood() -> None:
    bench = Bench().with_keys()
    assert bench.refusal(MAC, mac_question(1, HASH_A, C3, 4)) == 0x31
    assert bench.refusal(CHECK_MAC, b"\x00" + bytes(8) + str16(C3)) == 0x31


def test_record_is_remembered_and_an_older_or_other_one_refused() -> None:
    bench = Bench().with_keys()
    made = bench.answer(MAC, mac_question(7, HASH_A, C3))
    assert bench.answer(STATUS)[21:57] == (7).to_bytes(4, "big") + HASH_A
    assert bench.answer(MAC, mac_question(7, HASH_A, C3)) == made
    assert bench.refusal(MAC, mac_question(6, HASH_A, C3)) == 0x20
    assert bench.refusal(MAC, mac_question(7, HASH_B, C3)) == 0x21
    assert bench.answer(STATUS)[21:57] == (7).to_bytes(4, "big") + HASH_A
    assert bench.answer(MAC, mac_question(8, HASH_B, C3)) == made


def test_first_record_of_a_new_pad() -> None:
    bench = Bench().with_keys()
    assert bench.refusal(MAC, mac_question(0, HASH_A, C3)) == 0x21
    assert len(bench.answer(MAC, mac_question(0, bytes(32), C3))) == 8


def test_questions_cut_short_or_too_long_are_not_understood() -> None:
    whole = {
        STATUS: b"",
        LOAD_KEYS: keys_block(3, bytes.fromhex(BLOCKS[3])),
        MAC: mac_question(1, HASH_A, C3),
        CHECK_MAC: b"\x01" + bytes(8) + str16(C3),
        PROTECT: card_question(1),
        OPEN_CARD: bytes(4) + str8(b"x" * 40),
        DESTROY_SEAL: bytes(4),
        SIGN_SLIP: str16(b"R1"),
        CHECK_SLIP: bytes(8) + str16(b"R1"),
        PASSWORD: bytes(48) + (1).to_bytes(4, "big") + b"\x04\x08\x1e",
        SPEND_CODE: b"",
        PIN: str8(PAN.encode()) + b"\x04\x0c\x1e\x02",
    }
    for kind, payload in whole.items():
        for cut in range(len(payload)):
            assert Bench().with_keys().refusal(kind, payload[:cut]) == 0x31
        assert Bench().with_keys().refusal(kind, payload + b"\0") == 0x31


@pytest.mark.parametrize("kind", [0x00, 0x10, 0x40, 0x7F])
def test_unknown_kind_is_not_understood(kind: int) -> None:
    (frame,) = frames_of(Bench().pad.receive(framed(kind, 0x1234), 0.0))
    assert (frame.kind, frame.number, frame.payload) == (REFUSAL, 0x1234, b"\x31")


def test_echoed_answers_are_not_answered() -> None:
    assert Bench().ask(REFUSAL, b"\x31") == Bench().ask(0x81, bytes(61)) == ()
