"""Field 52 at the issuer: open the PIN block and compare (fact sheet, 4.3)."""

from emulator.host.crypto import decrypt
from emulator.host.money import Ask

WITH_PAN = "2"
PIN_LENGTHS = range(4, 13)
CIPHERS = ("0", "6")


def pin_refusal(ask: Ask) -> str | None:
    """None if no PIN came, none is known or it is right.

    99: unreadable; 55: wrong; 75 or 38 by profile: three were wrong today.
    """
    accounts, day = ask.desk.ledger.accounts, f"{ask.desk.now():%Y-%m-%d}"
    account, block = accounts.of(ask.card_token), ask.message.raw(52)
    if account is None or not block:
        return None
    if accounts.is_locked(account, day):
        return ask.desk.config.profile.pin_locked_code
    pin = _pin(ask, block)
    if pin is None:
        return "99"
    if accounts.pin_token(ask.payer.pan, pin) != account.pin_token:
        accounts.count_wrong_pin(account, day)
        return "55"
    accounts.forget_wrong_pins(account)
    return None


def _pin(ask: Ask, block: bytes) -> str | None:
    keys, control = ask.caller.keys, ask.message.text(53)
    if keys is None or control[1:2] != CIPHERS[len(keys.pik) == 16]:
        return None
    return clear_pin(decrypt(keys.pik, block), ask.payer.pan if control[:1] == WITH_PAN else "")


def clear_pin(block: bytes, pan: str) -> str | None:
    """The PIN in a clear block of format 1 (no pan) or 2; None if it is no such block."""
    mask = bytes.fromhex("0000" + pan[-13:-1]) if pan else bytes(8)
    digits = bytes(a ^ b for a, b in zip(block, mask, strict=True)).hex()
    length = int(digits[:2]) if digits[:2].isdecimal() else 0
    pin, fill = digits[2 : 2 + length], digits[2 + length :]
    is_right = length in PIN_LENGTHS and pin.isdecimal() and not fill.strip("f")
    return pin if is_right else None
