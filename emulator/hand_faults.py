"""What reaches a wire when somebody presses, swipes or scans, and the device or the code is bad."""

from typing import Final, Protocol

from emulator.card_reader import CardReaderModel
from emulator.frames import Out
from emulator.host.faults import Params

STORE_CARD: Final = ";90031415926535=0000?"
"""A member card of a shop: digits as on a bank's card, and no bank's number."""

GARBAGE: Final = "#%&'()*+,-./<=>@"
CODE, AMOUNT_AT = "R1;", 8


class ArmedOnes(Protocol):
    """The faults that wait for somebody's hands."""

    def take(self, name: str) -> Params | None:
        """The parameters of an armed fault, counted as used; None when it isn't armed."""


def pressed(armed: ArmedOnes, key: str) -> list[str]:
    """The keys that the pad sees."""
    if stuck := armed.take("keypad.stuck"):
        return [key] * max(1, int(stuck["repeats"]))
    return [key, key] if armed.take("keypad.bounce") is not None else [key]


def swiped(armed: ArmedOnes, reader: CardReaderModel, stripe: str) -> Out:
    """What the reader says to a stripe."""
    slow = armed.take("reader.slow")
    if armed.take("reader.bad_track") is not None:
        reader.bad_track(1)
    is_other = armed.take("reader.store_card") is not None
    delay_s = float(slow["delay_s"]) if slow else 0.0
    out = reader.swipe(STORE_CARD if is_other else stripe)
    return tuple((after_s + delay_s, raw) for after_s, raw in out)


def scanned(armed: ArmedOnes, text: str) -> list[str]:
    """The texts that the scanner reads off a code."""
    if armed.take("scanner.garbage") is not None:
        return [garbage(text)]
    if armed.take("scanner.forged") is not None:
        return [forged(text)]
    return [text, text] if armed.take("scanner.double") is not None else [text]


def forged(text: str) -> str:
    """The code of a slip with ten times the amount under the mark of the true one."""
    parts = text.split(";")
    if not text.startswith(CODE) or len(parts) <= AMOUNT_AT:
        return text[:-1] + ("0" if text[-1:] != "0" else "1")
    return ";".join((*parts[:AMOUNT_AT], parts[AMOUNT_AT] + "0", *parts[AMOUNT_AT + 1 :]))


def garbage(text: str) -> str:
    """As long as the code was, and nothing of it."""
    return "".join(GARBAGE[at % len(GARBAGE)] for at in range(max(1, len(text))))
