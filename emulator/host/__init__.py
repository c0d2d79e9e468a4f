"""The emulated acquirer host: its own reading of the message documents, its rules and its books."""
