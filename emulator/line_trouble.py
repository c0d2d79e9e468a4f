"""What a bad line does to the bytes on it: nothing of them arrives, or late, slowly, with noise."""

from dataclasses import dataclass, field

NOISE_BIT = 0x10


@dataclass(slots=True)
class LineTrouble:
    """The state of one line, both ways counted together; a new one has no trouble.

    `is_mute`: it stays open and nothing comes through; `delay_s`: everything is so much later;
    `bytes_per_s`: 0 for as fast as it goes; `noise_every`: of so many bytes one comes with a wrong
    bit, 0 for none.
    """

    is_mute: bool = False
    delay_s: float = 0.0
    bytes_per_s: float = 0.0
    noise_every: int = 0
    _passed: int = field(default=0, repr=False)
    _free_s: float = field(default=0.0, repr=False)

    def mend(self) -> None:
        """A good line again."""
        self.is_mute, self.delay_s, self.bytes_per_s, self.noise_every = False, 0.0, 0.0, 0

    def heard(self, raw: bytes) -> bytes:
        """What the other end gets of these bytes."""
        if self.is_mute:
            return b""
        if not self.noise_every:
            return raw
        first, self._passed = self._passed + 1, self._passed + len(raw)
        return bytes(
            byte ^ NOISE_BIT if number % self.noise_every == 0 else byte
            for number, byte in enumerate(raw, start=first)
        )

    def late_s(self, raw: bytes, now_s: float) -> float:
        """How long after now the last of these bytes arrives."""
        if not self.bytes_per_s:
            return self.delay_s
        self._free_s = max(now_s, self._free_s) + len(raw) / self.bytes_per_s
        return self._free_s - now_s + self.delay_s
