"""Bytes on TCP and serial lines: pieces, glue, noise, repeats, and no exception ever."""

from functools import reduce
from operator import xor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.host.config import HostProfile
from emulator.host.core import Close, Host, Send
from emulator.host.wire import LONGEST, SILENCE_S
from tests.emulator.host.till import Till, body_of, make_till, packet, sent, signed_in_till

ACK, NAK = b"\x06", b"\x15"


def on_serial(frame: bytes) -> bytes:
    inner = bytes.fromhex(f"{len(frame):04d}") + frame + b"\x03"
    return b"\x02" + inner + bytes([reduce(xor, inner)])


ECHO = packet("C13")[2:]


def test_frames_in_single_bytes_are_put_together() -> None:
    line = make_till().line
    answers = [line.receive(bytes([byte]), 0.0) for byte in packet("C13")]
    assert [len(actions) for actions in answers] == [0] * (len(answers) - 1) + [1]


def test_two_requests_in_one_read_get_two_answers() -> None:
    assert len(sent(make_till().line.receive(packet("C13") * 2, 0.0))) == 2


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x00",
        (LONGEST + 1).to_bytes(2, "big"),
        b"\x00\x03abc",
        b"\x00\x0e" + b"\x00" * 14,
        packet("C13")[:-1] + b"\xff",
        b"\x00\x15" + packet("C13")[2:13] + b"\x08\x20" + b"\xff" * 8,
    ],
)
def test_a_broken_frame_ends_the_connection(raw: bytes) -> None:
    till = make_till()
    assert till.line.receive(raw, 0.0) == (Close(0.0),)
    assert "no answer" in till.traffic[-1].note


def test_a_closed_line_forgets_what_was_half_received() -> None:
    line = make_till().line
    line.receive(packet("C13")[:20], 0.0)
    line.closed()
    assert len(line.receive(packet("C13"), 0.0)) == 1


def test_the_host_may_leave_the_addresses_as_they_were() -> None:
    (raw,) = sent(make_till(HostProfile(swap_tpdu=False)).line.receive(packet("C13"), 0.0))
    assert raw[2:7].hex() == "6000030000"


def test_serial_request_is_acknowledged_then_answered() -> None:
    line = make_till(framing="serial").line
    ack, answer = sent(line.receive(on_serial(ECHO), 0.0))
    assert ack == ACK
    assert answer == on_serial(answer[3:-2])
    assert body_of((len(answer) - 5).to_bytes(2, "big") + answer[3:-2]).text(39) == "00"


def test_serial_answer_is_repeated_on_nak_three_times_at_most() -> None:
    line = make_till(framing="serial").line
    _, answer = sent(line.receive(on_serial(ECHO), 0.0))
    repeats = [sent(line.receive(NAK, 0.0)) for _ in range(4)]
    assert repeats == [[answer], [answer], [answer], []]


def test_serial_answer_is_not_repeated_after_ack() -> None:
    line = make_till(framing="serial").line
    line.receive(on_serial(ECHO), 0.0)
    assert line.receive(ACK, 0.0) == ()
    assert line.receive(NAK, 0.0) == ()


@pytest.mark.parametrize("at", [-1, -2, 5])
def test_a_damaged_serial_frame_is_refused_and_the_next_is_heard(at: int) -> None:
    line = make_till(framing="serial").line
    damaged = bytearray(on_serial(ECHO))
    damaged[at] ^= 0x40
    assert sent(line.receive(bytes(damaged), 0.0)) == [NAK]
    assert len(sent(line.receive(on_serial(ECHO), 0.0))) == 2


def test_noise_before_a_serial_frame_is_skipped() -> None:
    line = make_till(framing="serial").line
    assert len(sent(line.receive(b"\xff\x00?" + on_serial(ECHO), 0.0))) == 2


def test_half_a_serial_frame_is_forgotten_after_a_silence() -> None:
    line = make_till(framing="serial").line
    assert line.receive(on_serial(ECHO)[:20], 0.0) == ()
    assert len(sent(line.receive(on_serial(ECHO), SILENCE_S + 1))) == 2


def test_a_serial_frame_sent_again_is_booked_once() -> None:
    till = signed_in_till()
    line = till.host.connection("serial")
    sale = till.sale(card="debit", amount_minor=10000)
    body = till.signed(till.refund_fields(sale, 100))
    frame = on_serial(packet("C9")[2:13] + body)
    assert len(sent(line.receive(frame * 2, 0.0))) == 4
    assert len(till.movements()) == 1


def fuzzed(host: Host, framing: str, chunks: list[bytes]) -> None:
    line = host.connection("serial" if framing == "serial" else "tcp")
    for chunk in chunks:
        for action in line.receive(chunk, 0.0):
            assert isinstance(action, Send | Close)


@given(st.sampled_from(["tcp", "serial"]), st.lists(st.binary(max_size=80), max_size=6))
def test_random_bytes_never_raise(framing: str, chunks: list[bytes]) -> None:
    fuzzed(make_till().host, framing, chunks)


@given(st.data())
def test_mutated_signed_messages_never_raise_and_book_nothing_wrong(data: st.DataObject) -> None:
    till = signed_in_till()
    sale = till.sale(card="debit", amount_minor=10000)
    body = bytearray(till.signed(till.refund_fields(sale, 100)))
    places = st.integers(0, len(body) - 1)
    # One byte only: this MAC is made over an exclusive or, so two equal flips can cancel out.
    body[data.draw(places)] ^= data.draw(st.integers(1, 255))
    answer(till, bytes(body))
    assert till.movements() == []


@given(st.data())
def test_well_signed_nonsense_never_raises(data: st.DataObject) -> None:
    """A key holder may still send fields that make no sense together."""
    till = signed_in_till()
    fields = till.refund_fields(till.sale(card="debit", amount_minor=10000), 100)
    for number in data.draw(st.sets(st.sampled_from(sorted(fields)), max_size=4)):
        del fields[number]
    if data.draw(st.booleans()):
        fields[35] = data.draw(st.text("0123456789D", max_size=37))
    if data.draw(st.booleans()):
        fields[60] = data.draw(st.text("0123456789", max_size=17))
    if data.draw(st.booleans()):
        fields[61] = data.draw(st.text("0123456789", max_size=29))
    if data.draw(st.booleans()):
        fields[53] = data.draw(st.sampled_from(["2610000000000000", "0" * 16]))
    answer(till, till.signed(fields, data.draw(st.sampled_from(["0220", "0200", "0800", "0400"]))))


def answer(till: Till, body: bytes) -> None:
    raw = packet("C9")[2:13] + body
    till.line.receive(len(raw).to_bytes(2, "big") + raw, 0.0)
