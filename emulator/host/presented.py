"""Who pays or is paid, as a request says it: a card, or a QR code, or a voucher of a QR payment."""

from dataclasses import dataclass, field

from emulator.host.crypto import clear_track
from emulator.host.desk import Caller
from emulator.host.masking import SHORTEST_PAN
from emulator.host.message import Message
from emulator.host.tagged import QR_CODE, VOUCHER, tagged_parts

TYPED, SWIPED, QR = "01", "02", "03"
WITH_PIN = "1"
CODE_LENGTHS = range(16, 25)
SALE = "000000"


@dataclass(frozen=True, slots=True)
class Payer:
    """A card (number, and expiry or empty), or a QR payment: the customer's code or a voucher."""

    pan: str = field(default="", repr=False)
    expiry: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    voucher: str = field(default="", repr=False)

    @property
    def is_qr(self) -> bool:
        """True if no card is behind it."""
        return not self.pan


def payer_of(message: Message, caller: Caller, may_lack_track: bool = False) -> Payer | None:
    """Fields 2, 14, 35 or 59 by the entry mode; None if they lack something or contradict.

    may_lack_track: a swipe is sent again without its track, with fields 2 and 14 instead.
    """
    mode = message.text(22)[:2]
    if mode == QR:
        return _qr_payer(message)
    if not _pin_fits(message) or not _entry_fits(message, mode, may_lack_track):
        return None
    return _card(message, caller)


def _entry_fits(message: Message, mode: str, may_lack_track: bool) -> bool:
    has_track, has_pan = 35 in message.fields, 2 in message.fields
    if has_track and 53 not in message.fields:
        return False
    if mode == SWIPED:
        return has_track or (may_lack_track and has_pan)
    return has_pan and not has_track if mode == TYPED else has_pan or has_track


def _pin_fits(message: Message) -> bool:
    """Field 52 with 26 and 53 exactly if the third digit of the entry mode says so (2.1 to 2.3)."""
    if (message.text(22)[2:3] == WITH_PIN) != (52 in message.fields):
        return False
    return 52 not in message.fields or (26 in message.fields and 53 in message.fields)


def _qr_payer(message: Message) -> Payer | None:
    parts = tagged_parts(message.text(59))
    if parts is None or any(number in message.fields for number in (2, 35, 52)):
        return None
    if message.text(3) != SALE:
        return Payer(voucher=parts[VOUCHER]) if parts.get(VOUCHER) else None
    code = parts.get(QR_CODE, "")
    is_code = len(code) in CODE_LENGTHS and code.isascii() and code.isdecimal()
    return Payer(code=code) if is_code else None


def _card(message: Message, caller: Caller) -> Payer | None:
    track = _track(message, caller)
    if track is None:
        return None
    swiped, _, rest = track.partition("D")
    pan = message.text(2) or swiped
    if len(pan) < SHORTEST_PAN or not pan.isdecimal() or (swiped and swiped != pan):
        return None
    expiry = rest[:4] if len(rest) >= 4 and rest[:4].isdecimal() else ""
    return Payer(pan, message.text(14) or expiry)


def _track(message: Message, caller: Caller) -> str | None:
    """Track 2 in clear, empty if there is none; None if it came encrypted and cannot be read."""
    track, keys = message.text(35), caller.keys
    if not track or message.text(53)[2:3] != "1":
        return track
    if keys is None or keys.tdk is None:
        return None
    try:
        return clear_track(keys.tdk, track)
    except ValueError:
        return None
