"""The host's line in a pcap file, read back with a reader of its own."""

import asyncio
import socket
import struct
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from emulator.capture import Capture
from emulator.cards import deck
from emulator.host.message import Message, encode
from emulator.pcap import PcapFile, TcpStream
from tests.emulator.bench.lab import bench_in

HEAD = bytes.fromhex("6000030000603100310001")
KNOWN = {card.pan for card in deck()}
KNOWN_PAN, OTHER_PAN = "6212345678901232", "6299991234560017"
TERMINAL, HOST = ("127.0.0.1", 40000), ("127.0.0.1", 5000)
SYN, FIN = 0x02, 0x01


class Segment(NamedTuple):
    at_s: float
    source: int
    target: int
    sequence: int
    acknowledged: int
    flags: int
    raw: bytes


def segments(path: Path) -> list[Segment]:
    """The TCP segments of a file; every checksum is checked."""
    raw = path.read_bytes()
    assert raw[:4] == bytes.fromhex("d4c3b2a1")
    assert struct.unpack("<I", raw[20:24]) == (101,)
    found, at = [], 24
    while at < len(raw):
        seconds, micros, kept, length = struct.unpack("<4I", raw[at : at + 16])
        assert kept == length
        packet = raw[at + 16 : at + 16 + kept]
        found.append(segment(seconds + micros / 1e6, packet))
        at += 16 + kept
    return found


def segment(at_s: float, packet: bytes) -> Segment:
    assert packet[0] == 0x45
    assert int.from_bytes(packet[2:4], "big") == len(packet)
    assert ones(packet[:20]) == 0xFFFF
    tcp = packet[20:]
    assert ones(packet[12:20] + struct.pack("!HH", 6, len(tcp)) + tcp) == 0xFFFF
    source, target, sequence, acknowledged, offset, flags = struct.unpack("!HHIIBB", tcp[:14])
    return Segment(at_s, source, target, sequence, acknowledged, flags, tcp[(offset >> 4) * 4 :])


def ones(raw: bytes) -> int:
    total = sum(
        int.from_bytes(raw[at : at + 2].ljust(2, b"\x00"), "big") for at in range(0, len(raw), 2)
    )
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def streams(path: Path) -> list[tuple[bytes, bytes]]:
    """What each connection's terminal and host said, put together by sequence numbers."""
    said: dict[tuple[int, int], dict[int, bytes]] = defaultdict(dict)
    first: dict[tuple[int, int], int] = {}
    opened = []
    for each in segments(path):
        way = (each.source, each.target)
        if each.flags & SYN:
            first[way] = each.sequence + 1
            opened += [way] if not each.acknowledged else []
        elif each.raw:
            said[way][each.sequence - first[way]] = each.raw
    return [(joined(said[way]), joined(said[way[::-1]])) for way in opened]


def joined(parts: dict[int, bytes]) -> bytes:
    whole = b""
    for at in sorted(parts):
        assert at == len(whole), "a gap, or the same bytes twice"
        whole += parts[at]
    return whole


def framed(message: Message) -> bytes:
    body = HEAD + encode(message)
    return len(body).to_bytes(2, "big") + body


def sale(pan: str) -> bytes:
    track = f"{pan}D30122010000000000001"
    return framed(
        Message("0200", {2: pan, 3: "000000", 4: "000000000100", 11: "000001", 35: track})
    )


def captured(path: Path, *said: bytes, numbers: set[str] = KNOWN) -> bytes:
    """What the file holds of what a terminal said."""
    capture = Capture(path, numbers, lambda: 1_780_000_000.25)
    connection = capture.connected(TERMINAL, HOST)
    for raw in said:
        connection.came(raw)
    connection.closed()
    capture.close()
    ((terminal, _),) = streams(path)
    return terminal


def test_both_directions_of_one_connection_are_one_stream(tmp_path: Path) -> None:
    file = PcapFile(tmp_path / "line.pcap")
    stream = TcpStream(file, TERMINAL, HOST, 1.0)
    stream.said(2.000001, True, b"asked")
    stream.said(3.0, False, b"answered")
    stream.said(4.0, True, b"again")
    stream.ended(5.0)
    file.close()
    found = segments(tmp_path / "line.pcap")
    assert streams(tmp_path / "line.pcap") == [(b"askedagain", b"answered")]
    assert found[3].at_s == 2.000001
    assert [each.flags & (SYN | FIN) for each in found] == [2, 2, 0, 0, 0, 0, 1, 1, 0]
    # Each side acknowledges all that it was told before.
    assert found[5].acknowledged == found[4].sequence + len(b"answered")


def test_bytes_longer_than_a_packet_are_several(tmp_path: Path) -> None:
    file = PcapFile(tmp_path / "line.pcap")
    TcpStream(file, TERMINAL, HOST, 1.0).said(2.0, True, bytes(150_001))
    file.close()
    ((terminal, _),) = streams(tmp_path / "line.pcap")
    assert terminal == bytes(150_001)


def test_test_card_is_written_as_on_the_wire(tmp_path: Path) -> None:
    raw = sale(KNOWN_PAN)
    assert captured(tmp_path / "line.pcap", raw[:7], raw[7:]) == raw


@pytest.mark.parametrize("numbers", [KNOWN, set()])
def test_other_card_is_cut_and_keeps_its_lengths(tmp_path: Path, numbers: set[str]) -> None:
    raw = sale(OTHER_PAN)
    shown = captured(tmp_path / "line.pcap", raw, numbers=numbers)
    assert len(shown) == len(raw)
    assert shown[:23] == raw[:23]
    assert OTHER_PAN not in shown.hex()
    assert "62999900000000170" in shown.hex()


def test_upload_with_another_card_among_its_records_is_hidden(tmp_path: Path) -> None:
    record = "00000001" + KNOWN_PAN.zfill(20) + "000000000100"
    other = record.replace(KNOWN_PAN, OTHER_PAN)
    known = framed(Message("0320", {11: "000001", 48: f"02{record}{record}"}))
    mixed = framed(Message("0320", {11: "000001", 48: f"02{record}{other}"}))
    assert captured(tmp_path / "known.pcap", known) == known
    assert OTHER_PAN not in captured(tmp_path / "mixed.pcap", mixed).hex()


def test_what_is_no_message_has_its_head_only(tmp_path: Path) -> None:
    raw = sale(KNOWN_PAN)
    half = captured(tmp_path / "half.pcap", raw, raw[:40])
    assert half == raw + raw[:15] + bytes(25)
    odd = raw[:15] + b"\x80" + raw[16:]
    assert captured(tmp_path / "odd.pcap", odd) == odd[:15] + bytes(len(odd) - 15)


def test_bench_captures_what_passed_on_its_line(tmp_path: Path) -> None:
    echo = framed(
        Message("0820", {11: "000001", 41: "12345678", 42: "898310058120001", 60: "00000001301"})
    )

    def exchange(port: int) -> bytes:
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(echo[:20])
            line.sendall(echo[20:])
            return line.recv(4096)

    async def play() -> bytes:
        async with bench_in(tmp_path, pcap=tmp_path / "line.pcap") as bench:
            port = int(bench.parts.acquirer.url.rpartition(":")[2])
            return await asyncio.to_thread(exchange, port)

    answer = asyncio.run(play())
    assert answer
    assert streams(tmp_path / "line.pcap") == [(echo, answer)]
