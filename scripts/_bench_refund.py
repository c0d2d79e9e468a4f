"""Figures of a refund and of a key press, on the wires, each run beside a run of its floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from statistics import median

from scripts._bench_figures import BenchError, Figure, in_ms, percentile
from scripts._bench_floor_side import ANSWER, CHECK_MAC, MAC, FloorSide
from scripts._bench_rig import Rig
from scripts._bench_wires import Stamp

RATIO_GOAL = 1.5
KEY_GOAL_MS = 5.0
PRESSED = (  # each key changes rows; the screen after it
    *((key, "refund.amount") for key in ("1", "2", "5", "0", "CLEAR")),
    ("CANCEL", "refund.cancelled"),  # tells that nothing moved; the next key leaves it
    ("ENTER", "idle"),
    *((key, "menu") for key in ("MENU", "DOWN", "DOWN", "UP")),
    ("CANCEL", "idle"),
)
REQUEST_PARTS = ("commit", "keypad", "encode", "connect and send")
WHO = ("ours", "floor")
REPLY_PARTS = ("decode", "keypad", "commit")
NOTE = "the pad's and the host's own work is cut out of both; medians in ms"
Spans = dict[str, list[int]]


def refunds(rig: Rig, floor: FloorSide, runs: int) -> tuple[Figure, Figure]:
    """The request and the reply figure, from so many refunds."""
    spans: Spans = {}
    code = rig.code()
    for _ in range(runs):
        rig.wires.log.clear()
        rig.begin_refund(code)
        _note(spans, "request", _floor_run(rig, floor, "request"))
        rig.wires.log.clear()
        rig.end_refund()
        _note(spans, "ours", _ours(rig))
        _note(spans, "reply", _floor_run(rig, floor, "reply"))
    return _figures(spans)


def _note(spans: Spans, name: str, values: list[int]) -> None:
    for index, value in enumerate(values):
        spans.setdefault(f"{name} {index}", []).append(value)


def _figures(spans: Spans) -> tuple[Figure, Figure]:
    return (
        _figure(
            ("request", "Enter on the confirm screen → last byte of the request"),
            (spans["ours 0"], spans["request 0"]),
            {p: in_ms(spans[f"request {n}"]) for n, p in enumerate(REQUEST_PARTS, 1)},
        ),
        _figure(
            ("reply", "last byte of the reply → approved on the display wire"),
            (spans["ours 1"], spans["reply 0"]),
            {p: in_ms(spans[f"reply {n}"]) for n, p in enumerate(REPLY_PARTS, 1)},
        ),
    )


def _figure(
    names: tuple[str, str], spans: tuple[list[int], list[int]], parts: dict[str, float]
) -> Figure:
    ours, floor = in_ms(spans[0]), in_ms(spans[1])
    quick = {
        f"{name} p10": percentile(each, 10) / 1e6 for name, each in zip(WHO, spans, strict=True)
    }
    all_parts = {"ours": ours, "floor": floor, **quick, **parts}
    return Figure(*names, ours / floor, "× floor", RATIO_GOAL, parts=all_parts, note=NOTE)


def _ours(rig: Rig) -> list[int]:
    """Both spans of one refund, without what pad and host took to answer."""
    log = rig.wires.log
    pressed = next(s.at_ns for s in log if s.wire == "keypad")
    replied = next(s.at_ns for s in log if s.wire == "acquirer" and s.is_sent)
    told, right = _answered(log, MAC), _answered(log, CHECK_MAC)
    before = _received(log, "keypad", told) - pressed
    after = _received(log, "acquirer", replied) - told
    checking = _received(log, "keypad", right) - replied
    return [before + after, checking + rig.when_drawn("refund.approved")[0] - right]


def _answered(log: list[Stamp], kind: int) -> int:
    """When the pad answered a question of this kind."""
    return next(s.at_ns for s in log if s.is_sent and s.is_frame(kind | ANSWER))


def _received(log: list[Stamp], wire: str, before_ns: int) -> int:
    """When the last bytes came before a moment; an answer follows its question at once."""
    return next(
        s.at_ns for s in reversed(log) if s.wire == wire and not s.is_sent and s.at_ns < before_ns
    )


def _floor_run(rig: Rig, floor: FloorSide, name: str) -> list[int]:
    """The whole span of a floor's step, without the pad's work, and its parts."""
    log = rig.wires.log
    log.clear()
    times = floor.step(name)
    if name == "request":
        rig.wires.until(lambda: any(s.wire == "floor acquirer" for s in log), "the floor's request")
        times[-1] = [s.at_ns for s in log if s.wire == "floor acquirer"][-1]
    asked, told = (s.at_ns for s in log if s.wire == "floor keypad")
    parts = [after - before for before, after in pairwise(times)]
    parts[1] -= told - asked
    return [sum(parts), *parts]


def keys(rig: Rig, floor: FloorSide, runs: int) -> Figure:
    """Key presses that change the screen: digits of an amount, steps in the menu."""
    ours: list[int] = []
    bare: list[int] = []
    for press in _presses(rig, runs):
        begun, ended = floor.press()
        bare.append(ended - begun)
        ours.append(press())
    p50, p99 = (percentile([span / 1e6 for span in ours], p) for p in (50, 99))
    floors = [span / 1e6 for span in bare]
    parts = {"p50": p50, "floor p50": median(floors), "floor p99": percentile(floors, 99)}
    what = "key press → changed rows on the display wire, p99"
    note = f"{len(ours)} presses; the floor is the round trip of such bytes on ptys; ms"
    return Figure("key", what, p99, "ms", KEY_GOAL_MS, parts=parts, note=note)


def _presses(rig: Rig, runs: int) -> Iterator[Callable[[], int]]:
    done = 0
    while done < runs:
        rig.scan(rig.code())
        rig.reach("refund.amount")
        for key, name in PRESSED:
            yield partial(_press, rig, key, name)
            done += 1


def _press(rig: Rig, key: str, name: str) -> int:
    rig.wires.log.clear()
    rig.drawn.clear()
    rig.press(key)
    pressed_ns = rig.wires.log[0].at_ns
    rig.until(lambda: bool(rig.drawn), f"a picture after {key}")
    if rig.drawn[0].name != name:
        raise BenchError(f"{key} drew {rig.drawn[0].name}, not {name}")
    return rig.drawn[0].at_ns - pressed_ns
