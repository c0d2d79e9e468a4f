"""Settlement and the batch upload that follows when totals differ (3.9, 3.10). No MAC."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from terminal.domain.host_profile import HostProfile
from terminal.iso8583.codec import Message, MessageError
from terminal.iso8583.management import management
from terminal.iso8583.private_fields import Totals
from terminal.iso8583.request_fields import (
    TerminalIdentity,
    in_ascii,
    require_digits,
    require_stan,
)

UPLOAD_RECORDS_MOST: Final = 8
NO_TOTALS: Final = Totals(0, 0, 0, 0, "0")
_SETTLEMENT: Final = "201"
_DETAILS: Final = "201"
_END_BALANCED: Final = "207"
_END_DIFFERENT: Final = "202"
_AMOUNT_END: Final = 10**12
_COUNT_END: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRequest:
    """What the terminal counted: debit is sales, credit is voids and refunds (3.9)."""

    stan: str
    batch: str
    domestic: Totals
    foreign: Totals = NO_TOTALS
    currency: str = "156"


@dataclass(frozen=True, slots=True)
class UploadRecord:
    """One line of the upload; `pan` is empty for a payment without a card."""

    stan: str
    amount_minor: int
    pan: str = field(default="", repr=False)
    is_foreign: bool = False


def settlement(
    identity: TerminalIdentity, request: SettlementRequest, profile: HostProfile
) -> Message:
    """0500 with the totals. Raises MessageError for figures that F48 has no room for."""
    _require_numbers(request.stan, request.batch)
    return management(
        "0500",
        identity,
        request.stan,
        f"00{request.batch}{_SETTLEMENT}",
        {
            48: totals_field(request.domestic, request.foreign),
            49: request.currency,
            63: in_ascii(63, profile.operator_code),
        },
    )


def totals_field(domestic: Totals, foreign: Totals) -> str:
    """F48 of a settlement: 62 digits. Raises MessageError."""
    return _half(domestic) + _half(foreign)


def upload_details(
    identity: TerminalIdentity, stan: str, batch: str, records: Sequence[UploadRecord]
) -> Message:
    """0320 with 1 to 8 records. Raises MessageError for others, and for odd records."""
    _require_numbers(stan, batch)
    if not 0 < len(records) <= UPLOAD_RECORDS_MOST:
        raise MessageError("field 48", f"1 to {UPLOAD_RECORDS_MOST} records, not {len(records)}")
    f48 = f"{len(records):02d}" + "".join(_record(record) for record in records)
    return management("0320", identity, stan, f"00{batch}{_DETAILS}", {48: f48})


def upload_end(
    identity: TerminalIdentity, stan: str, batch: str, count: int, is_balanced: bool
) -> Message:
    """0320 that ends an upload of `count` records in all, after totals that matched or not."""
    _require_numbers(stan, batch)
    if not 0 <= count <= 9999:
        raise MessageError("field 48", "the count must be from 0 to 9999")
    code = _END_BALANCED if is_balanced else _END_DIFFERENT
    return management("0320", identity, stan, f"00{batch}{code}", {48: f"{count:04d}"})


def _require_numbers(stan: str, batch: str) -> None:
    require_stan(stan)
    require_digits("field 60", batch, 6)


def _half(totals: Totals) -> str:
    debit = _figures(totals.debit_minor, totals.debit_count)
    credit = _figures(totals.credit_minor, totals.credit_count)
    require_digits("field 48", totals.flag, 1)
    return debit + credit + totals.flag


def _figures(amount_minor: int, count: int) -> str:
    if not (0 <= amount_minor < _AMOUNT_END and 0 <= count < _COUNT_END):
        raise MessageError("field 48", "a sum has 12 digits and a count 3")
    return f"{amount_minor:012d}{count:03d}"


def _record(record: UploadRecord) -> str:
    require_stan(record.stan, "field 48")
    pan = record.pan
    if len(pan) > 19 or not (pan + "0").isdigit() or not pan.isascii():
        raise MessageError("field 48", "a card number has at most 19 digits")
    if not 0 < record.amount_minor < _AMOUNT_END:
        raise MessageError("field 48", "an amount must be from 1 to 999999999999")
    kind = "01" if record.is_foreign else "00"
    return f"{kind}{record.stan}{pan:0>20}{record.amount_minor:012d}"
