"""Reads a SQLite database from the bytes of its file and of its log, without SQLite's recovery.

Written from the published file formats (sqlite.org: Database File Format, WAL-mode File Format).
The pages of the log that belong to commits are laid over the file; what is left after the last
whole commit does not count. The result is opened in memory as a plain database.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

MAGIC: Final = 0x377F0682  # its last bit: the checksums are over big-endian words
VERSION: Final = 3_007_000
HEADER: Final = struct.Struct(">8I")
FRAME: Final = struct.Struct(">6I")
HEADER_BYTES, FRAME_BYTES, SUMMED_BYTES = 32, 24, 8
WORD: Final = 0xFFFFFFFF
STEP_PAIRS: Final = 19  # pairs of words a lane: more would overflow its 64 bits
LEGACY, JOURNAL_MODE_AT = 1, (18, 19)


Sum = tuple[int, int]


class Unreadable(Exception):
    """The bytes are no database."""


class Log(NamedTuple):
    """What a log's header says."""

    page_bytes: int
    salts: tuple[int, int]
    is_big_endian: bool
    checksum: Sum


def open_database(image: bytes, log: bytes = b"") -> sqlite3.Connection:
    """A connection to what file and log hold together. Raises Unreadable."""
    merged = bytearray(with_log(image, log))
    if not merged:
        return sqlite3.connect(":memory:")
    if len(merged) < 100:
        raise Unreadable("the file is shorter than its header")
    for place in JOURNAL_MODE_AT:  # a database in memory has no log
        merged[place] = LEGACY
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(bytes(merged))
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        connection.close()
        raise Unreadable(str(error)) from None
    return connection


def with_log(image: bytes, raw: bytes) -> bytes:
    """The file as it is once every whole commit of the log is in it."""
    log = read_header(raw)
    if log is None:
        return image
    pages, size = committed_pages(raw, log)
    if not size:
        return image
    merged = bytearray(image[: size * log.page_bytes])
    merged.extend(bytes(size * log.page_bytes - len(merged)))
    for number, start in pages.items():
        at = (number - 1) * log.page_bytes
        if number <= size:
            merged[at : at + log.page_bytes] = raw[start : start + log.page_bytes]
    return bytes(merged)


def read_header(raw: bytes) -> Log | None:
    """The log's header, None if it is none or its checksum is wrong: an empty log, then."""
    if len(raw) < HEADER_BYTES:
        return None
    magic, version, page_bytes, _, *rest = HEADER.unpack_from(raw)
    is_big_endian = bool(magic & 1)
    own = checksum(raw[:24], (0, 0), is_big_endian)
    if magic & ~1 != MAGIC or version != VERSION or own != tuple(rest[2:]):
        return None
    return Log(page_bytes, (rest[0], rest[1]), is_big_endian, own)


def committed_pages(raw: bytes, log: Log) -> tuple[dict[int, int], int]:
    """Where the newest content of each page stands, and how many pages the database has."""
    found: dict[int, int] = {}
    open_pages: dict[int, int] = {}
    size = 0
    for number, pages_after_commit, start in whole_frames(raw, log):
        open_pages[number] = start
        if pages_after_commit:
            found.update(open_pages)
            open_pages.clear()
            size = pages_after_commit
    return found, size


def whole_frames(raw: bytes, log: Log) -> Iterator[tuple[int, int, int]]:
    """Page, database size after a commit (else 0) and place of each frame, up to the first bad."""
    places = tuple(_of_this_log(raw, log))
    end = FRAME_BYTES + log.page_bytes
    summed = b"".join(raw[p : p + SUMMED_BYTES] + raw[p + FRAME_BYTES : p + end] for p in places)
    sums = running_sums(summed, SUMMED_BYTES + log.page_bytes, log)
    for place, so_far in zip(places, sums, strict=True):
        page, size, _, _, *expected = FRAME.unpack_from(raw, place)
        if so_far != tuple(expected):
            return
        yield page, size, place + FRAME_BYTES


def _of_this_log(raw: bytes, log: Log) -> Iterator[int]:
    step = FRAME_BYTES + log.page_bytes
    for place in range(HEADER_BYTES, len(raw) - step + 1, step):
        page, _, *salts, _, _ = FRAME.unpack_from(raw, place)
        if tuple(salts) != log.salts or not page:
            return
        yield place


def checksum(raw: bytes, before: Sum, is_big_endian: bool) -> Sum:
    """The log's checksum, gone on with: a += x + b, b += y + a for each pair (x, y) of words."""
    first, second = before
    for x, y in struct.iter_unpack(">2I" if is_big_endian else "<2I", raw):
        first = (first + x + second) & WORD
        second = (second + y + first) & WORD
    return first, second


def running_sums(raw: bytes, block_bytes: int, log: Log) -> Iterator[Sum]:
    """The checksum after each block, gone on with from that of the header."""
    so_far, lanes = log.checksum, block_bytes // 8 // STEP_PAIRS
    is_in_lanes = lanes * STEP_PAIRS * 8 == block_bytes and not log.is_big_endian
    joined = zip(*_in_lanes(raw), strict=True) if is_in_lanes and raw else iter(())
    for start in range(0, len(raw), block_bytes):
        if is_in_lanes:
            so_far = _gone_on(so_far, islice(joined, lanes))
        else:
            so_far = checksum(raw[start : start + block_bytes], so_far, log.is_big_endian)
        yield so_far


# The sum is linear. So runs of STEP_PAIRS pairs are summed side by side, each in 64 bits of one
# large number, and joined afterwards: thirty times as fast as pair after pair. A page of 4096
# bytes with its eight is 27 runs of 19.
def _in_lanes(raw: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    lanes = len(raw) // 8 // STEP_PAIRS
    low_words = int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * lanes, "little")
    pairs = memoryview(raw).cast("Q")
    a = b = 0
    for step in range(STEP_PAIRS):
        both = int.from_bytes(pairs[step::STEP_PAIRS].tobytes(), "little")
        a += b + (both & low_words)
        b += a + (both >> 32 & low_words)
    return _apart(a & low_words, lanes), _apart(b & low_words, lanes)


def _apart(lanes: int, count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}Q", lanes.to_bytes(count * 8, "little"))


def _gone_on(before: Sum, lanes: Iterable[tuple[int, int]]) -> Sum:
    first, second = before
    for a, b in lanes:
        first, second = (
            (P * first + Q * second + a) & WORD,
            (Q * first + R * second + b) & WORD,
        )
    return first, second


def _power() -> tuple[int, int, int]:
    p, q, r = 1, 0, 1  # of the step's matrix (1 1; 1 2), which is symmetric
    for _ in range(STEP_PAIRS):
        p, q, r = p + q, q + r, q + 2 * r
    return p, q, r


P, Q, R = _power()
