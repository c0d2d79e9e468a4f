"""The emulated printer: status, faults and what is on paper when."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulator.printer import PrinterModel

FENCE = b"\x1dr\x01"
CUT = b"\x1dVB\x00"
CLEAR = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")


def lines(*texts: str) -> bytes:
    return b"".join(text.encode() + b"\n" for text in texts)


def told(printer: PrinterModel, raw: bytes, now_s: float = 0.0) -> bytes:
    return b"".join(answer for _, answer in printer.receive(raw, now_s))


def status(printer: PrinterModel) -> list[int]:
    return [told(printer, bytes((0x10, 4, n)))[0] for n in (1, 2, 3, 4)]


def rows(printer: PrinterModel) -> list[str]:
    return [row for slip in printer.slips for row in slip.rows]


def test_fence_is_answered_when_the_slip_is_on_paper() -> None:
    printer = PrinterModel()
    assert told(printer, b"\x1b@" + lines("a", "b") + CUT + FENCE) == b"\x00"
    assert [(slip.rows, slip.cut) for slip in printer.slips] == [(("a", "b"), True)]


def test_slips_are_oldest_first_and_the_strip_is_last() -> None:
    printer = PrinterModel()
    told(printer, lines("1") + CUT + lines("2") + CUT + lines("3"))
    assert [(slip.rows, slip.cut) for slip in printer.slips] == [
        (("1",), True),
        (("2",), True),
        (("3",), False),
    ]
    printer.tear()
    assert printer.slips == ()


def test_status_of_a_printer_in_order() -> None:
    assert status(PrinterModel()) == [0x12] * 4


def test_status_near_the_end_of_the_paper() -> None:
    printer = PrinterModel()
    printer.near_end = True
    assert status(printer) == [0x12, 0x12, 0x12, 0x1E]
    assert told(printer, FENCE) == b"\x03"


def test_status_at_the_end_of_the_paper() -> None:
    printer = PrinterModel()
    printer.out_after_lines(0)
    assert status(printer) == [0x1A, 0x32, 0x12, 0x7E]


def test_status_with_the_cover_open() -> None:
    printer = PrinterModel()
    printer.open_cover(True)
    assert status(printer) == [0x1A, 0x16, 0x12, 0x12]
    printer.open_cover(False)
    assert status(printer) == [0x12] * 4


@pytest.mark.parametrize("answer", range(256))
def test_any_status_byte_can_be_given(answer: int) -> None:
    printer = PrinterModel()
    printer.override_status(4, answer)
    assert status(printer) == [0x12, 0x12, 0x12, answer]
    printer.override_status(4, None)
    assert status(printer)[3] == 0x12


@pytest.mark.parametrize("question", [0, 5, 0xFF])
def test_unknown_status_question_has_no_answer(question: int) -> None:
    assert told(PrinterModel(), bytes((0x10, 4, question))) == b""


def test_paper_ends_in_the_middle_of_a_slip() -> None:
    printer = PrinterModel()
    printer.out_after_lines(3)
    assert told(printer, lines("1", "2", "3", "4") + CUT + FENCE) == b""
    assert rows(printer) == ["1", "2"]
    assert status(printer)[3] == 0x7E


def test_the_rest_is_printed_when_there_is_paper_again() -> None:
    printer = PrinterModel()
    printer.out_after_lines(2)
    told(printer, lines("1", "2", "3") + CUT + FENCE)
    assert printer.due_s == math.inf
    printer.load_paper()
    assert printer.due_s <= 5.0
    assert printer.tick(5.0) == ((0.0, b"\x00"),)
    assert rows(printer) == ["1", "2", "3"]


def test_failed_slip_is_cleared_and_not_printed_later() -> None:
    printer = PrinterModel()
    printer.out_after_lines(2)
    told(printer, lines("1", "2", "3") + b"half" + CUT + FENCE)
    told(printer, CLEAR)
    printer.load_paper()
    assert printer.tick(5.0) == ()
    assert told(printer, b"\x1b@" + lines("again") + CUT + FENCE, 6.0) == b"\x00"
    assert rows(printer) == ["1", "again"]


def test_clear_forgets_a_line_that_was_not_ended() -> None:
    printer = PrinterModel()
    told(printer, b"half" + CLEAR + lines("new"))
    assert rows(printer) == ["new"]


def test_clear_with_other_parameters_clears_nothing() -> None:
    printer = PrinterModel()
    told(printer, b"half" + CLEAR[:-1] + b"\x09" + b"\n")
    assert rows(printer) == ["half"]
    assert printer.not_understood == 1


def test_fence_waits_for_paper_when_a_code_does_not_fit_on_the_rest() -> None:
    printer = PrinterModel()
    printer.out_after_lines(1)
    assert told(printer, b"\x1dkI\x04{B12" + FENCE) == b""
    assert printer.slips == ()


def test_exactly_enough_paper_is_enough() -> None:
    printer = PrinterModel()
    printer.out_after_lines(3)
    assert told(printer, lines("1", "2") + CUT + FENCE) == b"\x00"
    assert status(printer)[3] == 0x12


def test_cover_open_holds_the_slip_and_closed_lets_it_go_on() -> None:
    printer = PrinterModel()
    printer.open_cover(True)
    assert told(printer, lines("1") + FENCE) == b""
    assert printer.slips == ()
    printer.open_cover(False)
    assert printer.tick(1.0) == ((0.0, b"\x00"),)
    assert rows(printer) == ["1"]


def test_silent_printer_takes_nothing_and_answers_nothing() -> None:
    printer = PrinterModel()
    printer.silent(True)
    assert told(printer, lines("1") + FENCE + b"\x10\x04\x04") == b""
    assert printer.due_s == math.inf
    printer.silent(False)
    assert status(printer) == [0x12] * 4
    assert printer.slips == ()


def test_restart_loses_what_was_received_and_keeps_the_paper() -> None:
    printer = PrinterModel()
    told(printer, lines("on paper"))
    printer.open_cover(True)
    told(printer, lines("waiting") + b"half \x1d(k\xff")
    printer.restart()
    printer.open_cover(False)
    told(printer, lines("new"))
    assert rows(printer) == ["on paper", "new"]


def test_lines_take_their_time() -> None:
    printer = PrinterModel()
    printer.slow_s_per_line = 0.5
    assert told(printer, lines("1", "2") + FENCE) == b""
    assert rows(printer) == ["1"]
    assert printer.due_s == 0.5
    assert printer.tick(0.4) == ()
    assert printer.tick(0.5) == ()
    assert rows(printer) == ["1", "2"]
    assert told(printer, b"\x10\x04\x01", 0.9) == b"\x12"
    assert printer.tick(1.0) == ((0.0, b"\x00"),)
    assert printer.due_s == math.inf


def test_status_is_answered_among_other_data() -> None:
    printer = PrinterModel()
    assert told(printer, b"Ref\x10\x04\x01und" + "退".encode("gb18030")) == b"\x12"
    chinese = "退货".encode("gb18030")
    told(printer, b"\n\x1c&" + chinese[:1])
    assert told(printer, b"\x10\x04\x04") == b"\x12"
    told(printer, chinese[1:] + b"\n")
    assert rows(printer) == ["Refund??", "退货"]


def test_status_inside_a_commands_parameters_is_a_parameter() -> None:
    printer = PrinterModel()
    qr = b"\x1d(k\x06\x001P0\x10\x04\x01\x1d(k\x03\x001Q0"
    assert told(printer, qr) == b""
    assert [slip.codes for slip in printer.slips] == [("\x10\x04\x01",)]
    assert told(printer, b"\x1dkI\x05{B\x10\x04\x01") == b""


def test_status_is_answered_while_off_line() -> None:
    printer = PrinterModel()
    printer.out_after_lines(1)
    assert told(printer, lines("1", "2") + b"\x10\x04\x04") == b"\x7e"


def test_change_on_paper_is_announced() -> None:
    printer, heard = PrinterModel(), []
    printer.on_change = lambda: heard.append(len(rows(printer)))
    told(printer, lines("1", "2"))
    printer.tear()
    assert heard == [1, 2, 0]


OVER_THE_EDGE = [b"\x1c&", b" " * 10 + b"      \x80", b"      \x80\x80", b" \x80\x80\x00 "]


@example(OVER_THE_EDGE)
@given(st.lists(st.one_of(st.binary(max_size=60), st.sampled_from([CUT, FENCE, CLEAR, b"\x1c&"]))))
def test_nothing_on_the_wire_is_an_error(parts: list[bytes]) -> None:
    printer = PrinterModel()
    for at, part in enumerate(parts):
        printer.receive(part, at)
        printer.tick(at)
    printer.restart()
    printer.tear()
    assert told(printer, b"\x1b@" + lines("ok") + FENCE, 99.0) == b"\x00"
    assert rows(printer) == ["ok"]


@given(st.data())
def test_bytes_may_come_cut_anywhere(data: st.DataObject) -> None:
    raw = b"\x1b@\x1c&" + "退货 50.00\n".encode("gb18030") + b"\x1dkI\x06{B1234" + CUT + FENCE
    cuts = sorted(data.draw(st.sets(st.integers(1, len(raw) - 1))))
    printer = PrinterModel()
    answers = b"".join(
        told(printer, raw[start:end])
        for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True)
    )
    assert answers == b"\x00"
    assert [(slip.rows, slip.codes) for slip in printer.slips] == [(("退货 50.00",), ("1234",))]
