"""No card data in anything that shows a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.iso8583.codec import Message, encode
from terminal.iso8583.describe import describe
from terminal.iso8583.masking import HIDDEN, hidden, masked

PAN = "6212345678901232"
CANARY = PAN[6:12]
TRACK = PAN + "D30122010000000000001"
PIN_BLOCK = bytes.fromhex("C37FBB88169687FF")
TAGGED = b"A3019" + PAN.encode() + b"001"


def loaded(*numbers: int) -> Message:
    """A message that carries card data in the named fields."""
    fields: dict[int, str | bytes] = {
        2: PAN,
        14: "3012",
        35: TRACK,
        36: "99" + TRACK,
        44: PAN.encode(),
        48: "02" + ("00" + "000004" + PAN.zfill(20) + "000000005000") * 2,
        52: PIN_BLOCK,
        54: PAN.encode(),
        55: bytes.fromhex("5A08" + PAN + "5713" + TRACK + "0"),
        59: TAGGED,
        62: bytes(range(40)),
        63: b"CUPcard " + PAN.encode() + b"!",
    }
    return Message("0210", {number: fields[number] for number in numbers})


CARRIERS = (2, 14, 35, 36, 44, 48, 52, 54, 55, 59, 62, 63)


@pytest.mark.parametrize("number", CARRIERS)
def test_no_view_of_a_message_leaks_card_data(number: int) -> None:
    message = loaded(number)
    description = describe(encode(message))
    shown = (repr(message), str(message), description.as_table(), description.as_json())
    value = message.fields[number]
    whole = value if isinstance(value, str) else value.hex().upper()
    for text in shown:
        assert CANARY not in text
        assert PAN.encode().hex() not in text
        assert whole not in text
        assert "3012" not in text.replace(str(number), "")
    assert whole in description_in_clear(message, number)


def description_in_clear(message: Message, number: int) -> str:
    row = next(r for r in describe(encode(message), clear=True).rows if r.number == str(number))
    return row.wire


@pytest.mark.parametrize("count", range(20))
def test_a_short_number_shows_nothing(count: int) -> None:
    shown = masked(2, ("6212345678901232" * 2)[:count])
    assert len(shown) == count
    assert shown.count("*") >= min(4, count)
    assert count >= 14 or set(shown) <= {"*"}


@given(st.sampled_from(sorted(HIDDEN)), st.one_of(st.text(max_size=40), st.binary(max_size=40)))
def test_a_hidden_field_shows_only_its_length(number: int, value: str | bytes) -> None:
    assert masked(number, value) == hidden(value) == f"<{len(value)} hidden>"


@given(st.binary(max_size=60))
def test_free_text_never_shows_a_long_run_of_digits(raw: bytes) -> None:
    shown = masked(63, raw + PAN.encode() + raw)
    assert PAN not in shown
    assert PAN.encode().hex() not in shown


def test_totals_and_counts_are_shown_but_not_uploaded_details() -> None:
    assert masked(48, "0" * 62) == "0" * 62
    assert masked(48, "0003") == "0003"
    assert masked(48, "01" + "0" * 40) == "<42 hidden>"


def test_keys_are_hidden_and_a_serial_is_shown() -> None:
    assert masked(62, bytes(40)) == "<40 hidden>"
    assert masked(62, b"Sequence No163136SIM00000001") == "Sequence No163136SIM00000001"


def test_control_characters_of_a_host_do_not_reach_the_reader() -> None:
    assert "\x1b" not in masked(63, b"CUP\x1b[2J")
