"""Evidence written by hand: one good refund, record by record, to be spoilt in one place."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from binascii import crc_hqx
from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.simulation.evidence import Canaries, Evidence, Paper, Passed, Shown, Wish

TERMINAL, MERCHANT = "12345678", "898310058120001"
BATCH, STAN, RRN = 2, 7, "061500000019"
SALE_RRN, SALE_MINOR, AMOUNT_MINOR = "061400000012", 10000, 4000
PAN: Final = "6212345678901232"
PASSWORD: Final = "73591826405317"
KEY: Final = bytes(range(0x51, 0x61))
SIGN_IN: Final = {11: "000006", 41: TERMINAL, 42: MERCHANT, 60: f"00{BATCH:06d}003"}
REFUND: Final = {
    3: "200000",
    4: f"{AMOUNT_MINOR:012d}",
    11: f"{STAN:06d}",
    22: "022",
    25: "00",
    35: f"{PAN}d30011010000000000",
    37: SALE_RRN,
    41: TERMINAL,
    42: MERCHANT,
    49: "156",
    60: f"25{BATCH:06d}00050",
    61: "0000000000000614",
    63: "000",
    64: "3132333435363738",
}
ANSWER: Final = {k: REFUND[k] for k in (3, 4, 11, 41, 42, 49, 60, 64)} | {37: RRN, 39: "00"}
Record = tuple[str, dict[str, Any]]


def frame(mti: str, fields: Mapping[int, str]) -> bytes:
    """A message on TCP: digits as BCD, texts as ASCII, bytes as hex, by the field table."""
    bits = sum(1 << (64 - number) for number in fields)
    body = bytes.fromhex("6000030000" + "602200000000" + mti) + bits.to_bytes(8, "big")
    body += b"".join(_field(number, fields[number]) for number in sorted(fields))
    return len(body).to_bytes(2, "big") + body


def _field(number: int, text: str) -> bytes:
    padded = bytes.fromhex(text + "0" * (len(text) % 2)) if number not in TEXTS else b""
    if number in (2, 32, 35):
        return bytes.fromhex(f"{len(text):02d}") + padded
    if number in (36, 48, 60, 61):
        return bytes.fromhex(f"{len(text):04d}") + padded
    if number in (44, 63):
        digits = 2 if number == 44 else 4
        return bytes.fromhex(f"{len(text):0{digits}d}") + text.encode()
    return text.encode() if number in TEXTS else padded


TEXTS: Final = frozenset({37, 38, 39, 41, 42, 44, 49, 63})


def journal(records: list[Record]) -> bytes:
    """The file of a journal with these records, chained as they should be."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE records (number, kind, body, wall, monotonic_ms, previous, hash)"
    )
    connection.execute("CREATE TABLE sealed (number, raw)")
    previous = bytes(32)
    for number, (kind, body) in enumerate(records, start=1):
        wall, ms = "2026-06-15T01:30:00.000Z", number * 1000
        text = _canonical([number, kind, body, wall, ms, previous.hex()])
        own = hashlib.sha256(text.encode()).digest()
        row = (number, kind, _canonical(body), wall, ms, previous, own)
        connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        previous = own
    connection.commit()
    raw = connection.serialize()
    connection.close()
    return raw


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def intent(**changes: Any) -> Record:
    """The refund's record."""
    original = {
        "rrn": SALE_RRN,
        "day": "2026-06-14",
        "amount_minor": SALE_MINOR,
        "voucher": "",
        "stan": 12,
        "batch": 1,
    }
    body = {
        "operation": "refund",
        "stan": STAN,
        "batch": BATCH,
        "amount_minor": AMOUNT_MINOR,
        "card": "621234******1232",
        "token": "00aa112233445566",
        "original": original,
        "operator": "01",
        "approver": "",
        "exceptions": [],
    }
    return "intent", body | changes


def booking(**changes: Any) -> dict[str, object]:
    """The refund on the host's ledger."""
    row = {
        "terminal": TERMINAL,
        "merchant": MERCHANT,
        "transaction_type": "25",
        "amount_minor": AMOUNT_MINOR,
        "batch": f"{BATCH:06d}",
        "stan": f"{STAN:06d}",
        "state": "booked",
        "response_code": "00",
        "rrn": RRN,
        "original_rrn": SALE_RRN,
    }
    return row | changes


def slip(
    copy: str = "MERCHANT", heading: str = "交易成功 APPROVED", amount: str = "40.00"
) -> Paper:
    """A whole slip of the refund."""
    rows = (
        "退货签购单 REFUND SLIP",
        f"存根 {copy} COPY",
        f"批次号 BATCH              {BATCH:06d}",
        f"凭证号 STAN               {STAN:06d}",
        f"退货金额 AMOUNT        RMB {amount}",
        "原凭证号 ORIG STAN        000012",
        f"       {heading}",
    )
    return Paper(14.0, rows, (), cut=True)


