"""The keypad's questions as they stand in a payload: taken apart, asked of the core, answered.

A function a question: payload in, the answer's payload out; for an entry, what is to be typed.
RefusedError and MalformedPayloadError where the pad does not do it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from emulator.frames import MalformedPayloadError, PayloadReader, str8
from emulator.pad_core import SALT_BYTES, SecureCore
from emulator.pad_entry import Ended, Entry, Outcome, Terms
from emulator.pad_memory import HASH_BYTES
from emulator.pad_secrets import is_weak

MAC_BYTES = 8
VERIFIER_BYTES = 32
PIN_BLOCK_BYTES, PIN_BLOCK_FORMAT = 8, 2
SHORTEST_PIN, LONGEST_PIN = 4, 12
LONGEST_CODE = 16

AtOnce = Callable[[SecureCore, PayloadReader], bytes]
ByEntry = Callable[[SecureCore, PayloadReader, float], "Entry | Ended"]


def _status(core: SecureCore, payload: PayloadReader) -> bytes:
    payload.end()
    return core.status()


def _load_keys(core: SecureCore, payload: PayloadReader) -> bytes:
    scheme, block = payload.u8(), payload.str16()
    payload.end()
    core.load_keys(scheme, block)
    return b""


def _mac(core: SecureCore, payload: PayloadReader) -> bytes:
    algorithm, number, record_hash = payload.u8(), payload.u32(), payload.take(HASH_BYTES)
    data = payload.str16()
    payload.end()
    return core.make_mac(algorithm, number, record_hash, data)


def _check_mac(core: SecureCore, payload: PayloadReader) -> bytes:
    algorithm, candidate, data = payload.u8(), payload.take(MAC_BYTES), payload.str16()
    payload.end()
    return bytes((core.check_mac(algorithm, candidate, data),))


def _protect(core: SecureCore, payload: PayloadReader) -> bytes:
    batch, pan, expiry = payload.u32(), payload.str8(), payload.str8()
    payload.end()
    return core.token(pan) + str8(core.seal(batch, pan, expiry))


def _open_card(core: SecureCore, payload: PayloadReader) -> bytes:
    batch, sealed = payload.u32(), payload.str8()
    payload.end()
    pan, expiry = core.unseal(batch, sealed)
    return str8(pan) + str8(expiry)


def _destroy_seal(core: SecureCore, payload: PayloadReader) -> bytes:
    batch = payload.u32()
    payload.end()
    core.destroy_seal(batch)
    return b""


def _sign_slip(core: SecureCore, payload: PayloadReader) -> bytes:
    text = payload.str16()
    payload.end()
    return core.sign(text)


def _check_slip(core: SecureCore, payload: PayloadReader) -> bytes:
    mark, text = payload.take(MAC_BYTES), payload.str16()
    payload.end()
    return bytes((core.is_signed(mark, text),))


def _spend_code(core: SecureCore, payload: PayloadReader) -> bytes:
    payload.end()
    core.spend_code()
    return b""


def _password(core: SecureCore, payload: PayloadReader, now_s: float) -> Entry | Ended:
    salt, verifier, cost = payload.take(SALT_BYTES), payload.take(VERIFIER_BYTES), payload.u32()
    terms = _terms(payload, now_s)
    payload.end()
    core.check_cost(cost)

    def conclude(password: str, _now_s: float) -> Ended:
        right = core.is_password(password, salt, verifier, cost)
        return Ended(Outcome.RIGHT if right else Outcome.WRONG)

    return Entry(terms, conclude)


def _new_password(core: SecureCore, payload: PayloadReader, now_s: float) -> Entry | Ended:
    operator = _digits(payload.take(2))
    shortest, longest, cost = payload.u8(), payload.u8(), payload.u32()
    deadline_s = now_s + payload.u8()
    payload.end()
    core.check_cost(cost)
    terms = Terms(
        shortest,
        longest,
        deadline_s,
        proof_bytes=SALT_BYTES + VERIFIER_BYTES,
        typed_twice=lambda password: is_weak(password, operator),
    )
    return Entry(terms, lambda new, _now_s: Ended(Outcome.RIGHT, core.new_verifier(new, cost)))


def _code(core: SecureCore, payload: PayloadReader, now_s: float) -> Entry | Ended:
    deadline_s = now_s + payload.u8()
    payload.end()
    if core.is_code_spent:
        return Ended(Outcome.SPENT)

    def conclude(digits: str, at_s: float) -> Ended:
        return Ended(Outcome.RIGHT if core.is_code(digits, at_s) else Outcome.WRONG)

    return Entry(Terms(core.code_length, LONGEST_CODE, deadline_s), conclude)


def _pin(core: SecureCore, payload: PayloadReader, now_s: float) -> Entry | Ended:
    pan = payload.str8()
    shortest, longest, timeout_s, block_format = (payload.u8() for _ in range(4))
    payload.end()
    if block_format != PIN_BLOCK_FORMAT or not SHORTEST_PIN <= shortest <= longest <= LONGEST_PIN:
        raise MalformedPayloadError("format or length of a PIN")
    core.check_pin_is_possible(pan)
    deadline_s = now_s + timeout_s
    terms = Terms(shortest, longest, deadline_s, PIN_BLOCK_BYTES, may_be_empty=True)
    return Entry(terms, lambda pin, _now_s: Ended(Outcome.RIGHT, core.encrypted_pin(pin, pan)))


def _terms(payload: PayloadReader, now_s: float) -> Terms:
    shortest, longest, timeout_s = payload.u8(), payload.u8(), payload.u8()
    return Terms(shortest, longest, now_s + timeout_s)


def _digits(raw: bytes) -> str:
    if not raw.isdigit():
        raise MalformedPayloadError("an operator's number")
    return raw.decode("ascii")


LOAD_KEYS, CANCEL = 0x02, 0x0F
AT_ONCE: Mapping[int, AtOnce] = MappingProxyType(
    {
        0x01: _status,
        LOAD_KEYS: _load_keys,
        0x03: _mac,
        0x04: _check_mac,
        0x05: _protect,
        0x06: _open_card,
        0x07: _destroy_seal,
        0x08: _sign_slip,
        0x09: _check_slip,
        0x0D: _spend_code,
    }
)
BY_ENTRY: Mapping[int, ByEntry] = MappingProxyType(
    {0x0A: _password, 0x0B: _new_password, 0x0C: _code, 0x0E: _pin}
)
