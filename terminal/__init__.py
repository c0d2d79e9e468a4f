"""The firmware: a pure core of flows and a thin runtime around it."""
