"""House rules that linters do not know, as functions from one source file to findings."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Final, TypeGuard

MAX_LINE: Final = 100
TABLE_OF_TEXTS: Final = "terminal/ui/text.py"  # one line a text, read as a table
MAX_FILE_LINES: Final = 250
MAX_FUNCTION_LINES: Final = 60
VAGUE_WORDS: Final = frozenset({"utils", "helpers", "common", "manager", "base"})

# One home per library (architecture 3.1); an empty home means nowhere in the product.
HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "transitions": ("terminal/flow.py",),
    "iso8583": ("terminal/iso8583/*", "emulator/host/*"),
    "serial": ("drivers/link.py", "emulator/serve*.py", "emulator/wires*.py"),
    "construct": ("drivers/*", "emulator/*"),
    "apsw": ("terminal/journal/*", "emulator/host/*", "emulator/journal_view.py"),
    "msgspec": ("terminal/*", "emulator/*"),
    "cryptography": ("emulator/*",),
    "starlette": ("emulator/*",),
    "uvicorn": ("emulator/*",),
    "websockets": ("emulator/*",),
    "segno": ("emulator/*",),
    "scripts": (),
    "tests": (),
}

# Time, threads, sockets, randomness and files (architecture 3.2 and 6).
WORLD_MODULES: Final = frozenset(
    {"asyncio", "os", "pathlib", "random", "secrets", "select", "shutil", "signal", "socket"}
    | {"ssl", "subprocess", "tempfile", "threading", "time", "uuid"}
)
WORLD_HOMES: Final = (
    "terminal/runtime.py",
    "terminal/app.py",
    "terminal/__main__.py",
    "terminal/journal/*",
)
CLOCK_READINGS: Final = frozenset(
    {"datetime.now", "datetime.utcnow", "date.today", "datetime.datetime.now"}
    | {"datetime.datetime.utcnow", "datetime.date.today"}
)
THREAD_MODULES: Final = frozenset({"asyncio", "select", "socket", "ssl", "threading", "time"})
THREAD_HOMES: Final = ("drivers/link.py", "drivers/reader_thread.py", "drivers/tls.py")

MUTABLE_DISPLAYS: Final = (
    ast.List,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)
MUTABLE_CALLS: Final = frozenset(
    {"list", "dict", "set", "bytearray", "deque", "defaultdict", "OrderedDict", "Counter"}
    | {"count", "cycle", "iter"}
)
READ_ONLY_TYPES: Final = frozenset(
    {"Final", "Mapping", "Sequence", "AbstractSet", "Set", "Collection", "Iterable"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the product; `path` is relative to the project's root."""

    path: PurePosixPath
    text: str
    tree: ast.Module

    def is_at(self, patterns: tuple[str, ...]) -> bool:
        """Whether the path matches one of the patterns; `*` also spans folders."""
        return any(fnmatch(str(self.path), pattern) for pattern in patterns)


Findings = Iterator[tuple[int, str]]
Rule = Callable[[Source], Findings]


def read_source(path: str, text: str) -> Source:
    """Parse one file. Raises SyntaxError."""
    return Source(PurePosixPath(path), text, ast.parse(text))


def _imports(tree: ast.Module) -> Findings:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


