"""No card number, track, PIN, password or key in clear where it has no business (INV-7, INV-14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from tests.simulation.check_needles import KEY, Heap, Needles, needles_of
from tests.simulation.check_run import Run
from tests.simulation.evidence import Evidence, Violation

TRACK_FIELDS: Final = (35, 36)
WITHOUT_TRACK: Final = ("0400", "0320")
ALONE: Final = r"(?<![\dA-F.,*:/-]){}(?![\dA-F.,*:/-])"  # no part of an amount, time or check value
TIMES: Final = frozenset({"host_time"})  # 12:34:56 is no PIN
TRACK_S: Final = 60.0  # as long as a stripe may be held in memory
SENDING_S: Final = 15.0  # the pad makes the MAC, and the line is opened
CARD_WIRES: Final = frozenset({"keypad", "reader", "scanner", "acquirer"})
# Where each key pressed comes one by one, and cards and questions are in clear as documented.


def no_secret_stays(run: Run) -> Iterator[Violation]:
    """On the disk, in traces, on paper, on the display and on the wires to both."""
    evidence = run.evidence
    needles = needles_of(evidence.canaries, True)
    disk = Heap(evidence.disk.values())
    yield from _told(disk.found(needles), "on the disk")
    seen = Heap(text.encode("utf-8", "surrogatepass") for text in _read_by_people(evidence))
    yield from _told(seen.found(needles), "in a text, on paper or on the display")
    wires = Heap(p.raw for p in evidence.passed if p.out and p.wire not in CARD_WIRES)
    yield from _told(wires.found(needles), "on the wire to display or printer")


def no_secret_passes(run: Run) -> Iterator[Violation]:
    """PINs, passwords and keys leave the pad on no wire, and none goes to the host."""
    needles = needles_of(run.evidence.canaries, False)
    wires = Heap(p.raw for p in run.evidence.passed if p.wire in ("keypad", "acquirer"))
    yield from _told(wires.found(needles), "on the wire of keypad or acquirer")


def short_secrets(run: Run) -> Iterator[Violation]:
    """A secret of few digits, alone in a text for people or as a whole value of a record."""
    needles = needles_of(run.evidence.canaries, True)
    if not needles.short or run.evidence.was_noisy:
        return
    texts = "\n".join(chain(_read_by_people(run.evidence), _values(run)))
    yield from _told(_alone(texts, needles), "in a text, on paper, on the display or in a record")


def _alone(texts: str, needles: Needles) -> Iterator[str]:
    for digits, what in needles.short.items():
        if digits in texts and re.search(ALONE.format(digits), texts):
            yield what


def _values(run: Run) -> Iterator[str]:
    for record in run.journal.records:
        yield from (v for v in _deep(record.body) if isinstance(v, str) and len(v) < 20)


def _deep(value: Any) -> Iterator[object]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _deep(inner) if name not in TIMES else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _deep(inner)
    else:
        yield value


def tracks_are_not_kept(run: Run) -> Iterator[Violation]:
    """Later messages carry the number only: who sends a track again has stored it (profile 5)."""
    for message in run.sent():
        if message.mti in WITHOUT_TRACK and any(message.get(n) for n in TRACK_FIELDS):
            yield Violation("INV-7", f"{message.mti} {message.key} carries a track")
        first = run.first_sent.get(message.key)
        if first is None or message.mti != first.mti or not message.get(35):
            continue
        if message.at_s - first.at_s > TRACK_S:
            yield Violation("INV-7", f"{message.mti} {message.key} carries a track once more")


def stripe_is_fresh(run: Run) -> Iterator[Violation]:
    """What is sent of a stripe was swiped within the minute that it may be held (profile 5)."""
    swipes = [p for p in run.evidence.passed if p.wire == "reader"]
    for message in run.first_sent.values():
        track = message.get(TRACK_FIELDS[0]).replace("d", "=").encode()
        ages = [message.at_s - p.at_s for p in swipes if p.at_s <= message.at_s and track in p.raw]
        if track and ages and min(ages) > TRACK_S + SENDING_S:
            yield Violation("INV-7", f"{message.key} carries a stripe of {min(ages):.0f} s before")


def _read_by_people(evidence: Evidence) -> set[str]:
    read = set(evidence.texts)
    for paper in evidence.papers:
        read.update(paper.rows, paper.codes)
    for shown in evidence.shown:
        read.update(shown.rows)
    return read


def _told(found: Iterator[str], where: str) -> Iterator[Violation]:
    for what in dict.fromkeys(found):
        yield Violation("INV-14" if what == KEY else "INV-7", f"{what} in clear {where}")


CHECKS: Final = (
    no_secret_stays,
    no_secret_passes,
    short_secrets,
    tracks_are_not_kept,
    stripe_is_fresh,
)
