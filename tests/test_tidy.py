"""The tree keeps the house rules, and each rule can fail."""

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests import tidy

ROOT = Path(__file__).parents[1]
PACKAGES = ("terminal", "drivers", "emulator")
TOP_LEVEL = {
    *PACKAGES,
    *("tests", "scripts", "pyproject.toml", "README.md", "requirements.lock", "LICENSE"),
}

COMMAND = re.compile(r"`?(scripts/[a-z_]+(?:\.py)?)\b")

BREACHES = (
    (tidy.library_outside_its_home, "terminal/navigator.py", "import transitions"),
    (tidy.library_outside_its_home, "terminal/flows/refund.py", "from transitions import Machine"),
    (tidy.library_outside_its_home, "drivers/printer.py", "def f():\n    import serial.tools"),
    (tidy.library_outside_its_home, "terminal/ui/render.py", "import iso8583"),
    (tidy.library_outside_its_home, "terminal/runtime.py", "import apsw"),
    (tidy.library_outside_its_home, "terminal/app.py", "import cryptography"),
    (tidy.library_outside_its_home, "emulator/cards.py", "from tests import vectors"),
    (tidy.world_touched_in_pure_code, "terminal/config.py", "from pathlib import Path"),
    (tidy.world_touched_in_pure_code, "terminal/flows/refund.py", "import time, enum"),
    (tidy.world_touched_in_pure_code, "drivers/printer.py", "import threading"),
    (tidy.clock_or_file_in_pure_code, "terminal/config.py", "def f(p):\n    return open(p)"),
    (tidy.clock_or_file_in_pure_code, "terminal/domain/batch.py", "f = datetime.now"),
    (tidy.mutable_module_state, "drivers/keypad.py", "seen = []"),
    (tidy.mutable_module_state, "drivers/keypad.py", "SEEN: dict[int, int] = {}"),
    (tidy.mutable_module_state, "drivers/keypad.py", "x = set()"),
    (tidy.mutable_module_state, "drivers/keypad.py", "x = collections.deque()"),
    (tidy.mutable_module_state, "drivers/keypad.py", "if A:\n    rows = [a for a in b]"),
    (tidy.mutable_module_state, "drivers/keypad.py", "def f():\n    global port"),
    (tidy.work_at_import, "terminal/app.py", "main()"),
    (tidy.work_at_import, "terminal/app.py", "for a in b:\n    c = a"),
    (tidy.print_in_firmware, "drivers/link.py", "def f():\n    print(1)"),
    (tidy.too_long, "emulator/cards.py", "x = 1\n" * (tidy.MAX_FILE_LINES + 1)),
    (tidy.too_long, "emulator/cards.py", "x = '" + "y" * tidy.MAX_LINE + "'"),
    (tidy.too_long, "emulator/cards.py", "def f():\n" + "    x()\n" * tidy.MAX_FUNCTION_LINES),
    (tidy.vague_name, "terminal/key_manager.py", ""),
    (tidy.vague_name, "terminal/common/keys.py", ""),
)

ALLOWED = (
    (tidy.library_outside_its_home, "terminal/flow.py", "import transitions"),
    (tidy.library_outside_its_home, "emulator/host/ledger.py", "import apsw"),
    (tidy.library_outside_its_home, "emulator/serve_tcp.py", "import serial"),
    (tidy.world_touched_in_pure_code, "terminal/journal/store.py", "import os"),
    (tidy.world_touched_in_pure_code, "drivers/reader_thread.py", "import threading"),
    (tidy.world_touched_in_pure_code, "emulator/serve.py", "import socket"),
    (tidy.clock_or_file_in_pure_code, "terminal/app.py", "def f(p):\n    return open(p)"),
    (tidy.mutable_module_state, "drivers/keypad.py", "KEYS: Mapping[int, str] = {1: 'a'}"),
    (tidy.mutable_module_state, "drivers/keypad.py", "KEYS = frozenset({1})\n__all__ = ['a']"),
    (tidy.mutable_module_state, "drivers/keypad.py", "def f():\n    rows = []"),
    (tidy.work_at_import, "terminal/app.py", "'''What it is.'''\nif A:\n    main()"),
    (tidy.print_in_firmware, "terminal/__main__.py", "print(1)"),
    (tidy.too_long, "emulator/cards.py", "def f():\n    return 1\n"),
    (tidy.vague_name, "terminal/database.py", ""),
)


def product_sources() -> Iterator[tidy.Source]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield tidy.read_source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))


