"""Every state's screen: there is a picture of it, it is current, and nothing of it is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

import pytest

from scripts._flow_tables import flow_tables, groups, live_states
from scripts._screenshots import FOLDER
from scripts._shots import Shot
from scripts._snapshots import differences, write
from terminal.domain.cells import width
from terminal.domain.host_profile import HostProfile
from terminal.domain.phrase import Language, Phrase
from terminal.domain.reasons import default_reasons
from terminal.presenter import WIRE_NAMES
from terminal.ui.host_text import host_text, listed_codes
from terminal.ui.render import COLUMNS, overflow
from terminal.ui.screens import Menu, Message, Say, Screen, say
from terminal.ui.text import Text
from terminal.ui.words import sentence
from tests.terminal.flows.widest import widest

Shots = dict[str, Shot]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# On the last row, or in front of the title: not in the screen itself.
ON_ANY_SCREEN = {Text.LOST_WIRE, Text.PRACTICE_MARK, *WIRE_NAMES.values()}


def cut_off(screens: dict[str, Screen]) -> list[str]:
    """Name and language of each screen that loses something at the edge."""
    pairs = ((name, language) for name in screens for language in Language)
    return [f"{name} {lang.value}" for name, lang in pairs if overflow(screens[name], lang)]


def says_in(value: object) -> Iterator[Text]:
    """Every text of a screen, those of its values too."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Say):
        yield from says_in(value.text)
        yield from (text for item in value.values.values() for text in says_in(item))
    elif isinstance(value, tuple):
        yield from (text for item in value for text in says_in(item))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (text for f in fields(value) for text in says_in(getattr(value, f.name)))


def phrases_in(screen: Screen) -> list[Phrase]:
    """The texts that a screen has put together itself."""
    lines = () if isinstance(screen, Menu) else screen.lines
    return [x.text for x in lines if isinstance(x, Say) and isinstance(x.text, Phrase)]


def wanted_states() -> set[tuple[str, str]]:
    """What may stay on the display: a state that called has another flow in front of it."""
    called = {
        (table.name, state.name)
        for table in flow_tables().values()
        for state, trigger in groups(table)
        if trigger == "returned"
    }
    live = {(t.name, s.name) for t in flow_tables().values() for s in live_states(t)}
    return live - called


def test_every_state_that_is_seen_has_a_picture(shots: Shots) -> None:
    pictured = {state for shot in shots.values() for state in shot.states}
    assert sorted(wanted_states() - pictured) == []


def test_every_text_is_on_a_picture(shots: Shots) -> None:
    said = {text for shot in shots.values() for text in says_in(shot.screen)}
    joined = "; ".join(p.en for shot in shots.values() for p in phrases_in(shot.screen))
    silent = [t for t in Text if t not in said | ON_ANY_SCREEN and t.value.en not in joined]
    assert [text.name for text in silent] == []


def test_snapshots_are_current(shots: Shots) -> None:
    wanted = {f"{name}.txt": shot.as_text() for name, shot in shots.items()}
    assert differences(FOLDER, wanted) == [], "look at the change, then run scripts/screenshots"


def test_an_old_a_missing_and_an_unwanted_snapshot_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"kept.txt": "1", "changed.txt": "1", "orphan.txt": "1"})
    found = differences(tmp_path, {"kept.txt": "1", "changed.txt": "2", "new.txt": "1"})
    assert [line.split(":")[0] for line in found] == ["changed.txt", "new.txt", "orphan.txt"]


def test_writing_leaves_no_orphan(tmp_path: Path) -> None:
    write(tmp_path, {"old.txt": "1"})
    write(tmp_path, {"new.txt": "1"})
    assert [path.name for path in tmp_path.iterdir()] == ["new.txt"]


def test_nothing_is_cut_off_as_played(shots: Shots) -> None:
    assert cut_off({name: shot.screen for name, shot in shots.items()}) == []


def test_nothing_is_cut_off_with_the_widest_values(shots: Shots) -> None:
    assert cut_off({name: widest(shot.screen) for name, shot in shots.items()}) == []


def test_a_screen_that_is_too_full_would_be_found() -> None:
    full = Message("full", say(Text.TITLE_REFUND), (say(Text.PASSWORD_OF, number="", name=""),) * 4)
    assert cut_off({"full": full}) == []
    assert cut_off({"full": widest(full)}) == ["full en", "full zh"]


@pytest.mark.parametrize("code", [*sorted(listed_codes() - HostProfile().approved_codes), "ZZ"])
def test_every_code_of_the_host_fits_the_declined_screen(shots: Shots, code: str) -> None:
    screen = shots["refund.declined-51"].screen
    assert isinstance(screen, Message)
    text = host_text(code)
    lines = (say(text.what), screen.lines[1], say(text.do_next))
    full = Message(screen.name, say(Text.TITLE_DECLINED, code=code), lines, screen.hint)
    assert cut_off({code: widest(full)}) == []


def test_every_reason_of_the_usual_list_fits_the_last_look(shots: Shots) -> None:
    screen = widest(shots["refund.confirm-approved"].screen)
    assert not isinstance(screen, Menu)
    for reason in default_reasons():
        swapped = tuple(
            type(line)(line.label, reason.phrase)
            if not isinstance(line, Say) and line.label is Text.LABEL_REASON
            else line
            for line in screen.lines
        )
        full = Message(screen.name, screen.title, swapped, None)
        assert cut_off({reason.code: full}) == []


@pytest.mark.parametrize("wire", WIRE_NAMES.values(), ids=lambda text: text.name)
def test_a_lost_wire_fits_the_last_row(wire: Text) -> None:
    said = [sentence(say(Text.LOST_WIRE, wire=wire), language) for language in Language]
    assert [text for text in said if width(text) > COLUMNS] == []


@pytest.mark.parametrize("text", Text, ids=lambda text: text.name)
def test_both_languages_say_the_same_values_in_characters_of_the_display(text: Text) -> None:
    phrase: Phrase = text.value
    assert sorted(PLACEHOLDER.findall(phrase.en)) == sorted(PLACEHOLDER.findall(phrase.zh_cn))
    assert phrase.zh_cn.encode("gb18030").decode("gb18030") == phrase.zh_cn
    assert phrase.en.isascii() or text is Text.MENU_LANGUAGE


def test_no_text_is_another_one_s_alias() -> None:
    members: dict[str, Enum] = dict(Text.__members__)
    assert [name for name, text in members.items() if text.name != name] == []
