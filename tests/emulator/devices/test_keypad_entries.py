"""Keys and secure entries at the emulated keypad: passwords, the one-time code, PINs."""

import hashlib
import hmac
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.frames import Frame
from emulator.keypad import KEY_CODES, UnknownKeyError
from emulator.pad_secrets import is_weak
from tests.emulator.devices.pad_bench import (
    CANCEL,
    CODE,
    NEW_PASSWORD,
    PAN,
    PASSWORD,
    PIN,
    SETUP,
    STATUS,
    Bench,
    bench_without,
    frames_of,
    str8,
)

COST = 10
NEW = b"01" + b"\x06\x0c" + COST.to_bytes(4, "big") + b"\x3c"
ASK_PIN = str8(PAN.encode()) + b"\x04\x0c\x1e\x02"
SOLID = "730182"


def password_question(proof: bytes, bounds: bytes = b"\x04\x08\x1e", cost: int = COST) -> bytes:
    return proof + cost.to_bytes(4, "big") + bounds


def made_password(bench: Bench, password: str = SOLID) -> bytes:
    """Salt and verifier of a new password."""
    assert bench.ask(NEW_PASSWORD, NEW) == ()
    bench.type(password)
    frame = bench.type(password)
    assert frame.payload[0] == 1
    return frame.payload[1:]


@pytest.mark.parametrize("key", list(KEY_CODES))
def test_key_is_sent_when_no_entry_is_going_on(key: str) -> None:
    assert Bench().press(key) == (Frame(0x40, 0, KEY_CODES[key]),)


def test_there_are_no_other_keys() -> None:
    assert "".join(code.decode() for code in KEY_CODES.values()) == "0123456789DECXUNMA"
    with pytest.raises(UnknownKeyError, match="no key 'F1'"):
        Bench().press("F1")


def test_entry_shows_how_many_digits_and_never_which() -> None:
    bench = Bench()
    bench.ask(PASSWORD, password_question(bytes(48)))
    assert bench.press("7", "3", "0") == tuple(Frame(0x41, 0, bytes((1, n))) for n in (1, 2, 3))


def test_clear_empties_the_entry() -> None:
    bench = Bench()
    proof = made_password(bench)
    bench.ask(PASSWORD, password_question(proof))
    assert bench.press("9", "9", "CLEAR")[-1] == Frame(0x41, 0, b"\x01\x00")
    assert bench.type(SOLID).payload == b"\x01"


def test_other_keys_are_silent_in_an_entry() -> None:
    bench = Bench()
    bench.ask(PASSWORD, password_question(bytes(48)))
    assert bench.press("UP", "DOWN", "MENU", "ALPHA", "00") == ()


def test_enter_on_too_few_digits_does_nothing_and_no_digit_is_one_too_many() -> None:
    bench = Bench()
    bench.ask(PASSWORD, password_question(bytes(48)))
    bench.press("1", "2", "3")
    assert bench.press("ENTER") == ()
    counts = [frame.payload[1] for frame in bench.press(*"456789")]
    assert counts == [4, 5, 6, 7, 8]
    assert bench.press("ENTER")[-1].payload == b"\x00"


def test_right_and_wrong_password() -> None:
    bench = Bench()
    proof = made_password(bench)
    for password, outcome in ((SOLID, b"\x01"), ("730183", b"\x00"), ("7301", b"\x00")):
        assert bench.ask(PASSWORD, password_question(proof)) == ()
        assert bench.type(password) == Frame(PASSWORD | 0x80, bench.last_number, outcome)


def test_verifier_is_the_documented_one() -> None:
    proof = made_password(Bench())
    slow = hashlib.pbkdf2_hmac("sha256", SOLID.encode(), proof[:16], COST, 32)
    keyed = hmac.new(bytes.fromhex(SETUP.device_key), slow, hashlib.sha256).digest()
    assert proof[16:] == keyed


def test_password_of_another_pad_is_wrong_here() -> None:
    proof = made_password(Bench())
    other = bench_without(device_key="11" * 16)
    other.ask(PASSWORD, password_question(proof))
    assert other.type(SOLID).payload == b"\x00"


def test_same_password_twice_has_two_salts() -> None:
    bench = Bench()
    assert made_password(bench)[:16] != made_password(bench)[:16]


def test_second_typing_is_asked_for_at_once() -> None:
    bench = Bench()
    bench.ask(NEW_PASSWORD, NEW)
    assert bench.type(SOLID) == Frame(0x41, 0, b"\x02\x00")
    assert bench.press("7") == (Frame(0x41, 0, b"\x02\x01"),)


