"""Days on which a line of the terminal was believed too much: keypad, reader, serial line."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import xor

from tests.simulation.evidence import Passed
from tests.simulation.made_evidence import (
    LOAD_KEYS,
    MAC,
    REFUND,
    REPLY,
    REQUEST,
    Day,
    Spoil,
    pad,
)


def keys_not_taken(day: Day) -> None:
    day.passed = [p for p in day.passed if p.wire != "keypad"]


def keys_taken_later(day: Day) -> None:
    keys_not_taken(day)
    day.passed.append(pad(8.5, False, LOAD_KEYS + 0x80, 1))


def pad_told_of_nothing(day: Day) -> None:
    day.passed.append(pad(9.0, True, MAC, 2, b"\1" + bytes(36)))


def one_number_for_two_questions(day: Day) -> None:
    day.passed.append(pad(9.0, True, 0x0A, 1))


def spoilt_frame_taken(day: Day) -> None:
    for place in (REQUEST, REPLY):
        day.passed[place] = on_serial(day.passed[place], 0x55 * (place == REPLY))
    day.passed.append(Passed(9.6, "acquirer", True, b"\x06"))


def spoilt_frame_taken_after_noise(day: Day) -> None:
    spoilt_frame_taken(day)
    noise = (Passed(9.1, "acquirer", False, b"\x16"), Passed(9.1, "acquirer", True, b"\x15"))
    day.passed[REPLY:REPLY] = noise


def on_serial(one: Passed, noise: int) -> Passed:
    payload = one.raw[2:]
    checked = bytes.fromhex(f"{len(payload):04d}") + payload + b"\x03"
    lrc = reduce(xor, checked) ^ noise
    return replace(one, raw=b"\x02" + checked + bytes([lrc]))


def stripe_of_an_hour_ago(day: Day) -> None:
    stripe = b";" + REFUND[35].replace("d", "=").encode() + b"?\r"
    day.passed.insert(0, Passed(-3600.0, "reader", False, stripe))


SPOILT: tuple[tuple[str, Spoil], ...] = (
    ("INV-14", keys_not_taken),
    ("INV-14", keys_taken_later),
    ("INV-10", pad_told_of_nothing),
    ("INV-13", one_number_for_two_questions),
    ("INV-13", spoilt_frame_taken),
    ("INV-13", spoilt_frame_taken_after_noise),
    ("INV-7", stripe_of_an_hour_ago),
)
