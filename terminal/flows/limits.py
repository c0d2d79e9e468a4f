"""How long states last that several flows have: typing, an ending that is told, the host's answer.

The context of each has `facts`; that of `stopped_limit_s` also `left`.
"""

from __future__ import annotations

from typing import Any, Final

LEFT_S: Final = 5.0  # who left it knows; who comes back to the till looks at the idle screen
SPARE_S: Final = 5.0


def entry_limit_s(c: Any) -> float:
    """As long as the shop gives a person for one screen."""
    limit_s: float = c.facts.parameters.entry_timeout_s
    return limit_s


def stopped_limit_s(c: Any) -> float:
    """A refusal is to be read; that somebody left is soon known."""
    return LEFT_S if c.left else entry_limit_s(c)


def host_limit_s(c: Any) -> float:
    """For a message that was sent, and its answer."""
    # A back stop only: the driver of the line gives up earlier and says why.
    limit_s: float = c.facts.profile.connect_timeout_s + c.facts.profile.answer_timeout_s + SPARE_S
    return limit_s
