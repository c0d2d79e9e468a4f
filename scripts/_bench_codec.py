"""Our codec with its checks against the bare library, on the messages of the test vectors."""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median
from time import perf_counter

import iso8583

from scripts._bench_figures import Figure
from scripts._bench_rig import ROOT
from terminal.iso8583.codec import MessageError, decode, encode
from terminal.iso8583.dialect import library_spec
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

VECTORS = ROOT / "tests/vectors/unionpay_messages.json"
HEAD_BYTES = 13  # length, TPDU, header
ROUNDS = 5
GOAL = 0.7


def codec(runs: int) -> tuple[Figure, Figure]:
    """Encode and decode: our rate as a part of the library's."""
    spec = library_spec(UNIONPAY_POS)
    raws = [raw for raw in _vectors() if _is_both_ways(raw)]
    messages = [decode(raw) for raw in raws]
    documents = [iso8583.decode(raw, spec)[0] for raw in raws]
    encoded = _rates(
        lambda: [encode(message) for message in messages],
        lambda: [iso8583.encode(document, spec) for document in documents],
        runs,
    )
    decoded = _rates(
        lambda: [decode(raw) for raw in raws],
        lambda: [iso8583.decode(raw, spec) for raw in raws],
        runs,
    )
    return _figure("encode", encoded, len(raws)), _figure("decode", decoded, len(raws))


def _figure(name: str, seconds: tuple[float, float], count: int) -> Figure:
    ours, bare = (count * ROUNDS / each for each in seconds)
    parts = {"ours 1/s": ours, "pyiso8583 1/s": bare}
    what = f"ISO 8583 {name} with validation"
    note = f"{count} messages of the test vectors"
    return Figure(name, what, ours / bare, "× rate", GOAL, True, parts, note)


def _rates(
    ours: Callable[[], object], bare: Callable[[], object], runs: int
) -> tuple[float, float]:
    spans = [(_seconds(bare), _seconds(ours)) for _ in range(runs)]
    return median(span[1] for span in spans), median(span[0] for span in spans)


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    for _ in range(ROUNDS):
        work()
    return perf_counter() - begun


def _vectors() -> list[bytes]:
    entries = json.loads(VECTORS.read_text("utf-8"))
    return [bytes.fromhex(entry["hex"])[HEAD_BYTES:] for entry in entries]


def _is_both_ways(raw: bytes) -> bool:
    """A message of our own dialect, in the form in which we would send it."""
    try:
        return encode(decode(raw)) == raw
    except MessageError:
        return False
