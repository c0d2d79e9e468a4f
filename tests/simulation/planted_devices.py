"""Planted bugs: frames, keypad, printer, display, and whose answer it is."""

from __future__ import annotations

from typing import Final

from tests.simulation.planting import PlantedBug

DEVICES: Final = (
    PlantedBug(
        name="crc_not_compared",
        file="drivers/framing.py",
        old="if crc_hqx(covered, 0xFFFF):",
        new="if len(covered) < 2:",
        why="Noise on the keypad's line changes MACs, verdicts and card numbers",
        source="F54",
    ),
    PlantedBug(
        name="two_question_numbers",
        file="drivers/keypad.py",
        old="wire = 1 + (number - 1) % (OURS_FROM - 1)",
        new="wire = 1 + number % 2",
        why="A late answer of the keypad passes for that of a later one: another message's MAC",
        source="F42",
    ),
    PlantedBug(
        name="stale_answer_accepted",
        file="terminal/navigator.py",
        old="if self._open.get(kind) != number:",
        new="if kind not in self._open:",
        why="The ending of a question that was given up is taken for that of the next one",
        source="F42",
        held_out=True,
    ),
    PlantedBug(
        name="stripe_held_for_ever",
        file="terminal/runtime.py",
        old="self._card, self._card_until_s = swiped.card, self.facts.now_s + CARD_LIFE_S",
        new="self._card, self._card_until_s = swiped.card, math.inf",
        why="A stripe stays in memory, and can be charged, long after its customer has left",
    ),
    PlantedBug(
        name="near_end_read_for_end",
        file="drivers/printer.py",
        old="if byte & 0x0C:",
        new="if byte & 0x03:",
        why="A slip that ran off the end of the paper counts as printed",
        source="F73",
    ),
    PlantedBug(
        name="written_counts_as_printed",
        file="drivers/printer.py",
        old="self._heart.hurry(now_s + POLL_WHILE_BUSY_S)",
        new="self._out.tell((Printed(job.number),))",
        why="Whatever the printer says, the slip counts as printed: the shop has no paper",
        source="LiaoYang",
    ),
    PlantedBug(
        name="failed_slip_stays_in_printer",
        file="drivers/printer.py",
        old=(
            "self._out.tell((PrintFailed(self._job.number, problem),))\n"
            "        self._write(CLEAR_BUFFERS, now_s)"
        ),
        new=(
            "self._out.tell((PrintFailed(self._job.number, problem),))\n"
            "        self._write(status_question(PAPER), now_s)"
        ),
        why="With new paper the failed slip comes out too: two originals of one refund",
        source="F71",
    ),
    PlantedBug(
        name="missed_picture_not_drawn_again",
        file="drivers/display.py",
        old="missed = found.number == self._poll[0] and sequence != self._poll[1]",
        new="missed = found.number == self._poll[0] and sequence > self._poll[1]",
        why="After noise the cashier reads an older amount or result than the one that counts",
    ),
)
