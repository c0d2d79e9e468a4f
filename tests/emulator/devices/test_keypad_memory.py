"""What the emulated keypad keeps through a loss of power, and what it never shows."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.frames import framed
from emulator.keypad import (
    KEY_CODES,
    KeypadModel,
    MemoryInFile,
    MemoryInRam,
    PadMemory,
    PadMemoryError,
    PadSetup,
)
from emulator.pad_entry import Entry
from emulator.pad_keys import unwrapped
from emulator.pad_memory import PadState
from tests.emulator.devices.pad_bench import (
    BLOCKS,
    CODE,
    MAC,
    MASTER,
    OPEN_CARD,
    PAN,
    PIN,
    PROTECT,
    SETUP,
    SPEND_CODE,
    STATUS,
    Bench,
    card_question,
    mac_question,
    str8,
)

HASH = b"h" * 32
CLEAR_KEYS = (
    "1A2A3D4C5E6E7080",  # first half of the PIN key
    "0E1F2C3D4A5B6879",
    MASTER,
    SETUP.device_key,
    SETUP.shop_key,
    SETUP.token_key,
)


@pytest.fixture(params=["ram", "file"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> PadMemory:
    return MemoryInRam() if request.param == "ram" else MemoryInFile(tmp_path / "pad.json")


def test_keys_record_and_seals_survive_and_the_boot_id_changes(memory: PadMemory) -> None:
    bench = Bench(memory=memory).with_keys(4)
    made = bench.answer(MAC, mac_question(9, HASH, b"data"))
    sealed = bench.answer(PROTECT, card_question(3))[16:]
    before = bench.answer(STATUS)
    for later in (bench, Bench(memory=memory)):
        later.pad.restart()
        after = later.answer(STATUS)
        assert after[:16] + after[20:] == before[:16] + before[20:]
        assert after[16:20] != before[16:20]
        assert later.answer(MAC, mac_question(9, HASH, b"data")) == made
        opened = later.answer(OPEN_CARD, (3).to_bytes(4, "big") + sealed)
        assert opened.startswith(str8(PAN.encode()))


def test_boot_id_differs_at_every_start(memory: PadMemory) -> None:
    ids = {Bench(memory=memory).answer(STATUS)[16:20] for _ in range(20)}
    assert len(ids) == 20


def test_random_numbers_differ_after_a_restart(memory: PadMemory) -> None:
    sealed = {Bench(memory=memory).answer(PROTECT, card_question(3)) for _ in range(5)}
    assert len(sealed) == 5


def test_same_seed_and_memory_give_the_same_bytes() -> None:
    assert Bench().answer(PROTECT, card_question(3)) == Bench().answer(PROTECT, card_question(3))


def test_spent_code_stays_spent(memory: PadMemory) -> None:
    Bench(memory=memory).answer(SPEND_CODE)
    assert Bench(memory=memory).answer(CODE, b"\x1e") == b"\x06"


def test_record_is_remembered_before_the_answer() -> None:
    class FullMemory(MemoryInRam):
        is_full = False

        def save(self, state: dict[str, Any]) -> None:
            if self.is_full:
                raise PadMemoryError("full")
            super().save(state)

    memory = FullMemory()
    bench = Bench(memory=memory).with_keys()
    memory.is_full = True
    with pytest.raises(PadMemoryError):
        bench.ask(MAC, mac_question(1, HASH, b"data"))


def test_memory_holds_no_clear_key(tmp_path: Path) -> None:
    path = tmp_path / "pad.json"
    bench = Bench(memory=MemoryInFile(path)).with_keys(4)
    bench.answer(PROTECT, card_question(3))
    text = path.read_text("utf-8").upper()
    assert "WORKING" in text
    assert not [key for key in (*CLEAR_KEYS, PAN) if key in text]


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_damaged_file_is_one_error_that_names_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pad.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PadMemoryError, match=r"pad\.json"):
        Bench(memory=MemoryInFile(path))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("working", ["00" * 24, "zz"]),
        ("working", 5),
        ("working", ["00" * 24] * 2),
        ("sealing", {"1": "00" * 24}),
        ("sealing", []),
        ("record_hash", "00"),
        ("record_number", "x"),
    ],
)
def test_damaged_field_is_one_error(name: str, value: object) -> None:
    memory = MemoryInRam()
    Bench(memory=memory).with_keys()
    memory.save(memory.load() | {name: value})
    with pytest.raises(PadMemoryError):
        Bench(memory=memory)


def test_missing_field_is_one_error() -> None:
    memory = MemoryInRam()
    memory.save({"starts": 1})
    with pytest.raises(PadMemoryError):
        Bench(memory=memory)


def test_memory_of_another_pad_is_refused() -> None:
    memory = MemoryInRam()
    Bench(memory=memory).with_keys()
    with pytest.raises(PadMemoryError):
        Bench(replace(SETUP, device_key="11" * 16), memory)


def test_file_that_can_not_be_written_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(PadMemoryError, match="FileNotFoundError"):
        Bench(memory=MemoryInFile(tmp_path / "no folder" / "pad.json"))


def test_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    memory = MemoryInFile(tmp_path / "pad.json")
    memory.save({"starts": 1})
    memory.save({"starts": 2})
    assert [path.name for path in tmp_path.iterdir()] == ["pad.json"]
    assert json.loads((tmp_path / "pad.json").read_text("utf-8")) == {"starts": 2}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("serial", ""),
        ("serial", "x" * 17),
        ("master_key", "12"),
        ("master_key", "secret"),
        ("token_key", "AB"),
        ("device_key", ""),
        ("shop_key", "0"),
        ("one_time_code", "12a4"),
    ],
)
def test_wrong_setup_names_the_field_and_not_its_value(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name) as error:
        PadSetup(**{**fields_of(SETUP), name: value})
    assert not value or len(value) < 3 or value not in str(error.value)


def fields_of(setup: PadSetup) -> dict[str, Any]:
    return {name: getattr(setup, name) for name in PadSetup.__slots__}


def test_no_secret_is_in_the_text_of_any_object() -> None:
    bench = Bench().with_keys(4)
    bench.answer(PROTECT, card_question(3))
    bench.ask(PIN, str8(PAN.encode()) + b"\x04\x0c\x1e\x02")
    bench.press(*"4071")
    keys = unwrapped(bytes.fromhex(MASTER), 4, bytes.fromhex(BLOCKS[4]))
    texts = "".join(text.upper() for thing in (bench.pad, SETUP, keys) for text in seen(thing))
    assert "KEYPADMODEL" in texts
    for secret in (*CLEAR_KEYS, SETUP.one_time_code, PAN, "4071"):
        assert secret not in texts
    assert repr(keys.pik).upper() not in texts


def seen(thing: object) -> list[str]:
    """repr and str of an object and of the objects of ours inside it."""
    inside = [v for v in vars(thing).values() if is_ours(v)] if hasattr(thing, "__dict__") else []
    return [repr(thing), str(thing)] + [text for part in inside for text in seen(part)]


def is_ours(thing: object) -> bool:
    return isinstance(thing, PadState | PadSetup | Entry) or (
        type(thing).__module__.startswith("emulator.pad_core")
    )


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.builds(framed, st.integers(0, 255), st.integers(0, 65535), st.binary(max_size=80)),
            st.sampled_from(list(KEY_CODES)),
            st.floats(0, 100),
        ),
        max_size=30,
    )
)
def test_nothing_on_the_wire_or_the_keys_is_an_error(steps: list[bytes | str | float]) -> None:
    pad = KeypadModel(replace(SETUP, highest_cost=20), MemoryInRam(), 1)
    now_s = 0.0
    for step in steps:
        if isinstance(step, bytes):
            pad.receive(step, now_s)
        elif isinstance(step, str):
            pad.press(step, now_s)
        else:
            now_s += step
            pad.tick(now_s)
    pad.receive(b"", now_s + 1000)
    assert pad.press("1", now_s + 1000) == ((0.0, framed(0x40, 0, b"1")),)
