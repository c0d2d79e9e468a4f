"""The firmware: a pure core of flows and a thin runtime around it."""

from typing import Final

VERSION: Final = "0.1.0"  # as in pyproject.toml
