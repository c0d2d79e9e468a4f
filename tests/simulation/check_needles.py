"""The shapes in which a secret may lie about, and how to find them in many bytes at once."""

from __future__ import annotations

from array import array
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from struct import Struct
from typing import Final

from tests.simulation.evidence import Canaries

KEY: Final = "a working key"
LONG: Final = 13  # digits: a shorter one comes about by chance, among hashes and numbers
PACKED_LEAST: Final = (LONG - 1) // 2
EMPTY: Final = bytes(32)
STEM: Final = array("I").itemsize
STEPS: Final = (4, 2, 1)  # a shape of fewer bytes than a stem would come about by chance


def _is_text(byte: int) -> bool:
    return byte in b"+/" or (byte < 0x80 and chr(byte).isalnum())


def _is_packed(byte: int) -> bool:
    return byte >> 4 <= 9 and byte & 15 <= 9


# What can't be part of a needle is taken out, as separators are, but for one byte that JSON is full
# of: it ends the runs. What is joined by that is never a needle, except by the rarest chance.
TEXT_END, PACKED_END = b'"', b":"
NO_TEXT: Final = bytes(b for b in range(256) if not _is_text(b) and b not in TEXT_END)
NOT_PACKED: Final = bytes(b for b in range(256) if not _is_packed(b) and b not in PACKED_END)


class Shapes:
    """Shape to what it is. Most heaps hold none: parts of them are looked up before any search.

    A heap's stems begin at every `step` bytes; a shape that lies there, wherever it begins, has one
    of its own first `step` stems among them.
    """

    def __init__(self, named: Mapping[bytes, str]) -> None:
        self.named = dict(named)
        shortest = min(map(len, self.named), default=STEM)
        self._step = next(step for step in STEPS if step + STEM - 1 <= shortest)
        self._begun: dict[int, list[bytes]] = {}  # by one of their first stems
        for shape in self.named:
            for begin in range(self._step):
                self._begun.setdefault(_stem_at(shape, begin)[0], []).append(shape)
        self._all = frozenset(self._begun)

    def found_in(self, heap: bytes) -> Iterator[str]:
        """What lies in there, each shape once."""
        places = range(0, STEM, self._step) if self.named else ()
        stems = chain.from_iterable(_stems(heap[begin:]) for begin in places)
        begun = {shape for stem in self._all.intersection(stems) for shape in self._begun[stem]}
        for shape, what in self.named.items() if begun else ():
            if shape in begun and shape in heap:
                yield what


_stem_at: Final = Struct("@I").unpack_from


def _stems(raw: bytes) -> array[int]:
    return array("I", raw[: len(raw) // STEM * STEM])


@dataclass(frozen=True, slots=True)
class Needles:
    """As text, as packed digits, as anything; and what is too short."""

    texts: Shapes
    packed: Shapes
    raw: Shapes
    short: dict[str, str]


class Heap:
    """Bytes in which secrets are looked for, in any number of pieces.

    A database and its log hold most things many times: each run is looked at once.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.raw = (TEXT_END + PACKED_END).join(set(pieces))

    def found(self, needles: Needles) -> Iterator[str]:
        """What lies in here, each shape once."""
        yield from self._texts(needles.texts)
        yield from self._packed(needles.packed)
        yield from needles.raw.found_in(self.raw)

    def _texts(self, needles: Shapes) -> Iterator[str]:
        runs = set(self.raw.translate(None, NO_TEXT).split(TEXT_END))
        return needles.found_in(TEXT_END.join(run for run in runs if len(run) >= LONG))

    def _packed(self, needles: Shapes) -> Iterator[str]:
        filled = self.raw.replace(EMPTY, PACKED_END).translate(None, NOT_PACKED)
        runs = set(filled.split(PACKED_END))
        return needles.found_in(PACKED_END.join(run for run in runs if len(run) >= PACKED_LEAST))


@lru_cache(maxsize=32)
def needles_of(canaries: Canaries, cards: bool) -> Needles:
    """All shapes of the PINs, passwords and keys, and, if `cards`, of numbers and tracks."""
    named = dict(_named(canaries, cards))
    long = {digits: what for digits, what in named.items() if len(digits) >= LONG}
    texts = {shape: what for digits, what in long.items() for shape in _texts(digits)}
    packed = {shape: what for digits, what in long.items() for shape in _packed(digits)}
    texts.update({shape: KEY for key in canaries.keys for shape in _key_texts(key)})
    # One that is mostly zeros would be joined out of any table by taking out what is between.
    raw = {shape: packed.pop(shape) for shape in [s for s in packed if s.count(0) > len(s) // 2]}
    raw.update({shape: KEY for key in canaries.keys for shape in (key, key[::-1])})
    short = {digits: what for digits, what in named.items() if digits not in long}
    return Needles(Shapes(texts), Shapes(packed), Shapes(raw), short)


def _named(canaries: Canaries, cards: bool) -> Iterator[tuple[str, str]]:
    yield from ((pin, "a PIN") for pin in canaries.pins)
    yield from ((password, "a password") for password in canaries.passwords)
    if cards:
        yield from ((pan, "a card number") for pan in canaries.pans)
        yield from ((track, "a track") for track in canaries.tracks)


def _key_texts(key: bytes) -> Iterator[bytes]:
    yield from (key.hex().encode(), key.hex().upper().encode())
    yield from _base64(key)


def _texts(digits: str) -> Iterator[bytes]:
    ascii_ = digits.encode()
    for text in (ascii_, ascii_[::-1]):
        yield text
        yield text.hex().encode()
        yield from _base64(text)
    for phase in _packed(digits):
        yield from _base64(phase)


def _base64(raw: bytes) -> Iterator[bytes]:
    """The characters that are sure, wherever in a stream the bytes began."""
    for before in range(3):
        encoded = b64encode(bytes(before) + raw)
        yield encoded[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]


def _packed(digits: str) -> Iterator[bytes]:
    """Two digits a byte, beginning with either nibble, forwards and backwards."""
    for text in (digits, digits[::-1]):
        for phase in (text, text[1:]):
            raw = bytes.fromhex(phase[: len(phase) // 2 * 2])
            yield raw
            yield raw[::-1]
