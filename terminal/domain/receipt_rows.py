"""Pieces of a slip: rows that fit the paper, and money and time as printed. Both languages."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from terminal.domain.card import luhn_is_right, mask
from terminal.domain.cells import drawable, width, wrap
from terminal.domain.host_day import nearest
from terminal.domain.money import Amount
from terminal.domain.phrase import Phrase
from terminal.domain.slip import COLUMNS, Align, Line, Pair, Row
from terminal.domain.transaction import Transaction

CHINA_TIME: Final = timezone(timedelta(hours=8))
_DIGITS: Final = re.compile(r"\d{12,19}", re.ASCII)


def without_pan(text: str) -> str:
    """Free text with everything masked that could be a card number: somebody may have typed one."""
    return _DIGITS.sub(lambda run: mask(run[0]) if luhn_is_right(run[0]) else run[0], text)


def lines(text: str, align: Align = Align.LEFT, bold: bool = False) -> tuple[Row, ...]:
    """A text on as many lines as it needs; an empty one needs none."""
    rows = wrap(text, COLUMNS) if text else ()
    return tuple(Line(row, align, bold) for row in rows)


def both(phrase: Phrase, align: Align = Align.CENTRE, bold: bool = False) -> tuple[Row, ...]:
    """Chinese, then English; once when they are the same."""
    english = phrase.en if phrase.en != phrase.zh_cn else ""
    return (*lines(phrase.zh_cn, align, bold), *lines(english, align, bold))


def heading(phrase: Phrase) -> tuple[Row, ...]:
    """Both languages in one tall line, on two when it is too narrow."""
    joined = f"{phrase.zh_cn} {phrase.en}"
    texts = (joined,) if width(joined) <= COLUMNS else (phrase.zh_cn, phrase.en)
    return tuple(Line(text, Align.CENTRE, bold=True, tall=True) for text in texts)


def fact(label: str, value: str, bold: bool = False) -> tuple[Row, ...]:
    """Label and value; nothing without a value; a value wider than the paper goes on below."""
    shown = drawable(value)
    if not shown:
        return ()
    if width(shown) <= COLUMNS:
        return (Pair(label, shown, bold),)
    return (Line(label, bold=bold), *lines(shown, Align.RIGHT, bold))


def fact_in_both(label: str, phrase: Phrase) -> tuple[Row, ...]:
    """A label with its value in Chinese, and in English below."""
    english = phrase.en if phrase.en != phrase.zh_cn else ""
    return (*fact(label, phrase.zh_cn), *lines(english, Align.RIGHT))


def money(amount_minor: int) -> str:
    """`RMB 1,234.50`."""
    return f"RMB {Amount(amount_minor).plain}"


def counted(label: str, count: int, amount_minor: int, bold: bool = False) -> tuple[Row, ...]:
    """How often, and how much together: `SALE 3`, `RMB 30.00`."""
    return fact(f"{label} {count}", money(amount_minor), bold)


def host_day(transaction: Transaction) -> date | None:
    """The host's date with its year: the one nearest to the terminal's clock; None if unknown."""
    here = _here(transaction.wall)
    return nearest(transaction.host_date, here.date()) if here else None


def day_of(transaction: Transaction) -> date | None:
    """The day that its slip bears: the host's, else this terminal's; None if unknown."""
    here = _here(transaction.wall)
    return host_day(transaction) or (here.date() if here else None)


def printed_time(transaction: Transaction) -> str:
    """The host's date and time, else this terminal's: `2024/05/06 12:34:56`, empty if unknown."""
    return moment(transaction.wall, transaction.host_date, transaction.host_time)


def moment(wall: str, host_date: str = "", host_time: str = "") -> str:
    """As `printed_time`, of a clock's ISO text and of the host's MMDD and hhmmss."""
    here = _here(wall)
    day = nearest(host_date, here.date()) if here else None
    if day is not None and re.fullmatch(r"\d{6}", host_time, re.ASCII):
        return f"{day:%Y/%m/%d} {host_time[:2]}:{host_time[2:4]}:{host_time[4:]}"
    return f"{here:%Y/%m/%d %H:%M:%S}" if here else ""


def _here(wall: str) -> datetime | None:
    try:
        return datetime.fromisoformat(wall).astimezone(CHINA_TIME)
    except (ValueError, OverflowError):
        return None
