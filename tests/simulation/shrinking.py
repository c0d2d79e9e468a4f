"""A day that goes wrong made as short as it can be: fewer operations, fewer troubles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.simulation.plan import Plan

StillWrong = Callable[[Plan], bool]


def shrunk(plan: Plan, still_wrong: StillWrong) -> Plan:
    """The shortest day that dropping one thing after the other finds."""
    while True:
        shorter = next((one for one in _shorter(plan) if still_wrong(one)), None)
        if shorter is None:
            return plan
        plan = shorter


def _shorter(plan: Plan) -> Iterator[Plan]:
    operations = plan.operations
    for size in (len(operations) // 2, len(operations) // 4):
        if size > 1:
            yield replace(plan, operations=operations[size:])
            yield replace(plan, operations=operations[:-size])
    for place, operation in enumerate(operations):
        if len(operations) > 1:
            yield replace(plan, operations=operations[:place] + operations[place + 1 :])
        for number in range(len(operation.troubles)):
            left = operation.troubles[:number] + operation.troubles[number + 1 :]
            calmer = replace(operation, troubles=left)
            yield replace(plan, operations=(*operations[:place], calmer, *operations[place + 1 :]))
    if plan.start_s:
        yield replace(plan, start_s=0.0)
