"""The answers of a host that is none: always well-formed, chosen by the cents of the amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from terminal.iso8583.messages import Message, decode, encode

MAC: Final = bytes(8)  # nobody checks it: the keypad is not asked in practice
APPROVED: Final = "00"
# Of the cents: what the host says no with. All other amounts are approved.
DECLINES: Final[Mapping[str, str]] = MappingProxyType({"51": "51", "61": "61"})
SILENT: Final = "99"  # no answer the first time, an approval to every copy of it
ASKED: Final = frozenset({"0200", "0220"})  # what may be declined, or get no answer
MONEY: Final = frozenset({"0200", "0220", "0320", "0400"})
LATE: Final = "235959"
_SAME: Final = (3, 4, 11, 41, 42, 49, 60)
_BALANCED: Final = "1"


@dataclass(slots=True)
class PracticeHost:
    """Remembers which messages it has kept silent to; its numbers say what they are."""

    silent_to: set[str] = field(default_factory=set)

    def answer(self, raw: bytes, today: date) -> bytes | None:
        """The answer to a message from its MTI on; None for silence."""
        request = decode(raw)
        if request.mti == "0500":
            return encode(_totals(request, today))
        if request.mti not in MONEY or self._keeps_silent(request):
            return None
        return encode(_money(request, today))

    def _keeps_silent(self, request: Message) -> bool:
        stan = request.text(11)
        is_first = request.text(4)[-2:] == SILENT and stan not in self.silent_to
        if is_first and request.mti in ASKED:
            self.silent_to.add(stan)
            return True
        return False


def _money(request: Message, today: date) -> Message:
    code = APPROVED if request.mti not in ASKED else _code(request)
    stan = request.text(11)
    said: dict[int, str | bytes] = {13: f"{today:%m%d}", 37: f"PRACT0{stan}", 39: code}
    if 64 in request.fields:
        said[64] = MAC
    if code == APPROVED:
        said[38] = "PRACTI"
    if request.mti == "0400":
        said[12] = LATE  # it forgets nothing
    return _reply(request, said)


def _code(request: Message) -> str:
    return DECLINES.get(request.text(4)[-2:], APPROVED)


def _totals(request: Message, today: date) -> Message:
    """Both halves are as the terminal has counted them."""
    half = len(request.text(48)) // 2
    first, second = request.text(48)[: half - 1], request.text(48)[half:-1]
    figures = f"{first}{_BALANCED}{second}{_BALANCED}"
    return _reply(request, {13: f"{today:%m%d}", 48: figures})


def _reply(request: Message, said: Mapping[int, str | bytes]) -> Message:
    kept = {number: request.fields[number] for number in _SAME if number in request.fields}
    return Message(f"{int(request.mti) + 10:04d}", kept | dict(said))
