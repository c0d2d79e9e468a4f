"""What field contents mean, part by part, for people who read a message (unionpay-pos 1.3, 2, 5).

Every value that goes in here may be shown: the caller has masked it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from terminal.iso8583.masking import readable
from terminal.iso8583.private_fields import (
    additional_amounts,
    field_44,
    field_60,
    field_61,
    field_63,
    totals,
)
from terminal.iso8583.response_codes import MEANINGS, meaning

_Table = Mapping[str, str]


def _table(**entries: str) -> _Table:
    """A table from keyword names `_00="…"`: names of codes may begin with a digit."""
    return MappingProxyType({key.removeprefix("_"): text for key, text in entries.items()})


_ENTRY: Final = _table(
    _00="not given", _01="typed", _02="stripe", _03="QR code", _05="chip", _07="contactless chip",
    _80="fallback", _91="contactless stripe", _92="booking", _95="chip fallback",
    _96="mobile chip", _98="contactless chip, full",
)  # fmt: skip
_PIN: Final = _table(_1="PIN in message", _2="no PIN")
_CONDITION: Final = _table(
    _00="normal", _06="pre-authorisation", _08="mail or telephone order",
    _18="pre-authorisation by mail or telephone", _60="added authorisation", _64="instalment",
    _65="points", _66="load from stripe account", _67="booking", _91="e-cash load",
)  # fmt: skip
_PIN_FORMAT: Final = _table(_0="no PIN", _1="PIN without number", _2="PIN with number")
_ALGORITHM: Final = _table(_0="single DES", _6="triple DES", _3="SM4")
_TRACK: Final = _table(_0="track in clear", _1="track encrypted")
_PROCESSING: Final = _table(
    _000000="sale", _030000="pre-authorisation", _200000="void or refund", _310000="balance",
    _310100="inquiry",
)  # fmt: skip
_TYPE: Final = _table(
    _00="management", _01="balance", _02="inquiry", _03="points balance", _10="pre-authorisation",
    _11="void of pre-authorisation", _20="completion", _21="void of completion", _22="sale",
    _23="void of sale", _24="completion advice", _25="refund", _27="offline refund",
    _30="offline settlement", _32="adjustment", _34="tip", _36="offline chip sale",
    _07="signature upload",
)  # fmt: skip
_NETWORK: Final = _table(
    _000="financial", _001="sign-in, single DES", _003="sign-in, double length",
    _004="sign-in, double length and track key", _005="sign-in, SM4", _006="sign-in, SM4",
    _002="sign-off", _301="echo test", _360="parameter download", _362="status upload",
    _370="CA key download", _371="CA key download end", _372="CA key query",
    _380="AID download", _381="AID download end", _382="AID query",
    _201="settlement or batch upload", _202="upload end, totals differ",
    _203="chip upload", _204="chip notice upload", _205="chip upload, totals differ",
    _206="chip notice upload, totals differ", _207="upload end, totals equal",
    _800="signature upload", _951="script notice",
)  # fmt: skip
_CAPABILITY: Final = _table(
    _0="reader unknown", _2="reads stripe", _5="reads chip", _6="reads contactless"
)
_CHIP: Final = _table(
    _0="chip condition not used", _1="last chip read well", _2="fallback from chip"
)
_PARTIAL: Final = _table(_0="no partial approval", _1="partial approval")
_BALANCE: Final = _table(_0="asked", _1="balanced", _2="not balanced", _3="error")
_REQUEST: Final = _table(
    _0="no request", _1="download parameters", _2="upload status", _3="sign in again",
    _4="CA keys", _5="AID parameters", _6="software or parameters", _7="card blacklist",
    _8="rates", _9="contactless parameters", b="list of cards without PIN",
    c="blacklist of cards without PIN",
)  # fmt: skip
_CLASS: Final = _table(
    _60="stripe payment", _61="chip payment", _62="stripe, added value", _63="chip, added value",
    _65="script terminal", _66="telephone terminal", _67="mobile terminal", _68="personal",
)  # fmt: skip
_SCHEMES: Final = _table(_24="single length", _40="double length", _60="double length, track key")

# By the place that a code stands in: a field, or a part of one as `private_fields` calls it.
CODES: Final[Mapping[str, _Table]] = MappingProxyType(
    {
        "header.application class": _CLASS,
        "header.processing request": _REQUEST,
        "3": _PROCESSING,
        "22.entry": _ENTRY,
        "22.pin": _PIN,
        "25": _CONDITION,
        "39": MappingProxyType({code: f"{en} {zh}" for code, en, zh in MEANINGS}),
        "48.flag": _BALANCE,
        "53.format": _PIN_FORMAT,
        "53.algorithm": _ALGORITHM,
        "53.track": _TRACK,
        "60.transaction_type": _TYPE,
        "60.management_code": _NETWORK,
        "60.terminal_capability": _CAPABILITY,
        "60.chip_condition": _CHIP,
        "60.partial_flag": _PARTIAL,
        "62.keys": _SCHEMES,
    }
)

_CODE_LENGTH: Final = 2
_COUNT_DIGITS: Final = 4
_ORGANISATION: Final = "card organisation"


def of_text(number: int, text: str) -> str:
    """Meaning of a field of digits or text; empty when there is nothing to add."""
    if number in _TEXT_MEANINGS:
        return _TEXT_MEANINGS[number](text)
    return ""


def of_bytes(mti: str, number: int, raw: bytes) -> str:
    """Meaning of F44, F54, F62 or F63 of a message; empty when there is nothing to add."""
    if number == 44 and len(raw.strip()) == _CODE_LENGTH:
        return f"original {_response(readable(raw).strip())}"
    if number == 44:
        parties = field_44(raw)
        return f"issuer {parties.issuer}, acquirer {parties.acquirer}"
    if number == 54:
        return "; ".join(f"{a.currency} {yuan(a.amount_minor)}" for a in additional_amounts(raw))
    if number == 62:
        return _sixty_two(mti, raw)
    return _sixty_three(mti, raw) if number == 63 else ""


def of_upload(digits: str) -> str:
    """Meaning of F48 of an upload: how many records it has, or had in all. Shows nothing else."""
    if len(digits) == _COUNT_DIGITS:
        return f"{int(digits)} records in all"
    return f"{int(digits[:2])} records" if digits else ""


def of_header(part: str, digits: str) -> str:
    """Meaning of a part of the header by its English name; empty when there is nothing to add."""
    table = CODES.get(f"header.{part}")
    return _of(table, digits) if table is not None else ""


def yuan(amount_minor: int) -> str:
    """An amount with two decimals."""
    sign, whole = ("-" if amount_minor < 0 else ""), abs(amount_minor)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def _of(table: _Table, code: str) -> str:
    return table.get(code, f"{code}?")


def _amount(text: str) -> str:
    return yuan(int(text)) if text.isdecimal() else ""


def _entry_mode(text: str) -> str:
    return f"{_of(_ENTRY, text[:2])}, {_of(_PIN, text[2:])}"


def _condition(text: str) -> str:
    return _of(_CONDITION, text)


def _response(text: str) -> str:
    known = meaning(text)
    return f"{known[0]} {known[1]}" if known else "not listed"


def _totals(text: str) -> str:
    names = ("domestic", "foreign")
    return "; ".join(
        f"{name}: debit {t.debit_count}/{yuan(t.debit_minor)},"
        f" credit {t.credit_count}/{yuan(t.credit_minor)}, {_of(_BALANCE, t.flag)}"
        for name, t in zip(names, totals(text), strict=False)
    )


def _security(text: str) -> str:
    parts = (_of(_PIN_FORMAT, text[:1]), _of(_ALGORITHM, text[1:2]), _of(_TRACK, text[2:3]))
    return ", ".join(parts)


def _sixty(text: str) -> str:
    parts = field_60(text)
    pairs = (
        (_TYPE, parts.transaction_type), (None, parts.batch), (_NETWORK, parts.management_code),
        (_CAPABILITY, parts.terminal_capability), (_CHIP, parts.chip_condition),
        (_PARTIAL, parts.partial_flag),
    )  # fmt: skip
    return ", ".join(_of(t, v) if t is not None else f"batch {v}" for t, v in pairs if v)


def _sixty_one(text: str) -> str:
    parts = field_61(text)
    pairs = (("batch", parts.batch), ("trace", parts.stan), ("date", parts.date))
    return "original " + ", ".join(f"{name} {value}" for name, value in pairs if value)


def _sixty_two(mti: str, raw: bytes) -> str:
    if mti == "0810" and str(len(raw)) in _SCHEMES:
        return f"working keys, {_of(_SCHEMES, str(len(raw)))}"
    return "device" if raw.startswith(b"Sequence No") else ""


def _sixty_three(mti: str, raw: bytes) -> str:
    parts = field_63(raw)
    name = "operator" if mti in {"0500", "0800", "0820"} else _ORGANISATION
    return "; ".join((f"{name} {readable(raw[:3]).strip()}", *parts.remarks))


def _processing(text: str) -> str:
    return _of(_PROCESSING, text)


_TEXT_MEANINGS: Final = MappingProxyType(
    {
        3: _processing,
        4: _amount,
        22: _entry_mode,
        25: _condition,
        39: _response,
        48: _totals,
        53: _security,
        60: _sixty,
        61: _sixty_one,
    }
)
