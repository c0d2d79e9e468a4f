"""Screens on the 20 x 8 cells of the display."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.cells import width
from terminal.domain.money import Amount
from terminal.domain.phrase import Language, Phrase
from terminal.ui.render import overflow, render
from terminal.ui.screens import (
    NONE_YET,
    Confirm,
    Content,
    Fact,
    Menu,
    Message,
    Progress,
    Prompt,
    Say,
    Screen,
    Value,
    say,
)
from terminal.ui.text import Text

EN, ZH = Language.EN, Language.ZH
BLANK = " " * 20


def texts_of(screen: Screen, language: Language = EN) -> list[str]:
    return [text for text, _ in render(screen, language)]


def inverse_rows(screen: Screen) -> list[int]:
    return [index for index, (_, inverse) in enumerate(render(screen, EN)) if inverse]


def menu_of(count: int, selected: int = 0) -> Menu:
    items = tuple(say(Phrase(f"Item {n}", f"第{n}项")) for n in range(1, count + 1))
    return Menu("test.menu", say(Text.TITLE_MENU), items, selected)


def test_confirm_shows_the_whole_case() -> None:
    screen = Confirm(
        "test.confirm",
        say(Text.TITLE_CONFIRM),
        (
            Fact(Text.LABEL_AMOUNT, Amount(123450)),
            Fact(Text.LABEL_CARD, "621234******1232"),
            say(Phrase("Swipe the card that paid", "请刷原消费卡")),
        ),
        say(Text.HINT_ENTER),
    )
    assert texts_of(screen) == [
        "   CONFIRM REFUND   ",
        "Refund  CNY 1,234.50",
        "Card                ",
        "    621234******1232",
        "Swipe the card that ",
        "paid                ",
        BLANK,
        "Enter = go on       ",
    ]
    assert texts_of(screen, ZH) == [
        "      确认退货      ",
        "退货金额  1,234.50元",
        "卡号                ",
        "    621234******1232",
        "请刷原消费卡        ",
        BLANK,
        BLANK,
        "确认=继续           ",
    ]
    assert inverse_rows(screen) == [0]
    assert overflow(screen, EN) == overflow(screen, ZH) == 0


def test_prompt_has_its_entry_on_the_right_before_a_cursor() -> None:
    screen = Prompt("test", say(Text.TITLE_REFUND), (say(Text.TYPE_NUMBER),), "12.50")
    assert texts_of(screen)[1:4] == ["Operator number     ", "              12.50_", BLANK]


def test_prompt_without_an_entry_has_no_cursor() -> None:
    screen = Prompt("test", say(Text.TITLE_CARD), (say(Text.SWIPE_CARD),))
    assert "_" not in "".join(texts_of(screen))


def test_a_long_entry_shows_its_end() -> None:
    screen = Prompt("test", say(Text.TITLE_CARD), (), "1234567890123456789012345")
    assert texts_of(screen)[1] == "7890123456789012345_"


def test_the_entry_is_seen_however_long_the_lines_are() -> None:
    lines = tuple(say(Phrase(f"line {n}", f"第{n}行")) for n in range(9))
    screen = Prompt("test", say(Text.TITLE_CARD), lines, "7")
    assert texts_of(screen)[5:7] == ["line 4              ", "                  7_"]
    assert overflow(screen, EN) == 4


def test_menu_numbers_its_items_and_shows_the_selected_one_inverse() -> None:
    screen = menu_of(3, selected=1)
    assert texts_of(screen)[1:5] == [
        "1 Item 1            ",
        "2 Item 2            ",
        "3 Item 3            ",
        BLANK,
    ]
    assert inverse_rows(screen) == [0, 2]
    assert texts_of(screen, ZH)[3] == "3 第3项             "


@pytest.mark.parametrize(
    ("selected", "first", "inverse", "foot"),
    [(0, 1, 1, "↑↓ 1/8"), (5, 1, 6, "↑↓ 6/8"), (6, 2, 6, "↑↓ 7/8"), (7, 3, 6, "↑↓ 8/8")],
)
def test_the_window_of_a_long_menu_follows_the_selected_item(
    selected: int, first: int, inverse: int, foot: str
) -> None:
    screen = menu_of(8, selected)
    assert texts_of(screen)[1] == f"{first} Item {first}            "
    assert inverse_rows(screen) == [0, inverse]
    assert texts_of(screen)[7].strip() == foot
    assert overflow(screen, EN) == 0


def test_a_selection_outside_the_menu_is_taken_to_its_edge() -> None:
    assert render(menu_of(3, 99), EN) == render(menu_of(3, 2), EN)


def test_a_menu_may_have_nothing_selected_yet() -> None:
    assert inverse_rows(menu_of(3, NONE_YET)) == [0]


def test_a_body_without_room_is_left_out_at_the_bottom_and_counted() -> None:
    lines = tuple(say(Phrase(f"line {n}", f"第{n}行")) for n in range(8))
    screen = Message("test", say(Text.TITLE_REFUND), lines, say(Text.HINT_ENTER))
    assert texts_of(screen)[6:] == ["line 5              ", "Enter = go on       "]
    assert overflow(screen, EN) == 2


@pytest.mark.parametrize("part", ["title", "hint", "item"])
def test_a_single_row_that_is_cut_is_counted(part: str) -> None:
    long, short = say(Phrase("x" * 21, "长" * 11)), say(Phrase("short", "短"))
    screen: Screen = Message("test", long if part == "title" else short, (), long)
    if part == "item":
        screen = Menu("test", short, (short, long))
    if part == "title":
        screen = Message("test", long, ())
    assert overflow(screen, EN) == 1
    assert overflow(screen, ZH) == 1


def test_a_value_with_braces_is_not_taken_for_a_placeholder() -> None:
    screen = Progress("test", say(Text.TITLE_ECHO), (say(Phrase("{a}", "{a}"), a="{b}", b="no"),))
    assert texts_of(screen)[1] == "{b}                 "


def test_a_placeholder_without_a_value_stays() -> None:
    screen = Progress("test", say(Text.TITLE_ECHO), (say(Phrase("{a}!", "{a}！")),))
    assert texts_of(screen)[1] == "{a}!                "


phrases = st.builds(Phrase, st.text(max_size=60), st.text(max_size=60))
values: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.builds(Amount, st.integers(-(10**11), 10**11), st.sampled_from(["156", "840"])),
    phrases,
    st.sampled_from(Text),
)
says = st.builds(
    Say,
    phrases | st.sampled_from(Text),
    st.dictionaries(st.sampled_from(["code", "amount", "name", "count"]), values),
)
contents: st.SearchStrategy[Content] = says | st.builds(Fact, st.sampled_from(Text), values)
lines_of = st.lists(contents, max_size=9).map(tuple)
names = st.just("test.any")
screens: st.SearchStrategy[Screen] = st.one_of(
    st.builds(Menu, names, says, st.lists(says, max_size=15).map(tuple), st.integers(-2, 20)),
    st.builds(Prompt, names, says, lines_of, st.none() | st.text(), st.none() | says),
    st.builds(Confirm, names, says, lines_of, st.none() | says),
    st.builds(Message, names, says, lines_of, st.none() | says),
    st.builds(Progress, names, says, lines_of),
)


@given(screens, st.sampled_from(Language))
def test_any_screen_is_eight_rows_of_twenty_cells(screen: Screen, language: Language) -> None:
    rows = render(screen, language)
    assert len(rows) == 8
    assert rows[0][1]
    for text, _ in rows:
        assert width(text) == 20
        assert text.encode("gb18030").decode("gb18030") == text
    assert overflow(screen, language) >= 0
