"""Any screen with the widest values that its placeholders and labels can get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from terminal.domain.money import Amount
from terminal.ui.screens import Content, Fact, Menu, Progress, Say, Screen, Value
from terminal.ui.text import Text

MOST = Amount(10**12 - 1)
NAME = "王" * 10  # a person's name has at most ten characters
PHONE = "0" * 14  # the longest that a shop may have

SAID: Mapping[str, Value] = MappingProxyType(
    {
        "name": NAME,
        "phone": PHONE,
        "number": "99",
        "stan": "999999",
        "batch": "999999",
        "code": "A7",
        "count": 999,
        "minutes": 1440,
        "left": 10,
        "seconds": 86_400,
        "days": 999,
        "shortest": 12,
        "longest": 12,
    }
)
FACTS: Mapping[Text, Value] = MappingProxyType(
    {
        Text.LABEL_DAYS_LEFT: 999,
        Text.LABEL_REFERENCE: "WWWWWWWWWWWW",
        Text.CASE_AMOUNT: MOST.plain,
        Text.CASE_REMAINS: MOST.plain,
        Text.LABEL_SUM: MOST.plain,
        Text.LABEL_SALES: 1998,
        Text.LABEL_RETURNS: 1998,
    }
)


def widest(screen: Screen) -> Screen:
    """The same screen in a shop with the longest names, the largest amounts and many digits."""
    if isinstance(screen, Menu):
        return replace(screen, title=_say(screen.title), items=tuple(map(_say, screen.items)))
    title, lines = _say(screen.title), tuple(map(_content, screen.lines))
    if isinstance(screen, Progress) or screen.hint is None:
        return replace(screen, title=title, lines=lines)
    return replace(screen, title=title, lines=lines, hint=_say(screen.hint))


def _content(content: Content) -> Content:
    if isinstance(content, Say):
        return _say(content)
    if isinstance(content.value, Amount):
        return Fact(content.label, MOST)
    return Fact(content.label, FACTS.get(content.label, content.value))


def _say(said: Say) -> Say:
    return Say(said.text, {name: _value(name, value) for name, value in said.values.items()})


def _value(name: str, value: Value) -> Value:
    return MOST if isinstance(value, Amount) else SAID.get(name, value)
