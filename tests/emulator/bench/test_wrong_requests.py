"""Every wrong request is refused in one line that says what, and where."""

from pathlib import Path
from typing import Any

import pytest

from tests.emulator.bench.lab import played, refused


@pytest.mark.parametrize(
    ("verb", "fields", "error"),
    [
        ("fly", {}, "do: no verb is called 'fly'; there are screen, wait"),
        (None, {}, "do: no verb is called None"),
        (["screen"], {}, "do: no verb is called ['screen']"),
        ("clock", {}, "not here: simulation only"),
        ("screen", {"x": 1}, "screen: object contains unknown field `x`"),
        ("press", {}, "press: object missing required field `keys`"),
        ("press", {"keys": "12"}, "press: keys: expected `array`, got `str`"),
        ("press", {"keys": [1]}, "press: keys[0]: expected `str`, got `int`"),
        ("wait", {}, "wait: name, contains or after_seq is needed"),
        ("wait", {"name": "idle", "timeout_s": "1"}, "wait: timeout_s: expected `float`"),
        ("wait", {"name": "x", "timeout_s": float("nan")}, "wait: timeout_s: 0 to 86400"),
        ("wait", {"name": "x", "timeout_s": -1}, "wait: timeout_s: 0 to 86400 seconds"),
        ("swipe", {}, "card or track2 is needed, and not both"),
        ("swipe", {"card": "gold"}, "card: no card is called gold; there are debit"),
        ("tap", {"card": "debit", "track2": "1"}, "card or track2 is needed, and not both"),
        ("scan", {"text": 1}, "scan: text: expected `str`"),
        ("ledger", {"since": "x"}, "ledger: since: expected `int`"),
        ("printer", {}, "printer: paper or cover is needed"),
        ("printer", {"paper": "eat"}, "printer: paper: invalid enum value 'eat', one of load"),
        ("power", {"to": "on"}, "power: not with --devices-only"),
        ("power", {"to": "up"}, "power: to: invalid enum value 'up', one of on, off"),
        (
            "link",
            {"wire": "moon", "to": "up"},
            "link: wire: invalid enum value 'moon', one of keypad, display",
        ),
        ("fault", {}, "fault: object missing required field `name`"),
        ("fault", {"name": "x.y"}, "fault: no fault is called x.y"),
        ("fault", {"name": "host.late", "delay": 1}, "fault: host.late: no parameter is called"),
        ("fault", {"name": "printer.silent", "line": 1}, "no parameter is called line"),
        ("fault", {"name": "printer.silent", "count": 2}, "count must be 0 or 1"),
        ("fault", {"name": "printer.paper_out", "line": "1"}, "line must be of type int"),
        ("fault", {"name": "reader.bad_track", "count": -1}, "count must be 0 or more"),
        ("fault", {"name": "link.drop", "wire": "moon"}, "wire must be one of keypad"),
        ("fault", {"name": "link.drop", "after_bytes": -1}, "after_bytes must be 0 or more"),
        ("clear", {"name": "x.y"}, "clear: no fault is called x.y"),
        ("clear", {"name": "host.x"}, "clear: no fault is called host.x"),
    ],
)
def test_wrong_request_is_refused_by_name(
    tmp_path: Path, verb: Any, fields: dict[str, Any], error: str
) -> None:
    assert error in played(tmp_path, lambda bench: refused(bench, verb, **fields))
