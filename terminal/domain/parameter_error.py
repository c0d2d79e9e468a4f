"""A parameter that can't be: the error that names it."""

from __future__ import annotations


class ParameterError(ValueError):
    """A value that can't be; the text names the key and what is allowed."""


def require(good: bool, key: str, allowed: str) -> None:
    """Raises ParameterError with key and what is allowed."""
    if not good:
        raise ParameterError(f"{key}: {allowed}")
