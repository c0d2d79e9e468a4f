"""scripts/describe: from bytes or hex to a table that people can read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKETS = {
    entry["name"].split()[0]: entry["hex"]
    for entry in json.loads((ROOT / "tests/vectors/unionpay_messages.json").read_text("utf-8"))
}
REFUND = PACKETS["C9"]


def describe(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "scripts/_describe.py"), *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def table(*arguments: str, given: bytes = b"") -> str:
    done = describe(*arguments, given=given)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("utf-8")


def test_the_table_tells_what_the_fields_mean() -> None:
    text = table(REFUND)
    for words in ("from 0000 to 0003", "stripe, no PIN", "refund, batch 000002", "date 0601"):
        assert words in text
    assert "6212345678901232" not in text


def test_response_codes_are_explained_in_both_languages() -> None:
    assert "approved 交易成功" in table(PACKETS["C4"])


def test_clear_shows_the_whole_message() -> None:
    assert "6212345678901232D30122010000000000001" in table(REFUND, "--clear")


@pytest.mark.parametrize("skipped", [0, 2, 13])
def test_a_message_may_begin_at_length_tpdu_or_mti(skipped: int) -> None:
    document = json.loads(table(REFUND[2 * skipped :], "--json"))
    assert document["mti"] == "0220"
    assert document["header"] == ("" if skipped == 13 else "603100310001")
    assert document["fields"]["4"] == "000000005000"
    assert document["fields"]["35"] == "<37 hidden>"


def test_input_may_be_a_file_or_standard_input_in_hex_or_bytes(tmp_path: Path) -> None:
    expected = table(REFUND)
    raw, lines = bytes.fromhex(REFUND), f"{REFUND[:80]}\n{REFUND[80:].lower()}\n".encode()
    for contents in (raw, lines):
        (tmp_path / "packet").write_bytes(contents)
        assert table(str(tmp_path / "packet")) == expected
        assert table(given=contents) == expected
        assert table("-", given=contents) == expected


@pytest.mark.parametrize(
    ("argument", "place"),
    [
        ("", "input"),
        ("no such file", "input: neither hex digits nor a file that is there"),
        ("0", "input"),
        (REFUND[:-2], "length"),
        (REFUND[4:-2], "field 64"),
        (REFUND[4:] + "00", "field 64"),
        ("60000300", "TPDU"),
        ("6000030000FFFFFFFFFFFF" + REFUND[26:], "header"),
        ("FF" * 40, "MTI"),
        ("A" * 5000, "MTI"),
        ("0220" + "80" + "00" * 7, "bitmap"),
        (PACKETS["A12."], "field 64"),
    ],
)
def test_garbage_gets_one_line_that_names_the_place(argument: str, place: str) -> None:
    done = describe(argument)
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode("utf-8").splitlines()
    assert line.startswith(f"describe: {place}")
