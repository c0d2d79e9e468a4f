"""TCP connections as a pcap file, which Wireshark reads: their headers are made up, the bytes not.

Packets are raw IPv4 (link type 101). There is no loss and no window on a line of our own, so each
segment is acknowledged by the next one of the other side.
"""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAGIC, VERSION, SNAP_BYTES, RAW_IP = 0xA1B2C3D4, (2, 4), 262_144, 101
FIN, SYN, PUSH, ACK = 0x01, 0x02, 0x08, 0x10
WINDOW, TTL, TCP = 65_535, 64, 6
MOST_BYTES: Final = 60_000
"""Of one segment: an IPv4 packet is no longer than 65535 bytes."""
Address = tuple[str, int]


class PcapFile:
    """The file; what was written can be read while it grows. OSError when it can't be written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)
        self._file.write(struct.pack("=IHHiIII", MAGIC, *VERSION, 0, 0, SNAP_BYTES, RAW_IP))

    def packet(self, wall_s: float, raw: bytes) -> None:
        """One packet, from its IP header on, at this time (seconds since 1970)."""
        micros = round(wall_s * 1_000_000)
        length = len(raw)
        head = struct.pack("=IIII", micros // 1_000_000, micros % 1_000_000, length, length)
        self._file.write(head + raw)

    def close(self) -> None:
        """Nothing more can be written."""
        self._file.close()


@dataclass(slots=True)
class Side:
    """One end of a connection and the number of its next byte."""

    address: Address
    next: int


class TcpStream:
    """One connection from its handshake to its end. `client` connected to `server`."""

    def __init__(self, file: PcapFile, client: Address, server: Address, wall_s: float) -> None:
        self._file = file
        self._client, self._server = Side(client, 1000), Side(server, 2000)
        self._say(wall_s, self._client, SYN)
        self._say(wall_s, self._server, SYN | ACK)
        self._say(wall_s, self._client, ACK)

    def said(self, wall_s: float, by_client: bool, raw: bytes) -> None:
        """Bytes that one of the two wrote."""
        side = self._client if by_client else self._server
        for at in range(0, len(raw), MOST_BYTES):
            self._say(wall_s, side, PUSH | ACK, raw[at : at + MOST_BYTES])

    def ended(self, wall_s: float) -> None:
        """Both have hung up."""
        self._say(wall_s, self._client, FIN | ACK)
        self._say(wall_s, self._server, FIN | ACK)
        self._say(wall_s, self._client, ACK)

    def _say(self, wall_s: float, side: Side, flags: int, raw: bytes = b"") -> None:
        other = self._server if side is self._client else self._client
        acknowledged = other.next if flags & ACK else 0
        numbers = side.next & 0xFFFFFFFF, acknowledged & 0xFFFFFFFF
        self._file.packet(wall_s, _packet(side.address, other.address, numbers, flags, raw))
        side.next += len(raw) + bool(flags & (SYN | FIN))


def _packet(
    source: Address, target: Address, numbers: tuple[int, int], flags: int, raw: bytes
) -> bytes:
    ends = socket.inet_aton(source[0]) + socket.inet_aton(target[0])
    ports = source[1], target[1]
    tcp = struct.pack("!HHIIBBHHH", *ports, *numbers, 5 << 4, flags, WINDOW, 0, 0) + raw
    check = _checksum(ends + struct.pack("!HH", TCP, len(tcp)) + tcp)
    tcp = tcp[:16] + check + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, TTL, TCP, 0) + ends
    return ip[:10] + _checksum(ip) + ip[12:] + tcp


def _checksum(raw: bytes) -> bytes:
    padded = raw + b"\x00" * (len(raw) % 2)
    total = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return struct.pack("!H", total ^ 0xFFFF)
