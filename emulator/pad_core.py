"""The part of the keypad that holds the keys. What it is asked and answers is in clear bytes."""

import hmac
from dataclasses import replace
from random import Random
from types import MappingProxyType

from emulator.host.crypto import MacAlgorithm, WorkingKeys, check_value, encrypt, mac
from emulator.pad_keys import PadSetup, Reason, RefusedError, is_digits, unwrapped
from emulator.pad_memory import PadMemory, PadState, state_as_json, state_from_json
from emulator.pad_secrets import (
    NONCE_BYTES,
    card_token,
    opened_card,
    password_verifier,
    pin_block,
    sealed_card,
    slip_mark,
)

ALGORITHMS = MappingProxyType[int, MacAlgorithm]({1: "unionpay_ecb", 2: "x9.9", 3: "x9.19"})
WRONG_CODES, CODE_LOCK_S = 5, 30 * 60
SALT_BYTES = SEALING_KEY_BYTES = 16
PAN_DIGITS = (12, 19)
HAS_MASTER, HAS_WORKING, HAS_SHOP, HAS_CODE = 1, 2, 4, 8


class SecureCore:
    """Keys, remembered record, one-time code. Every change is in the memory before an answer."""

    def __init__(self, setup: PadSetup, memory: PadMemory, seed: int) -> None:
        self._setup = setup
        self._memory = memory
        self._seed = seed
        self._device_key = bytes.fromhex(setup.device_key)
        self._master_key = bytes.fromhex(setup.master_key)
        self._master_check = check_value(self._master_key) if self._master_key else bytes(4)
        self.restart()

    def restart(self) -> None:
        """Power on: what the memory holds, a new boot id, other random numbers than ever before."""
        self._state = state_from_json(self._memory.load(), self._device_key)
        self._keep(replace(self._state, starts=self._state.starts + 1))
        self._random = Random(f"{self._seed} {self._setup.serial} {self._state.starts}")
        self._code_locked_until_s: float | None = None

    def status(self) -> bytes:
        """The payload of a STATUS answer."""
        state = self._state
        boot_id = (self._seed * 65_537 + state.starts) % 2**32
        return (
            self._setup.serial.encode("ascii").ljust(16)
            + boot_id.to_bytes(4, "big")
            + bytes((self._flags(),))
            + state.record_number.to_bytes(4, "big")
            + state.record_hash
            + self._master_check
        )

    def _flags(self) -> int:
        return (
            (HAS_MASTER if self._setup.master_key else 0)
            | (HAS_WORKING if self._state.working else 0)
            | (HAS_SHOP if self._setup.shop_key else 0)
            | (0 if self.is_code_spent else HAS_CODE)
        )

    def load_keys(self, scheme: int, block: bytes) -> None:
        """Take the working keys of a sign-in answer over; all or none."""
        if not self._master_key:
            raise RefusedError(Reason.NO_MASTER_KEY)
        self._keep(replace(self._state, working=unwrapped(self._master_key, scheme, block)))

    def make_mac(self, algorithm: int, number: int, record_hash: bytes, data: bytes) -> bytes:
        """MAC over `data`; the record's number and hash are remembered first."""
        name = _algorithm(algorithm)
        if number < self._state.record_number:
            raise RefusedError(Reason.OLDER_RECORD)
        if number == self._state.record_number and record_hash != self._state.record_hash:
            raise RefusedError(Reason.OTHER_RECORD)
        key = self._working().mak
        if number > self._state.record_number:
            self._keep(replace(self._state, record_number=number, record_hash=record_hash))
        return mac(name, key, data)

    def check_mac(self, algorithm: int, candidate: bytes, data: bytes) -> bool:
        """Whether `candidate` is the MAC of `data`."""
        right = mac(_algorithm(algorithm), self._working().mak, data)
        return hmac.compare_digest(right, candidate)

    def token(self, pan: bytes) -> bytes:
        """The keyed token of a card number; 16 ASCII."""
        _check_pan(pan)
        return card_token(bytes.fromhex(self._setup.token_key), pan)

    def seal(self, batch: int, pan: bytes, expiry: bytes) -> bytes:
        """Number and expiry sealed under the key of the batch, which is made when first needed."""
        _check_pan(pan)
        if expiry and not is_digits(expiry, 4, 4):
            raise RefusedError(Reason.NOT_UNDERSTOOD)
        nonce = self._random.randbytes(NONCE_BYTES)
        return sealed_card(self._sealing_key(batch), batch, nonce, (pan, expiry))

    def unseal(self, batch: int, sealed: bytes) -> tuple[bytes, bytes]:
        """Number and expiry again. Refused: no key of that batch, or not sealed by it."""
        if batch not in self._state.sealing:
            raise RefusedError(Reason.NO_WORKING_KEY)
        card = opened_card(self._state.sealing[batch], batch, sealed)
        if card is None:
            raise RefusedError(Reason.CHECK_VALUE)
        return card

    def destroy_seal(self, batch: int) -> None:
        """Forget the key of a batch; asked again it is gone already."""
        left = {b: key for b, key in self._state.sealing.items() if b != batch}
        self._keep(replace(self._state, sealing=MappingProxyType(left)))

    def sign(self, raw: bytes) -> bytes:
        """The shop's mark on the text of a slip's code; 8 ASCII hex characters."""
        if not self._setup.shop_key:
            raise RefusedError(Reason.NO_SHOP_KEY)
        return slip_mark(bytes.fromhex(self._setup.shop_key), raw)

    def is_signed(self, mark: bytes, raw: bytes) -> bool:
        """Whether `mark` is the shop's mark on this text."""
        return hmac.compare_digest(self.sign(raw), mark)

    def check_cost(self, cost: int) -> None:
        """Refuse a number of rounds that is none, or would take for ever."""
        if not 1 <= cost <= self._setup.highest_cost:
            raise RefusedError(Reason.NOT_UNDERSTOOD)

    def is_password(self, password: str, salt: bytes, verifier: bytes, cost: int) -> bool:
        """Whether this is the password that the verifier was made of."""
        mine = password_verifier(self._device_key, password, salt, cost)
        return hmac.compare_digest(mine, verifier)

    def new_verifier(self, password: str, cost: int) -> bytes:
        """A new salt (16) and the verifier (32) of a new password."""
        salt = self._random.randbytes(SALT_BYTES)
        return salt + password_verifier(self._device_key, password, salt, cost)

    def check_pin_is_possible(self, pan: bytes) -> None:
        """Refuse before the PIN is asked for: no PIN key, or no card number."""
        self._working()
        _check_pan(pan)

    def encrypted_pin(self, pin: str, pan: bytes) -> bytes:
        """The PIN block of format 2 under the PIN key."""
        return encrypt(self._working().pik, pin_block(pin, pan.decode("ascii")))

    @property
    def is_code_spent(self) -> bool:
        """Whether the one-time code was used up, or there never was one."""
        return self._state.code_spent or not self._setup.one_time_code

    @property
    def code_length(self) -> int:
        """Digits of the one-time code."""
        return len(self._setup.one_time_code)

    def is_code(self, digits: str, now_s: float) -> bool:
        """Whether this is the one-time code; after five wrong ones the answer is no for a while."""
        self.pass_time(now_s)
        if self._state.wrong_codes >= WRONG_CODES:
            return False
        right = hmac.compare_digest(digits.encode(), self._setup.one_time_code.encode())
        wrong = 0 if right else self._state.wrong_codes + 1
        self._keep(replace(self._state, wrong_codes=wrong))
        self.pass_time(now_s)
        return right

    def pass_time(self, now_s: float) -> None:
        """Let the time after five wrong codes begin or end.

        Their count survives a loss of power, the time passed since does not: it begins anew.
        """
        if self._state.wrong_codes < WRONG_CODES:
            return
        if self._code_locked_until_s is None:
            self._code_locked_until_s = now_s + CODE_LOCK_S
        elif now_s >= self._code_locked_until_s:
            self._code_locked_until_s = None
            self._keep(replace(self._state, wrong_codes=0))

    def spend_code(self) -> None:
        """The set-up is done: the one-time code is good no more."""
        self._keep(replace(self._state, code_spent=True))

    def _sealing_key(self, batch: int) -> bytes:
        if batch not in self._state.sealing:
            keys = {**self._state.sealing, batch: self._random.randbytes(SEALING_KEY_BYTES)}
            self._keep(replace(self._state, sealing=MappingProxyType(keys)))
        return self._state.sealing[batch]

    def _working(self) -> WorkingKeys:
        if self._state.working is None:
            raise RefusedError(Reason.NO_WORKING_KEY)
        return self._state.working

    def _keep(self, state: PadState) -> None:
        self._memory.save(state_as_json(state, self._device_key))
        self._state = state


def _algorithm(number: int) -> MacAlgorithm:
    if number not in ALGORITHMS:
        raise RefusedError(Reason.NOT_UNDERSTOOD)
    return ALGORITHMS[number]


def _check_pan(pan: bytes) -> None:
    if not is_digits(pan, *PAN_DIGITS):
        raise RefusedError(Reason.NOT_UNDERSTOOD)