def _name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _name_of(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _calls(node: ast.AST, name: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def library_outside_its_home(source: Source) -> Findings:
    """A library is imported by the files that wrap it, and by no other."""
    for line, name in _imports(source.tree):
        if name in HOMES and not source.is_at(HOMES[name]):
            yield line, f"{name} is not imported here, only in {', '.join(HOMES[name]) or 'tests'}"


def world_touched_in_pure_code(source: Source) -> Findings:
    """The terminal's core and the drivers get time, threads and files from outside."""
    if source.is_at(("terminal/*",)) and not source.is_at(WORLD_HOMES):
        banned = WORLD_MODULES
    elif source.is_at(("drivers/*",)) and not source.is_at(THREAD_HOMES):
        banned = THREAD_MODULES
    else:
        return
    for line, name in _imports(source.tree):
        if name in banned:
            yield line, f"{name} is not imported here: the world comes through ports and links"


def clock_or_file_in_pure_code(source: Source) -> Findings:
    """`open` and `datetime.now` need no suspicious import, so the calls are looked for."""
    if not source.is_at(("terminal/*",)) or source.is_at(WORLD_HOMES):
        return
    for node in ast.walk(source.tree):
        if _calls(node, "open"):
            yield node.lineno, "open() is called only where files are read"
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCK_READINGS:
            yield node.lineno, "the time comes from the Clock port"


def _module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in tree.body:
        yield node
        if isinstance(node, ast.If | ast.Try):
            yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.stmt))


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return _name_of(value.func) in MUTABLE_CALLS
    return isinstance(value, MUTABLE_DISPLAYS)


def _is_writable(node: ast.AnnAssign) -> bool:
    return _is_mutable(node.value) and _name_of(node.annotation) not in READ_ONLY_TYPES


def mutable_module_state(source: Source) -> Findings:
    """Module-level lists, dicts and sets say in their type that nobody writes to them."""
    for node in _module_level(source.tree):
        if isinstance(node, ast.Assign) and _is_mutable(node.value):
            names = {_name_of(target) for target in node.targets}
            if names != {"__all__"}:
                yield node.lineno, f"{', '.join(sorted(names))}: annotate it as read-only"
        elif isinstance(node, ast.AnnAssign) and _is_writable(node):
            yield node.lineno, f"{_name_of(node.target)}: annotate it as read-only"
    for inner in ast.walk(source.tree):
        if isinstance(inner, ast.Global):
            yield inner.lineno, "global: keep state in an object that is passed"


def work_at_import(source: Source) -> Findings:
    """Importing a module defines things and does nothing."""
    for node in source.tree.body:
        is_call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await)
        if is_call or isinstance(node, ast.For | ast.While | ast.With):
            yield node.lineno, "work at import: move it into a function"


def print_in_firmware(source: Source) -> Findings:
    """The firmware has a display and a journal; only its entry point may print."""
    if not source.is_at(("terminal/*", "drivers/*")) or source.path.name == "__main__.py":
        return
    for node in ast.walk(source.tree):
        if _calls(node, "print"):
            yield node.lineno, "print() in the firmware"


def too_long(source: Source) -> Findings:
    """Lines, functions and files stay readable."""
    lines = source.text.splitlines()
    if len(lines) > MAX_FILE_LINES and source.path.as_posix() != TABLE_OF_TEXTS:
        yield len(lines), f"file of {len(lines)} lines, {MAX_FILE_LINES} at most"
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            yield number, f"line of {len(line)} characters, {MAX_LINE} at most"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                yield node.lineno, f"{node.name} has {length} lines, {MAX_FUNCTION_LINES} at most"


def vague_name(source: Source) -> Findings:
    """A module is named after what it holds."""
    words = {word for part in source.path.with_suffix("").parts for word in part.split("_")}
    for word in sorted(words & VAGUE_WORDS):
        yield 1, f"{word!r} in the name says nothing"


RULES: Final[tuple[Rule, ...]] = (
    library_outside_its_home,
    world_touched_in_pure_code,
    clock_or_file_in_pure_code,
    mutable_module_state,
    work_at_import,
    print_in_firmware,
    too_long,
    vague_name,
)

# Written so that this file does not match itself.
FOREIGN_TEXT: Final = re.compile(r"(?<![\w.-])/(?:wor[k]|roo[t])/|py[p]i\.org|python[h]osted", re.I)


def foreign_text(text: str) -> Findings:
    """Paths of one computer and hosts of package indexes have no place in the project."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := FOREIGN_TEXT.search(line):
            yield number, f"{match.group()!r} belongs to one computer, not to the project"
