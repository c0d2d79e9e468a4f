"""First use: the pad's one-time code, then everybody's password. No defaults, no way round."""

from pathlib import Path

import pytest

from terminal.ui.screens import say
from terminal.ui.text import Text
from tests.scenarios.eyes import missing, shows
from tests.scenarios.fingers import PASSWORDS
from tests.scenarios.memory_bench import MemoryBench

CODE = "26374859 ENTER"


@pytest.fixture
def fresh(tmp_path: Path) -> MemoryBench:
    """A terminal and a keypad as they come from the maker."""
    return MemoryBench(tmp_path)


def twice(password: str) -> str:
    return f"{password} ENTER {password} ENTER"


def test_firmware_without_a_shop_asks_for_the_code_of_the_keypad(fresh: MemoryBench) -> None:
    assert fresh.screen == "setup"
    assert shows(fresh, Text.TYPE_CODE)


def test_code_and_passwords_are_typed_in_the_pad_and_end_at_the_log_on(fresh: MemoryBench) -> None:
    fresh.set_up()
    assert fresh.screen == "logon"
    assert [r.body["number"] for r in fresh.records("password")] == list(PASSWORDS)
    assert fresh.records()[-1].kind == "set_up"


@pytest.mark.parametrize("keys", ["MENU", "CANCEL", "01 ENTER", "2580 ENTER", "00000000 ENTER"])
def test_nothing_but_the_code_opens_the_terminal(fresh: MemoryBench, keys: str) -> None:
    fresh.keys(keys)
    assert fresh.screen == "setup"
    assert not fresh.records("password")


def test_wrong_code_is_said_and_asked_for_again(fresh: MemoryBench) -> None:
    fresh.keys("11112222 ENTER")
    assert shows(fresh, Text.CODE_WRONG)
    fresh.keys(CODE)
    assert fresh.screen == "setup.password"
    assert not shows(fresh, Text.CODE_WRONG)


def test_after_five_wrong_codes_the_right_one_has_to_wait(fresh: MemoryBench) -> None:
    fresh.keys("11112222 ENTER " * 5 + CODE)
    assert fresh.screen == "setup"
    fresh.run(60.0 * 31 + 15.0)
    fresh.keys(CODE)
    assert fresh.screen == "setup.password"


def test_code_that_is_typed_after_a_long_rest_is_taken(fresh: MemoryBench) -> None:
    fresh.keys("11112222 ENTER").run(95.0)
    fresh.keys("2637").run(20.0)
    fresh.keys("4859 ENTER")
    assert fresh.screen == "setup.password"


@pytest.mark.parametrize("weak", ["1234", "0000", "1111", "9876", "0101"])
def test_weak_password_is_refused(fresh: MemoryBench, weak: str) -> None:
    fresh.keys(CODE).keys(f"{weak} ENTER")
    assert shows(fresh, Text.PASSWORD_WEAK)
    assert not fresh.records("password")


def test_password_that_is_typed_differently_is_asked_for_again(fresh: MemoryBench) -> None:
    fresh.keys(CODE).keys("2580 ENTER 2581 ENTER")
    assert not missing(fresh, Text.PASSWORD_DIFFERS, "01 Li Na")
    fresh.keys(twice("2580"))
    assert shows(fresh, "02 Wang")


def test_password_that_is_too_short_is_not_taken(fresh: MemoryBench) -> None:
    fresh.keys(CODE).keys("258 ENTER")
    assert shows(fresh, say(Text.TYPE_NEW_PASSWORD, shortest=4, longest=12))
    fresh.keys("0 ENTER")
    assert shows(fresh, Text.TYPE_AGAIN)


def test_supervisors_need_six_digits(fresh: MemoryBench) -> None:
    fresh.keys(CODE).keys(f"{twice('2580')} {twice('7394')}")
    assert shows(fresh, say(Text.TYPE_NEW_PASSWORD, shortest=6, longest=12))


def test_power_cut_in_the_middle_goes_on_with_the_next_person(fresh: MemoryBench) -> None:
    fresh.keys(CODE).keys(twice("2580")).power_cut()
    fresh.power_on()
    assert fresh.screen == "setup"
    fresh.keys(CODE)
    assert shows(fresh, "02 Wang")


def test_code_is_good_for_one_set_up_only(fresh: MemoryBench, tmp_path: Path) -> None:
    fresh.set_up().power_cut()
    for path in tmp_path.iterdir():
        path.unlink()
    fresh.power_on()
    assert fresh.screen == "setup"
    assert shows(fresh, Text.CODE_SPENT)
    fresh.keys(CODE)
    assert not fresh.records("password")


def test_terminal_without_people_says_so(tmp_path: Path) -> None:
    bench = MemoryBench(tmp_path, parameters={"people": ()})
    assert shows(bench, Text.NO_PEOPLE)


def test_person_added_later_has_no_password_and_gets_in_nowhere(tmp_path: Path) -> None:
    from_start = MemoryBench(tmp_path, parameters={"people": PEOPLE[:1]})
    from_start.keys(CODE).keys(twice("2580")).power_cut()
    later = MemoryBench(tmp_path, parameters={"people": PEOPLE})
    later.keys("02 ENTER")
    assert shows(later, Text.NO_PASSWORD_YET)


def test_keypad_that_goes_away_is_asked_again_when_it_is_back(fresh: MemoryBench) -> None:
    fresh.keys(CODE).keys("25").links["keypad"].pull()
    fresh.run(3.0)
    fresh.links["keypad"].plug()
    fresh.run(12.0)
    fresh.keys(CODE).keys(twice("2580"))
    assert shows(fresh, "02 Wang")


PEOPLE = (
    {"number": "01", "name": "Li", "role": "operator"},
    {"number": "02", "name": "Wu", "role": "operator"},
)
