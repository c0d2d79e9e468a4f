"""The keypad's driver against bytes written by hand from drivers/keypad.md."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.framing import Frame, FrameReader, frame
from drivers.keypad import KeypadDriver
from terminal.domain import keypad_questions as kq
from terminal.events import (
    EntryProgressed,
    Key,
    KeypadAnswered,
    KeypadFailed,
    KeyPressed,
    WireBack,
    WireLost,
)
from terminal.ports import NOTHING, Reaction

CODE = kq.CheckCode(60)


def frames_of(reaction: Reaction) -> list[Frame]:
    return [found for raw in reaction.frames for found in FrameReader().feed(raw, 0.0)]


def status_payload(boot_id: int = 1) -> bytes:
    return b"SIM00000001".ljust(16) + boot_id.to_bytes(4, "big") + b"\x0f" + bytes(4 + 32 + 4)


def answer_poll(
    driver: KeypadDriver, reaction: Reaction, now_s: float, boot_id: int = 1
) -> Reaction:
    poll = frames_of(reaction)[-1]
    assert poll.kind == 0x01
    return driver.receive(frame(0x81, poll.number, status_payload(boot_id)), now_s)


def ready() -> KeypadDriver:
    """Open, answered its first poll at 0, next poll due at 1."""
    driver = KeypadDriver()
    assert answer_poll(driver, driver.opened(0.0), 0.0).events == (WireBack("keypad"),)
    return driver


def only_event(reaction: Reaction) -> object:
    (event,) = reaction.events
    return event


KEYS = dict(zip("0123456789DECXUNMA", Key, strict=True))


@pytest.mark.parametrize(("letter", "key"), KEYS.items())
def test_each_key(letter: str, key: Key) -> None:
    reaction = ready().receive(frame(0x40, 0, letter.encode()), 0.1)
    assert reaction == Reaction(events=(KeyPressed(key),))


def test_stars_of_a_secure_entry() -> None:
    reaction = ready().receive(frame(0x41, 0, b"\x02\x04"), 0.1)
    assert reaction.events == (EntryProgressed(2, 4),)


@pytest.mark.parametrize(
    "raw",
    [
        frame(0x40, 0, b"Q"),
        frame(0x40, 0, b"12"),
        frame(0x41, 0, b"\x03\x01"),
        frame(0x41, 0, b"\x01"),
        frame(0x55, 0, b""),
        frame(0x83, 9, bytes(8)),
        frame(0x90, 0x8001, b""),
        frame(0x81, 0x8001, b"short"),
    ],
)
def test_frame_that_makes_no_sense_is_counted_and_dropped(raw: bytes) -> None:
    driver = ready()
    assert driver.receive(raw, 0.1) == NOTHING
    assert driver.strays == 1


def test_question_and_its_answer() -> None:
    driver = ready()
    asked = driver.ask(5, kq.SpendCode(), 0.1)
    assert frames_of(asked) == [Frame(0x0D, 5, b"")]
    assert driver.receive(frame(0x8D, 5), 0.2).events == (KeypadAnswered(5, kq.Done()),)


@pytest.mark.parametrize("refusal", [each for each in kq.Refusal if each is not kq.Refusal.UNKNOWN])
def test_each_refusal(refusal: kq.Refusal) -> None:
    driver = ready()
    driver.ask(5, kq.LoadKeys(3, b"k" * 40), 0.1)
    reaction = driver.receive(frame(0xFF, 5, bytes((refusal.value,))), 0.2)
    assert reaction.events == (KeypadFailed(5, refusal),)


@pytest.mark.parametrize("payload", [b"", b"\x77", b"\x10\x11"])
def test_refusal_that_is_not_listed(payload: bytes) -> None:
    driver = ready()
    driver.ask(5, kq.SpendCode(), 0.1)
    reaction = driver.receive(frame(0xFF, 5, payload), 0.2)
    assert reaction.events == (KeypadFailed(5, kq.Refusal.UNKNOWN),)


def test_answer_of_another_layout_fails_the_question() -> None:
    driver = ready()
    driver.ask(5, kq.MakeMac("x9.9", b"x"), 0.1)
    assert driver.receive(frame(0x83, 5, b"1234"), 0.2).events == (
        KeypadFailed(5, kq.Refusal.UNKNOWN),
    )


def test_answer_of_another_kind_leaves_the_question_waiting() -> None:
    driver = ready()
    driver.ask(5, kq.SpendCode(), 0.1)
    assert driver.receive(frame(0x83, 5, bytes(8)), 0.2) == NOTHING
    assert driver.receive(frame(0x8D, 5), 0.3).events == (KeypadAnswered(5, kq.Done()),)


def test_question_that_does_not_fit_the_wire_is_refused_here() -> None:
    reaction = ready().ask(5, kq.CheckSlip("R1", "too short"), 0.1)
    assert reaction == Reaction(events=(KeypadFailed(5, kq.Refusal.BAD_COMMAND),))


def test_big_numbers_come_back_whole() -> None:
    driver = ready()
    for number in (0x7FFF, 0x8000, 5 * 0x7FFF + 3):
        (asked,) = frames_of(driver.ask(number, kq.SpendCode(), 0.1))
        assert 1 <= asked.number <= 0x7FFF
        answered = driver.receive(frame(0x8D, asked.number), 0.1)
        assert answered.events == (KeypadAnswered(number, kq.Done()),)


def test_silence_fails_the_question_after_two_seconds() -> None:
    driver = ready()
    driver.ask(5, kq.SpendCode(), 0.5)
    assert driver.due_s == 2.5
    assert driver.tick(2.4) == NOTHING
    assert driver.tick(2.5).events == (KeypadFailed(5, None),)
    assert driver.receive(frame(0x8D, 5), 2.6).events == ()
    assert driver.strays == 1


@pytest.mark.parametrize(
    "question",
    [CODE, kq.CheckPassword(b"s" * 16, b"v" * 32, 9, 4, 8, 60), kq.MakePassword("01", 4, 8, 9, 60)],
)
def test_entry_has_its_own_time_and_two_seconds(question: kq.Question) -> None:
    driver = ready()
    driver.ask(5, question, 1.0)
    for second in range(2, 63):
        busy = frames_of(driver.tick(float(second)))[-1]
        assert driver.receive(frame(0xFF, busy.number, b"\x30"), float(second)) == NOTHING
    assert KeypadFailed(5, None) in driver.tick(63.0).events


def test_questions_are_asked_one_at_a_time_in_order() -> None:
    driver = ready()
    assert len(driver.ask(1, kq.SpendCode(), 0.1).frames) == 1
    assert driver.ask(2, kq.SignSlip("a"), 0.1) == NOTHING
    assert driver.ask(3, kq.AskStatus(), 0.1) == NOTHING
    after_first = driver.receive(frame(0x8D, 1), 0.2)
    assert [each.number for each in frames_of(after_first)] == [2]
    after_second = driver.tick(2.2)
    assert after_second.events == (KeypadFailed(2, None),)
    assert [each.number for each in frames_of(after_second)] == [3]


def test_question_waits_for_an_open_poll() -> None:
    driver = ready()
    poll = driver.tick(1.0)
    assert driver.ask(5, kq.SpendCode(), 1.1) == NOTHING
    assert frames_of(answer_poll(driver, poll, 1.2)) == [Frame(0x0D, 5, b"")]


def test_cancel_goes_at_once_and_both_are_answered() -> None:
    driver = ready()
    driver.ask(5, CODE, 0.1)
    assert frames_of(driver.ask(6, kq.CancelEntry(), 0.5)) == [Frame(0x0F, 6, b"")]
    reaction = driver.receive(frame(0x8C, 5, b"\x02") + frame(0x8F, 6), 0.6)
    assert reaction.events == (
        KeypadAnswered(5, kq.EntryEnded(kq.EntryOutcome.CANCELLED)),
        KeypadAnswered(6, kq.Done()),
    )


def test_cancel_ends_entries_that_still_wait() -> None:
    driver = ready()
    driver.ask(1, kq.SpendCode(), 0.1)
    driver.ask(2, CODE, 0.1)
    driver.ask(3, kq.MakePassword("01", 4, 8, 9), 0.1)
    driver.ask(4, kq.SignSlip("a"), 0.1)
    reaction = driver.ask(5, kq.CancelEntry(), 0.1)
    assert reaction.events == (
        KeypadAnswered(2, kq.EntryEnded(kq.EntryOutcome.CANCELLED)),
        KeypadAnswered(3, kq.PasswordMade(kq.EntryOutcome.CANCELLED)),
    )
    after = frames_of(driver.receive(frame(0x8D, 1), 0.2))
    assert [each.number for each in after] == [4]


def test_polls_each_second_with_numbers_of_its_own() -> None:
    driver = ready()
    assert driver.due_s == 1.0
    assert driver.tick(0.9) == NOTHING
    poll = driver.tick(1.0)
    assert frames_of(poll)[0].number >= 0x8000
    assert answer_poll(driver, poll, 1.01) == NOTHING
    assert driver.due_s == 2.0


def test_poll_during_an_entry_is_answered_busy_and_changes_nothing() -> None:
    driver = ready()
    driver.ask(5, CODE, 0.1)
    poll = frames_of(driver.tick(1.0))[-1]
    assert driver.receive(frame(0xFF, poll.number, b"\x30"), 1.0) == NOTHING
    ended = driver.receive(frame(0x8C, 5, b"\x01"), 1.5)
    assert only_event(ended) == KeypadAnswered(5, kq.EntryEnded(kq.EntryOutcome.RIGHT))


def test_pad_that_restarts_during_an_entry_fails_it_at_the_next_poll() -> None:
    driver = ready()
    driver.ask(5, CODE, 0.1)
    events = answer_poll(driver, driver.tick(1.0), 1.0, boot_id=2).events
    assert set(events) == {
        KeypadFailed(5, None),
        WireLost("keypad", "restarted"),
        WireBack("keypad"),
    }


def test_three_silent_polls_lose_the_pad_once_and_an_answer_brings_it_back() -> None:
    driver = ready()
    events = [event for at in (1.0, 1.5, 2.0, 2.5) for event in driver.tick(at).events]
    assert events == [WireLost("keypad", "silent")]
    polls = [driver.tick(at) for at in (3.0, 3.5, 4.0, 4.5, 5.0)]
    assert all(each.events == () for each in polls)
    assert answer_poll(driver, polls[-1], 5.1).events == (WireBack("keypad"),)


def test_pad_that_is_busy_with_an_older_entry_is_there() -> None:
    driver = KeypadDriver()
    (poll,) = frames_of(driver.opened(0.0))
    assert driver.receive(frame(0xFF, poll.number, b"\x30"), 0.1).events == (WireBack("keypad"),)


def test_late_answer_to_a_poll_counts() -> None:
    driver = ready()
    poll = driver.tick(1.0)
    driver.tick(1.5)
    answer_poll(driver, poll, 1.6)
    assert driver.due_s == 2.5


def test_restarted_pad_is_lost_and_back() -> None:
    driver = ready()
    reaction = answer_poll(driver, driver.tick(1.0), 1.1, boot_id=2)
    assert reaction.events == (WireLost("keypad", "restarted"), WireBack("keypad"))
    assert answer_poll(driver, driver.tick(2.0), 2.1, boot_id=2) == NOTHING


def test_restart_seen_by_the_firmwares_own_question() -> None:
    driver = ready()
    driver.ask(5, kq.AskStatus(), 0.1)
    events = driver.receive(frame(0x81, 5, status_payload(2)), 0.2).events
    assert events[:2] == (WireLost("keypad", "restarted"), WireBack("keypad"))
    assert isinstance(events[2], KeypadAnswered)


def test_lost_line_fails_what_was_asked_and_what_waits() -> None:
    driver = ready()
    driver.ask(5, CODE, 0.1)
    driver.ask(6, kq.SpendCode(), 0.1)
    assert driver.lost("unplugged", True, 0.2).events == (
        KeypadFailed(5, None),
        KeypadFailed(6, None),
        WireLost("keypad", "unplugged"),
    )
    assert driver.lost("still unplugged", False, 1.0) == NOTHING
    assert driver.due_s == float("inf")


def test_question_on_a_closed_line_fails_at_once() -> None:
    assert only_event(KeypadDriver().ask(5, CODE, 0.0)) == KeypadFailed(5, None)


def test_reopened_line_starts_clean() -> None:
    driver = ready()
    driver.receive(frame(0x40, 0, b"5")[:4], 0.1)
    driver.lost("unplugged", False, 0.2)
    reaction = driver.opened(5.0)
    assert driver.receive(frame(0x40, 0, b"7"), 5.0).events == (KeyPressed(Key.N7),)
    assert answer_poll(driver, reaction, 5.1, boot_id=9).events == (WireBack("keypad"),)


def test_key_behind_half_a_frame_comes_after_half_a_second() -> None:
    driver = ready()
    assert driver.receive(b"\x02\x0f\xff" + frame(0x40, 0, b"5"), 0.2) == NOTHING
    assert driver.due_s == 0.7
    assert driver.tick(0.7).events == (KeyPressed(Key.N5),)
    assert driver.skipped == 3


def test_flood_of_keys_loses_none() -> None:
    reaction = ready().receive(frame(0x40, 0, b"5") * 500, 0.1)
    assert reaction.events == (KeyPressed(Key.N5),) * 500


Step = Callable[[KeypadDriver, float], Reaction]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda raw: lambda d, t: d.receive(raw, t), st.binary(max_size=60)),
    st.builds(
        lambda kind, number, raw: lambda d, t: d.receive(frame(kind, number, raw), t),
        st.sampled_from([0x40, 0x41, 0x81, 0x83, 0x8C, 0xFF, 0x00]),
        st.sampled_from([0, 1, 2, 3, 0x8001, 0x8002]),
        st.binary(max_size=70) | st.just(status_payload()),
    ),
    st.builds(
        lambda number, question: lambda d, t: d.ask(number, question, t),
        st.integers(1, 5),
        st.sampled_from([CODE, kq.AskStatus(), kq.CancelEntry(), kq.MakeMac("x9.9", b"x")]),
    ),
    st.just(lambda d, t: d.tick(t)),
    st.just(lambda d, t: d.opened(t)),
    st.just(lambda d, t: d.lost("gone", False, t)),
)


@given(st.lists(st.tuples(STEPS, st.floats(0, 3)), max_size=40))
def test_nothing_that_arrives_raises_and_time_never_stalls(
    steps: list[tuple[Step, float]],
) -> None:
    driver, now_s = KeypadDriver(), 0.0
    for step, later_s in steps:
        now_s += later_s
        step(driver, now_s)
    driver.tick(now_s)
    assert driver.due_s > now_s
