"""Every shape of a secret is found wherever in a heap it begins, and nothing else is."""

from random import Random

import pytest

from emulator.cards import deck
from tests.simulation.canary_cards import canaries
from tests.simulation.check_needles import Heap, Shapes, needles_of
from tests.simulation.evidence import Canaries

KEYS = (bytes(range(8)), bytes(range(16)))
NEEDLES = needles_of(canaries(tuple(deck()), KEYS), True)
MOST_AROUND = 9


@pytest.mark.parametrize(
    "shapes",
    [NEEDLES.texts, NEEDLES.packed, NEEDLES.raw],
    ids=["texts", "packed", "raw"],
)
def test_a_shape_is_found_wherever_it_begins(shapes: Shapes) -> None:
    chance = Random(1)
    for shape in shapes.named:
        for before in range(MOST_AROUND):
            around = chance.randbytes(before), chance.randbytes(chance.randrange(MOST_AROUND))
            heap = shape.join(around)
            assert list(shapes.found_in(heap)) == [
                what for other, what in shapes.named.items() if other in heap
            ]


def test_half_a_shape_is_not_found() -> None:
    shapes = Shapes({b"0123456789": "a number"})
    assert list(shapes.found_in(b"0123456780123456789")) == ["a number"]
    assert not list(shapes.found_in(b"012345678 123456789"))


def test_shapes_of_nothing_are_not_found() -> None:
    assert not list(Shapes({}).found_in(b"anything"))


@pytest.mark.parametrize(("between", "found"), [(b"", True), (b"\xdc\xcc\xae", False)])
def test_a_number_of_zeros_is_not_joined_out_of_a_table(between: bytes, found: bool) -> None:
    needles = needles_of(Canaries(pans=("6222020000000007",)), True)
    heap = Heap([bytes.fromhex("8c0000000002 02") + between + b"\x22\xdf"])
    assert list(heap.found(needles)) == (["a card number"] if found else [])
