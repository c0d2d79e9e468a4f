"""Planted bugs: what is open after a silence or a power cut, and how it is taken back."""

from __future__ import annotations

from typing import Final

from tests.simulation.planting import PlantedBug

BOOT: Final = '    books.operator = ""\n    for transaction in list('

RECOVERY: Final = (
    PlantedBug(
        name="power_cut_read_as_not_sent",
        file="terminal/domain/bookkeeping.py",
        old='return replace(transaction, outcome=Outcome.UNKNOWN, detail="power")',
        new='return replace(transaction, outcome=Outcome.NOT_SENT, detail="power")',
        why="A refund that was on its way when the power went is forgotten, and given again",
        source="F32",
    ),
    PlantedBug(
        name="void_not_reversed_after_power_cut",
        file="terminal/domain/bookkeeping.py",
        old='REVERSIBLE = frozenset({"sale", "void"})',
        new='REVERSIBLE = frozenset({"sale"})',
        why="A void that was on its way when the power went is never taken back nor found out",
        source="F61",
    ),
    PlantedBug(
        name="start_without_boot_record",
        file="terminal/journal/store.py",
        old=(
            'journal.append("boot", {"remembered": 0 if remembered is None else remembered.number})'
        ),
        new="journal.verify_slice()",
        why="What was on its way when the power went stays on its way for ever, nobody asks",
        source="F32",
    ),
    PlantedBug(
        name="unknown_not_kept_open",
        file="terminal/domain/bookkeeping.py",
        old="if transaction.outcome.unresolved:",
        new="if transaction.outcome.unresolved and transaction.outcome is not Outcome.UNKNOWN:",
        why="An unknown refund no longer counts as spent: the purchase is paid back twice",
        source="F41",
    ),
    PlantedBug(
        name="reversal_dropped_after_tries",
        file="terminal/domain/bookkeeping.py",
        old="if transaction.outcome.unresolved:",
        new="if transaction.outcome.unresolved and transaction.reversal_tries < 3:",
        why="After the last try nobody ever hears again of a customer who may have paid",
        source="F60",
    ),
    PlantedBug(
        name="try_clears_reversal",
        file="terminal/domain/bookkeeping.py",
        old='_put(books, replace(found, reversal_tries=record.body["number"]))',
        new=(
            '_put(books, replace(found, reversal_tries=record.body["number"], '
            "outcome=Outcome.REVERSED))"
        ),
        why="The pending reversal is gone before its answer: without one the sale stays booked",
        source="openpos",
    ),
    PlantedBug(
        name="any_answer_clears_reversal",
        file="terminal/iso8583/reversal_answers.py",
        old="return (ReversalVerdict.RETRY if is_open else ReversalVerdict.MANUAL), False",
        new="return ReversalVerdict.DONE, False",
        why="A reversal that the host refused counts as done: the customer has paid for nothing",
        source="Centerm",
    ),
    PlantedBug(
        name="mac_of_reversal_checked_on_00_only",
        file="terminal/iso8583/reversal_answers.py",
        old="if mac is not MacCheck.VERIFIED:",
        new="if mac is not MacCheck.VERIFIED and code == _DONE:",
        why="A forged refusal ends the tries of a reversal that the host never saw",
        source="Newland",
    ),
    PlantedBug(
        name="not_found_final_at_once",
        file="terminal/iso8583/reversal_answers.py",
        old="if asked is Asked.EARLY:\n        return ReversalVerdict.RETRY, True",
        new="if asked is Asked.EARLY:\n        return ReversalVerdict.DONE, False",
        why="The sale arrives after the host said that it knows none, and stays booked",
        source="F57",
    ),
    PlantedBug(
        name="not_found_final_on_another_day",
        file="terminal/iso8583/reversal_answers.py",
        old="if asked is Asked.ANOTHER_DAY:\n        return ReversalVerdict.MANUAL, False",
        new="if asked is Asked.ANOTHER_DAY:\n        return ReversalVerdict.DONE, False",
        why="A host that looks into today only does not find yesterday's sale: it stays booked",
        source="posp",
        held_out=True,
    ),
    PlantedBug(
        name="message_life_over_after_restart",
        file="terminal/domain/facts.py",
        old="return self._left_s(self.clocks.copy_s.get(record, self.started_s))",
        new="return self._left_s(self.clocks.copy_s.get(record, 0.0))",
        why='After a power cut a first "not found" is final while the message is still on its way',
        source="F58",
    ),
    PlantedBug(
        name="reversal_with_new_stan",
        file="terminal/flows/reversal_case.py",
        old='stan=f"{intent.stan:06d}",\n        batch=f"{intent.batch:06d}",',
        new='stan=f"{c.facts.books.next_stan:06d}",\n        batch=f"{intent.batch:06d}",',
        why="The host finds nothing under that number, and what should be taken back stays",
        source="F40",
    ),
    PlantedBug(
        name="reversal_with_batch_of_today",
        file="terminal/flows/reversal_case.py",
        old='stan=f"{intent.stan:06d}",\n        batch=f"{intent.batch:06d}",',
        new='stan=f"{intent.stan:06d}",\n        batch=f"{c.facts.books.batch:06d}",',
        why="After a settlement the reversal names the new batch, and the host finds nothing",
        source="F40",
        held_out=True,
    ),
    PlantedBug(
        name="not_sent_counts_as_try",
        file="terminal/flows/reversal_ending.py",
        old="result(c.record, Outcome.TO_REVERSE, reversal_tries=c.number - 1, detail=detail)",
        new="result(c.record, Outcome.TO_REVERSE, reversal_tries=c.number, detail=detail)",
        why="A line that is down for a minute uses up all tries before one of them has left",
        source="F34",
    ),
    PlantedBug(
        name="other_days_dropped_at_start",
        file="terminal/domain/bookkeeping.py",
        old=BOOT,
        new=(
            "    books.unresolved = {n: t for n, t in books.unresolved.items() "
            "if t.wall[:10] >= record.wall[:10]}\n    for transaction in list("
        ),
        why="At midnight, or when the clock jumps, a pending reversal silently disappears",
        source="Centerm",
    ),
    PlantedBug(
        name="open_cases_end_with_batch",
        file="terminal/domain/settling.py",
        old="books.sales = {}",
        new="books.sales, books.unresolved = {}, {}",
        why="Whatever was not resolved at settlement is forgotten with its batch",
        source="F80",
    ),
    PlantedBug(
        name="menu_does_not_recover_first",
        file="terminal/flows/home_menu.py",
        old="return moves_money and pick_is_an_item(c, event) and must_recover(c, event)",
        new="return moves_money and c.scanned is not None and must_recover(c, event)",
        why="New money moves while an earlier sale still waits to be taken back",
        source="F02",
    ),
    PlantedBug(
        name="goes_on_while_reversal_is_open",
        file="terminal/flows/home_menu.py",
        old='return event.result == "clear" and (c.scanned is not None or _picked(c) is not None)',
        new="return c.scanned is not None or _picked(c) is not None",
        why="A reversal that found no host is passed over, and new money moves behind it",
        source="openpos",
        held_out=True,
    ),
    PlantedBug(
        name="money_moves_during_settlement",
        file="terminal/flows/home_menu.py",
        old="if item.moves_money and settlement.in_progress(c.facts):",
        new="if item.action is Action.SETTLE and settlement.in_progress(c.facts):",
        why="A refund goes into a batch that the host may have closed: it is in no settlement",
        source="F83",
    ),
)
