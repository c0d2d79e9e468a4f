"""The tables of all flows, found by importing `terminal.flows`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import FunctionType, ModuleType
from typing import Any

import terminal.flows
from terminal.flow import FlowTable, On

Table = FlowTable[Any]
State = tuple[str, str]  # name of the flow, name of the state


def flow_modules() -> dict[str, ModuleType]:
    """Every module of `terminal.flows` that holds a table, by the table's name."""
    found: dict[str, ModuleType] = {}
    for info in pkgutil.iter_modules(terminal.flows.__path__):
        module = importlib.import_module(f"{terminal.flows.__name__}.{info.name}")
        for table in _tables_in(module):
            assert table.name not in found, f"two tables are called {table.name}"
            found[table.name] = module
    return found


def flow_tables() -> dict[str, Table]:
    """Every table by its name."""
    modules = {id(module): module for module in flow_modules().values()}
    return {table.name: table for m in modules.values() for table in _tables_in(m)}


def _tables_in(module: ModuleType) -> Iterator[Table]:
    return (value for value in vars(module).values() if isinstance(value, FlowTable))


def rows_from(table: Table, state: Enum) -> list[On[Any]]:
    """The rows of a state, in their order."""
    return [row for row in table.rows if state in row.sources]


def groups(table: Table) -> dict[tuple[Enum, str], list[On[Any]]]:
    """The rows by state and trigger, each group in the table's order."""
    found: dict[tuple[Enum, str], list[On[Any]]] = {}
    for row in table.rows:
        for state in row.sources:
            found.setdefault((state, row.trigger), []).append(row)
    return found


def live_states(table: Table) -> list[Enum]:
    """The states in which the flow still runs."""
    return [state for state in table.states if state not in table.final]


def listens(table: Table, state: Enum, trigger: str) -> bool:
    """Is there a row for this event in this state?"""
    return (state, trigger) in groups(table)


def callees(name: str) -> tuple[str, ...]:
    """The flows that a flow's module, or a module of its actions, knows; in order of mention."""
    modules = flow_modules()
    owners = {id(module): other for other, module in modules.items()}
    return tuple(dict.fromkeys(_known_flows(modules[name], owners)))


def _known_flows(module: ModuleType, owners: Mapping[int, str]) -> Iterator[str]:
    prefix = f"{terminal.flows.__name__}."
    for value in list(vars(module).values()):
        if not isinstance(value, ModuleType) or not value.__name__.startswith(prefix):
            continue
        if id(value) in owners:
            yield owners[id(value)]
        else:
            yield from _known_flows(value, owners)


def can_call(action: Callable[..., Any] | None) -> bool:
    """May this action put another flow on top? Read from the names that its code uses."""
    return action is not None and any(map(_is_flow_call, _code_of(action, set())))


def _code_of(function: Any, seen: set[int]) -> Iterator[FunctionType]:
    """The function and all of `terminal.flows` that it uses."""
    is_ours = getattr(function, "__module__", "").startswith(terminal.flows.__name__)
    if not isinstance(function, FunctionType) or not is_ours or id(function) in seen:
        return
    seen.add(id(function))
    yield function
    names = function.__code__.co_names
    for value in _globals_of(function):
        for used in (value, *_fields_of(value, names)):
            yield from _code_of(used, seen)


def _globals_of(function: FunctionType) -> list[object]:
    names = function.__code__.co_names
    return [function.__globals__[name] for name in names if name in function.__globals__]


def _fields_of(value: object, names: tuple[str, ...]) -> Iterator[object]:
    """What the code takes out of a tuple of records, such as the lines of a menu."""
    for record in value if isinstance(value, tuple) else ():
        yield from (getattr(record, n) for n in names if hasattr(record, n))


def _is_flow_call(function: FunctionType) -> bool:
    modules = [v for v in _globals_of(function) if isinstance(v, ModuleType)]
    return "call" in function.__code__.co_names and any(hasattr(m, "call") for m in modules)
