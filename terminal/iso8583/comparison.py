"""Is what an answer repeats what was asked? Steps 2 and 3 of the host profile's section 2."""

from collections.abc import Iterable
from typing import Final

from terminal.iso8583.answers import MacCheck, Problem
from terminal.iso8583.codec import Message
from terminal.iso8583.private_fields import field_60

OURS: Final = (11, 41, 42)
_EQUAL: Final = (3, 4, 49)


def proof(reply: Message, claimed: MacCheck) -> MacCheck:
    """What counts as said of F64: nobody may pass an answer that has one off as without."""
    if 64 not in reply.fields:
        return MacCheck.ABSENT
    return MacCheck.NOT_CHECKED if claimed is MacCheck.ABSENT else claimed


def unproved(mac: MacCheck) -> Problem:
    """The problem of an answer whose MAC was not verified."""
    return Problem("MAC", MacCheck.VERIFIED.value, mac.value)


def missing(request: Message, reply: Message, mandatory: Iterable[int]) -> Problem | None:
    """The first of these fields that the answer lacks."""
    for number in mandatory:
        if number not in reply.fields:
            return Problem(f"field {number}", request.text(number), "absent")
    return None


def different(request: Message, reply: Message, numbers: Iterable[int] = _EQUAL) -> Problem | None:
    """The first of these fields that is not as asked, where both have it; then 60.1, 60.2."""
    for number in numbers:
        if number not in reply.fields or number not in request.fields:
            continue
        if reply.text(number) != request.text(number):
            return Problem(f"field {number}", request.text(number), reply.text(number))
    return _different_60(request, reply)


def as_it_came(reply: Message, number: int) -> str:
    """A number of the host's with its blanks, which later messages repeat; only blanks are none."""
    text = reply.text(number)
    return text if text.strip() else ""


def without_code(reply: Message) -> Problem | None:
    """A problem when F39 says nothing."""
    return None if reply.text(39).strip() else Problem("field 39", "a response code", "absent")


def _different_60(request: Message, reply: Message) -> Problem | None:
    sent, came = field_60(request.text(60)), field_60(reply.text(60))
    pairs = (
        ("field 60.1", sent.transaction_type, came.transaction_type, 2),
        ("field 60.2", sent.batch, came.batch, 6),
    )
    for place, ours, theirs, width in pairs:
        if len(theirs) == width and theirs != ours:
            return Problem(place, ours, theirs)
    return None
