"""The independent reader of the acquirer's messages, on published packets and on damage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.simulation.check_frames import Message, messages, read
from tests.simulation.evidence import Passed

VECTORS = Path(__file__).parents[1] / "vectors" / "unionpay_messages.json"
PACKETS = [p for p in json.loads(VECTORS.read_text("utf-8")) if "raw_fields" in p]
GOOD = [p for p in PACKETS if p["hex"][4:6] == "60"]


def raw_of(packet: dict[str, Any]) -> bytes:
    return bytes.fromhex(packet["hex"])


def heard(*pieces: bytes, out: bool = False) -> tuple[Message, ...]:
    return messages(Passed(float(n), "acquirer", out, raw) for n, raw in enumerate(pieces))


@pytest.mark.parametrize("packet", GOOD, ids=lambda p: str(p["name"])[:3].strip(". "))
def test_published_packet_is_read(packet: dict[str, Any]) -> None:
    raw = raw_of(packet)
    (found,) = heard(raw)
    assert found.raw == raw
    assert found.mti == packet["framing"]["MTI"]
    assert {str(n) for n in found.fields} == set(packet["raw_fields"])


def refund() -> bytes:
    return next(raw_of(p) for p in GOOD if p["framing"]["MTI"] == "0220")


def test_refund_says_what_it_is_about() -> None:
    (found,) = heard(refund(), out=True)
    assert found.carries_money
    assert not found.is_inquiry
    assert found.get(3) == "200000"
    assert found.amount_minor == int(found.get(4))
    assert found.key == (int(found.get(60)[2:8]), int(found.get(11)))
    assert found.get(49) == "156"


def test_answers_in_pieces_and_glued_are_all_read_once() -> None:
    raw = refund()
    assert len(heard(raw[:30], raw[30:])) == 1
    assert len(heard(raw + raw)) == 2
    assert len(heard(raw, raw[:5], raw[5:])) == 2
    assert len(heard(raw + raw[:40], raw[40:] + raw)) == 3


def test_what_is_no_message_before_one_is_skipped() -> None:
    assert len(heard(b"\x60\x00noise\x60" + refund())) == 1


def test_request_ends_the_connection_before_it() -> None:
    raw = refund()
    pieces = (Passed(0, "acquirer", False, raw[:40]), Passed(1, "acquirer", True, raw))
    assert len(messages((*pieces, Passed(2, "acquirer", False, raw[40:])))) == 1


def test_serial_length_is_read_too() -> None:
    body = refund()[2:]
    assert len(heard(b"\x02" + bytes.fromhex(f"{len(body):04d}") + body + b"\x03\x00")) == 1


def test_damaged_message_is_none_and_never_an_error() -> None:
    body = refund()[2:]
    assert read(body) is not None
    for at in range(len(body)):
        assert read(body[:at]) is None
        read(body[:at] + bytes([body[at] ^ 0x5A]) + body[at + 1 :])
        read(body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :])


def test_other_wires_are_not_listened_to() -> None:
    assert not messages([Passed(0.0, "keypad", True, refund())])