def project_files() -> list[Path]:
    """Every file that is or may become part of the project, also where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
        return [path for path in paths if path.is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _is_cache(path)]


def _is_cache(path: Path) -> bool:
    folders = path.relative_to(ROOT).parts[:-1]
    return any(part.startswith(".") or part == "__pycache__" for part in folders)


def visible_top_level() -> set[str]:
    names = {path.relative_to(ROOT).parts[0] for path in project_files()}
    return {name for name in names if not name.startswith(".")}


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("rule", tidy.RULES, ids=lambda rule: rule.__name__)
def test_product_keeps_the_rule(rule: tidy.Rule) -> None:
    found = [
        f"{source.path}:{line}: {message}"
        for source in product_sources()
        for line, message in rule(source)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("rule", "path", "text"), BREACHES)
def test_rule_finds_a_breach(rule: tidy.Rule, path: str, text: str) -> None:
    assert list(rule(tidy.read_source(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), ALLOWED)
def test_rule_leaves_good_code_alone(rule: tidy.Rule, path: str, text: str) -> None:
    assert not list(rule(tidy.read_source(path, text)))


def test_every_rule_has_a_breach_that_it_finds() -> None:
    assert {rule for rule, _, _ in BREACHES} == set(tidy.RULES)


def test_every_folder_with_code_is_a_package_that_says_what_it_is() -> None:
    folders = {ROOT / source.path.parent for source in product_sources()}
    silent = [
        str(folder.relative_to(ROOT))
        for folder in sorted(folders)
        if not (folder / "__init__.py").is_file() or not _explains_itself(folder)
    ]
    assert not silent


def _explains_itself(folder: Path) -> bool:
    return (folder / "README.md").is_file() or '"""' in text_of(folder / "__init__.py")


def test_no_file_names_one_computer_or_a_package_index() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {message}"
        for path in project_files()
        for line, message in tidy.foreign_text(text_of(path))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    ["see /" + "work/main", "https://files.python" + "hosted.org/x", "--index-url PyPI" + ".org"],
)
def test_foreign_text_is_found(text: str) -> None:
    assert list(tidy.foreign_text(text))


@pytest.mark.parametrize("text", ["a/" + "work/b", "net/" + "work/", "read the documentation"])
def test_ordinary_text_is_not_foreign(text: str) -> None:
    assert not list(tidy.foreign_text(text))


def test_nothing_new_at_the_top_level() -> None:
    assert visible_top_level() == TOP_LEVEL


def test_readme_lists_the_top_level() -> None:
    rows = re.findall(r"^\| `([^`]+?)/?` \|", text_of(ROOT / "README.md"), re.MULTILINE)
    assert sorted(rows) == sorted(visible_top_level() - {"README.md"})


def test_scripts_readme_lists_every_script() -> None:
    names = {path.name for path in project_files() if path.parent == ROOT / "scripts"}
    rows = re.findall(r"^\| `([^`]+)` \|", text_of(ROOT / "scripts/README.md"), re.MULTILINE)
    assert sorted(rows) == sorted(name for name in names if not name.startswith(("_", "README")))


LOCKED_EXTRAS = {
    "requirements.lock": ("emulator", "report", "test"),
    "scripts/cluster.lock": ("cluster",),
}


@pytest.mark.parametrize(("file", "extras"), LOCKED_EXTRAS.items())
def test_lock_file_holds_every_dependency_with_hashes(file: str, extras: Sequence[str]) -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extra = project["optional-dependencies"]
    wanted = sum((extra[name] for name in extras), project["dependencies"])
    assert {re.split(r"[^\w.-]", line)[0] for line in wanted} <= set(locked(file))


def test_every_extra_is_in_a_lock_file() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extras = [name for names in LOCKED_EXTRAS.values() for name in names]
    assert sorted(extras) == sorted(project["optional-dependencies"])


def test_what_both_lock_files_hold_has_one_version() -> None:
    mine, clusters = locked("requirements.lock"), locked("scripts/cluster.lock")
    assert {n: v for n, v in clusters.items() if mine.get(n, v) != v} == {}


def locked(file: str) -> dict[str, str]:
    pattern = r"^([\w.-]+)==(\S+).*\\\n    --hash="
    return dict(re.findall(pattern, text_of(ROOT / file), re.MULTILINE))


def test_every_script_that_a_reader_is_told_to_start_can_be_started() -> None:
    told = set(COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert "scripts/hil_refund.py" in told
    for name in told:
        script = ROOT / name
        assert os.access(script, os.X_OK), name
        assert script.read_bytes().startswith(b"#!/usr/bin/env "), name
