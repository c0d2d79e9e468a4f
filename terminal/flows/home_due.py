"""What the terminal does before money moves, and after an operation, without being asked."""

from __future__ import annotations

from dataclasses import replace

from terminal.domain.recovering import needs_host_time, next_due_in_s
from terminal.events import Returned
from terminal.flows import parameters, recovery, settlement, settlement_seals
from terminal.flows.home_case import NOTHING, Home, Step, call_sign_in

BETWEEN_RUNS_S = 10.0  # at rest the cashier has a moment in between for something else


def must_recover(c: Home, event: object) -> bool:
    """Something is to be taken back, and there are keys to ask with."""
    return c.facts.books.signed_in and recovery.due(c.facts)


def must_recover_at_start(c: Home, event: object) -> bool:
    """As before money moves, and slips that are owed since a power cut."""
    return c.facts.books.signed_in and recovery.due_at_start(c.facts)


def wants_host_time(c: Home, event: object) -> bool:
    """No copy of an unknown refund leaves before the host has said what time it is."""
    return c.facts.books.signed_in and not c.time_asked and needs_host_time(c.facts)


def ask_host_time(c: Home, event: Returned) -> Step:
    """A sign-in brings it; once after each log-on, because it may not agree with our clock."""
    return call_sign_in(replace(c, time_asked=True), event)


def may_settle_on(c: Home, event: object) -> bool:
    """A settlement waited for this sign-in."""
    return c.settles_on and c.facts.books.signed_in


def settle_on(c: Home, event: object) -> Step:
    """Where it stood; if the host asks for keys once more, somebody has to press a key for it."""
    return replace(c, settles_on=False, sign_in_tried=False), (settlement.call(c.facts),)


def recover(c: Home, event: object) -> Step:
    """Work it up."""
    return replace(c, recovering=True), (recovery.call(c.facts),)


def recover_at_start(c: Home, event: object) -> Step:
    """Nothing waits behind it."""
    return recover(replace(c, picked=NOTHING, scanned=None), event)


def rest_s(c: Home) -> float:
    """How long the idle screen may stand: until it locks, or until an unknown refund is due."""
    now_s, lock_s = c.facts.now_s, float(c.facts.parameters.idle_lock_s)
    until_lock_s = lock_s if c.lock_at_s is None else max(0.0, c.lock_at_s - now_s)
    if not c.facts.books.signed_in:
        return until_lock_s
    pause_s = max(0.0, c.recovered_s + BETWEEN_RUNS_S - now_s)
    return min(until_lock_s, max(pause_s, next_due_in_s(c.facts)))


def may_recover_at_rest(c: Home, event: object) -> bool:
    """Something is due, and the time to lock has not come."""
    is_locking = c.lock_at_s is not None and c.lock_at_s <= c.facts.now_s
    return must_recover(c, event) and not is_locking


def recover_at_rest(c: Home, event: object) -> Step:
    """Nobody has pressed a key: the terminal locks once that time over, however much is asked."""
    lock_at_s = c.lock_at_s or c.facts.now_s + c.facts.parameters.idle_lock_s
    return recover_at_start(replace(c, lock_at_s=lock_at_s), event)


def wants_parameters(c: Home, event: object) -> bool:
    """The host has asked for a download in an answer; one try."""
    return parameters.wanted(c.facts) and not c.parameters_tried


def call_parameters(c: Home, event: object) -> Step:
    """After the current operation, before the next."""
    return replace(c, parameters_tried=True), (parameters.call(c.facts),)


def seals_are_due(c: Home, event: object) -> bool:
    """The last open case of a batch that is over was resolved; one try each time."""
    return settlement_seals.due(c.facts) and not c.seals_tried


def destroy_seals(c: Home, event: object) -> Step:
    """Card numbers that nobody needs any more go before the terminal rests."""
    return replace(c, seals_tried=True), (settlement_seals.call(c.facts),)
