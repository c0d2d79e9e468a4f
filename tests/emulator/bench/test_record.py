"""scripts/record and scripts/replay as people start them."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from emulator.cards import deck
from emulator.frames import framed
from scripts._record import Recorder
from scripts._recorded_cards import finished
from scripts._recording import saved
from tests.emulator.bench.lab import asked, bench_in, display, show

ROOT = Path(__file__).parents[3]
PATIENCE_S = 180

pytestmark = pytest.mark.emulator


def script(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / f"_{name}.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE_S)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The demonstration, recorded on real wires: the lines of the file."""
    path = tmp_path_factory.mktemp("recording") / "demo.jsonl"
    done = script("record", str(path), "--demo")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "scripts/replay FILE" in done.stdout.splitlines()[-1]
    return path.read_text("utf-8").splitlines()


def replayed(folder: Path, lines: list[str]) -> subprocess.CompletedProcess[str]:
    (folder / "r.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return script("replay", str(folder / "r.jsonl"))


@pytest.mark.slow
def test_recorded_demonstration_is_replayed(tmp_path: Path, recording: list[str]) -> None:
    header = json.loads(recording[0])
    assert header["version"] == 1
    assert header["replayable"] is True
    assert header["shop"] == "12345678"
    assert header["wires"] == ["keypad", "display", "reader", "scanner", "printer", "acquirer"]
    text = "\n".join(recording)
    assert b"6212345678901232".hex() in text, "deck cards are whole"
    done = replayed(tmp_path, recording)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same 一致" in done.stdout


@pytest.mark.slow
def test_changed_byte_is_found(tmp_path: Path, recording: list[str]) -> None:
    lines = [json.loads(line) for line in recording]
    place = max(
        number
        for number, line in enumerate(lines[1:], 1)
        if (line["what"], line.get("wire")) == ("write", "acquirer")
    )
    raw = bytearray.fromhex(lines[place]["hex"])
    raw[30] ^= 1
    lines[place]["hex"] = raw.hex()
    done = replayed(tmp_path, [json.dumps(line) for line in lines])
    assert done.returncode == 1
    assert "wire acquirer" in done.stdout
    assert "from byte 30 on" in done.stdout
    assert done.stdout.count("0220 | ") == 2
    assert done.stderr == ""


@pytest.mark.slow
def test_recording_that_says_it_cannot_be_replayed_is_not(
    tmp_path: Path, recording: list[str]
) -> None:
    header = json.loads(recording[0]) | {"replayable": False, "why_not": "another card"}
    done = replayed(tmp_path, [json.dumps(header), *recording[1:]])
    assert done.returncode == 2
    assert "can't be replayed: another card" in done.stderr


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("record", ("none/r.jsonl",), "none/r.jsonl"),
        ("record", ("r.jsonl", "--state", "state"), "add --fresh"),
        ("replay", ("none.jsonl",), "none.jsonl: No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    tmp_path: Path, name: str, arguments: tuple[str, ...], error: str
) -> None:
    paths = [text if text.startswith("--") else str(tmp_path / text) for text in arguments]
    done = script(name, *paths)
    assert done.returncode == 2
    assert error in done.stderr
    assert done.stderr.startswith(f"{name}: ")
    assert done.stderr.count("\n") == 1


def test_terminal_somewhere_else_is_recorded_masked(tmp_path: Path) -> None:
    recorder = Recorder()

    async def play() -> None:
        async with bench_in(tmp_path) as bench:
            recorder.watch(bench)
            display(bench, show(1, "refund.card", "card"))
            await asked(bench, "swipe", card="debit")
            await asked(bench, "press", keys=["7"])

    asyncio.run(play())
    assert recorder.head is not None
    kept = finished(recorder.head, recorder.lines, deck())
    text = b"".join(saved(kept)).decode()
    assert not kept.header.replayable
    assert "stripe, track 2 621234******1232" in text
    assert "KEY (hidden)" in text
    assert b"6212345678901232".hex() not in text
    assert framed(0x40, 0, b"7").hex() not in text