def settlement_slip(batch: int, stan: int) -> Paper:
    """A whole slip of a settlement, with nothing on it."""
    rows = (
        "存根 MERCHANT COPY",
        f"批次号 BATCH              {batch:06d}",
        f"凭证号 STAN               {stan:06d}",
        "内卡 DOMESTIC",
    )
    return Paper(60.0, rows, (), cut=True)


LOAD_KEYS, MAC = 0x02, 0x03


def pad(at_s: float, out: bool, kind: int, number: int, payload: bytes = b"") -> Passed:
    """A frame on the keypad's wire."""
    body = bytes([kind]) + number.to_bytes(2, "big") + payload
    covered = len(body).to_bytes(2, "big") + body
    raw = b"\x02" + covered + crc_hqx(covered, 0xFFFF).to_bytes(2, "big")
    return Passed(at_s, "keypad", out, raw)


class Day:
    """A good day: sign-in, log-on, one refund, its slips. Change what is in it, then `evidence`."""

    def __init__(self) -> None:
        sale = booking(transaction_type="22", amount_minor=SALE_MINOR, batch="000001")
        sale |= {"stan": "000012", "rrn": SALE_RRN, "original_rrn": ""}
        self.records: list[Record] = [
            ("boot", {"remembered": 0}),
            *(("password", {"number": n, "verifier": n * 32}) for n in ("01", "10")),
            ("password_asked", {"number": "01", "count": 1, "locked_remaining_s": 0}),
            ("password_right", {"number": "01"}),
            ("logon", {"number": "01"}),
            ("stan", {"stan": 6, "for": "sign_in"}),
            ("signed_in", {"batch": BATCH, "host_date": "0615", "host_time": "093000"}),
            intent(),
            ("result", {"intent": 9, "outcome": "approved", "response_code": "00", "rrn": RRN}),
            ("printed", {"intent": 9, "slip": "merchant", "duplicate": 0}),
            ("printed", {"intent": 9, "slip": "customer", "duplicate": 0}),
        ]
        self.passed = [
            Passed(7.0, "acquirer", True, frame("0800", SIGN_IN)),
            Passed(7.5, "acquirer", False, frame("0810", SIGN_IN | {39: "00"})),
            Passed(9.0, "acquirer", True, frame("0220", REFUND)),
            Passed(9.5, "acquirer", False, frame("0230", ANSWER)),
            pad(7.6, True, LOAD_KEYS, 1),
            pad(7.7, False, LOAD_KEYS + 0x80, 1),
        ]
        rows = ("退货金额     40.00元", "凭证号        000007")
        self.shown = [
            Shown(8.5, "refund.confirm", "zh", rows[:1]),
            Shown(10.0, "refund.approved", "zh", rows),
        ]
        self.papers = [slip(), slip("CARDHOLDER")]
        self.bookings = [sale, booking()]
        self.wishes = [Wish(8.9, "refund", SALE_RRN, AMOUNT_MINOR)]

    def evidence(self, **changes: Any) -> Evidence:
        """What is left of the day."""
        known: dict[str, Any] = {
            "terminal": TERMINAL,
            "merchant": MERCHANT,
            "disk": {"journal.db": journal(self.records)},
            "bookings": tuple(self.bookings),
            "passed": tuple(self.passed),
            "shown": tuple(self.shown),
            "papers": tuple(self.papers),
            "wishes": tuple(self.wishes),
            "cuts": (),
            "calm_s": 1.0,
            "canaries": Canaries(pans=(PAN,), passwords=(PASSWORD,), keys=(KEY,)),
            "one_clock": True,
        }
        return Evidence(**(known | changes))


# What spoils a day, in place, or by evidence of its own.
Spoil = Callable[[Day], Evidence | None]

INTENT, RESULT, PRINTED = 8, 9, 10  # places in the day's records
SIGNED_IN, REQUEST, REPLY = 1, 2, 3  # places on the wire


def result(day: Day, **body: Any) -> None:
    day.records[RESULT] = ("result", {"intent": INTENT + 1, **body})


def out(at_s: float, mti: str, fields: dict[int, str]) -> Passed:
    return Passed(at_s, "acquirer", True, frame(mti, fields))


def heard(at_s: float, mti: str, fields: dict[int, str]) -> Passed:
    return Passed(at_s, "acquirer", False, frame(mti, fields))


def unknown(day: Day) -> Day:
    """The same day with an answer that never came."""
    result(day, outcome="unknown", detail="timeout")
    del day.records[PRINTED:], day.passed[REPLY], day.shown[1]
    day.papers = []
    return day


def second(day: Day, **changes: Any) -> None:
    """One more refund of the same purchase, with the next number."""
    day.records.append(intent(stan=STAN + 1, **changes))
