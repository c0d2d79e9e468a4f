"""The contract type behind the dependency rules in pyproject.toml."""

import pytest
from grimp import ImportGraph
from importlinter.domain.contract import InvalidContractOptions

from scripts.layers import BROKEN, MayImportOnly, is_within


def contract(**options: object) -> MayImportOnly:
    return MayImportOnly(name="rule", session_options={}, contract_options=options)


def graph_of(*imports: tuple[str, str], squashed: tuple[str, ...] = ()) -> ImportGraph:
    graph = ImportGraph()
    for name in squashed:
        graph.add_module(name, is_squashed=True)
    for line, (importer, imported) in enumerate(imports, 1):
        graph.add_import(
            importer=importer, imported=imported, line_number=line, line_contents="import"
        )
    return graph


def broken(graph: ImportGraph, **options: object) -> list[str]:
    found: list[str] = contract(**options).check(graph, verbose=False).metadata[BROKEN]
    return found


def test_import_outside_the_list_is_named_with_its_line() -> None:
    graph = graph_of(("terminal.flows.refund", "drivers.printer"))
    assert broken(graph, modules=["terminal.flows"], may_import=["terminal.flow"]) == [
        "terminal.flows.refund:1 imports drivers.printer"
    ]


def test_listed_and_own_modules_may_be_imported() -> None:
    graph = graph_of(
        ("terminal.flows.refund", "terminal.flow"),
        ("terminal.flows.refund", "terminal.flows.card_entry"),
        ("terminal.app", "drivers.printer"),
    )
    assert not broken(graph, modules=["terminal.flows"], may_import=["terminal.flow"])


def test_a_longer_name_is_another_module() -> None:
    graph = graph_of(("terminal.flows.refund", "terminal.flow_table"))
    assert broken(graph, modules=["terminal.flows"], may_import=["terminal.flow"])
    assert not is_within("terminal.flow_table", {"terminal.flow"})


def test_excepted_module_may_import_anything() -> None:
    graph = graph_of(("terminal.app", "drivers.link"), ("terminal.runtime", "drivers.link"))
    assert broken(graph, modules=["terminal"], except_modules=["terminal.app"]) == [
        "terminal.runtime:2 imports drivers.link"
    ]


def test_third_party_import_is_broken_only_where_asked() -> None:
    graph = graph_of(
        ("terminal.domain.money", "msgspec"),
        ("terminal.domain.money", "decimal"),
        squashed=("msgspec", "decimal"),
    )
    assert not broken(graph, modules=["terminal.domain"])
    assert broken(graph, modules=["terminal.domain"], third_party="false") == [
        "terminal.domain.money:1 imports msgspec"
    ]


def test_misspelt_option_is_refused() -> None:
    with pytest.raises(InvalidContractOptions):
        contract(modules=["terminal"], may_inport=["drivers"])
