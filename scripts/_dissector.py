"""Write a Wireshark dissector in Lua: the firmware's field tables, then the code that reads them.

The tables are the firmware's own, so the dissector can't disagree with it about a field. The code
is `_dissector.lua`.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from terminal.iso8583 import private_fields as private
from terminal.iso8583.dialect import Dialect
from terminal.iso8583.elements import Element
from terminal.iso8583.masking import HIDDEN
from terminal.iso8583.meanings import CODES
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

CODE = Path(__file__).with_name("_dissector.lua")
PARTS: tuple[tuple[int, type, tuple[int, ...]], ...] = (
    (44, private.Field44, (11, 11)),
    (60, private.Field60, private.WIDTHS_60),
    (61, private.Field61, private.WIDTHS_61),
    (63, private.Field63, private.WIDTHS_63),
)
QUOTED = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n"})


def main() -> int:
    """Write the file, or standard output; 2 when it can't be written."""
    parser = argparse.ArgumentParser(prog="scripts/dissector", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="the plug-in (default: print it)")
    path = parser.parse_args().file
    if path is None:
        print(dissector(UNIONPAY_POS), end="")
        return 0
    try:
        path.write_text(dissector(UNIONPAY_POS), encoding="utf-8")
    except OSError as error:
        print(f"dissector: {path}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{path}: wireshark -X lua_script:{path} -o {UNIONPAY_POS.name}.ports:PORT FILE.pcap")
    return 0


def dissector(dialect: Dialect) -> str:
    """The whole plug-in."""
    tables = {
        "NAME": _text(dialect.name),
        "HEADER": _list(_header(part) for part in _header_parts(dialect)),
        "FIELDS": _numbered((e.number, _field(e)) for e in dialect.elements),
        "HIDDEN": _numbered((number, "true") for number in sorted(HIDDEN)),
        "PARTS": _numbered((number, _parts(kind, widths)) for number, kind, widths in PARTS),
        "TOTALS": _parts(private.Totals, private.TOTALS_WIDTHS),
        "CODES": _by_text((place, _codes(table)) for place, table in CODES.items()),
    }
    lines = [f"local {name} = {table}" for name, table in tables.items()]
    head = "-- Written by scripts/dissector from the field tables of the firmware: do not edit."
    return "\n".join([head, *lines, "", CODE.read_text(encoding="utf-8")])


def _header_parts(dialect: Dialect) -> Iterable[tuple[str, str, int]]:
    return ((part.name_en, part.name_zh, part.digits) for part in dialect.header)


def _header(part: tuple[str, str, int]) -> str:
    name_en, name_zh, digits = part
    key = name_en.replace(" ", "_").replace("-", "_")
    place = f"header.{name_en}" if f"header.{name_en}" in CODES else ""
    name, codes = _text(f"{name_en} {name_zh}"), _text(place)
    return f"{{key = {_text(key)}, name = {name}, digits = {digits}, codes = {codes}}}"


def _field(element: Element) -> str:
    name = _text(f"{element.name_en} {element.name_zh}")
    return (
        f"{{name = {name}, kind = {_text(element.kind.name)}, length = {element.length},"
        f" prefix = {element.prefix_bytes}, pad = {_text(element.pad)}}}"
    )


def _parts(kind: type, widths: tuple[int, ...]) -> str:
    keys = [field.name for field in fields(kind)]
    pairs = zip(keys, widths, strict=True)
    return _list(f"{{key = {_text(key)}, width = {width}}}" for key, width in pairs)


def _codes(table: Mapping[str, str]) -> str:
    return _by_text((code, _text(meaning)) for code, meaning in table.items())


def _list(items: Iterable[str]) -> str:
    return _braced(items)


def _numbered(items: Iterable[tuple[int, str]]) -> str:
    return _braced(f"[{number}] = {item}" for number, item in items)


def _by_text(items: Iterable[tuple[str, str]]) -> str:
    return _braced(f"[{_text(key)}] = {item}" for key, item in items)


def _braced(items: Iterable[str]) -> str:
    return "{\n" + "".join(f"  {item},\n" for item in items) + "}"


def _text(text: str) -> str:
    return f'"{text.translate(QUOTED)}"'


if __name__ == "__main__":
    raise SystemExit(main())
