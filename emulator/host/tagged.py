"""Field 59: tags of two characters, lengths of three digits, values in ASCII (fact sheet, 2.7)."""

QR_CODE = "A3"
VOUCHER = "A4"
HEAD = 5


def tagged_parts(text: str) -> dict[str, str] | None:
    """The values by tag; None if the text is no such list."""
    parts: dict[str, str] = {}
    while text:
        tag, length, rest = text[:2], text[2:HEAD], text[HEAD:]
        if len(length) != 3 or not (length.isascii() and length.isdigit()):
            return None
        if len(rest) < int(length):
            return None
        parts[tag], text = rest[: int(length)], rest[int(length) :]
    return parts


def tagged(tag: str, value: str) -> str:
    """One tag with its value."""
    return f"{tag}{len(value):03d}{value}"
