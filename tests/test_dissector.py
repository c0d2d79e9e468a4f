"""scripts/dissector: what Wireshark makes of the vectors is what the firmware makes of them."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from emulator.pcap import PcapFile, TcpStream
from scripts._dissector import dissector
from terminal.iso8583.codec import Message, encode
from terminal.iso8583.describe import describe
from terminal.iso8583.private_fields import field_60, field_61, totals
from terminal.iso8583.unionpay_pos import UNIONPAY_POS

ROOT = Path(__file__).resolve().parents[1]
PORT = 5000
CHANNEL = bytes.fromhex("6000000000602200000000")
NAME = UNIONPAY_POS.name
PAN = "6212345678901232"

pytestmark = pytest.mark.tshark


class Part(NamedTuple):
    """What tshark says of a field: text, and the bytes it stands on in hex."""

    show: str
    raw: str


Dissected = dict[str, list[Part]]


class Vector(NamedTuple):
    name: str
    frame: bytes
    raw_fields: Mapping[int, str]


@cache
def vectors() -> tuple[Vector, ...]:
    entries = json.loads((ROOT / "tests/vectors/unionpay_messages.json").read_text("utf-8"))
    return tuple(vector(entry) for entry in entries)


def vector(entry: dict[str, dict[str, str]]) -> Vector:
    """As it is on the line: some entries begin at the TPDU, one at its MTI and ends before F64."""
    raw, parts = bytes.fromhex(str(entry["hex"])), entry["framing"]
    fields = {int(number): text for number, text in entry["raw_fields"].items()}
    if "TPDU" not in parts:
        raw = CHANNEL + raw + bytes.fromhex(fields[64])
    raw = raw if "LEN" in parts else len(raw).to_bytes(2, "big") + raw
    return Vector(str(entry["name"]), raw, fields)


def framed(mti: str, fields: dict[int, str | bytes]) -> bytes:
    body = CHANNEL + encode(Message(mti, fields))
    return len(body).to_bytes(2, "big") + body


def dissected(
    tshark: str, folder: Path, segments: Sequence[bytes], *options: str
) -> list[Dissected]:
    """Every message that tshark finds in these segments of one connection."""
    script, capture = folder / "dissector.lua", folder / "line.pcap"
    script.write_text(dissector(UNIONPAY_POS), encoding="utf-8")
    file = PcapFile(capture)
    stream = TcpStream(file, ("127.0.0.1", 40000), ("127.0.0.1", PORT), 1.0)
    for raw in segments:
        stream.said(2.0, True, raw)
    file.close()
    choice = options or ("-o", f"{NAME}.ports:{PORT}")
    command = [tshark, "-r", str(capture), "-X", f"lua_script:{script}", *choice, "-T", "pdml"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = ElementTree.fromstring(done.stdout).iter("proto")
    return [parts_of(each) for each in found if each.get("name") == NAME]


def parts_of(proto: ElementTree.Element) -> Dissected:
    parts: Dissected = {}
    for field in proto.iter("field"):
        name = field.get("name", "").removeprefix(f"{NAME}.")
        part = Part(field.get("show", ""), field.get("value", ""))
        parts.setdefault(name, []).append(part)
    return parts


def shown(parts: Dissected, *names: str) -> list[str]:
    return [part.show for name in names for part in parts.get(name, [])]


@pytest.mark.parametrize("is_masked", [True, False])
def test_every_field_of_the_vectors(tshark_path: str, tmp_path: Path, is_masked: bool) -> None:
    mask = ("-o", f"{NAME}.ports:{PORT}", "-o", f"{NAME}.mask:{str(is_masked).upper()}")
    frames = [each.frame for each in vectors()]
    found = dissected(tshark_path, tmp_path, frames, *mask)
    assert len(found) == len(vectors()) == 19
    for each, parts in zip(vectors(), found, strict=True):
        wanted = describe(each.frame, clear=not is_masked)
        assert shown(parts, "mti") == [wanted.mti], each.name
        assert shown(parts, "header") == [wanted.header]
        read = {n: parts[f"f{n}"][0].show for n in range(2, 65) if f"f{n}" in parts}
        assert read == dict(wanted.fields), each.name
        assert f"{NAME}.malformed" not in parts


def test_every_field_stands_on_its_own_bytes(tshark_path: str, tmp_path: Path) -> None:
    found = dissected(tshark_path, tmp_path, [each.frame for each in vectors()])
    for each, parts in zip(vectors(), found, strict=True):
        for number, wanted in each.raw_fields.items():
            raw = parts[f"f{number}"][0].raw.upper()
            text, is_cut = wanted.rstrip("…").upper(), wanted.endswith("…")
            # A text that is shown stands on its bytes without their length.
            prefix = 2 * UNIONPAY_POS.element(number).prefix_bytes
            at = 0 if raw.startswith(text[:prefix]) or is_cut else prefix
            assert raw.startswith(text[at:]), (each.name, number)
            assert is_cut or len(raw) == len(text) - at


def test_packed_fields_part_by_part(tshark_path: str, tmp_path: Path) -> None:
    found = dissected(tshark_path, tmp_path, [each.frame for each in vectors()])
    seen = set()
    for each, parts in zip(vectors(), found, strict=True):
        fields = describe(each.frame, clear=True).fields
        for number, split in ((60, field_60), (61, field_61)):
            whole = split(fields.get(number, ""))
            for key in whole.__dataclass_fields__:
                text = getattr(whole, key)
                assert shown(parts, f"f{number}.{key}") == ([text] if text else [])
                seen.add(key) if text else None
    assert {"batch", "management_code", "stan", "date"} <= seen


def test_settlement_totals_and_text(tshark_path: str, tmp_path: Path) -> None:
    halves = "0000000010000020000000050000011" + "0" * 31
    remark = "CUP" + "发卡行提示".ljust(10) + "x" * 5
    raw = framed("0510", {11: "000001", 48: halves, 63: remark.encode("gb18030")})
    (parts,) = dissected(tshark_path, tmp_path, [raw])
    domestic, _ = totals(halves)
    assert int(shown(parts, "f48.domestic.debit_minor")[0]) == domestic.debit_minor == 1000
    assert int(shown(parts, "f48.domestic.credit_minor")[0]) == domestic.credit_minor
    assert shown(parts, "f48.domestic.flag", "f48.foreign.flag") == ["1", "0"]
    assert shown(parts, "f63", "f63.code") == [remark, "CUP"]
    assert shown(parts, "f63.issuer_remark") == ["发卡行提示     xxxxx"]


def test_upload_shows_its_records_with_the_number_cut(tshark_path: str, tmp_path: Path) -> None:
    record = "00000007" + PAN.zfill(20) + "000000000100"
    raw = framed("0320", {11: "000001", 48: f"02{record}{record}"})
    (parts,) = dissected(tshark_path, tmp_path, [raw])
    assert shown(parts, "f48.count") == ["02"]
    assert shown(parts, "f48.record.stan") == ["000007", "000007"]
    assert shown(parts, "f48.record.pan") == ["621234******1232"] * 2


def test_tags_and_keys_are_named_and_hidden(tshark_path: str, tmp_path: Path) -> None:
    qr = framed("0200", {3: "000000", 11: "000001", 59: b"A30186220001234567890123"})
    keys = framed("0810", {11: "000001", 62: bytes(range(40))})
    first, second = dissected(tshark_path, tmp_path, [qr, keys])
    assert shown(first, "f59.tag", "f59.value") == ["A3", "<18 hidden>"]
    assert shown(second, "f62.keys", "f62.key") == ["double length", "<16 hidden>", "<16 hidden>"]


def test_messages_are_put_together_from_segments(tshark_path: str, tmp_path: Path) -> None:
    first, second, third = (each.frame for each in vectors()[:3])
    found = dissected(tshark_path, tmp_path, [first[:1], first[1:50], first[50:] + second + third])
    assert [shown(parts, "mti") for parts in found] == [["0800"], ["0810"], ["0800"]]


def test_it_can_be_chosen_for_a_port(tshark_path: str, tmp_path: Path) -> None:
    decode_as = ("-d", f"tcp.port=={PORT},{NAME}")
    (parts,) = dissected(tshark_path, tmp_path, [vectors()[0].frame], *decode_as)
    assert shown(parts, "f41") == ["50080001"]


@pytest.mark.parametrize("kept", [5, 15, 60])
def test_short_message_is_marked_and_no_script_error(
    tshark_path: str, tmp_path: Path, kept: int
) -> None:
    body = vectors()[0].frame[2 : 2 + kept]
    raw = len(body).to_bytes(2, "big") + body
    (parts,) = dissected(tshark_path, tmp_path, [raw])
    assert "malformed" in parts
    assert "_ws.lua.error" not in parts


def test_the_file_is_written_where_asked(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts/_dissector.py")]
    printed = subprocess.run(command, capture_output=True, timeout=60, check=True)
    subprocess.run([*command, str(tmp_path / "d.lua")], timeout=60, check=True)
    assert (tmp_path / "d.lua").read_bytes() == printed.stdout
    failed = subprocess.run(
        [*command, str(tmp_path / "none/d.lua")], capture_output=True, text=True, timeout=60
    )
    assert failed.returncode == 2
    assert failed.stderr.startswith("dissector: ")
