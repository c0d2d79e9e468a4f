"""How an answer leaves: at once and whole, or as the armed faults of the line will have it."""

from dataclasses import dataclass, field

from emulator.host.faults import FaultBox

PIECES = 10
PIECE_GAP_S = 0.01


@dataclass(frozen=True, slots=True)
class Send:
    """Write these bytes, `delay_s` after the request came in."""

    delay_s: float
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Close:
    """Close the line, `delay_s` after the request came in; a serial line stays open."""

    delay_s: float


Action = Send | Close


def deliver(faults: FaultBox, mti: str, raw: bytes) -> tuple[tuple[Action, ...], tuple[str, ...]]:
    """The writes for one framed answer, and the names of the faults that shaped them."""
    late = faults.take("host.late", mti)
    delay_s = float(late["delay_s"]) if late else 0.0
    actions, used = _shaped(faults, mti, raw, delay_s)
    return actions, ("host.late", *used) if late else used


def _shaped(
    faults: FaultBox, mti: str, raw: bytes, delay_s: float
) -> tuple[tuple[Action, ...], tuple[str, ...]]:
    if cut := faults.take("host.cut_frame", mti):
        part = raw[: int(cut["bytes"])]
        return (Send(delay_s, part), Close(delay_s)), ("host.cut_frame",)
    if drip := faults.take("host.slow_drip", mti):
        gap_s = 1 / float(drip["bytes_per_s"])
        return _pieces(raw, 1, delay_s, gap_s), ("host.slow_drip",)
    if faults.take("host.split", mti):
        return _pieces(raw, -(-len(raw) // PIECES), delay_s, PIECE_GAP_S), ("host.split",)
    if faults.take("host.glue", mti):
        return (Send(delay_s, raw + raw),), ("host.glue",)
    if faults.take("host.duplicate_answer", mti):
        return (Send(delay_s, raw), Send(delay_s, raw)), ("host.duplicate_answer",)
    return (Send(delay_s, raw),), ()


def _pieces(raw: bytes, size: int, delay_s: float, gap_s: float) -> tuple[Action, ...]:
    starts = range(0, len(raw), size)
    return tuple(
        Send(delay_s + gap_s * count, raw[at : at + size]) for count, at in enumerate(starts)
    )
