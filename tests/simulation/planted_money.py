"""Planted bugs: numbers and sums of the books, limits, cards, and who may do what."""

from __future__ import annotations

from typing import Final

from tests.simulation.planted_recovery import BOOT
from tests.simulation.planting import PlantedBug

MONEY: Final = (
    PlantedBug(
        name="refused_number_used_again",
        file="terminal/domain/bookkeeping.py",
        old="books.batch_records -= 1",
        new="books.batch_records, books.stan = books.batch_records - 1, undone.intent.stan - 1",
        why="After a decline the next customer gets the same trace number: to the host a copy",
        source="F34",
    ),
    PlantedBug(
        name="voided_sale_refundable",
        file="terminal/domain/books.py",
        old=(
            "return 0 if known.voided else "
            "amount_minor - known.spent_minor - self.pending_minor(key)"
        ),
        new="return amount_minor - known.spent_minor - self.pending_minor(key)",
        why="A sale that was voided is given back once more",
        source="F07",
    ),
    PlantedBug(
        name="second_return_forgets_first",
        file="terminal/domain/bookkeeping.py",
        old="known.spent_minor += done.moved_minor",
        new="known.spent_minor = done.moved_minor",
        why="Several partial returns together give back more than was paid",
        source="F08",
    ),
    PlantedBug(
        name="returns_forgotten_at_start",
        file="terminal/domain/bookkeeping.py",
        old=BOOT,
        new=(
            "    books.originals = {k: Spending(s.amount_minor) for k, s in "
            "books.originals.items()}\n    for transaction in list("
        ),
        why="Whoever pulls the plug can have the same purchase given back again",
        source="F07",
    ),
    PlantedBug(
        name="lock_forgotten_at_start",
        file="terminal/domain/bookkeeping.py",
        old=BOOT,
        new=(
            "    books.people = {n: replace(p, tries=type(p.tries)()) for n, p in "
            "books.people.items()}\n    for transaction in list("
        ),
        why="Whoever pulls the plug may guess passwords for ever",
        source="F11",
    ),
    PlantedBug(
        name="unknown_purchase_not_blocked",
        file="terminal/domain/books.py",
        old="if everything or (key and transaction.key == key) or is_same_card:",
        new="if everything or is_same_card:",
        why="More is given back of a purchase whose last refund nobody knows the end of",
        source="F02",
    ),
    PlantedBug(
        name="clock_that_fell_back_believed",
        file="terminal/domain/facts.py",
        old="return max(trusted, self.wall_day) if trusted else self.wall_day",
        new="return self.wall_day",
        why="A clock set back reopens the refund window and turns today's sales into tomorrow's",
        source="F06",
    ),
    PlantedBug(
        name="months_have_thirty_days",
        file="terminal/domain/refund_policy.py",
        old="return window_days - (today - day).days",
        new="return window_days - 30 * (today.month - day.month) - (today.day - day.day)",
        why="Purchases of last year, or a day too old, are still taken back",
        source="posp",
    ),
    PlantedBug(
        name="largest_refund_not_checked",
        file="terminal/domain/refund_policy.py",
        old="return Refused.ABOVE_MAXIMUM if amount_minor > parameters.refund_max_minor else None",
        new="return None",
        why="One stolen password gives away any amount",
        source="F07",
    ),
    PlantedBug(
        name="partly_returned_sale_voided",
        file="terminal/domain/void_policy.py",
        old="has_returns = known is not None and known.spent_minor > 0",
        new="has_returns = known is not None and known.spent_minor >= known.amount_minor",
        why="A sale of which a part was given back is voided in full",
        source="F10",
    ),
    PlantedBug(
        name="sale_of_another_day_voided",
        file="terminal/domain/void_policy.py",
        old="if purchase.day != today:",
        new="if purchase.day > today:",
        why="A void is asked for that no host can do any more, instead of a refund",
        source="F09",
        held_out=True,
    ),
    PlantedBug(
        name="card_token_not_compared",
        file="terminal/domain/refund_policy.py",
        old="return Match.MATCH if original.token == token else Match.OTHER",
        new="return Match.MATCH",
        why="The money goes to any card that is swiped",
        source="F23",
    ),
    PlantedBug(
        name="typed_number_not_masked",
        file="terminal/domain/card.py",
        old="self.masked = mask(pan)",
        new="self.masked = mask(pan) if track2 else pan",
        why="Card numbers that were typed stand in clear on the display and in the journal",
        source="F76",
    ),
    PlantedBug(
        name="typed_number_shown",
        file="terminal/flows/card_entry.py",
        old='return "*" * (len(entry) - 4) + entry[-4:]',
        new="return entry",
        why="The next customer reads a whole card number off the display",
        held_out=True,
    ),
    PlantedBug(
        name="own_refund_approved",
        file="terminal/flows/approval.py",
        old="return c.entry == c.requester and _person(c) is not None",
        new="return c.entry == c.requester and _person(c) is None",
        why="A supervisor approves refunds of his own: two people are one",
        source="F92",
        held_out=True,
    ),
    PlantedBug(
        name="cents_without_their_zero",
        file="terminal/domain/money.py",
        old='return f"{sign}{whole:,}.{part:02d}"',
        new='return f"{sign}{whole:,}.{part}"',
        why="12.05 is shown and printed as 12.5: what is signed is not what is moved",
    ),
    PlantedBug(
        name="unknown_in_totals",
        file="terminal/domain/bookkeeping.py",
        old="elif after.outcome.has_moved:",
        new="elif after.outcome is not Outcome.TO_REVERSE:",
        why="A refund without a result is counted in the settlement, and again when it has one",
        source="F80",
    ),
)
