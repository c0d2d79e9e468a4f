"""The display's driver against bytes written by hand from drivers/display.md."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drivers.display import DisplayDriver
from drivers.framing import Frame, FrameReader, frame
from terminal.events import WireBack, WireLost
from terminal.ports import NOTHING, Picture, PictureRow, Reaction

BLANK = PictureRow(" " * 20)


def picture(name: str = "idle", language: str = "zh", **rows: PictureRow) -> Picture:
    return Picture(name, language, tuple(rows.get(f"row{index}", BLANK) for index in range(8)))


def frames_of(reaction: Reaction) -> list[Frame]:
    return [found for raw in reaction.frames for found in FrameReader().feed(raw, 0.0)]


def shows(reaction: Reaction) -> list[bytes]:
    return [found.payload for found in frames_of(reaction) if found.kind == 0x02]


def rows_in(show: bytes) -> list[int]:
    """Row numbers of a SHOW: after sequence, language and name come count and rows."""
    at = 7 + show[6]
    numbers, at = [], at + 1
    for _ in range(show[at - 1]):
        numbers.append(show[at])
        at += 3 + show[at + 2]
    assert at == len(show)
    return numbers


def status(boot_id: int, sequence: int) -> bytes:
    return b"\x14\x08" + boot_id.to_bytes(4, "big") + sequence.to_bytes(4, "big")


def answer(
    driver: DisplayDriver, poll: Reaction, now_s: float, sequence: int, boot_id: int = 1
) -> Reaction:
    asked = frames_of(poll)[-1]
    assert asked.kind == 0x01
    return driver.receive(frame(0x81, asked.number, status(boot_id, sequence)), now_s)


def ready(shown: Picture | None = None) -> DisplayDriver:
    """Open, the picture shown with sequence 1, first poll answered at 0."""
    driver = DisplayDriver()
    if shown is not None:
        driver.show(shown, 0.0)
    opened = driver.opened(0.0)
    sequence = 0 if shown is None else 1
    assert answer(driver, opened, 0.0, sequence).events == (WireBack("display"),)
    return driver


def test_whole_picture_on_the_wire() -> None:
    first = picture("refund.confirm", "zh", row0=PictureRow("退货".ljust(18), inverse=True))
    (show,) = shows(ready().show(first, 0.1))
    blank = b"\x00\x14" + b" " * 20
    assert show == (
        b"\x00\x00\x00\x01zh\x0erefund.confirm\x08"
        + b"\x00\x01\x14\xcd\xcb\xbb\xf5"
        + b" " * 16
        + b"".join(bytes((row,)) + blank for row in range(1, 8))
    )


def test_only_changed_rows_are_sent() -> None:
    driver = ready(picture())
    (show,) = shows(driver.show(picture(row3=PictureRow("x" * 20), row5=PictureRow("y" * 20)), 0.1))
    assert (show[:4], rows_in(show)) == (b"\x00\x00\x00\x02", [3, 5])
    (inverse,) = shows(driver.show(picture(row5=PictureRow("y" * 20, inverse=True)), 0.2))
    assert rows_in(inverse) == [3, 5]


def test_same_picture_is_not_sent_again() -> None:
    assert ready(picture()).show(picture(), 0.1) == NOTHING


def test_other_name_or_language_is_sent_without_rows() -> None:
    driver = ready(picture())
    (renamed,) = shows(driver.show(picture("menu"), 0.1))
    (translated,) = shows(driver.show(picture("menu", "en"), 0.2))
    assert renamed[4:] == b"zh\x04menu\x00"
    assert translated[4:] == b"en\x04menu\x00"


def test_name_is_cut_to_forty_ascii_characters() -> None:
    (show,) = shows(ready().show(picture("é" + "n" * 50), 0.1))
    assert show[6:47] == b"\x28?" + b"n" * 39


def test_picture_before_the_line_is_open_is_shown_when_it_opens() -> None:
    driver = DisplayDriver()
    assert driver.show(picture("first"), 0.0) == NOTHING
    assert driver.show(picture("second"), 0.0) == NOTHING
    (show,) = shows(driver.opened(1.0))
    assert b"second" in show
    assert rows_in(show) == list(range(8))


def test_reopened_line_gets_everything() -> None:
    driver = ready(picture())
    assert driver.lost("unplugged", True, 0.1).events == (WireLost("display", "unplugged"),)
    assert driver.show(picture("later"), 0.2) == NOTHING
    opened = driver.opened(5.0)
    (show,) = shows(opened)
    assert rows_in(show) == list(range(8))
    back = answer(driver, opened, 5.1, 2, boot_id=2)
    assert (back.events, back.frames) == ((WireBack("display"),), ())


def test_restarted_display_gets_everything() -> None:
    driver = ready(picture())
    reaction = answer(driver, driver.tick(1.0), 1.0, 0, boot_id=2)
    assert reaction.events == (WireLost("display", "restarted"), WireBack("display"))
    assert [rows_in(show) for show in shows(reaction)] == [list(range(8))]
    assert answer(driver, driver.tick(2.0), 2.0, 2, boot_id=2) == NOTHING


def test_missed_picture_is_seen_from_the_status_and_sent_again() -> None:
    driver = ready(picture())
    driver.show(picture(row3=PictureRow("x" * 20)), 0.5)
    (show,) = shows(answer(driver, driver.tick(1.0), 1.0, 1))
    assert rows_in(show) == list(range(8))
    assert answer(driver, driver.tick(2.0), 2.0, 3) == NOTHING


def test_picture_sent_after_the_status_question_is_not_missed() -> None:
    driver = ready(picture())
    poll = driver.tick(1.0)
    driver.show(picture("menu"), 1.0)
    assert answer(driver, poll, 1.01, 1) == NOTHING


def test_beep() -> None:
    (beep,) = frames_of(ready().beep(0.1))
    assert (beep.kind, beep.payload) == (0x03, b"\x01")
    assert DisplayDriver().beep(0.0) == NOTHING


def test_every_question_has_a_number_of_its_own() -> None:
    driver = ready()
    numbers = [found.number for _ in range(70000) for found in frames_of(driver.beep(0.1))]
    assert 0 not in numbers
    assert all(one != other for one, other in pairwise(numbers))
    assert max(numbers) == 0xFFFF


def test_three_silent_polls_lose_the_display_once() -> None:
    driver = ready(picture())
    events = [event for at in (1.0, 1.5, 2.0, 2.5) for event in driver.tick(at).events]
    assert events == [WireLost("display", "silent")]
    poll = driver.tick(3.0)
    assert answer(driver, poll, 3.1, 1).events == (WireBack("display"),)


def test_answers_to_pictures_and_beeps_are_expected() -> None:
    driver = ready()
    driver.receive(frame(0x82, 1, b"\x00\x00\x00\x01") + frame(0x83, 2), 0.1)
    assert driver.strays == 0


def test_other_frames_are_counted() -> None:
    driver = ready()
    driver.receive(frame(0x40, 0, b"5") + frame(0x81, 1, b"short") + frame(0xFF, 1, b"\x31"), 0.1)
    driver.receive(b"noise", 0.2)
    assert (driver.strays, driver.skipped) == (3, 5)


def test_half_a_frame_is_dropped_in_time() -> None:
    driver = ready()
    driver.receive(b"\x02\x0f", 0.2)
    assert driver.due_s == 0.7
    driver.tick(0.7)
    assert (driver.skipped, driver.due_s) == (2, 1.0)


Step = Callable[[DisplayDriver, float], Reaction]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda raw: lambda d, t: d.receive(raw, t), st.binary(max_size=40)),
    st.builds(
        lambda number, boot_id, sequence: (
            lambda d, t: d.receive(frame(0x81, number, status(boot_id, sequence)), t)
        ),
        st.integers(0, 9),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
    st.builds(
        lambda text: lambda d, t: d.show(replace(picture(), rows=(PictureRow(text),) * 8), t),
        st.text(max_size=20),
    ),
    st.just(lambda d, t: d.tick(t)),
    st.just(lambda d, t: d.opened(t)),
    st.just(lambda d, t: d.lost("gone", False, t)),
)


@given(st.lists(st.tuples(STEPS, st.floats(0, 3)), max_size=40))
def test_nothing_that_happens_raises_and_time_never_stalls(
    steps: list[tuple[Step, float]],
) -> None:
    driver, now_s = DisplayDriver(), 0.0
    for step, later_s in steps:
        now_s += later_s
        for raw in step(driver, now_s).frames:
            assert len(FrameReader().feed(raw, 0.0)) == 1
    driver.tick(now_s)
    assert driver.due_s > now_s
