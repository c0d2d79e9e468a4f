"""Durable, hash-chained records over SQLite and what is folded from them."""