def test_second_typing_that_differs() -> None:
    bench = Bench()
    bench.ask(NEW_PASSWORD, NEW)
    bench.type(SOLID)
    assert bench.type("730183").payload == b"\x04" + bytes(48)


@pytest.mark.parametrize(
    "password",
    ["888888", "123456", "654321", "890123", "121212", "123123", "520520", "010101", "12341234"],
)
def test_weak_password_is_refused_after_its_first_typing(password: str) -> None:
    bench = Bench()
    bench.ask(NEW_PASSWORD, NEW)
    assert bench.type(password).payload == b"\x05" + bytes(48)
    assert bench.press("1")[0].kind == 0x40


@pytest.mark.parametrize(
    ("password", "weak"), [("1987", 1), ("2024", 1), ("2124", 0), ("198704", 0)]
)
def test_only_four_digits_are_a_year(password: str, weak: int) -> None:
    assert is_weak(password, "01") == bool(weak)


def test_operators_number_repeated_is_weak_for_that_operator() -> None:
    assert is_weak("47474", "47")
    assert not is_weak(SOLID, "47")


@given(
    st.text("0123456789", min_size=1, max_size=12), st.text("0123456789", min_size=2, max_size=2)
)
def test_a_password_repeated_is_always_weak(password: str, operator: str) -> None:
    assert is_weak(password * 2, operator)


@pytest.mark.parametrize(
    ("kind", "payload", "proof_bytes"),
    [
        (PASSWORD, password_question(bytes(48)), 0),
        (NEW_PASSWORD, NEW, 48),
        (CODE, b"\x1e", 0),
        (PIN, ASK_PIN, 8),
    ],
)
def test_every_entry_can_be_cancelled_and_times_out(
    kind: int, payload: bytes, proof_bytes: int
) -> None:
    bench = Bench().with_keys()
    assert bench.ask(kind, payload) == ()
    assert bench.press("CANCEL") == (
        Frame(kind | 0x80, bench.last_number, b"\x02" + bytes(proof_bytes)),
    )
    assert bench.ask(kind, payload) == ()
    deadline_s = bench.now_s + payload[-1 - (kind == PIN)] if kind != NEW_PASSWORD else 160.0
    assert bench.pad.due_s == deadline_s
    assert bench.pad.tick(deadline_s - 0.001) == ()
    (frame,) = frames_of(bench.pad.tick(deadline_s))
    assert frame == Frame(kind | 0x80, bench.last_number, b"\x03" + bytes(proof_bytes))
    assert bench.pad.due_s == math.inf


def test_key_after_the_time_out_is_a_key_again() -> None:
    bench = Bench()
    bench.ask(CODE, b"\x0a")
    bench.now_s += 10
    assert [frame.kind for frame in bench.press("5")] == [CODE | 0x80, 0x40]


def test_firmware_cancels_the_entry_which_is_answered_first() -> None:
    bench = Bench()
    bench.ask(CODE, b"\x1e")
    asked = bench.last_number
    assert bench.ask(CANCEL) == (
        Frame(CODE | 0x80, asked, b"\x02"),
        Frame(CANCEL | 0x80, bench.last_number, b""),
    )
    assert bench.answer(CANCEL) == b""


def test_busy_while_an_entry_is_going_on() -> None:
    bench = Bench()
    bench.ask(CODE, b"\x1e")
    for kind, payload in ((STATUS, b""), (CODE, b"\x1e"), (PASSWORD, b""), (0x77, b"")):
        assert bench.refusal(kind, payload) == 0x30
    assert bench.type(SETUP.one_time_code).payload == b"\x01"


def test_entry_does_not_survive_a_restart() -> None:
    bench = Bench()
    bench.ask(CODE, b"\x1e")
    bench.press("3")
    bench.pad.restart()
    assert bench.press("1") == (Frame(0x40, 0, b"1"),)


@pytest.mark.parametrize("bounds", [b"\x00\x08\x1e", b"\x08\x04\x1e", b"\x04\x21\x1e"])
def test_bounds_that_make_no_sense_are_not_understood(bounds: bytes) -> None:
    assert Bench().refusal(PASSWORD, password_question(bytes(48), bounds)) == 0x31


@pytest.mark.parametrize("cost", [0, SETUP.highest_cost + 1, 0xFFFFFFFF])
def test_cost_out_of_reason_is_not_understood(cost: int) -> None:
    assert Bench().refusal(PASSWORD, password_question(bytes(48), cost=cost)) == 0x31


def test_new_password_needs_an_operators_number() -> None:
    assert Bench().refusal(NEW_PASSWORD, b"A1" + NEW[2:]) == 0x31
