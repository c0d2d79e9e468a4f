"""Amounts as people read and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.money import Amount, typed_amount


@pytest.mark.parametrize(
    ("minor", "plain"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (1999 * 100, "1,999.00"),
        (123_450, "1,234.50"),
        (-5, "-0.05"),
        (-123_450, "-1,234.50"),
        (999_999_999_999, "9,999,999,999.99"),
    ],
)
def test_plain(minor: int, plain: str) -> None:
    assert Amount(minor).plain == plain


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_no_digit_is_lost(minor: int) -> None:
    assert int(Amount(minor).plain.replace(",", "").replace(".", "")) == minor


@pytest.mark.parametrize("minor", [10**12, -(10**12)])
def test_thirteen_digits_are_no_amount(minor: int) -> None:
    with pytest.raises(AssertionError):
        Amount(minor)


@pytest.mark.parametrize(("digits", "minor"), [("", 0), ("0", 0), ("000", 0), ("1250", 1250)])
def test_typed_digits_are_minor_units(digits: str, minor: int) -> None:
    assert typed_amount(digits) == minor


@pytest.mark.parametrize("digits", ["-1", "1.5", "１２", " 1", "1e3"])
def test_only_digits_can_be_typed(digits: str) -> None:
    with pytest.raises(AssertionError):
        typed_amount(digits)


@given(st.text("0123456789", max_size=12))
def test_any_typed_digits_are_an_amount_to_the_last_fen(digits: str) -> None:
    shown = Amount(typed_amount(digits)).plain
    assert shown.replace(",", "").replace(".", "").lstrip("0") == digits.lstrip("0")
    assert shown[-3] == "."
