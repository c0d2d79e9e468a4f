"""Planted bugs: what stands on paper and on the screen, and the end of the batch."""

from __future__ import annotations

from typing import Final

from tests.simulation.planting import PlantedBug

SETTLEMENT: Final = (
    PlantedBug(
        name="copy_not_marked",
        file="terminal/flows/print_slips.py",
        old="duplicate = done.copies if c.duplicate else 0",
        new="duplicate = 0",
        why="Each reprint is as good as the first: a receipt is worth money at another till",
        source="F75",
    ),
    PlantedBug(
        name="unknown_titled_approved",
        file="terminal/flows/print_slips.py",
        old=(
            "if done.outcome is Outcome.APPROVED:\n"
            "        return say(words(done.intent.operation).approved)"
        ),
        new=(
            "if done.outcome.counts_as_spent:\n"
            "        return say(words(done.intent.operation).approved)"
        ),
        why="The customer reads approved over a refund that nobody knows the end of",
        source="F41",
    ),
    PlantedBug(
        name="remaining_ignores_earlier_returns",
        file="terminal/flows/print_facts.py",
        old="return left if done.intent.amount_minor < original.amount_minor else None",
        new=(
            "return original.amount_minor - done.moved_minor "
            "if done.intent.amount_minor < original.amount_minor else None"
        ),
        why="The slip promises the customer more than remains of the purchase",
    ),
    PlantedBug(
        name="batch_closed_before_paper",
        file="terminal/flows/settlement_case.py",
        old="return event.result is True",
        new="return event.result is not None",
        why="Out of paper at night, the shop never has the slip of that day",
        source="LiaoYang",
    ),
    PlantedBug(
        name="upload_counted_before_answer",
        file="terminal/flows/settlement_upload_case.py",
        old="return replace(c, cards=(), request=kept), (*before, order)",
        new=(
            "return replace(c, cards=(), request=kept), (*before, Persist("
            '"uploaded", {"batch": c.facts.books.batch, "item": c.item.number}), order)'
        ),
        why="A message that was lost is never sent again: the host's books lack it",
        source="F81",
    ),
    PlantedBug(
        name="upload_cursor_not_kept",
        file="terminal/flows/settlement_upload_case.py",
        old='Persist("uploaded", {"batch": batch, "item": c.item.number}),',
        new='Persist("uploaded", {"batch": batch, "item": 0}),',
        why="After a power cut all of it goes up once more, also behind its end",
        source="F82",
    ),
    PlantedBug(
        name="wallets_not_uploaded",
        file="terminal/domain/settlement.py",
        old="refunds = [t for t in approved if t.intent.operation not in IN_DETAILS]",
        new='refunds = [t for t in approved if t.intent.operation == "refund"]',
        why="When totals differ, refunds to wallets are missing in what the host is sent",
        source="F81",
    ),
    PlantedBug(
        name="foreign_half_not_compared",
        file="terminal/iso8583/settlement_answers.py",
        old="return self.domestic is self.foreign is Balance.BALANCED",
        new="return self.domestic is Balance.BALANCED",
        why="Differences in the sums of foreign cards are never sent up",
        source="F81",
        held_out=True,
    ),
    PlantedBug(
        name="seal_destroyed_while_open",
        file="terminal/domain/settling.py",
        old="open_ones = {t.intent.batch for t in books.unresolved.values()}",
        new="open_ones: set[int] = set()",
        why="What is still open can't be taken back any more: its card number is gone",
        source="F80",
    ),
    PlantedBug(
        name="older_open_cases_not_named",
        file="terminal/flows/settlement_batch.py",
        old="unresolved=(*_older(facts, every), *unresolved_of(every)),",
        new="unresolved=unresolved_of(every),",
        why="What an earlier batch left open is on no slip: the shop never asks about it",
        source="F80",
        held_out=True,
    ),
    PlantedBug(
        name="refusal_opens_the_batch_again",
        file="terminal/flows/settlement_answer.py",
        old="    return c.now.asked > 1 and is_refused(c, event)",
        new="    return c.now.asked > 9 and is_refused(c, event)",
        why="The host has closed the batch, its answer was lost: refunds go into a settled batch",
        source="F83",
    ),
    PlantedBug(
        name="left_out_after_one_silence",
        file="terminal/domain/settling.py",
        old="    return settling.refused_why == CARD_SHUT or settling.refusals >= tries",
        new="    return settling.refused_why == CARD_SHUT or settling.refusals >= 1",
        why="One lost answer, and a batch is closed without its upload",
        source="F81",
    ),
)
