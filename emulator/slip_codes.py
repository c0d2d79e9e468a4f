"""The codes on the slips of the purchases that the host knows (profile, 7)."""

from emulator.cards import Card
from emulator.keypad import KeypadModel


def slip_code(pad: KeypadModel, sale: dict[str, object], card: Card) -> str:
    """The text of the QR code, as the till would have printed it: with card token and mark.

    A QR payment has its voucher in place of a card.
    """
    voucher = str(sale.get("voucher", ""))
    ends = "" if voucher else card.pan[:6] + card.pan[-4:]
    parts = [
        "R1",
        sale["merchant"],
        sale["terminal"],
        f"{int(str(sale['batch'])):06d}",
        f"{int(str(sale['stan'])):06d}",
        sale["rrn"],
        sale["auth_code"],
        sale["date"],
        sale["amount_minor"],
        sale["currency"],
        ends,
        "" if voucher else pad.token_of(card.pan),
        voucher,
    ]
    signed = "".join(f"{part};" for part in parts)
    return signed + pad.sign_text(signed)
