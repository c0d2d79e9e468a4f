"""Sign-in, sign-off and echo."""

import pytest

from emulator.host.config import HostProfile
from emulator.host.crypto import check_value
from emulator.host.message import Message, decode, encode
from tests.emulator.host.till import (
    SWAPPED_HEAD,
    body_of,
    make_till,
    packet,
    sent,
    signed_in_till,
)


def test_sign_in_answer_has_the_fields_of_the_sample() -> None:
    till = make_till()
    (raw,) = sent(till.line.receive(packet("C1"), 0.0))
    sample, answer = decode(packet("C2")[13:]), body_of(raw)
    assert raw[2:13] == SWAPPED_HEAD
    assert set(answer.fields) == set(sample.fields)
    assert len(answer.raw(62)) == len(sample.raw(62))
    for number in (11, 32, 39, 41, 42):
        assert answer.fields[number] == sample.fields[number]


@pytest.mark.parametrize(
    ("kind", "mak", "length", "mak_length"),
    [
        ("001", "double", 24, 8),
        ("003", "single", 40, 8),
        ("003", "double", 40, 16),
        ("004", "single", 60, 8),
        ("004", "double", 60, 16),
    ],
)
def test_keys_are_wrapped_with_their_check_values(
    kind: str, mak: str, length: int, mak_length: int
) -> None:
    till = make_till(mak=mak)
    block = till.sign_in(kind).raw(62)
    assert len(block) == length
    assert till.keys is not None
    assert len(till.keys.mak) == mak_length
    slot = 8 if kind == "001" else 16
    assert block[slot : slot + 4] == check_value(till.keys.pik)
    assert block[2 * slot + 4 : 2 * slot + 8] == check_value(till.keys.mak)


def test_each_sign_in_brings_new_keys_and_keeps_the_batch() -> None:
    till = signed_in_till()
    first, batch = till.keys, till.batch
    till.sign_in()
    assert till.keys != first
    assert till.batch == batch


def test_each_sign_in_starts_a_batch_if_the_profile_says_so() -> None:
    till = signed_in_till(HostProfile(batch="every_sign_in"))
    batch = till.batch
    till.sign_in()
    assert int(till.batch) == int(batch) + 1


def test_first_batch_comes_after_those_of_the_seeded_sales() -> None:
    till = signed_in_till()
    assert till.batch == "000002"


@pytest.mark.parametrize(
    ("known", "asked", "code"),
    [
        (b"12345678", b"99999999", "97"),
        (b"898310058120001", b"898310058120002", "03"),
        (b"\x00\x11" + bytes(4) + b"\x00\x40", b"\x00\x11" + bytes(4) + b"\x00\x90", "40"),
    ],
)
def test_refused_sign_ins_bring_no_keys(known: bytes, asked: bytes, code: str) -> None:
    raw = packet("C1")[2:].replace(known, asked, 1)
    actions = make_till().line.receive(len(raw).to_bytes(2, "big") + raw, 0.0)
    answers = [body_of(answer) for answer in sent(actions)]
    assert [(answer.text(39), 62 in answer.fields) for answer in answers] == [(code, False)]


def test_a_kind_the_terminal_may_not_use_is_refused() -> None:
    assert make_till(sign_in_kinds=("001", "004")).sign_in("003").text(39) == "40"


def test_a_sign_in_without_a_management_code_is_a_function_the_host_lacks() -> None:
    till = make_till()
    fields = {11: "000001", 41: till.terminal.tid, 42: till.terminal.mid, 60: "00000000"}
    assert till.ask(encode(Message("0800", fields))).text(39) == "40"


def test_a_sign_in_without_trace_number_is_a_format_error() -> None:
    till = make_till()
    fields = {41: till.terminal.tid, 42: till.terminal.mid, 60: "00000000003"}
    assert till.ask(encode(Message("0800", fields))).text(39) == "30"


def test_echo_is_answered_without_trace_number() -> None:
    till = make_till()
    (raw,) = sent(till.line.receive(packet("C13"), 0.0))
    assert set(body_of(raw).fields) == {12, 13, 39, 41, 42, 60}
    assert body_of(raw).text(39) == "00"


def test_after_sign_off_money_needs_a_new_sign_in() -> None:
    till = signed_in_till()
    (raw,) = sent(till.line.receive(packet("C14"), 0.0))
    assert body_of(raw).mti == "0830"
    sale = till.sale(card="debit", amount_minor=10000)
    assert till.refund(sale, 1000).text(39) == "77"
    till.sign_in()
    assert till.refund(sale, 1000).text(39) == "00"


def test_money_without_a_sign_in_may_be_called_a_wrong_mac() -> None:
    till = signed_in_till(HostProfile(not_signed_in_code="A0"))
    till.line.receive(packet("C14"), 0.0)
    assert till.refund(till.sale(card="debit", amount_minor=10000), 1000).text(39) == "A0"


def test_money_before_any_sign_in_is_sent_to_sign_in_without_a_mac() -> None:
    till = make_till()
    (raw,) = sent(till.line.receive(packet("C9"), 0.0))
    assert body_of(raw).text(39) == "77"
    assert 64 not in body_of(raw).fields
