"""Draw every flow table as a Mermaid state diagram into the README of the flows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts._flow_tables import Table, callees, flow_modules, flow_tables
from terminal.flow import On

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "terminal" / "flows" / "README.md"
MARK = "<!-- From here on written by scripts/diagrams: change the tables, then run it. -->"
FIRST = "home"  # all others start from it


def main() -> int:
    """Write the diagrams, or with --check only compare: 1 when they are not current."""
    parser = argparse.ArgumentParser(prog="scripts/diagrams", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is old")
    is_check = parser.parse_args().check
    before = README.read_text(encoding="utf-8")
    after = with_diagrams(before)
    if is_check and before != after:
        print("terminal/flows/README.md is old: run scripts/diagrams", file=sys.stderr)
        return 1
    if before != after:
        README.write_text(after, encoding="utf-8")
    return 0


def with_diagrams(readme: str) -> str:
    """The page with fresh diagrams below its mark."""
    head, mark, _ = readme.partition(MARK)
    assert mark, "the mark of the diagrams is gone from terminal/flows/README.md"
    return "\n".join([head.rstrip("\n"), "", MARK, *sections()]) + "\n"


def sections() -> Iterator[str]:
    """The lines of all flows: what it is, what it calls, its diagram."""
    tables, modules = flow_tables(), flow_modules()
    for name in in_order(tables):
        yield from ("", f"## {name}", "", (modules[name].__doc__ or "").strip())
        called = ", ".join(f"[{other}](#{other})" for other in callees(name))
        if called:
            yield from ("", f"Calls {called}.")
        yield from ("", "```mermaid", *diagram(tables[name]), "```")


def in_order(tables: dict[str, Table]) -> list[str]:
    """The first flow, what it calls, what those call, and so on."""
    ordered = [FIRST]
    for name in ordered:
        ordered += [other for other in callees(name) if other not in ordered]
    return [*ordered, *sorted(set(tables) - set(ordered))]


def diagram(table: Table) -> list[str]:
    """The lines of one diagram; states after the point of no return are drawn heavy."""
    lines = ["stateDiagram-v2", f"    [*] --> {table.initial.name}"]
    for (source, dest), labels in edges(table).items():
        lines.append(f"    {source.name} --> {dest.name}: {'<br/>'.join(labels)}")
    lines += [f"    {state.name} --> [*]" for state in table.states if state in table.final]
    sent = [state.name for state in table.states if state in table.sent]
    if sent:
        lines += ["    classDef sent stroke-width:4px", f"    class {','.join(sent)} sent"]
    return lines


def edges(table: Table) -> dict[tuple[Enum, Enum], list[str]]:
    """What leads from a state to another: one label a guard, triggers without one together."""
    found: dict[tuple[Enum, Enum], list[str]] = {}
    for row in table.rows:
        for source in row.sources:
            _add(found.setdefault((source, row.dest), []), label(row), bool(row.when))
    return found


def _add(labels: list[str], text: str, is_guarded: bool) -> None:
    if labels and not is_guarded and "[" not in labels[-1]:
        labels[-1] += f", {text}"
    else:
        labels.append(text)


def label(row: On[Any]) -> str:
    """`trigger`, or `trigger [guard in words]`."""
    if row.when is None:
        return row.trigger
    return f"{row.trigger} [{row.when.__name__.replace('_', ' ')}]"


if __name__ == "__main__":
    sys.exit(main())
