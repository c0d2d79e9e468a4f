"""Building F59: tag of 2 characters, length of 3 digits, value (2.7)."""

from typing import Final

from terminal.iso8583.codec import MessageError

QR_CODE: Final = "A3"
PAYMENT_VOUCHER: Final = "A4"
_MOST: Final = 595


def tagged_field(tag: str, value: str) -> bytes:
    """F59 with one part, printable ASCII of 1 to 595 characters. Raises MessageError."""
    if not (value.isascii() and value.isprintable() and 0 < len(value) <= _MOST):
        raise MessageError(f"field 59 {tag}", f"must be 1 to {_MOST} printable characters")
    return f"{tag}{len(value):03d}{value}".encode("ascii")
