"""One line of the trace."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Meaning:
    """Masked bytes and what they say. `is_poll`: one of the questions asked each second."""

    raw: bytes = field(repr=False)
    text: str
    is_poll: bool = False


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """What passed: `direction` is "to terminal" or "from terminal"."""

    seq: int
    time: str
    wire: str
    direction: str
    meaning: Meaning

    def as_dict(self) -> dict[str, object]:
        """For the control channel."""
        return {
            "seq": self.seq,
            "time": self.time,
            "wire": self.wire,
            "direction": self.direction,
            "hex": self.meaning.raw.hex().upper(),
            "meaning": self.meaning.text,
            "poll": self.meaning.is_poll,
        }
