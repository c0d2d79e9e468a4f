"""A parameter download: what may be proposed, and what is named and left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.iso8583.codec import Message, encode
from terminal.iso8583.matching import (
    MacCheck,
    ParameterAnswer,
    ParameterKey,
    is_ours,
    parameter_answer,
)
from terminal.iso8583.messages import TerminalIdentity, parameter_download

IDENTITY = TerminalIdentity("12345678", "898310058120001")
REQUEST = parameter_download(IDENTITY, "000002")
NAME = "演示商店".encode("gb18030").ljust(40)
GOOD = (
    b"1260" + b"14" + b"010-12345678".ljust(14) + b"15" + b" " * 14 + b"17" + b"95516".ljust(14)
    + b"181" + b"200" + b"211" + b"22" + NAME + b"233" + b"26\xff\x00\x80\x01"
)  # fmt: skip
ALLOWED = {"12", "14", "15", "16", "17", "18", "20", "21", "22", "23", "26"}


def read(raw: bytes) -> ParameterAnswer:
    return parameter_answer(Message("0810", {39: "00", 41: "12345678", 62: raw}))


def refusals(raw: bytes) -> list[tuple[str, str]]:
    return [(one.tag, one.why) for one in read(raw).refused]


def test_the_request_has_no_trace_number() -> None:
    assert encode(REQUEST)[:2] == b"\x08\x00"
    assert dict(REQUEST.fields) == {41: "12345678", 42: "898310058120001", 60: "00000002360"}
    assert is_ours(REQUEST, Message("0810", {**REQUEST.fields, 39: "00"}))


def test_every_value_comes_out_in_its_type() -> None:
    answer = read(GOOD)
    assert answer.refused == ()
    assert {change.key: change.value for change in answer.changes} == {
        ParameterKey.ANSWER_TIMEOUT_S: 60,
        ParameterKey.PHONE_1: "010-12345678",
        ParameterKey.PHONE_2: "",
        ParameterKey.MANAGEMENT_PHONE: "95516",
        ParameterKey.TIP: True,
        ParameterKey.TYPED_CARD: False,
        ParameterKey.AUTO_SIGN_OFF: True,
        ParameterKey.MERCHANT_NAME: "演示商店",
        ParameterKey.SENDS: 3,
        ParameterKey.SWITCHES: b"\xff\x00\x80\x01",
    }


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("01", b"0"), ("05", b"0"), ("11", b"60"), ("13", b"3"), ("19", b"15"), ("24", b"0"),
        ("25", b"1"),
    ],
)  # fmt: skip
def test_a_forbidden_tag_is_named_and_the_rest_is_read(tag: str, value: bytes) -> None:
    raw = tag.encode() + value + b"1230"
    assert refusals(raw) == [(tag, "forbidden")]
    assert [change.tag for change in read(raw).changes] == ["12"]


@pytest.mark.parametrize("tag", ["00", "06", "10", "27", "51", "99", "AA"])
def test_behind_an_unknown_tag_nothing_is_read(tag: str) -> None:
    raw = b"1230" + tag.encode() + b"12991299"
    assert refusals(raw) == [(tag, "unknown")]
    assert [change.value for change in read(raw).changes] == [30]


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        (b"1200", "12"), (b"12-5", "12"), (b"12 6", "12"), (b"230", "23"), (b"182", "18"),
        (b"20Y", "20"), (b"14" + b"call \x1b@ now   ", "14"), (b"14" + b"abc".ljust(14), "14"),
        (b"22" + b" " * 40, "22"), (b"22" + b"\0" * 40, "22"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_and_not_applied(raw: bytes, tag: str) -> None:
    assert (refusals(raw), read(raw).changes) == ([(tag, "bad value")], ())


@pytest.mark.parametrize(
    ("raw", "tag"), [(b"126", "12"), (b"22" + NAME[:-1], "22"), (b"14", "14"), (b"26abc", "26")]
)
def test_a_value_cut_short_is_named(raw: bytes, tag: str) -> None:
    assert (refusals(raw), read(raw).changes) == ([(tag, "cut short")], ())


def test_a_lone_byte_or_binary_is_named_readably() -> None:
    assert refusals(b"1") == [("1", "unknown")]
    assert refusals(b"\x00\x1b") == [("001b", "unknown")]


def test_the_first_of_two_values_stands() -> None:
    assert refusals(b"12301299") == [("12", "repeated")]
    assert [change.value for change in read(b"12301299").changes] == [30]


def test_a_name_carries_no_printer_command() -> None:
    name = b"\x1b@Shop\x1dV".ljust(40)
    assert [change.value for change in read(b"22" + name).changes] == ["@Shop V"]


def test_a_refusal_changes_nothing() -> None:
    reply = Message("0810", {39: "97", 62: GOOD})
    assert parameter_answer(reply) == ParameterAnswer("97")


def test_an_answer_without_code_or_with_a_bad_mac_changes_nothing() -> None:
    without_code = Message("0810", {62: GOOD})
    unproved = Message("0810", {39: "00", 62: GOOD, 64: bytes(8)})
    for reply, place in ((without_code, "field 39"), (unproved, "MAC")):
        answer = parameter_answer(reply, mac=MacCheck.WRONG)
        assert answer.problem is not None
        assert (answer.problem.place, answer.changes) == (place, ())


def test_a_good_mac_is_welcome() -> None:
    reply = Message("0810", {39: "00", 62: b"1230", 64: bytes(8)})
    assert parameter_answer(reply).changes == ()
    assert len(parameter_answer(reply, mac=MacCheck.VERIFIED).changes) == 1


@given(st.binary(max_size=999))
def test_no_bytes_change_what_is_not_allowed(raw: bytes) -> None:
    assert {change.tag for change in read(raw).changes} <= ALLOWED


@given(
    st.lists(st.sampled_from(["12", "19", "20", "22", "26", "27", "77"]), max_size=20), st.data()
)
def test_tagged_garbage_changes_only_what_is_allowed_and_once(
    tags: list[str], data: st.DataObject
) -> None:
    raw = b"".join(tag.encode() + data.draw(st.binary(min_size=1, max_size=40)) for tag in tags)
    changed = [change.tag for change in read(raw).changes]
    assert set(changed) <= ALLOWED
    assert len(set(changed)) == len(changed)
