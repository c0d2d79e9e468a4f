"""Room that a text takes, and where it is wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.cells import (
    CLOSING,
    centre,
    cut,
    drawable,
    left,
    right,
    tail,
    width,
    wrap,
)

CELLS = st.integers(4, 40)


def test_a_chinese_character_takes_two_cells_and_ascii_one() -> None:
    assert width("退货 12.50元") == 4 + 6 + 2


def test_whatever_takes_more_than_a_byte_takes_two_cells() -> None:
    for char in "é×①￥🙂":
        assert len(char.encode("gb18030")) >= 2
        assert width(char) == 2


def test_what_no_device_can_draw_becomes_a_question_mark() -> None:
    assert drawable("a\x1b@\x00\ud800\u200b\u2028退") == "a?@????退"


@given(st.text())
def test_drawable_text_can_always_be_encoded(text: str) -> None:
    assert len(drawable(text)) == len(text)
    assert drawable(text).encode("gb18030").decode("gb18030") == drawable(text)


def test_cut_does_not_halve_a_character() -> None:
    assert cut("退货", 3) == "退"
    assert tail("退货", 3) == "货"
    assert tail("abcde", 3) == "cde"
    assert tail("金额12", 4) == "额12"


@given(st.text(), st.integers(0, 40))
def test_padded_texts_have_exactly_the_cells(text: str, cells: int) -> None:
    for padded in (left(text, cells), right(text, cells), centre(text, cells)):
        assert width(padded) == cells


def test_sides_of_padded_texts() -> None:
    assert left("ab", 5) == "ab   "
    assert right("ab", 5) == "   ab"
    assert centre("ab", 5) == " ab  "


@pytest.mark.parametrize(
    ("text", "cells", "rows"),
    [
        ("", 20, ("",)),
        ("Refund approved", 20, ("Refund approved",)),
        ("Do not refund again, call the shop", 20, ("Do not refund again,", "call the shop")),
        ("a" * 25, 20, ("a" * 20, "a" * 5)),
        ("one " + "a" * 25, 20, ("one", "a" * 20, "a" * 5)),
        ("切勿再次操作，请致电服务电话核实", 20, ("切勿再次操作，请致电", "服务电话核实")),
        ("一二三四五六七八九十，请", 20, ("一二三四五六七八九", "十，请")),
        ("余额12.50元。", 12, ("余额12.50", "元。")),
        ("first\nsecond", 20, ("first", "second")),
        ("two  blanks", 20, ("two  blanks",)),
        ("a" * 20 + "，b", 20, ("a" * 19, "a，b")),
    ],
)
def test_wrapping(text: str, cells: int, rows: tuple[str, ...]) -> None:
    assert wrap(text, cells) == rows


@given(st.text(), CELLS)
def test_wrapped_rows_fit_and_lose_only_blanks(text: str, cells: int) -> None:
    rows = wrap(text, cells)
    assert all(width(row) <= cells for row in rows)
    kept = drawable(text.replace("\n", "")).replace(" ", "")
    assert "".join(rows).replace(" ", "") == kept


@given(st.lists(st.sampled_from(["退", "货款", "ab", "abcdefghij", "1"]), max_size=30), CELLS)
def test_no_row_begins_with_closing_punctuation(words: list[str], cells: int) -> None:
    for row in wrap("，".join(words), cells):
        assert not row.startswith(tuple(CLOSING))


@given(st.lists(st.text("abcdef", min_size=1, max_size=20), max_size=20))
def test_words_that_fit_are_never_broken(words: list[str]) -> None:
    rows = wrap(" ".join(words), 20)
    assert " ".join(rows).split() == words
