"""Every flow's table is whole: nothing dead, nothing that gets stuck, no way back after sending."""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import Enum

import pytest

from scripts._flow_tables import Table, can_call, flow_tables, groups, listens, live_states
from terminal import events
from terminal.flow import On
from terminal.flows import (
    home_case,
    home_menu,
    refund_approval,
    refund_case,
    refund_decision,
    typed,
)

TABLES = tuple(flow_tables().values())
STATES_MAX = 12
TRIGGERS = frozenset(
    vars(kind)["trigger"]
    for kind in vars(events).values()
    if isinstance(kind, type) and isinstance(vars(kind).get("trigger"), str)
) | {trigger for key in events.Key for trigger in (events.KeyPressed(key).trigger,)}
# Their action may run any line of the menu; this guard holds only for the line that calls nothing.
CALLS_NOTHING = (home_menu.digit_is_language, home_menu.pick_is_language)
# From these the way on is the service: nothing that a key or time could do is right.
WAITS_FOR_SERVICE = {("home", "DAMAGED"), ("set_up", "CODE_SPENT"), ("set_up", "NO_PEOPLE")}

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def names(states: Iterator[Enum] | set[Enum]) -> list[str]:
    return sorted(state.name for state in states)


def reachable(table: Table) -> set[Enum]:
    found, edge = {table.initial}, [table.initial]
    while edge:
        state = edge.pop()
        new = {row.dest for row in table.rows if state in row.sources} - found
        found |= new
        edge += new
    return found


def calling_rows(table: Table) -> list[On[object]]:
    return [row for row in table.rows if can_call(row.do) and row.when not in CALLS_NOTHING]


def test_every_flow_is_found() -> None:
    assert {"home", "refund", "host_exchange", "print_slips"} <= set(flow_tables())


@every_table
def test_every_state_can_be_reached(table: Table) -> None:
    assert names(set(table.states) - reachable(table)) == []


@every_table
def test_every_state_leads_to_an_end(table: Table) -> None:
    ending = set(table.final)
    while more := {s for row in table.rows for s in row.sources if row.dest in ending} - ending:
        ending |= more
    stuck = {(table.name, s.name) for s in set(table.states) - ending}
    assert stuck <= WAITS_FOR_SERVICE


@every_table
def test_only_the_last_row_for_an_event_is_without_a_guard(table: Table) -> None:
    wrong = [
        (state.name, trigger)
        for (state, trigger), rows in groups(table).items()
        if [row.when is None for row in rows] != [False] * (len(rows) - 1) + [True]
    ]
    assert wrong == []


@every_table
def test_every_trigger_is_an_event_that_exists(table: Table) -> None:
    assert {row.trigger for row in table.rows} - TRIGGERS == set()


@every_table
def test_every_running_state_has_a_screen_and_a_limit_and_no_other_has(table: Table) -> None:
    live = set(live_states(table))
    assert set(table.screens) == live
    assert set(table.timeout_s) == live


@every_table
def test_a_state_that_may_time_out_says_what_then(table: Table) -> None:
    limited = [s for s in live_states(table) if table.timeout_s[s] != math.inf]
    deaf = [s for s in limited if not any(listens(table, s, t) for t in ("timeout", "returned"))]
    assert names(iter(deaf)) == []


@every_table
def test_a_state_without_a_limit_waits_for_somebody_who_always_answers(table: Table) -> None:
    endless = [s for s in live_states(table) if table.timeout_s[s] == math.inf]
    answered = ("returned", "journal_opened", "keypad_failed")
    deaf = {
        (table.name, s.name)
        for s in endless
        if not any(listens(table, s, trigger) for trigger in answered)
    }
    assert deaf <= WAITS_FOR_SERVICE


@every_table
def test_no_row_leaves_an_end(table: Table) -> None:
    assert [row for row in table.rows if set(row.sources) & table.final] == []


@every_table
def test_no_key_leads_out_of_what_was_sent(table: Table) -> None:
    keys = {events.KeyPressed(key).trigger for key in events.Key}
    used = {row.trigger for row in table.rows if set(row.sources) & table.sent}
    assert used & keys == set()


@every_table
def test_time_turns_what_was_sent_into_nothing_but_unknown(table: Table) -> None:
    rows = [r for r in table.rows if r.trigger == "timeout" and set(r.sources) & table.sent]
    assert {row.dest.name for row in rows} <= {"UNKNOWN", "UNUSABLE"}


@every_table
def test_from_what_was_sent_there_is_no_way_back_to_entry(table: Table) -> None:
    entry = {row.dest for row in table.rows if not set(row.sources) & table.sent} - table.sent
    back = {
        (table.name, row.dest.name)
        for row in table.rows
        if set(row.sources) & table.sent and row.dest in entry and row.dest not in table.final
    }
    assert back == set()


@every_table
def test_who_calls_listens_for_the_return(table: Table) -> None:
    deaf = [row.dest for row in calling_rows(table) if not listens(table, row.dest, "returned")]
    assert names(iter(deaf)) == []


@every_table
def test_who_listens_for_a_return_has_called(table: Table) -> None:
    listening = {state for state, trigger in groups(table) if trigger == "returned"}
    called = {row.dest for row in calling_rows(table)}
    silent = {(table.name, state.name) for state in listening - called}
    assert silent <= WAITS_FOR_SERVICE


@every_table
def test_a_table_is_small_enough_to_be_read(table: Table) -> None:
    assert len(table.states) <= STATES_MAX


@pytest.mark.parametrize(
    "action", [refund_decision.print_one, home_menu.run, refund_approval.ask_approver]
)
def test_an_action_that_calls_is_recognised(action: object) -> None:
    assert can_call(action)  # type: ignore[arg-type]  # their contexts differ


@pytest.mark.parametrize("action", [typed.beep, refund_case.keep_amount, home_case.open_journal])
def test_an_action_that_calls_nothing_is_recognised(action: object) -> None:
    assert not can_call(action)  # type: ignore[arg-type]  # their contexts differ
