"""The printer's driver against status and fence bytes written by hand from drivers/printer.md."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer import PrinterDriver
from terminal.domain.slip import Line, PrinterProblem, Qr, Slip
from terminal.events import Event, Printed, PrintFailed, WireBack, WireLost
from terminal.ports import NOTHING, Reaction

CLEAR = bytes.fromhex("10140801031401060208")
FINE = b"\x12"
PAPER_END = b"\x72"
PAPER_NEAR_END = b"\x1e"
FENCE = b"\x00"
SLIP = Slip("refund.merchant", (Line("Refund"),))
TOO_LONG = Slip("refund.merchant", (Qr("x" * 900),))


def ask(n: int) -> bytes:
    return bytes((0x10, 0x04, n))


def ready() -> PrinterDriver:
    """Open and fine at 0; the next poll is due at 1."""
    driver = PrinterDriver()
    assert driver.opened(0.0).frames == (CLEAR, ask(4))
    assert driver.receive(FINE, 0.0) == Reaction((ask(2),), (WireBack("printer"),))
    assert driver.receive(FINE, 0.0) == NOTHING
    return driver


def printing(number: int = 7) -> PrinterDriver:
    """A slip sent at 0.1; its first poll is due at 0.4."""
    driver = ready()
    (raw,) = driver.print_slip(number, SLIP, 0.1).frames
    assert raw.startswith(b"\x1b\x40")
    return driver


def failed(problem: PrinterProblem, number: int = 7) -> Reaction:
    return Reaction((CLEAR,), (PrintFailed(number, problem),))


def poll(driver: PrinterDriver, now_s: float, *answers: bytes) -> Reaction:
    """One round of status questions, each answered; the last reaction."""
    reaction = driver.tick(now_s)
    for answer in answers:
        assert reaction.frames[-1][:2] == b"\x10\x04"
        reaction = driver.receive(answer, now_s)
    return reaction


def test_slip_is_printed_when_its_fence_is_answered() -> None:
    driver = printing()
    assert driver.receive(FENCE, 0.2).events == (Printed(7),)
    assert driver.receive(FENCE, 0.3) == NOTHING
    assert driver.strays == 1


def test_near_end_of_paper_is_no_problem() -> None:
    driver = printing()
    assert poll(driver, 0.4, PAPER_NEAR_END).frames == (ask(2),)
    driver.receive(FINE, 0.4)
    assert driver.receive(b"\x03", 0.5).events == (Printed(7),)


@pytest.mark.parametrize("fence", [b"\x04", b"\x08", b"\x0c", b"\x0f"])
def test_fence_with_paper_end_fails_the_slip(fence: bytes) -> None:
    assert printing().receive(fence, 0.2) == failed(PrinterProblem.PAPER_OUT)


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ((PAPER_END,), PrinterProblem.PAPER_OUT),
        ((FINE, b"\x16"), PrinterProblem.COVER_OPEN),
        ((FINE, b"\x36"), PrinterProblem.COVER_OPEN),
        ((FINE, b"\x32"), PrinterProblem.PAPER_OUT),
        ((FINE, b"\x52", b"\x52"), PrinterProblem.OVERHEATED),
        ((FINE, b"\x52", b"\x1a"), PrinterProblem.ERROR),
        ((FINE, b"\x52", b"\x32"), PrinterProblem.ERROR),
        ((FINE, b"\x52", b"\x72"), PrinterProblem.ERROR),
        ((FINE, b"\x52", b"\x12"), PrinterProblem.ERROR),
    ],
)
def test_problem_while_printing_fails_the_slip(
    answers: tuple[bytes, ...], problem: PrinterProblem
) -> None:
    driver = printing()
    assert poll(driver, 0.4, *answers) == failed(problem)


def test_feed_button_is_no_problem() -> None:
    driver = printing()
    assert poll(driver, 0.4, FINE, b"\x1a") == NOTHING
    assert driver.receive(FENCE, 0.5).events == (Printed(7),)


def test_polls_are_every_300_ms_while_printing() -> None:
    driver = printing()
    assert driver.due_s == 0.4
    poll(driver, 0.4, FINE, FINE)
    assert driver.due_s == pytest.approx(0.7)


def test_polls_are_each_second_while_idle() -> None:
    driver = ready()
    assert driver.due_s == 1.0
    poll(driver, 1.0, FINE, FINE)
    assert driver.due_s == 2.0


def until_the_fence_is_overdue() -> tuple[PrinterDriver, float]:
    """A slip whose fence is never answered by a printer that is otherwise fine."""
    driver, now_s = printing(), 0.4
    while now_s < 30.0:
        assert poll(driver, now_s, FINE, FINE) == NOTHING
        now_s = driver.due_s
    return driver, now_s


def test_thirty_seconds_without_a_fence_fail_the_slip() -> None:
    driver, now_s = until_the_fence_is_overdue()
    assert now_s == pytest.approx(30.1)
    assert driver.tick(now_s) == failed(PrinterProblem.ERROR)


SLOW_BYTE_S = 0.02


def printing_slowly() -> tuple[PrinterDriver, float]:
    """As `printing`, on a slow line; the moment at which the slip has passed it."""
    driver = PrinterDriver(byte_s=SLOW_BYTE_S)
    written = driver.opened(0.0).frames
    written += driver.receive(FINE, 0.2).frames
    driver.receive(FINE, 0.3)
    (raw,) = driver.print_slip(7, SLIP, 0.5).frames
    return driver, 0.5 + len(raw) * SLOW_BYTE_S


def test_question_behind_a_slip_has_its_time_when_the_slip_has_passed() -> None:
    driver, passed_s = printing_slowly()
    assert driver.tick(0.8).frames == (ask(4),)
    assert driver.due_s == pytest.approx(passed_s + len(ask(4)) * SLOW_BYTE_S + 0.5)
    assert driver.receive(FINE, passed_s + 0.1).frames == (ask(2),)


def test_fence_has_its_time_when_the_slip_has_passed() -> None:
    driver, passed_s = printing_slowly()
    while driver.due_s < passed_s + 30.0:
        poll(driver, driver.due_s, FINE, FINE)
    assert driver.tick(passed_s + 30.0).events == (PrintFailed(7, PrinterProblem.ERROR),)


def test_line_is_quiet_when_what_clears_a_failed_slip_has_passed() -> None:
    driver, passed_s = printing_slowly()
    failed_s = passed_s + 0.2
    assert poll(driver, failed_s, FINE, b"\x16") == failed(PrinterProblem.COVER_OPEN)
    cleared_s = failed_s + (2 * len(ask(4)) + len(CLEAR)) * SLOW_BYTE_S
    assert driver.due_s == pytest.approx(cleared_s + 0.5)


def test_silent_printer_fails_the_slip_and_is_lost_once() -> None:
    driver = printing()
    reactions = [driver.tick(at) for at in (0.4, 0.9, 1.4, 1.9)]
    assert [each.frames for each in reactions[:3]] == [(ask(4),)] * 3
    assert reactions[3].frames == (CLEAR,)
    assert reactions[3].events == (
        WireLost("printer", "silent"),
        PrintFailed(7, PrinterProblem.SILENT),
    )
    assert driver.print_slip(8, SLIP, 2.0).events == (PrintFailed(8, PrinterProblem.SILENT),)
    assert poll(driver, 2.4, FINE).events == (WireBack("printer"),)


def test_slip_at_the_moment_the_printer_is_back_is_printed() -> None:
    driver = printing()
    for at in (0.4, 0.9, 1.4, 1.9):
        driver.tick(at)
    poll(driver, 2.4, FINE)
    assert driver.print_slip(8, SLIP, 2.4).frames[0].startswith(b"\x1b\x40")


def test_known_problem_is_asked_again_before_a_slip_fails() -> None:
    driver = ready()
    poll(driver, 1.0, PAPER_END)
    assert driver.print_slip(7, SLIP, 1.1) == Reaction((ask(4),))
    assert driver.receive(PAPER_END, 1.1).events == (PrintFailed(7, PrinterProblem.PAPER_OUT),)


def test_slip_is_printed_when_paper_was_put_in_since_the_last_poll() -> None:
    driver = ready()
    poll(driver, 1.0, PAPER_END)
    driver.print_slip(7, SLIP, 1.1)
    driver.receive(FINE, 1.1)
    assert driver.receive(FINE, 1.1).frames[0].startswith(b"\x1b\x40")


def test_polls_are_quicker_while_something_is_wrong() -> None:
    driver = ready()
    poll(driver, 1.0, PAPER_END)
    poll(driver, driver.due_s, PAPER_END)
    assert driver.due_s == pytest.approx(2.3)


def test_late_fence_of_a_failed_slip_is_not_the_next_slips() -> None:
    driver = printing()
    assert poll(driver, 0.4, FINE, b"\x16") == failed(PrinterProblem.COVER_OPEN)
    assert driver.receive(FENCE, 0.5) == NOTHING
    poll(driver, 0.9, FINE, FINE)
    assert driver.print_slip(8, SLIP, 1.0).frames[0].startswith(b"\x1b\x40")
    assert driver.receive(FENCE, 1.1).events == (Printed(8),)


def test_slip_right_after_an_overdue_fence_waits_until_the_line_is_quiet() -> None:
    driver, now_s = until_the_fence_is_overdue()
    assert driver.tick(now_s) == failed(PrinterProblem.ERROR)
    assert driver.print_slip(8, SLIP, now_s) == NOTHING
    assert driver.receive(FENCE, now_s + 0.1) == NOTHING
    assert driver.due_s == pytest.approx(30.6)
    frames = driver.tick(driver.due_s).frames
    assert frames[0].startswith(b"\x1b\x40")
    assert driver.receive(FENCE, 31.0).events == (Printed(8),)


def test_slips_are_printed_one_at_a_time() -> None:
    driver = printing()
    assert driver.print_slip(8, SLIP, 0.1) == NOTHING
    reaction = driver.receive(FENCE, 0.2)
    assert reaction.events == (Printed(7),)
    assert reaction.frames[0].startswith(b"\x1b\x40")
    assert driver.receive(FENCE, 0.3).events == (Printed(8),)


def test_waiting_slips_fail_with_the_one_before() -> None:
    driver = printing()
    driver.print_slip(8, SLIP, 0.1)
    assert poll(driver, 0.4, PAPER_END).events == (
        PrintFailed(7, PrinterProblem.PAPER_OUT),
        PrintFailed(8, PrinterProblem.PAPER_OUT),
    )


def test_slip_before_the_first_sign_of_life_waits_for_it() -> None:
    driver = PrinterDriver()
    driver.opened(0.0)
    assert driver.print_slip(7, SLIP, 0.1) == NOTHING
    reaction = driver.receive(FINE, 0.2)
    assert reaction.events == (WireBack("printer"),)
    assert any(raw.startswith(b"\x1b\x40") for raw in reaction.frames)


def test_slip_for_a_printer_that_never_answers_fails() -> None:
    driver = PrinterDriver()
    driver.opened(0.0)
    driver.print_slip(7, SLIP, 0.1)
    events = [event for at in (0.5, 1.0, 1.5) for event in driver.tick(at).events]
    assert events == [WireLost("printer", "silent"), PrintFailed(7, PrinterProblem.SILENT)]


def test_slip_on_a_closed_line_fails_at_once() -> None:
    assert PrinterDriver().print_slip(7, SLIP, 0.0).events == (
        PrintFailed(7, PrinterProblem.SILENT),
    )


def test_lost_line_fails_every_slip_and_the_buffers_are_cleared_when_it_is_back() -> None:
    driver = printing()
    driver.print_slip(8, SLIP, 0.1)
    assert driver.lost("unplugged", True, 0.2) == Reaction(
        events=(
            PrintFailed(7, PrinterProblem.SILENT),
            PrintFailed(8, PrinterProblem.SILENT),
            WireLost("printer", "unplugged"),
        )
    )
    assert driver.lost("unplugged", False, 0.3) == NOTHING
    assert driver.opened(5.0).frames == (CLEAR, ask(4))
    assert driver.receive(FENCE + FINE, 5.0).events == (WireBack("printer"),)


def test_slip_with_a_code_that_can_not_be_printed_fails() -> None:
    assert ready().print_slip(7, TOO_LONG, 0.1).events == (PrintFailed(7, PrinterProblem.ERROR),)


def expected_of(byte: int) -> tuple[Event, ...]:
    """What each byte means for a slip being printed while question 4 is open."""
    is_status = byte & 0b10010011 == 0b00010010
    if is_status and byte & 0b01100000:
        return (PrintFailed(7, PrinterProblem.PAPER_OUT),)
    if is_status or byte & 0b10010000:
        return ()
    return (PrintFailed(7, PrinterProblem.PAPER_OUT),) if byte & 0b1100 else (Printed(7),)


@pytest.mark.parametrize("byte", range(256))
def test_every_byte_while_printing(byte: int) -> None:
    driver = printing()
    driver.tick(0.4)
    assert driver.receive(bytes((byte,)), 0.4).events == expected_of(byte)
    is_status = byte & 0b10010011 == 0b00010010
    assert driver.strays == int(bool(byte & 0b10010000) and not is_status)


@pytest.mark.parametrize("byte", range(256))
def test_every_byte_that_nobody_waits_for_is_ignored(byte: int) -> None:
    driver = ready()
    assert driver.receive(bytes((byte,)), 0.5) == NOTHING
    assert driver.strays == 1


def test_flood_of_status_bytes_is_one_answer_a_question() -> None:
    driver = printing()
    driver.tick(0.4)
    assert driver.receive(FINE * 1000, 0.4).frames == (ask(2),)
    assert driver.strays == 998


Step = Callable[[PrinterDriver, float], Reaction]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda raw: lambda d, t: d.receive(raw, t), st.binary(max_size=6)),
    st.builds(lambda raw: lambda d, t: d.receive(raw, t), st.sampled_from([FINE, FENCE, b"\x52"])),
    st.just(lambda d, t: d.tick(t)),
    st.just(lambda d, t: d.opened(t)),
    st.just(lambda d, t: d.lost("gone", False, t)),
)


@given(st.lists(st.tuples(STEPS | st.none(), st.floats(0, 4)), max_size=50))
def test_every_slip_has_exactly_one_outcome(
    steps: list[tuple[Step | None, float]],
) -> None:
    driver, now_s, slips = PrinterDriver(), 0.0, 0
    outcomes: list[int] = []
    for step, later_s in [*steps, (lambda d, t: d.lost("end", False, t), 1.0)]:
        now_s += later_s
        slips += step is None
        reaction = step(driver, now_s) if step else driver.print_slip(slips, SLIP, now_s)
        outcomes += [
            each.number for each in reaction.events if isinstance(each, Printed | PrintFailed)
        ]
    assert outcomes == list(range(1, slips + 1))


@given(st.lists(st.tuples(STEPS, st.floats(0, 4)), max_size=40))
def test_time_never_stalls(steps: list[tuple[Step, float]]) -> None:
    driver, now_s = PrinterDriver(), 0.0
    for step, later_s in steps:
        now_s += later_s
        step(driver, now_s)
    driver.tick(now_s)
    assert driver.due_s > now_s
