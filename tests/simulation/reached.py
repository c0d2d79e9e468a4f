"""What enough simulated days must have reached: a fault that never happens proves nothing."""

from __future__ import annotations

from typing import Final

from tests.simulation.campaign import Tally
from tests.simulation.plan import OPERATIONS

ENOUGH_DAYS: Final = 2000  # fewer than these needn't have reached everything
SOMETIMES: Final = (
    *(f"operation {kind}" for kind in OPERATIONS),
    *("refused OldImage", "refused BitFlip", "process ended by a failed write"),
    *("line.refuse", "line.silent_connect", "line.lose_request", "line.cut_request"),
    *("line.delay_request", "line.double_request", "line.flip_request", "line.lose_answer"),
    *("line.delay_answer", "line.double_answer", "line.split_answer", "line.cut_answer"),
    *("line.glue_answer", "line.overtaken_request", "line.break", "line.outage"),
    *("line.dies", "power.in_exchange"),
    *("line.flip_answer", "line.forge", "line.other_terminal", "line.replay"),
    *("host.decline", "host.no_answer", "host.close", "host.late", "host.wrong_mac"),
    *("host.no_mac", "host.field", "host.sign_in_again", "host.wrong_totals", "host.bad_upload"),
    *("host.changes_keys", "host.refuses_reversal"),
    *("host.asks", "printer.paper_out", "printer.cover", "printer.silent", "printer.unplug"),
    *("keypad.unplug", "keypad.mute", "keypad.bounce", "display.unplug", "reader.bad_track"),
    *("scanner.garbage", "scanner.twice", "disk.write_fails", "disk.sync_fails", "disk.full"),
    *(
        "power.moment",
        "power.disk_call",
        "power.after",
        "power.old_image",
        "power.bit_flip",
        "power.lost_files",
    ),
    *("clock.jump", "clock.jump_waiting", "clerk.cancels", "clerk.walks_away"),
    *("keypad.noise", "display.noise", "clerk.dawdles", "clerk.wrong_password"),
    *("clerk.random_keys", "clerk.power_cycles", "clerk.scans_again", "clerk.swipes_again"),
    *("screen refund.approved", "screen refund.declined", "screen refund.unknown"),
    *("screen refund.not_sent", "screen refund.blocked", "screen refund.refused"),
    *("screen refund.other_card", "screen refund.bad_code", "screen refund.cancelled"),
    *("screen sale.approved", "screen sale.declined", "screen sale.reversed"),
    *("screen sale.to_reverse", "screen sale.wrong_pin", "screen sale.not_sent"),
    *("screen void.approved", "screen void.reversed", "screen void.to_reverse"),
    *("screen void.impossible", "screen pending.settled", "screen print.paper_out"),
    *("screen recovery.told", "screen recovery.printing", "screen settlement.upload"),
    *("screen settlement.done", "screen settlement.stuck", "screen settlement.paper"),
    *("screen parameters.review", "screen journal.damaged", "screen refund.void_or_refund"),
    *("cut before Persist", "cut after Persist", "cut before SendToHost", "cut after SendToHost"),
    *("cut before Print", "cut after Print", "cut before AskKeypad", "cut after AskKeypad"),
    *("cut write keypad", "cut write printer", "cut write display", "cut write acquirer"),
)
"""Operations, troubles, screens and crash points."""


def never_reached(total: Tally) -> list[str]:
    """What should have happened, and never did; nothing of too few days."""
    if total.seeds < ENOUGH_DAYS:
        return []
    return [name for name in SOMETIMES if not total.reached[name]]
