"""The keypad or the host does not answer: the rows that every question to them needs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from terminal.flow import On

States = Enum | tuple[Enum, ...]
Do = Callable[[Any, Any], Any]


def pad_silent(source: States, dest: Enum, do: Do | None = None) -> list[On[Any]]:
    """The pad refuses, is gone, or takes too long."""
    return [On("keypad_failed", source, dest, do=do), On("timeout", source, dest, do=do)]


def host_silent(source: States, dest: Enum, do: Do) -> list[On[Any]]:
    """It was sent, and the line was lost or nothing came in time."""
    return [On("host_silent", source, dest, do=do), On("timeout", source, dest, do=do)]
