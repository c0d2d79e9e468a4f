"""The emulated scanner: it only speaks, a line a code (drivers/scanner.md)."""

from emulator.frames import Out


class ScannerModel:
    """A window to hold a code to."""

    def scan(self, text: str) -> Out:
        """A code is read; characters that no byte stands for become `?`."""
        return ((0.0, text.encode("latin-1", "replace") + b"\r"),)
