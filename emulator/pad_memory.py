"""What the keypad keeps through a loss of power. Keys in it are wrapped under the device key."""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap_with_padding,
    aes_key_wrap_with_padding,
)

from emulator.host.crypto import WorkingKeys

HASH_BYTES = 32


class PadMemoryError(Exception):
    """The pad's memory can't be read: damaged, or written by a pad with another device key."""


class PadMemory(Protocol):
    """Where the pad keeps a small state: `load` gives what was last saved, {} when new."""

    def load(self) -> dict[str, Any]: ...

    def save(self, state: dict[str, Any]) -> None: ...


class MemoryInRam:
    """A memory that lives as long as this object: a pad that is restarted keeps it."""

    def __init__(self) -> None:
        self.text = "{}"

    def load(self) -> dict[str, Any]:
        """What was last saved."""
        return dict(json.loads(self.text))

    def save(self, state: dict[str, Any]) -> None:
        """Keep a copy."""
        self.text = json.dumps(state)


class MemoryInFile:
    """A memory in a JSON file, replaced as a whole and synced: a cut leaves the old or the new."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, Any]:
        """What was last saved; PadMemoryError names a file that is damaged."""
        try:
            state = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise PadMemoryError(f"{self._path}: {type(error).__name__}") from None
        if not isinstance(state, dict):
            raise PadMemoryError(f"{self._path}: not an object")
        return state

    def save(self, state: dict[str, Any]) -> None:
        """Write beside the file, sync, then replace it; PadMemoryError when the disk refuses."""
        try:
            self._replace(state)
        except OSError as error:
            raise PadMemoryError(f"{self._path}: {type(error).__name__}") from None

    def _replace(self, state: dict[str, Any]) -> None:
        beside = self._path.with_name(self._path.name + ".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(state, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        _sync_folder(self._path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class PadState:
    """The state itself. `starts` counts starts of the pad; `sealing` holds a key per batch."""

    starts: int = 0
    record_number: int = 0
    record_hash: bytes = bytes(HASH_BYTES)
    working: WorkingKeys | None = None
    sealing: Mapping[int, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    code_spent: bool = False
    wrong_codes: int = 0


def state_as_json(state: PadState, device_key: bytes) -> dict[str, Any]:
    """The state for a PadMemory, its keys wrapped (RFC 5649)."""
    wrapping = _wrapping_key(device_key)
    return {
        "starts": state.starts,
        "record_number": state.record_number,
        "record_hash": state.record_hash.hex(),
        "working": None if state.working is None else _wrap_working(wrapping, state.working),
        "sealing": {str(batch): _wrap(wrapping, key) for batch, key in state.sealing.items()},
        "code_spent": state.code_spent,
        "wrong_codes": state.wrong_codes,
    }


def state_from_json(saved: dict[str, Any], device_key: bytes) -> PadState:
    """The reverse; PadMemoryError when something is missing or does not unwrap."""
    if not saved:
        return PadState()
    try:
        return _state(saved, _wrapping_key(device_key))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidUnwrap) as error:
        raise PadMemoryError(f"the pad's memory: {type(error).__name__}") from None


def _state(saved: dict[str, Any], wrapping: bytes) -> PadState:
    record_hash = bytes.fromhex(saved["record_hash"])
    if len(record_hash) != HASH_BYTES:
        raise ValueError("record_hash")
    working = saved["working"]
    sealing = {int(batch): _unwrap(wrapping, key) for batch, key in saved["sealing"].items()}
    return PadState(
        starts=int(saved["starts"]),
        record_number=int(saved["record_number"]),
        record_hash=record_hash,
        working=None if working is None else _unwrap_working(wrapping, working),
        sealing=MappingProxyType(sealing),
        code_spent=bool(saved["code_spent"]),
        wrong_codes=int(saved["wrong_codes"]),
    )


def _wrapping_key(device_key: bytes) -> bytes:
    return hmac.new(device_key, b"memory of the pad", hashlib.sha256).digest()


def _wrap(wrapping: bytes, key: bytes) -> str:
    return aes_key_wrap_with_padding(wrapping, key).hex()


def _unwrap(wrapping: bytes, text: str) -> bytes:
    return aes_key_unwrap_with_padding(wrapping, bytes.fromhex(text))


def _wrap_working(wrapping: bytes, keys: WorkingKeys) -> list[str]:
    return [_wrap(wrapping, key) for key in (keys.pik, keys.mak, keys.tdk) if key is not None]


def _unwrap_working(wrapping: bytes, texts: list[str]) -> WorkingKeys:
    pik, mak, *rest = (_unwrap(wrapping, text) for text in texts)
    return WorkingKeys(pik, mak, rest[0] if rest else None)
