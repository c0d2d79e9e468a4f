"""The composition root: reading both files, and how the process ends when it cannot run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from terminal import __main__, app
from terminal.config import ConfigError
from terminal.ports import JournalRefusedError
from tests.scenarios.memory_links import VirtualClock
from tests.terminal.test_config import GOOD

EXIT_CONFIG = 2


def written(folder: Path, device: str = GOOD, parameters: str | None = "") -> Path:
    """A device file with its parameter file beside it."""
    path = folder / "device.toml"
    path.write_text(device, encoding="utf-8")
    if parameters is not None:
        (folder / "shop.toml").write_text(parameters, encoding="utf-8")
    return path


def ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["terminal", "--config", str(path)])
    return __main__.main()


def check_line(
    path: Path, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one line on standard error."""
    assert ended(path, monkeypatch) == EXIT_CONFIG
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.count("\n") == 1


def test_both_files_are_read_and_paths_count_from_the_first(tmp_path: Path) -> None:
    setting = app.read_setting(written(tmp_path, parameters='language = "en"'))
    assert setting.parameters.language == "en"
    assert (setting.folder, setting.name) == (tmp_path, "device.toml")


def test_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    setting = app.read_setting(written(tmp_path, "\ufeff" + GOOD, "\ufefflanguage = 'en'"))
    assert setting.parameters.language == "en"


@pytest.mark.parametrize(
    ("device", "parameters", "said"),
    [
        ("", "", "device.toml: "),
        ("colour = 1" + GOOD, "", "device.toml: colour: unknown key; known: "),
        (GOOD, "colour = 1", "shop.toml: colour: unknown key; known: "),
        (GOOD, "idle_lock_s = 1", "shop.toml: idle_lock_s: 30 to 3600"),
        (GOOD, None, "shop.toml: No such file"),
        (GOOD.replace("/dev/ttyS1", "ftp://x"), "", "device.toml: wires.keypad: "),
        (GOOD.replace("tcp://host:5000", "tcp://host"), "", "device.toml: wires.acquirer: "),
    ],
)
def test_f90_mistake_ends_the_process_with_one_line(
    tmp_path: Path,
    device: str,
    parameters: str | None,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    check_line(written(tmp_path, device, parameters), said, monkeypatch, capsys)


def test_missing_device_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check_line(tmp_path / "none.toml", "none.toml: No such file", monkeypatch, capsys)


def test_file_that_is_no_text_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    check_line(path, "device.toml: not UTF-8", monkeypatch, capsys)


def test_folder_in_place_of_a_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check_line(tmp_path, "directory", monkeypatch, capsys)


def test_no_card_number_in_a_mistake_is_shown_at_length(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        app.read_setting(written(tmp_path, parameters=f'language = "{"x" * 5000}"'))
    assert len(str(error.value)) < 500


@pytest.mark.parametrize(
    ("url", "is_serial"),
    [
        ("tcp://host:1", False),
        ("tls://host:1", False),
        ("serial:/dev/ttyS0", True),
        ("/dev/ttyS0", True),
        ("rfc2217://host:1", True),
    ],
)
def test_framing_follows_from_the_acquirers_url(url: str, is_serial: bool) -> None:
    assert app.is_serial_line(url) is is_serial


def test_gate_refuses_with_the_verdict_and_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"not a journal" * 100)
    before = path.read_bytes()
    with pytest.raises(JournalRefusedError) as error:
        app.gate(str(path), VirtualClock())(0, bytes(32))
    assert error.value.verdict == "damaged"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_gate_opens_a_new_journal_for_a_new_keypad_only(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with pytest.raises(JournalRefusedError) as error:
        app.gate(str(path), VirtualClock())(7, bytes(32))
    assert error.value.verdict == "missing"
    assert not path.exists()
    opened = app.gate(str(path), VirtualClock())(0, bytes(32))
    assert opened.head[0] == 1
    assert opened.check_some()
