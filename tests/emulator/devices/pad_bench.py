"""A keypad on a bench: questions as bytes, answers as frames, time by hand."""

from dataclasses import dataclass, field, replace

from emulator.frames import Frame, FrameReader, Out, framed
from emulator.keypad import KeypadModel, MemoryInRam, PadMemory, PadSetup

MASTER = "0123456789ABCDEFFEDCBA9876543210"
SETUP = PadSetup(
    serial="PAD00001",
    master_key=MASTER,
    shop_key="5A" * 16,
    token_key="C3" * 16,
    device_key="96" * 16,
    one_time_code="31415926",
)
PAN = "6212345678901232"
# samples.md, part C
BLOCKS = {
    1: "7BC2449F27FB84FFA2AFCD722A20F97B0AAB801DBFADEE68",
    3: "4B3BA18A6291BA20589C8A7D81A2FE7DE8934A675E7B93CC18947DEB0000000000000000BFADEE68",
    4: "4B3BA18A6291BA20589C8A7D81A2FE7DE8934A67"
    "5E7B93CC18947DEB0000000000000000BFADEE68"
    "19EEBDC35603F3472CEF2058652EEB582005A302",
}
DOUBLE_MAC_KEY = "4B3BA18A6291BA20589C8A7D81A2FE7DE8934A675E7B93CC18947DEB73852F4C7C5229C8819DB114"
LOAD_KEYS, MAC, CHECK_MAC, PROTECT, OPEN_CARD, DESTROY_SEAL = range(2, 8)
SIGN_SLIP, CHECK_SLIP, PASSWORD, NEW_PASSWORD, CODE, SPEND_CODE, PIN, CANCEL = range(8, 16)
STATUS, REFUSAL = 1, 0xFF


def frames_of(out: Out) -> tuple[Frame, ...]:
    """What a model said, as frames."""
    return FrameReader().feed(b"".join(raw for _, raw in out), 0.0)


def str8(raw: bytes) -> bytes:
    return bytes((len(raw),)) + raw


def str16(raw: bytes) -> bytes:
    return len(raw).to_bytes(2, "big") + raw


def keys_block(scheme: int, block: bytes) -> bytes:
    return bytes((scheme,)) + str16(block)


def mac_question(number: int, record_hash: bytes, data: bytes, algorithm: int = 1) -> bytes:
    return bytes((algorithm,)) + number.to_bytes(4, "big") + record_hash + str16(data)


def card_question(batch: int, pan: str = PAN, expiry: str = "3012") -> bytes:
    return batch.to_bytes(4, "big") + str8(pan.encode()) + str8(expiry.encode())


@dataclass
class Bench:
    """A pad, its memory and a clock."""

    setup: PadSetup = SETUP
    memory: PadMemory = field(default_factory=MemoryInRam)
    now_s: float = 100.0

    def __post_init__(self) -> None:
        self.pad = KeypadModel(self.setup, self.memory, seed=7)
        self.last_number = 0

    def ask(self, kind: int, payload: bytes = b"") -> tuple[Frame, ...]:
        """All that comes back at once."""
        self.last_number += 1
        question = framed(kind, self.last_number, payload)
        return frames_of(self.pad.receive(question, self.now_s))

    def answer(self, kind: int, payload: bytes = b"") -> bytes:
        """The payload of the one answer."""
        (frame,) = self.ask(kind, payload)
        assert frame.kind == kind | 0x80, f"refused: {frame.payload.hex()}"
        return frame.payload

    def refusal(self, kind: int, payload: bytes = b"") -> int:
        """The reason of the one refusal."""
        (frame,) = self.ask(kind, payload)
        assert frame.kind == REFUSAL
        return frame.payload[0]

    def press(self, *keys: str) -> tuple[Frame, ...]:
        """Keys one after another; all that comes back."""
        return tuple(f for key in keys for f in frames_of(self.pad.press(key, self.now_s)))

    def type(self, digits: str) -> Frame:
        """Digits and Enter; the last frame that comes back."""
        return self.press(*digits, "ENTER")[-1]

    def with_keys(self, scheme: int = 3) -> "Bench":
        """The same bench, working keys loaded."""
        assert self.answer(LOAD_KEYS, keys_block(scheme, bytes.fromhex(BLOCKS[scheme]))) == b""
        return self


def bench_without(**fields: str) -> Bench:
    """A bench whose pad is set up otherwise."""
    return Bench(replace(SETUP, **fields))  # type: ignore[arg-type]  # only text fields are asked
