"""One simulated day from its plan to its verdict: faults first, then peace, then the books."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import partial

from tests.simulation import troubles
from tests.simulation.canary_cards import canaries
from tests.simulation.checker import check
from tests.simulation.clerk import Clerk
from tests.simulation.evidence import Evidence, Paper, Violation
from tests.simulation.plan import Operation, Plan
from tests.simulation.profiles import LIFE_S
from tests.simulation.ready_shop import ready_shop
from tests.simulation.simdisk_vfs import seeded_sqlite
from tests.simulation.simulated_devices import look_at_paper
from tests.simulation.world import World

PEACE_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """What one seed came to."""

    plan: Plan
    violations: tuple[Violation, ...]
    operations: int
    refunds: int
    virtual_s: float
    cuts: int
    reached: Counter[str]
    evidence: Evidence

    @property
    def trace_hash(self) -> str:
        """Of all that passed on the wires and of the disk: the same seed gives the same."""
        digest = hashlib.sha256()
        for passed in self.evidence.passed:
            digest.update(f"{passed.at_s:.6f} {passed.wire} {passed.out} ".encode() + passed.raw)
        for name, raw in sorted(self.evidence.disk.items()):
            digest.update(name.encode() + raw)
        return digest.hexdigest()[:16]


def live(plan: Plan) -> Day:
    """The whole day, its end and its checks; nothing of it is left in this process."""
    shop = ready_shop()  # its file system must not be made while another one is the default
    with seeded_sqlite(plan.seed):
        world = World(plan, shop)
        try:
            return _lived(world, plan)
        finally:
            world.close()


def _lived(world: World, plan: Plan) -> Day:
    began_s = world.clock.now_s
    world.befalls = partial(troubles.befall, world)
    clerk = Clerk(world, world.chance("clerk"))
    world.run(1.0)
    for operation in plan.operations:
        troubles.begin(world, operation.troubles)
        done = clerk.carry_out(operation)
        world.reached[f"operation {operation.kind}" + ("" if done else " stuck")] += 1
        troubles.end(world)
    calm_s = world.clock.now_s
    peace = _make_peace(world, clerk)
    evidence = _evidence(world, clerk, calm_s if peace else None)
    found = (*_own_findings(world, peace), *check(evidence))
    return Day(
        plan,
        found,
        len(plan.operations),
        sum(1 for b in evidence.bookings if _is_new_refund(b)),
        world.clock.now_s - began_s,
        len(world.cuts),
        world.reached,
        evidence,
    )


def _is_new_refund(booking: object) -> bool:
    assert isinstance(booking, dict)
    return booking["transaction_type"] == "25" and int(str(booking["batch"])) > 1


# ---- the end of the day


def _make_peace(world: World, clerk: Clerk) -> bool:
    """No more faults: all that is unresolved is resolved, the batch is settled; was that so?"""
    troubles.mend(world)
    for round_number in range(PEACE_ROUNDS):
        world.run(2.0 if _is_resolved(world) else LIFE_S + 1.0)
        troubles.mend(world)
        if _is_resolved(world) and round_number:
            break
        # No copy leaves before a settlement that was begun is over.
        kind = "settle" if world.is_on and _books(world).settling else "pending"
        clerk.carry_out(Operation(kind, 3 * round_number, 0))
    clerk.carry_out(Operation("settle", 0, 0), 200)
    look_at_paper(world)
    return _is_resolved(world) and _is_settled(world)


def _is_resolved(world: World) -> bool:
    return world.is_on and world.runtime.journal is not None and not _books(world).unresolved


def _is_settled(world: World) -> bool:
    return _books(world).settling is None and world.screen == "idle"


def _books(world: World):  # type: ignore[no-untyped-def]  # the firmware's own
    return world.runtime.facts.books


def _own_findings(world: World, peace: bool) -> tuple[Violation, ...]:
    crashes = tuple(Violation("while it happened", crash) for crash in dict.fromkeys(world.crashes))
    if peace:
        return crashes
    where = f"{world.screen}: {' / '.join(row.strip() for row in world.display.rows)}"
    return (*crashes, Violation("INV-12", f"no peace at the end of the day, at {where}"))


# ---- what is left


def _evidence(world: World, clerk: Clerk, calm_s: float | None) -> Evidence:
    who, profile = world.shop.identity, world.profile_in_force
    return Evidence(
        terminal=who.terminal_id,
        merchant=who.merchant_id,
        disk=world.files(),
        bookings=tuple(world.ledger.bookings()),
        passed=tuple(world.passed_by),
        shown=tuple(world.shown),
        papers=(*world.papers, *_hanging(world)),
        wishes=tuple(clerk.wishes),
        cuts=tuple(world.cuts),
        calm_s=calm_s,
        canaries=canaries(world.cards, world.clear_keys),
        texts=tuple(world.texts),
        settled_by_hand=dict(clerk.settled),
        forged=frozenset(world.forged),
        one_clock=world.plan.one_clock,
        recovery=profile.refund_recovery,
        was_noisy=bool(world.reached["display.noise"] + world.reached["keypad.noise"]),
        unknown_blocks_all=profile.unknown_blocks == "everything",
        message_life_s=profile.message_life_s,
        refund_window_days=profile.refund_window_days,
        not_found_is_00=profile.reversal_not_found_is_00,
        refund_max_minor=world.setting.parameters.refund_max_minor,
    )


def _hanging(world: World) -> tuple[Paper, ...]:
    strips = [slip for slip in world.printer.slips if not slip.cut]
    now_s = world.clock.now_s
    return tuple(Paper(now_s, s.rows, tuple(map(str, s.codes)), cut=False) for s in strips)
