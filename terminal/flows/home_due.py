"""What the terminal does before money moves, and after an operation, without being asked."""

from __future__ import annotations

from dataclasses import replace

from terminal.flows import parameters, recovery, settlement_seals
from terminal.flows.home_case import NOTHING, Home, Step


def must_recover(c: Home, event: object) -> bool:
    """Something is to be taken back, and there are keys to ask with."""
    return c.facts.books.signed_in and recovery.due(c.facts)


def recover(c: Home, event: object) -> Step:
    """Work it up."""
    return c, (recovery.call(c.facts),)


def recover_at_start(c: Home, event: object) -> Step:
    """Nothing waits behind it."""
    return recover(replace(c, picked=NOTHING, scanned=None), event)


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
