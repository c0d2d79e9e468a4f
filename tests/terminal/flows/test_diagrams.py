"""The diagrams of the flows: complete, and as the tables are now."""

import pytest

from scripts._diagrams import MARK, README, diagram, with_diagrams
from scripts._flow_tables import flow_tables

TABLES = flow_tables()


def test_diagrams_are_current() -> None:
    page = README.read_text(encoding="utf-8")
    assert with_diagrams(page) == page, "run scripts/diagrams"


def test_what_stands_above_the_mark_is_kept() -> None:
    assert with_diagrams(f"# Mine\n\n{MARK}\nold\n").startswith(f"# Mine\n\n{MARK}\n\n## home\n")


def test_every_flow_has_one_diagram() -> None:
    page = README.read_text(encoding="utf-8")
    assert [page.count(f"\n## {name}\n") for name in TABLES] == [1] * len(TABLES)
    assert page.count("```mermaid\nstateDiagram-v2\n") == len(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_an_arrow_with_its_trigger(name: str) -> None:
    lines = diagram(TABLES[name])
    for row in TABLES[name].rows:
        for source in row.sources:
            arrow = f"    {source.name} --> {row.dest.name}: "
            assert [row.trigger in line for line in lines if line.startswith(arrow)] == [True]


def test_states_after_the_point_of_no_return_are_marked() -> None:
    assert "    class SENT,VERIFYING sent" in diagram(TABLES["host_exchange"])
    assert not any("sent" in line for line in diagram(TABLES["logon"]))
