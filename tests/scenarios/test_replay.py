"""What was recorded of a terminal is what a replay of it says again, byte by byte."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from scripts._recorded_cards import OTHER_CARD
from scripts._recording import Line, RecordingError, load, saved
from scripts._replay import told
from scripts._replayed import Difference
from tests.scenarios.cashier import booked, leave, refund, start_refund
from tests.scenarios.fingers import press, swipe_text
from tests.scenarios.power_moments import cut, moments_of
from tests.scenarios.recorded import RecordedBench, replayed

OTHER_PAN = "6299991234560017"
OTHER_STRIPE = f";{OTHER_PAN}=30122010000000000001?\r"


@pytest.fixture
def bench(tmp_path: Path) -> RecordedBench:
    """A terminal that is set up, logged on and signed in, all of it recorded."""
    recorded = RecordedBench(tmp_path)
    recorded.set_up().log_on()
    return recorded


def at(lines: list[Line], wire: str, what: str, nth: int = -1) -> int:
    """Where the nth line of this kind is."""
    return [n for n, line in enumerate(lines) if (line.wire, line.what) == (wire, what)][nth]


def changed(line: Line, byte: int) -> Line:
    raw = bytearray.fromhex(line.hex)
    raw[byte] ^= 0x01
    return msgspec.structs.replace(line, hex=raw.hex())


def text_of(difference: Difference | None) -> str:
    assert difference is not None
    return "\n".join(told(difference))


def test_day_with_a_refund_is_said_again_byte_by_byte(bench: RecordedBench) -> None:
    refund(bench)
    leave(bench)
    assert booked(bench)
    assert sum(line.what == "write" for line in bench.lines) > 50
    assert replayed(bench) is None


def test_changed_byte_to_the_host_is_the_first_difference(bench: RecordedBench) -> None:
    refund(bench)
    lines = list(bench.lines)
    place = at(lines, "acquirer", "write")
    lines[place] = changed(lines[place], 40)
    text = text_of(replayed(bench, lines))
    assert "wire acquirer" in text
    assert "from byte 40 on" in text
    # The trace says what was really sent.
    assert "0220 | 3 processing code = 200000 | 4 amount = 000000010000" in text
    assert "6212345678901232" not in text
    assert "first difference 第一处不同: start 1, " in text


def test_changed_byte_of_an_answer_makes_the_keypad_asked_something_else(
    bench: RecordedBench,
) -> None:
    refund(bench)
    lines = list(bench.lines)
    place = at(lines, "acquirer", "bytes")
    lines[place] = changed(lines[place], 40)
    difference = replayed(bench, lines)
    assert difference is not None
    # The MAC of another message is checked.
    assert difference.wire == "keypad"
    assert difference.recorded is not None
    assert difference.replayed is not None


def test_what_is_not_said_any_more_is_a_difference(bench: RecordedBench) -> None:
    lines = list(bench.lines)
    beep = lines[at(lines, "display", "write")]
    lines.insert(at(lines, "display", "write"), beep)
    text = text_of(replayed(bench, lines))
    assert "wire display" in text
    assert "replayed 重放: nothing 无" in text


def test_what_was_not_said_before_is_a_difference(bench: RecordedBench) -> None:
    lines = list(bench.lines)
    del lines[at(lines, "keypad", "write", 3)]
    difference = replayed(bench, lines)
    assert difference is not None
    assert difference.wire == "keypad"


def test_other_firmware_is_found_where_it_first_differs(bench: RecordedBench) -> None:
    refund(bench)
    shop = replace(bench.setting.device.identity, terminal_id="87654321")
    bench.setting = replace(bench.setting, device=replace(bench.setting.device, identity=shop))
    text = text_of(replayed(bench))
    assert "wire keypad" in text or "wire acquirer" in text


@pytest.mark.parametrize("at_once", [False, True])
def test_power_cut_is_replayed_where_it_was(bench: RecordedBench, at_once: bool) -> None:
    start_refund(bench)
    if at_once:
        press(bench, "ENTER")
    bench.power_cut()
    bench.power_on()
    bench.log_on()
    assert replayed(bench) is None


def test_power_cut_at_any_moment_of_a_refund(tmp_path: Path) -> None:
    def story(bench: RecordedBench) -> None:
        press(bench, "ENTER")
        bench.run(3.0)

    first = ready(tmp_path / "first")
    count = len(moments_of(first, lambda bench: story(first)))
    assert count > 20
    for number in range(1, count, 4):
        bench = ready(tmp_path / str(number))
        assert cut(bench, lambda _: story(bench), number)  # noqa: B023  # told at once
        bench.power_cut()
        bench.power_on()
        bench.log_on()
        assert replayed(bench) is None, number


def ready(folder: Path) -> RecordedBench:
    """A terminal before the Enter that sends a refund."""
    folder.mkdir()
    bench = RecordedBench(folder)
    bench.set_up().log_on()
    start_refund(bench)
    return bench


@pytest.mark.parametrize("stripe", [OTHER_STRIPE, OTHER_STRIPE.replace(";", ";D")])
def test_other_card_makes_the_recording_a_masked_one(bench: RecordedBench, stripe: str) -> None:
    start_refund(bench)
    assert bench.recording().header.replayable
    swipe_text(bench, stripe)
    bench.run(1.0)
    kept = bench.recording()
    text = b"".join(saved(kept))
    assert not kept.header.replayable
    assert kept.header.why_not == OTHER_CARD
    assert OTHER_PAN.encode() not in text
    assert OTHER_PAN.encode().hex().encode() not in text
    assert "stripe, track 2 " in text.decode()


@pytest.mark.parametrize("typed", [OTHER_PAN, OTHER_PAN[:8]])
def test_other_number_that_is_typed_is_masked_too(bench: RecordedBench, typed: str) -> None:
    bench.scan(bench.code(bench.sale(rrn="061400000012"))).keys("ENTER 1 2580 ENTER")
    assert bench.screen == "refund.card"
    assert bench.recording().header.replayable
    bench.keys(typed)
    kept = bench.recording()
    assert not kept.header.replayable
    assert "KEY (hidden)" in b"".join(saved(kept)).decode()
    assert b"KEY 9" not in b"".join(saved(kept))


def test_deck_card_is_kept_whole_and_read_again(bench: RecordedBench, tmp_path: Path) -> None:
    refund(bench)
    kept = bench.recording()
    (tmp_path / "r.jsonl").write_bytes(b"".join(saved(kept)))
    assert load(tmp_path / "r.jsonl") == kept
    assert kept.header.replayable


HEADER = (
    b'{"version":1,"shop":"12345678","wires":[],"replayable":true,"why_not":"","started":"",'
    b'"files":{}}\n'
)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"", "is empty"),
        (b"{}", "line 1: "),
        (HEADER.replace(b'n":1', b'n":2'), "version 2"),
        (HEADER.replace(b"{}}", b'{"/etc/x":""}}'), "outside the folder"),
        (HEADER + b"[]\n", "line 2: "),
        (HEADER + b'{"what":"fly","t":1.0}\n', "line 2: "),
        (HEADER + b'{"what":"due","t":1.0}\n', "line 2: due before a start"),
        (
            HEADER + b'{"what":"start","t":1.0}\n{"what":"open","t":1.0}\n',
            "line 3: open of no wire",
        ),
        (
            HEADER + b'{"what":"start","t":1.0}\n{"what":"bytes","t":1,"wire":"keypad","hex":"0"}',
            "line 3: hex",
        ),
    ],
)
def test_file_that_is_no_recording_is_named(tmp_path: Path, text: bytes, error: str) -> None:
    (tmp_path / "r.jsonl").write_bytes(text)
    with pytest.raises(RecordingError, match=error):
        load(tmp_path / "r.jsonl").sessions()
