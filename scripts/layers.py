"""A kind of import-linter contract: modules may import themselves and a short list, nothing else.

Listing what is allowed, rather than what is forbidden, keeps the rules true when modules appear.
The rules themselves are in pyproject.toml.
"""

import sys
from collections.abc import Set
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

BROKEN = "broken"


def is_within(module: str, packages: Set[str]) -> bool:
    """Whether a dotted name is one of the packages or lies under one of them."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _line_of(graph: ImportGraph, importer: str, imported: str) -> int:
    details = graph.get_import_details(importer=importer, imported=imported)
    return min((detail["line_number"] for detail in details), default=0)


class MayImportOnly(Contract):
    """`modules` may import each their own package and `may_import`; only direct imports count.

    A name stands for the module and everything under it. `except_modules` are not looked at.
    With `third_party = "false"` nothing outside the standard library may be imported either.
    A name that does not exist (yet) is no error.
    """

    type_name = "may_import_only"

    # Declared as fields; each object holds their parsed values under the same names.
    modules: Any = fields.SetField(subfield=fields.StringField())
    except_modules: Any = fields.SetField(subfield=fields.StringField(), default=frozenset())
    may_import: Any = fields.SetField(subfield=fields.StringField(), default=frozenset())
    third_party: Any = fields.BooleanField(default=True)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect the imports that break the contract, as "importer:line imports imported"."""
        broken = [
            f"{importer}:{_line_of(graph, importer, imported)} imports {imported}"
            for importer in sorted(graph.modules)
            if self._is_bound(importer)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self._is_allowed(graph, imported)
        ]
        return ContractCheck(kept=not broken, metadata={BROKEN: broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that breaks the contract."""
        for line in check.metadata[BROKEN]:
            output.print_error(line, bold=False)
        output.new_line()

    def _is_bound(self, module: str) -> bool:
        return is_within(module, self.modules) and not is_within(module, self.except_modules)

    def _is_allowed(self, graph: ImportGraph, imported: str) -> bool:
        if graph.is_module_squashed(imported):
            return bool(self.third_party) or imported.split(".")[0] in sys.stdlib_module_names
        return is_within(imported, self.modules | self.may_import)
