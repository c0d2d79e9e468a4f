"""The stack of flows, and answers to questions that nobody asks any more."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from terminal.effects import Beep, Call, Effect, HangUp
from terminal.events import HostSilent, Key, KeyPressed, Started, WireLost
from terminal.flow import Flow, FlowTable, On
from terminal.navigator import Navigator, OpenQuestions
from terminal.ui.screens import Message, Screen, say
from terminal.ui.text import Text

ENTER, CANCEL, MENU = (KeyPressed(key) for key in (Key.ENTER, Key.CANCEL, Key.MENU))


class S(Enum):
    FIRST = auto()
    SECOND = auto()
    LAST = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """The results that a flow was told."""

    results: tuple[object, ...] = field(default=())


Step = tuple[Heard, tuple[Effect, ...]]


def screen(c: Heard) -> Screen:
    return Message("test", say(Text.TITLE_REFUND), ())


def table(name: str, *rows: On[Heard]) -> FlowTable[Heard]:
    states = (S.FIRST, S.SECOND)
    return FlowTable(
        name=name,
        states=S,
        initial=S.FIRST,
        final=frozenset({S.LAST}),
        rows=rows,
        screens=dict.fromkeys(states, screen),
        timeout_s=dict.fromkeys(states, 1.0),
        result=lambda state, c: name,
    )


def keep_result(c: Heard, event: object) -> Step:
    return Heard((*c.results, getattr(event, "result", None))), ()


def hang_up(c: Heard, event: object) -> Step:
    return c, (HangUp(),)


CHILD = table("child", On("started", S.FIRST, S.SECOND, do=hang_up), On("enter", S.SECOND, S.LAST))
AT_ONCE = table("at once", On("started", S.FIRST, S.LAST, do=hang_up))


def parent(child: FlowTable[Heard]) -> Flow[Heard]:
    def call_child(c: Heard, event: object) -> Step:
        return c, (Beep(), Call(lambda: Flow(child, Heard())), Beep())

    rows = (
        On("enter", S.FIRST, S.SECOND, do=call_child),
        On("returned", S.SECOND, S.FIRST, do=keep_result),
    )
    return Flow(table("parent", *rows), Heard())


def test_called_flow_is_on_top_until_it_ends() -> None:
    home = parent(CHILD)
    navigator = Navigator(home)
    assert list(navigator.handle(ENTER)) == [Beep(), HangUp(), Beep()]
    assert not navigator.is_home
    assert list(navigator.handle(ENTER)) == []
    assert navigator.is_home
    assert home.context.results == ("child",)


def test_flow_that_ends_at_once_returns_before_the_next_effect() -> None:
    home = parent(AT_ONCE)
    navigator = Navigator(home)
    assert list(navigator.handle(ENTER)) == [Beep(), HangUp(), Beep()]
    assert navigator.is_home
    assert home.context.results == ("at once",)


def test_key_without_a_row_beeps_and_changes_nothing() -> None:
    navigator = Navigator(parent(CHILD))
    assert list(navigator.handle(MENU)) == [Beep()]
    assert navigator.top.state is S.FIRST
    assert navigator.ignored == 0


def test_event_that_nobody_waits_for_is_counted() -> None:
    navigator = Navigator(parent(CHILD))
    assert list(navigator.handle(WireLost("printer", "gone"))) == []
    assert list(navigator.handle(Started())) == []
    assert navigator.ignored == 1


def test_answer_to_the_newest_question_counts_once() -> None:
    questions = OpenQuestions()
    number = questions.next("host")
    assert not questions.is_stale(HostSilent(number, "time-out"))
    assert questions.is_stale(HostSilent(number, "time-out"))


def test_answer_to_an_older_question_is_stale() -> None:
    questions = OpenQuestions()
    older, newer = questions.next("host"), questions.next("host")
    assert questions.is_stale(HostSilent(older, "late"))
    assert not questions.is_stale(HostSilent(newer, "time-out"))


def test_questions_of_other_kinds_do_not_disturb_each_other() -> None:
    questions = OpenQuestions()
    host, keypad = questions.next("host"), questions.next("keypad")
    assert host != keypad
    assert not questions.is_stale(HostSilent(host, "time-out"))


def test_dropped_question_has_no_answer() -> None:
    questions = OpenQuestions()
    number = questions.next("host")
    questions.drop("host")
    questions.drop("printer")
    assert questions.is_stale(HostSilent(number, "late"))


def test_keys_are_never_stale() -> None:
    assert not OpenQuestions().is_stale(CANCEL)
