"""What a description says about the parts of fields."""

import pytest

from terminal.iso8583.channel import channel_config, wrap
from terminal.iso8583.codec import Message, encode
from terminal.iso8583.describe import Description, Row, describe
from terminal.iso8583.private_fields import AdditionalAmount, additional_amounts, field_60, totals
from terminal.iso8583.response_codes import MEANINGS

TOTALS = "0000000100000010000000050000010" + "0000000000000000000000000000002"


def row(description: Description, number: int) -> Row:
    return next(row for row in description.rows if row.number == str(number))


@pytest.mark.parametrize(
    ("number", "value", "meaning"),
    [
        (4, "000000005001", "50.01"),
        (22, "071", "contactless chip, PIN in message"),
        (22, "992", "99?, no PIN"),
        (25, "08", "mail or telephone order"),
        (39, "61", "amount over the limit 超出金额限制"),
        (39, "ZZ", "not listed"),
        (44, b"01020000   48021000   ", "issuer 01020000, acquirer 48021000"),
        (48, TOTALS, "domestic: debit 1/100.00, credit 1/50.00, asked; foreign: debit 0/0.00"),
        (48, "0003", ""),
        (53, "2610000000000000", "PIN with number, triple DES, track encrypted"),
        (54, b"1002156C000000012345", "156 123.45"),
        (54, b"1002156D000000000005", "156 -0.05"),
        (59, b"A3004codeA4002vv", "A3 (4), A4 (2)"),
        (59, b"A3999short", ""),
        (60, "22000001000", "sale, batch 000001, financial"),
        (60, "00000042003", "management, batch 000042, sign-in, double length"),
        (61, "0000010000020601", "original batch 000001, trace 000002, date 0601"),
        (61, "000001000002", "original batch 000001, trace 000002"),
        (63, b"CUP" + "谢谢".encode("gb18030"), "card organisation CUP; 谢谢"),
    ],
)
def test_the_parts_of_a_field_are_explained(number: int, value: str | bytes, meaning: str) -> None:
    found = row(describe(encode(Message("0210", {number: value}))), number).meaning
    assert found.startswith(meaning)
    assert meaning or not found


def test_field_62_of_a_sign_in_is_told_by_its_length() -> None:
    for length, words in ((24, "single length"), (40, "double length"), (60, "track key")):
        answer = describe(encode(Message("0810", {62: bytes(length)})))
        assert words in row(answer, 62).meaning
        assert row(answer, 62).value == f"<{length} hidden>"
    request = describe(encode(Message("0800", {62: b"Sequence No07A", 63: b"01 "})))
    assert row(request, 62).meaning == "device"
    assert row(request, 63).meaning == "operator 01"


def test_the_header_says_what_the_host_wants() -> None:
    config = channel_config("6000000003", "613103310001")
    rows = describe(wrap(encode(Message("0810", {39: "00"})), config)).rows
    said = {row.name.strip().split(" ")[0]: row.meaning for row in rows}
    assert said["processing"] == "sign in again"
    assert said["application"] == "chip payment"
    assert said["TPDU"] == "from 0003 to 0000"


def test_every_response_code_is_explained_once() -> None:
    codes = [code for code, _, _ in MEANINGS]
    assert len(set(codes)) == len(codes)
    assert all(english and chinese for _, english, chinese in MEANINGS)


@pytest.mark.parametrize("digits", ["", "2", "22", "2200", "22000001", "22000001000500048"])
def test_field_60_is_cut_by_its_length(digits: str) -> None:
    parts = field_60(digits)
    joined = parts.transaction_type + parts.batch + parts.management_code
    joined += parts.terminal_capability + parts.chip_condition + parts.partial_flag
    assert joined + parts.account_type == digits


def test_odd_amounts_and_totals_are_left_out() -> None:
    good = AdditionalAmount("10", "02", "156", 12345)
    raw = b"1002156C000000012345" + b"1002156C00000000000x" + b"1002"
    assert additional_amounts(raw) == (good,)
    assert totals("0" * 61) == ()
