"""A story's file with a mistake is told with step and key; a story that differs fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from emulator.stories.player import Player, StoryFailed
from emulator.stories.story import STORIES, Story, StoryError, load
from tests.scenarios.memory_story import memory_bench_of
from tests.scenarios.test_stories import FILES

GOOD = """
title = "A story"
steps = [
  { screen = "idle", scan = "sale debit 100.00" },
  { screen = "refund.amount", keys = "CANCEL" },
]

[expect]
ledger = []
journal = []
slips = []
"""
MISTAKES = (
    ("title =", "titel =", "no such word: titel"),
    ('"A story"', '" "', "title: say what happens"),
    ("keys =", "kyes =", "step 2: no such word: kyes"),
    ('"CANCEL"', '"ABORT"', "step 2: keys: no key is called ABORT; there are digits"),
    ('"CANCEL"', '"{pan}"', "step 2: keys: {pan}: one of stan, rrn"),
    ('"CANCEL"', "17", "step 2: keys: expected `str"),
    ('"CANCEL"', '"0 ENTER", swipe = "debit"', "step 2: swipe: one act a step, and keys is there"),
    ('keys = "CANCEL"', 'cover = "ajar"', "step 2: cover: invalid enum value 'ajar', one of open"),
    ('"sale debit 100.00"', '"sale debit 100"', "step 1: scan: `sale CARD 100.00`"),
    ('scan = "sale debit 100.00"', "fault = { count = 1 }", "step 1: fault: name: which fault"),
    ("ledger = []", 'ledger = ["gift 1.00 booked"]', "expect: ledger: 'gift 1.00 booked' is no"),
    ("ledger = []", 'ledger = ["refund 1 booked"]', "expect: ledger: 1 is no amount like 100.00"),
    ("slips = []", "slip = []", "expect: no such word: slip"),
    ("steps = [", "worlds = ['moon']\nsteps = [", "worlds: invalid enum value 'moon', one of sim"),
    ("]\n\n", "", "Invalid"),
)
DIFFERENCES = (
    ("ledger = []", 'ledger = ["refund 100.00 booked"]', "at the end: ledger: ['refund 100.00"),
    ("journal = []", 'journal = ["refund 100.00 sent"]', "at the end: journal: ['refund 100.00"),
    ("slips = []", 'slips = ["MERCHANT"]', "at the end: slips: 1 expected, 0 on paper"),
    ('"refund.amount"', '"refund.amount", shows = "7.00"', "step 2: screen: refund.amount with"),
    ('"refund.amount"', '"refund.amount", hides = "100.00"', "step 2: refund.amount shows '100"),
    ('"refund.amount"', '"refund.card"', "step 2: screen: refund.card did not come; there is ref"),
    ('"sale debit 100.00"', '"sale debit 9.00"', "step 1: the host's books have no such purchase"),
    ('keys = "CANCEL"', 'menu = "x"', "step 2: screen: menu did not come"),
    ('keys = "CANCEL"', 'approve = "77"', "step 2: screen: refund.amount_password did not come"),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "story.toml"
    path.write_text(text, encoding="utf-8")
    return path


def play(story: Story) -> None:
    with memory_bench_of(story) as bench:
        Player(bench, story).play()


def test_good_one_is_played(tmp_path: Path) -> None:
    play(load(written(tmp_path, GOOD)))


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES)
def test_mistake_is_told_with_its_place(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in GOOD
    path = written(tmp_path, GOOD.replace(right, wrong, 1))
    with pytest.raises(StoryError) as error:
        load(path)
    assert str(error.value).startswith(f"{path}: {told}")


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="can't be read: No such file"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize(("right", "wrong", "told"), DIFFERENCES)
def test_what_differs_fails_at_its_step(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in GOOD
    story = load(written(tmp_path, GOOD.replace(right, wrong, 1)))
    with pytest.raises(StoryFailed) as failure:
        play(story)
    assert str(failure.value).startswith(told)
    assert failure.value.screens


def test_slip_without_the_text_fails(tmp_path: Path) -> None:
    text = (STORIES / "refund_whole.toml").read_text(encoding="utf-8")
    story = load(written(tmp_path, text.replace('"CARDHOLDER COPY", ', '"VOID", ')))
    with pytest.raises(StoryFailed, match="slips: slip 2 has no 'VOID'"):
        play(story)


def test_the_same_seed_gives_the_same_day() -> None:
    story = load(STORIES / "refund_whole.toml")
    screens = []
    for _ in range(2):
        with memory_bench_of(story) as bench:
            Player(bench, story).play()
            screens.append(bench.ask("paper"))
    assert screens[0] == screens[1]


def test_there_are_as_many_stories_as_titles() -> None:
    stories = [load(path) for path in FILES]
    assert len({story.title for story in stories}) == len(stories) >= 60
    assert len({story.title_zh for story in stories} - {""}) == len(stories)
