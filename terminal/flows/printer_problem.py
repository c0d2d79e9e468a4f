"""A slip that is not on paper: what is said of the printer, and keeping it for the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from terminal.domain.slip import PrinterProblem
from terminal.events import PrintFailed
from terminal.flows.typed import Step
from terminal.ui.text import Text

C = TypeVar("C", bound=Any)

PROBLEMS: Mapping[PrinterProblem, Text] = MappingProxyType(
    {
        PrinterProblem.PAPER_OUT: Text.PAPER_OUT,
        PrinterProblem.COVER_OPEN: Text.COVER_OPEN,
        PrinterProblem.OVERHEATED: Text.OVERHEATED,
        PrinterProblem.SILENT: Text.PRINTER_SILENT,
        PrinterProblem.ERROR: Text.PRINTER_ERROR,
    }
)


def keep_problem(c: C, event: PrintFailed) -> Step[C]:
    """Say what to do about the printer."""
    return replace(c, problem=event.problem), ()


def keep_silence(c: C, event: object) -> Step[C]:
    """The printer said nothing for too long."""
    return replace(c, problem=PrinterProblem.SILENT), ()
