"""What the emulated keypad does with card numbers and with the codes of slips."""

import hashlib
import hmac

import pytest

from tests.emulator.devices.pad_bench import (
    CHECK_SLIP,
    DESTROY_SEAL,
    OPEN_CARD,
    PAN,
    PROTECT,
    SETUP,
    SIGN_SLIP,
    Bench,
    bench_without,
    card_question,
    str8,
    str16,
)


def test_card_is_protected_and_opened() -> None:
    bench = Bench()
    payload = bench.answer(PROTECT, card_question(3))
    token, sealed = payload[:16], payload[17:]
    assert payload[16] == len(sealed)
    assert PAN.encode() not in sealed
    opened = bench.answer(OPEN_CARD, (3).to_bytes(4, "big") + str8(sealed))
    assert opened == str8(PAN.encode()) + str8(b"3012")
    assert token.decode() == bench.pad.token_of(PAN)


def test_token_is_the_same_each_time_and_the_sealed_number_is_not() -> None:
    bench = Bench()
    first, second = (bench.answer(PROTECT, card_question(3)) for _ in range(2))
    assert first[:16] == second[:16]
    assert first[17:] != second[17:]


def test_token_begins_with_the_name_of_its_key() -> None:
    mine, others = Bench().pad, bench_without(token_key="99" * 16).pad
    assert mine.token_of(PAN)[:4] == mine.token_of("6222021234567894")[:4]
    assert mine.token_of(PAN)[4:] != mine.token_of("6222021234567894")[4:]
    assert mine.token_of(PAN)[:4] != others.token_of(PAN)[:4]


def test_token_is_the_documented_mac_of_the_number() -> None:
    digest = hmac.new(bytes.fromhex(SETUP.token_key), PAN.encode(), hashlib.sha256).hexdigest()
    assert Bench().pad.token_of(PAN)[4:] == digest[:12].upper()


def test_card_without_expiry_is_sealed_too() -> None:
    bench = Bench()
    sealed = bench.answer(PROTECT, card_question(1, expiry=""))[16:]
    assert bench.answer(OPEN_CARD, (1).to_bytes(4, "big") + sealed) == str8(PAN.encode()) + b"\0"


@pytest.mark.parametrize("pan", ["", "62123456789", "6" * 20, "62123456789O1232"])
def test_no_card_number_is_protected_that_is_none(pan: str) -> None:
    assert Bench().refusal(PROTECT, card_question(1, pan)) == 0x31


def test_expiry_must_be_four_digits() -> None:
    assert Bench().refusal(PROTECT, card_question(1, expiry="30-2")) == 0x31


def test_destroyed_seal_opens_nothing_and_others_stay() -> None:
    bench = Bench()
    three, four = (bench.answer(PROTECT, card_question(b))[16:] for b in (3, 4))
    assert bench.answer(DESTROY_SEAL, (3).to_bytes(4, "big")) == b""
    assert bench.refusal(OPEN_CARD, (3).to_bytes(4, "big") + three) == 0x13
    assert bench.answer(OPEN_CARD, (4).to_bytes(4, "big") + four)
    assert bench.answer(PROTECT, card_question(3))
    assert bench.refusal(OPEN_CARD, (3).to_bytes(4, "big") + three) == 0x11


def test_sealed_number_that_was_changed_does_not_open() -> None:
    bench = Bench()
    sealed = bytearray(bench.answer(PROTECT, card_question(3))[17:])
    for at in range(len(sealed)):
        sealed[at] ^= 0x10
        assert bench.refusal(OPEN_CARD, (3).to_bytes(4, "big") + str8(bytes(sealed))) == 0x11
        sealed[at] ^= 0x10
    assert bench.refusal(OPEN_CARD, (3).to_bytes(4, "big") + str8(b"")) == 0x11


def test_sealed_number_does_not_open_as_another_batchs() -> None:
    bench = Bench()
    three, _ = (bench.answer(PROTECT, card_question(b))[16:] for b in (3, 4))
    assert bench.refusal(OPEN_CARD, (4).to_bytes(4, "big") + three) == 0x11


def test_slip_is_signed_and_checked() -> None:
    bench, text = Bench(), b"R1;898310058120001;12345678;000001"
    mark = bench.answer(SIGN_SLIP, str16(text))
    digest = hmac.new(bytes.fromhex(SETUP.shop_key), text, hashlib.sha256).hexdigest()
    assert mark.decode() == digest[:8].upper() == bench.pad.sign_text(text.decode())
    assert bench.answer(CHECK_SLIP, mark + str16(text)) == b"\x01"
    assert bench.answer(CHECK_SLIP, mark + str16(text + b"0")) == b"\x00"
    assert bench.answer(CHECK_SLIP, b"\xff" * 8 + str16(text)) == b"\x00"


def test_another_pad_of_the_shop_knows_the_mark() -> None:
    mark = Bench().answer(SIGN_SLIP, str16(b"R1"))
    other = bench_without(serial="PAD2", device_key="11" * 16, token_key="22" * 16)
    assert other.answer(CHECK_SLIP, mark + str16(b"R1")) == b"\x01"


def test_without_shop_key_no_marks() -> None:
    bench = bench_without(shop_key="")
    assert bench.refusal(SIGN_SLIP, str16(b"R1")) == 0x14
    assert bench.refusal(CHECK_SLIP, b"00000000" + str16(b"R1")) == 0x14
