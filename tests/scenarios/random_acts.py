"""Whatever somebody presses, swipes and scans, and what fate adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from emulator.stories.words import KEYS
from terminal.ui.text import Text
from tests.scenarios.cashier import ANSWER_S
from tests.scenarios.fingers import PASSWORDS, press, swipe_text
from tests.scenarios.memory_bench import MemoryBench
from tests.scenarios.sales import PIN, menu

Act = tuple[str, str]  # what is done, and with what: see `_DOING`
HOMES = ("idle", "logon")
SCANNED, BY_WALLET = "061400000012", "061300000015"
RRNS = (SCANNED, BY_WALLET, "061400000016", "0613B0000010", "050100000001", "061200000008")
LINES = ("SALE", "VOID", "QR_REFUND", "SETTLE", "FIND", "PARAMETERS", "PENDING", "BACKUP")
CARDS = ("debit", "credit", "expired", "foreign", "gift", "damaged", "cut-off")
FAULTS = (
    "host.asks",
    "host.bad_upload",
    "host.close",
    "host.cut_frame",
    "host.decline",
    "host.field",
    "host.hostile_parameters",
    "host.no_answer",
    "host.no_mac",
    "host.sign_in_again",
    "host.wrong_mac",
    "host.wrong_totals",
)
OFFERS = ("12=45", "17=13800000000", "20=0", "22=新名称", "23=5")
POWER = ("cut", "no paper", "paper", "no line", "line")


def _some(what: str, values: tuple[str, ...] | list[str]) -> SearchStrategy[Act]:
    return st.sampled_from(values).map(lambda value: (what, value))


ACTS: SearchStrategy[Act] = st.one_of(
    _some("press", KEYS),
    _some("press", KEYS),
    _some("press", ["ENTER", "MENU", "CANCEL"]),
    _some("type", [*sorted(PASSWORDS), *sorted(PASSWORDS.values()), PIN]),
    st.text("0123456789", max_size=13).map(lambda word: ("type", word)),
    _some("line", LINES),
    _some("card", CARDS),
    _some("stripe", [";E?", "!T", "!I", "?", ";=?"]),
    _some("slip", RRNS),
    _some("code", ["", "R1;x", "06140000001220260614", "9" * 600, "newest"]),
    _some("wait", ["0.2", "3", "65"]),
    _some("fault", FAULTS),
    _some("offer", OFFERS),
    _some("power", POWER),
)


def do(bench: MemoryBench, act: Act) -> None:
    """One act of a person, or of fate."""
    what, value = act
    _DOING[what](bench, value)


def _type(bench: MemoryBench, word: str) -> None:
    digits = str(newest_stan(bench)) if word == "newest" else word
    bench.keys(" ".join([*digits, "ENTER"]))


def newest_stan(bench: MemoryBench) -> int:
    """The number of the newest intent; 1 when there is none."""
    intents = bench.records("intent")
    return int(intents[-1].body["stan"]) if intents else 1


def _scan(bench: MemoryBench, text: str) -> None:
    bench.scan(_newest_code(bench) if text == "newest" else text)


def _newest_code(bench: MemoryBench) -> str:
    texts = (str(code) for slip in bench.printer.slips for code in slip.codes)
    codes = [text[text.index("R1;") :].split("'")[0] for text in texts if "R1;" in text]
    return codes[-1] if codes else ""


def _offer(bench: MemoryBench, change: str) -> None:
    """From now on the host offers this value of one parameter."""
    tag, value = change.split("=")
    desk = bench.host._desk
    table = {**dict(desk.config.parameters), tag: value}
    bench.host._desk = replace(desk, config=replace(desk.config, parameters=tuple(table.items())))


def _fate(bench: MemoryBench, what: str) -> None:
    line = bench.links["acquirer"]
    if what == "cut":
        bench.power_cut()
        bench.power_on()
    elif what == "no paper":
        bench.printer.out_after_lines(0)
    elif what == "paper":
        bench.printer.load_paper()
    else:
        line.is_up = what == "line"


_DOING: Mapping[str, Callable[[MemoryBench, str], object]] = {
    "press": press,
    "type": _type,
    "line": lambda bench, name: menu(bench, Text[f"MENU_{name}"]),
    "card": lambda bench, name: bench.swipe(name),
    "stripe": swipe_text,
    "slip": lambda bench, rrn: bench.scan(bench.code(bench.sale(rrn=rrn))),
    "code": _scan,
    "wait": lambda bench, seconds: bench.run(float(seconds)),
    "fault": lambda bench, name: bench.host.faults.arm(name),
    "always": lambda bench, name: bench.host.faults.arm(name, count=0),
    "offer": _offer,
    "power": _fate,
}


def comes_home(bench: MemoryBench) -> bool:
    """Cancel, and where nothing can be cancelled the end of the waiting, leads home."""
    for _ in range(12):
        if bench.screen in HOMES:
            return True
        bench.keys("CANCEL").run(2.0)
    bench.run(ANSWER_S + 10.0)
    for _ in range(6):
        bench.keys("CANCEL").run(2.0)
    return bench.screen in HOMES
