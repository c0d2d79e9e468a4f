"""Plain data as TOML text: the standard library only reads it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(table: Mapping[str, object]) -> str:
    """A TOML document: single values first, then a section for each nested table."""
    lines = _lines(table, "")
    return "\n".join(lines).lstrip("\n") + "\n"


def _lines(table: Mapping[str, object], path: str) -> list[str]:
    lines = [
        f"{_key(key)} = {_value(value)}"
        for key, value in table.items()
        if not isinstance(value, Mapping)
    ]
    for key, value in table.items():
        if isinstance(value, Mapping):
            name = f"{path}.{_key(key)}" if path else _key(key)
            lines += ["", f"[{name}]", *_lines(value, name)]
    return lines


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    # JSON escapes are TOML escapes, with this one character more.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
