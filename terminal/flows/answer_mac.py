"""The MAC of an answer: whether it has to be verified, the question to the pad, what it said."""

from __future__ import annotations

from typing import Any

from terminal.domain.facts import Facts
from terminal.domain.keypad_questions import CheckMac, Verdict
from terminal.effects import AskKeypad
from terminal.events import HostReplied, KeypadAnswered
from terminal.iso8583 import matching, messages
from terminal.iso8583.matching import MacCheck


def has_mac(c: Any, event: HostReplied) -> bool:
    """An F64 that is there must verify, also where none is needed."""
    return matching.mac_needed(messages.decode(event.raw))


def mac_question(facts: Facts, raw: bytes) -> AskKeypad:
    """Is the F64 of this answer the host's?"""
    data = messages.mac_input(raw)
    return AskKeypad(CheckMac(facts.profile.mac_algorithm, data, raw[len(data) :]))


def mac_check(event: object) -> MacCheck:
    """What is known of the MAC: an answer judged as it came in has none."""
    if isinstance(event, HostReplied):
        return MacCheck.ABSENT
    if isinstance(event, KeypadAnswered) and isinstance(event.answer, Verdict):
        return MacCheck.VERIFIED if event.answer.right else MacCheck.WRONG
    return MacCheck.NOT_CHECKED
