"""A shop's books as a plain list of what was done, added up anew for every question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from terminal.domain.books import Totals
from terminal.domain.original import Original

TODAY = date(2024, 5, 31)
PRICE_MINOR = 1000
DONE = ("approved", "done_by_hand")
OPEN = ("sent", "unknown", "to_reverse", "manual")
UNDONE = ("reversed", "not_done_by_hand")  # of a sale: it is no purchase any more
OF_OTHER_SHOPS = (
    *(Original(f"{number:012d}", date(2024, 5, 20), PRICE_MINOR) for number in range(1, 3)),
    Original("", date(2024, 5, 20), PRICE_MINOR, voucher="20240520000000000042"),
)


@dataclass
class Line:
    """One operation. `original` is what it gives back, or what a sale became."""

    record: int
    batch: int
    stan: int
    operation: str
    amount_minor: int
    original: Original
    outcome: str = "sent"
    organisation: str = ""
    has_number: bool = False  # of a sale: the host has named it

    @property
    def gives_back(self) -> bool:
        """A void, or a refund of either kind."""
        return self.operation != "sale"

    @property
    def is_open(self) -> bool:
        """Nobody knows yet."""
        return self.outcome in OPEN

    @property
    def counts(self) -> bool:
        """Money has moved, or may have."""
        return self.is_open or self.outcome in DONE


@dataclass
class PlainBooks:
    """The list, and what it says."""

    lines: list[Line] = field(default_factory=list)
    batch: int = 1

    def open_ones(self) -> list[Line]:
        """What nobody knows the end of."""
        return [line for line in self.lines if line.is_open]

    def about(self, original: Original) -> list[Line]:
        """Everything that was done about this purchase, the sale itself too."""
        named = [line for line in self.lines if line.gives_back or line.has_number]
        return [line for line in named if line.original.key == original.key]

    def remaining_minor(self, original: Original) -> int:
        """Original − refunded − voided − unresolved."""
        about = self.about(original)
        if any(_takes_all_away(line) for line in about):
            return 0
        given = [line for line in about if line.gives_back and line.counts]
        unpaid = [line for line in about if not line.gives_back and line.is_open]
        return original.amount_minor - sum(line.amount_minor for line in (*given, *unpaid))

    def purchases(self) -> list[Original]:
        """What money can be given back for: the others' and our own sales."""
        return [*OF_OTHER_SHOPS, *(line.original for line in self.sales())]

    def sales(self) -> list[Line]:
        """Our sales that were paid, as far as the host has named them."""
        paid = [line for line in self.lines if not line.gives_back and line.outcome in DONE]
        return [line for line in paid if line.has_number]

    def can_be_voided(self, sale: Line) -> bool:
        """Of this batch, and nothing was done to it, or may have been."""
        others = [line for line in self.about(sale.original) if line.gives_back]
        return sale.batch == self.batch and not any(line.counts for line in others)

    def totals(self, foreign: bool) -> Totals:
        """Counts and sums of this batch, one half of them."""
        here = [line for line in self.lines if line.batch == self.batch and line.outcome in DONE]
        half = [line for line in here if (line.organisation == "VIS") is foreign]
        debit, credit = (_summed(half, gives_back) for gives_back in (False, True))
        return Totals(*debit, *credit)

    def records_that_count(self) -> int:
        """How many of this batch moved money, or may have."""
        return sum(1 for line in self.lines if line.batch == self.batch and line.counts)


def _takes_all_away(line: Line) -> bool:
    if line.operation == "void":
        return line.outcome in DONE
    return line.operation == "sale" and line.outcome in UNDONE


def _summed(lines: Iterable[Line], gives_back: bool) -> tuple[int, int]:
    amounts = [line.amount_minor for line in lines if line.gives_back is gives_back]
    return sum(amounts), len(amounts)
