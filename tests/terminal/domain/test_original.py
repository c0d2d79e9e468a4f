"""The code of a slip: what is written can be read, and nothing else passes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.original import Original, SlipCodeError, code_text, parse_code

MERCHANT = "898310058120001"
MARK = "0a1B2c3D"
ORIGINAL = Original(
    rrn="240520000001",
    day=date(2024, 5, 20),
    amount_minor=20_00,
    auth_code="A12345",
    terminal="12345678",
    batch=7,
    stan=42,
    card_ends="6212341232",
    token="ab120123456789ab",
    source="scanned",
)
CODE = code_text(MERCHANT, ORIGINAL) + MARK


def changed(part: int, text: str) -> str:
    parts = CODE.split(";")
    parts[part] = text
    return ";".join(parts)


def test_the_code_is_written_as_the_profile_says() -> None:
    assert CODE == (
        "R1;898310058120001;12345678;000007;000042;240520000001;A12345;20240520;2000;156;"
        "6212341232;ab120123456789ab;;0a1B2c3D"
    )


def test_key_and_date_of_a_purchase() -> None:
    assert ORIGINAL.key == "20240520240520000001"
    assert ORIGINAL.mmdd == "0520"


def test_the_mark_covers_all_before_it() -> None:
    code = parse_code(f" {CODE}\r\n", MERCHANT)
    assert code.original == ORIGINAL
    assert code.signed == code_text(MERCHANT, ORIGINAL)
    assert code.mark == MARK


LETTERS = st.text("0123456789ABCDEFghij", max_size=6)
originals = st.builds(
    Original,
    rrn=st.text("0123456789ABCXYZ", min_size=12, max_size=12),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    amount_minor=st.integers(1, 10**12 - 1),
    auth_code=LETTERS,
    terminal=st.text("0123456789ABC", min_size=8, max_size=8),
    batch=st.integers(0, 999_999),
    stan=st.integers(0, 999_999),
    card_ends=st.just("") | st.text("0123456789", min_size=10, max_size=10),
    token=st.just("") | st.text("0123456789abcdef", min_size=16, max_size=16),
    voucher=LETTERS,
    source=st.just("scanned"),
)


@given(originals)
def test_what_is_written_can_be_read(original: Original) -> None:
    code = parse_code(code_text(MERCHANT, original) + MARK, MERCHANT)
    assert (code.original, code.mark) == (original, MARK)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_ours"),
        ("https://example.org/?a=1;b", "not_ours"),
        ("6901234567892", "not_ours"),
        ("R1", "not_ours"),
        (CODE.replace("A12345", "授权"), "not_ours"),
        (CODE + "0" * 400, "not_ours"),
        ("R2" + CODE[2:], "version"),
        ("R" + CODE[2:], "version"),
        (CODE + ";", "field"),
        ("R1;", "field"),
        (changed(1, "898310058120002"), "merchant"),
        (changed(1, ""), "merchant"),
    ],
)
def test_codes_that_are_not_ours_are_refused_by_name(text: str, reason: str) -> None:
    with pytest.raises(SlipCodeError) as caught:
        parse_code(text, MERCHANT)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (2, "123456789"),  # terminal
        (3, ""),  # batch
        (3, "1234567"),
        (3, "-00007"),
        (4, "x"),  # STAN
        (4, "1234567"),
        (5, "24052000000"),  # RRN
        (5, "24052000000!"),
        (6, "A123456"),  # authorisation code
        (6, "A1\x002"),
        (7, "20240230"),  # day
        (7, "2024-5-2"),
        (7, "00000000"),
        (8, "0"),  # amount
        (8, "000"),
        (8, "-1"),
        (8, "1e3"),
        (8, "1000000000000"),
        (8, ""),
        (9, "840"),
        (10, "621234"),
        (10, "6212341232345678"),
        (11, "ab12"),
        (11, "zz120123456789ab"),
        (12, "v" * 41),
        (13, ""),
        (13, "0a1b2c3"),
        (13, "0a1b2c3g"),
    ],
)
def test_an_impossible_part_is_refused(part: int, text: str) -> None:
    with pytest.raises(SlipCodeError, match=r"^field$") as caught:
        parse_code(changed(part, text), MERCHANT)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@given(st.text() | st.text("R1;0123456789", max_size=120))
def test_garbage_is_never_more_than_a_slip_code_error(text: str) -> None:
    with pytest.raises(SlipCodeError):
        parse_code(text, MERCHANT)


@given(st.integers(0, 13), st.text(max_size=30))
def test_a_code_with_one_foreign_part_is_read_or_refused(part: int, text: str) -> None:
    try:
        original = parse_code(changed(part, text), MERCHANT).original
    except SlipCodeError:
        return
    assert len(original.rrn) == 12
    assert 0 < original.amount_minor < 10**12
    assert max(original.batch, original.stan) < 10**6
    assert replace(original, rrn=ORIGINAL.rrn).mmdd.isdigit()
