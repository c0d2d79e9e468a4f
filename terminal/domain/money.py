"""Money: an int in minor units, and how people read and type it."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS_MAX = 12  # F4 is n12


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in minor units of a currency with two decimals (156, renminbi)."""

    minor: int
    currency: str = "156"

    def __post_init__(self) -> None:
        assert isinstance(self.minor, int)
        assert -(10**DIGITS_MAX) < self.minor < 10**DIGITS_MAX

    @property
    def plain(self) -> str:
        """`1,234.50`."""
        sign = "-" if self.minor < 0 else ""
        whole, part = divmod(abs(self.minor), 100)
        return f"{sign}{whole:,}.{part:02d}"


def typed_amount(digits: str) -> int:
    """Minor units of digits typed at the pad (`1250` is 12.50); empty is 0."""
    assert digits == "" or (digits.isascii() and digits.isdigit())
    return int(digits or "0")
