"""Questions and answers of the keypad, byte by byte as in drivers/keypad.md."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad_payloads import PayloadError, answer_of, kind_of, payload_of
from terminal.domain import keypad_questions as kq

HASH = bytes(range(32))
SALT, VERIFIER = b"s" * 16, b"v" * 32
PAN = "6212345678901232"
RIGHT = kq.EntryOutcome.RIGHT

QUESTIONS: tuple[tuple[kq.Question, int, bytes], ...] = (
    (kq.AskStatus(), 0x01, b""),
    (kq.LoadKeys(3, b"k" * 40), 0x02, b"\x03\x00\x28" + b"k" * 40),
    (
        kq.MakeMac("unionpay_ecb", b"data", 258, HASH),
        0x03,
        b"\x01\x00\x00\x01\x02" + HASH + b"\x00\x04data",
    ),
    (kq.MakeMac("x9.9", b""), 0x03, b"\x02" + bytes(4 + 32) + b"\x00\x00"),
    (kq.CheckMac("x9.19", b"abc", b"M" * 8), 0x04, b"\x03" + b"M" * 8 + b"\x00\x03abc"),
    (
        kq.ProtectCard(7, PAN, "3012"),
        0x05,
        b"\x00\x00\x00\x07\x10" + PAN.encode() + b"\x043012",
    ),
    (kq.ProtectCard(7, PAN, None), 0x05, b"\x00\x00\x00\x07\x10" + PAN.encode() + b"\x00"),
    (kq.SignSlip("R1;x"), 0x08, b"\x00\x04R1;x"),
    (kq.CheckSlip("R1;x", "0A1B2C3D"), 0x09, b"0A1B2C3D\x00\x04R1;x"),
    (
        kq.CheckPassword(SALT, VERIFIER, 1000, 4, 8, 30),
        0x0A,
        SALT + VERIFIER + b"\x00\x00\x03\xe8\x04\x08\x1e",
    ),
    (kq.MakePassword("01", 4, 8, 1000, 60), 0x0B, b"01\x04\x08\x00\x00\x03\xe8\x3c"),
    (kq.CheckCode(60), 0x0C, b"\x3c"),
    (kq.SpendCode(), 0x0D, b""),
    (kq.CancelEntry(), 0x0F, b""),
)

STATUS = (
    b"SIM00000001     " + b"\x00\x00\x00\x2a" + b"\x0b" + b"\x00\x00\x01\x00" + HASH
    + bytes.fromhex("82E13665")
)  # fmt: skip
MAKE_PASSWORD = kq.MakePassword("01", 4, 8, 1000)
ANSWERS: tuple[tuple[kq.Question, bytes, kq.Answer], ...] = (
    (
        kq.AskStatus(),
        STATUS,
        kq.PadStatus("SIM00000001", 42, True, True, False, True, 256, HASH, "82E13665"),
    ),
    (kq.LoadKeys(3, b""), b"", kq.KeysLoaded()),
    (kq.MakeMac("x9.9", b""), b"12345678", kq.MacMade(b"12345678")),
    (kq.CheckMac("x9.9", b"", b""), b"\x01", kq.Verdict(True)),
    (kq.CheckMac("x9.9", b"", b""), b"\x00", kq.Verdict(False)),
    (
        kq.ProtectCard(7, PAN, None),
        b"0123456789ABCDEF\x03xyz",
        kq.CardProtected("0123456789ABCDEF", b"xyz"),
    ),
    (kq.SignSlip(""), b"0A1B2C3D", kq.SlipSigned("0A1B2C3D")),
    (kq.CheckSlip("", ""), b"\x01", kq.Verdict(True)),
    (MAKE_PASSWORD, b"\x01" + SALT + VERIFIER, kq.PasswordMade(RIGHT, SALT, VERIFIER)),
    (MAKE_PASSWORD, b"\x05" + SALT + VERIFIER, kq.PasswordMade(kq.EntryOutcome.WEAK)),
    (kq.SpendCode(), b"", kq.Done()),
    (kq.CancelEntry(), b"", kq.Done()),
)
ENTRIES: tuple[kq.Question, ...] = (
    kq.CheckPassword(SALT, VERIFIER, 1000, 4, 8),
    kq.CheckCode(),
)


@pytest.mark.parametrize(("question", "kind", "payload"), QUESTIONS)
def test_question_on_the_wire(question: kq.Question, kind: int, payload: bytes) -> None:
    assert kind_of(question) == kind
    assert payload_of(question) == payload


@pytest.mark.parametrize(("question", "payload", "answer"), ANSWERS)
def test_answer_from_the_wire(question: kq.Question, payload: bytes, answer: kq.Answer) -> None:
    assert answer_of(question, payload) == answer


@pytest.mark.parametrize("question", ENTRIES)
@pytest.mark.parametrize("outcome", kq.EntryOutcome)
def test_every_outcome_of_an_entry(question: kq.Question, outcome: kq.EntryOutcome) -> None:
    assert answer_of(question, bytes((outcome.value,))) == kq.EntryEnded(outcome)


@pytest.mark.parametrize(("question", "payload", "_"), ANSWERS)
def test_answer_with_a_byte_too_many_or_too_few_is_refused(
    question: kq.Question, payload: bytes, _: kq.Answer
) -> None:
    for spoilt in (payload + b"\x00", payload[:-1] if payload else b"\x01\x02"):
        with pytest.raises(PayloadError):
            answer_of(question, spoilt)


@pytest.mark.parametrize(
    "question",
    [
        kq.MakeMac("des", b""),
        kq.MakeMac("x9.9", b"", 1, b"short"),
        kq.MakeMac("x9.9", bytes(5000), 1, HASH),
        kq.CheckMac("x9.9", b"", b"1234567"),
        kq.ProtectCard(-1, PAN, None),
        kq.ProtectCard(1, "６２１２", None),
        kq.CheckSlip("R1;x", "0A1B"),
        kq.SignSlip("退货"),
        kq.CheckCode(300),
        kq.MakePassword("001", 4, 8, 1000),
    ],
)
def test_value_that_does_not_fit_is_refused_without_being_shown(question: kq.Question) -> None:
    with pytest.raises(PayloadError) as caught:
        payload_of(question)
    assert str(caught.value).startswith(type(question).__name__)
    assert "６２１２" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(st.sampled_from(QUESTIONS), st.binary(max_size=120))
def test_any_answer_is_read_or_refused(asked: tuple[kq.Question, int, bytes], raw: bytes) -> None:
    with contextlib.suppress(PayloadError):
        assert answer_of(asked[0], raw) == answer_of(asked[0], raw)
