"""Days on which a secret was left lying about, in one shape or another (INV-7, INV-14)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from tests.simulation.evidence import Canaries, Evidence, Passed, Shown
from tests.simulation.made_evidence import KEY, PAN, PASSWORD, REFUND, Day, Spoil, out

SHAPES: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "spaced": lambda s: " ".join(s[n : n + 4] for n in range(0, len(s), 4)).encode(),
    "dashed": lambda s: "-".join(s).encode(),
    "wide": lambda s: s.encode("utf-16-le"),
    "reversed": lambda s: s[::-1].encode(),
    "packed": bytes.fromhex,
    "packed_between_nibbles": lambda s: bytes.fromhex(f"7{s}1"),
    "packed_backwards": lambda s: bytes.fromhex(s)[::-1],
    "hex": lambda s: s.encode().hex().encode(),
    "base64": lambda s: b64encode(s.encode()),
    "base64_after_one": lambda s: b64encode(b"x" + s.encode() + b"yz"),
    "base64_after_two": lambda s: b64encode(b"xy" + s.encode()),
    "base64_packed": lambda s: b64encode(b"xy" + bytes.fromhex(s) + b"z"),
}


def on_disk(shape: Callable[[str], bytes], day: Day) -> Evidence:
    raw = b"\x00\xfe{" + shape(PAN) + b"}\xff\x00"
    return day.evidence(disk={**day.evidence().disk, "export.txt": raw})


def in_a_trace(day: Day) -> Evidence:
    return day.evidence(texts=(f"error: card {PAN[:6]} {PAN[6:]}",))


def on_paper(day: Day) -> None:
    day.papers[0] = replace(day.papers[0], codes=(f"R1;{PAN}",))


def on_the_display(day: Day) -> None:
    day.shown.append(Shown(30.0, "card", "zh", (f"卡号 {PAN}",)))


def on_the_printers_wire(day: Day) -> None:
    day.passed.append(Passed(30.0, "printer", True, b"\x1b@" + PAN.encode() + b"\n"))


def password_outside_the_pad(day: Day) -> None:
    day.passed.append(Passed(30.0, "keypad", True, b"\x02" + PASSWORD.encode()))


def short_password_in_a_record(day: Day) -> Evidence:
    day.records.append(("refused", {"what": "slip_code", "why": "not_ours", "key": "258036"}))
    return day.evidence(canaries=Canaries(passwords=("258036",)))


def key_on_disk(day: Day) -> Evidence:
    return day.evidence(disk={**day.evidence().disk, "keys": b"k" + KEY + b"k"})


def key_in_a_trace(day: Day) -> Evidence:
    return day.evidence(texts=(f"loaded {KEY.hex().upper()}",))


def track_in_a_reversal(day: Day) -> None:
    day.passed.append(out(90.0, "0400", REFUND | {39: "98"}))


def track_sent_again(day: Day) -> None:
    day.passed.append(out(200.0, "0220", REFUND))


SPOILT: tuple[tuple[str, Spoil], ...] = (
    *(("INV-7", partial(on_disk, shape)) for shape in SHAPES.values()),
    ("INV-7", in_a_trace),
    ("INV-7", on_paper),
    ("INV-7", on_the_display),
    ("INV-7", on_the_printers_wire),
    ("INV-7", password_outside_the_pad),
    ("INV-7", short_password_in_a_record),
    ("INV-14", key_on_disk),
    ("INV-14", key_in_a_trace),
    ("INV-7", track_in_a_reversal),
    ("INV-7", track_sent_again),
)
