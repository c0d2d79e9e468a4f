"""The cards at their issuers: PIN, tries, and what each may spend in a day."""

from dataclasses import asdict

from emulator.host.database import Database
from emulator.host.masking import keyed_hash
from emulator.host.records import Account

MOST_WRONG_PINS = 3


class Accounts:
    """The accounts of the books. PINs are kept as keyed hashes, as card numbers are."""

    def __init__(self, database: Database, card_key: bytes) -> None:
        self._db, self._card_key = database, card_key

    def pin_token(self, pan: str, pin: str) -> str:
        """The keyed hash that stands for a PIN of a card in comparisons."""
        return keyed_hash(self._card_key, f"{pan}/{pin}")

    def open(self, pan: str, name: str, pin: str, limit_minor: int) -> None:
        """A new account; one that is there already stays as it is."""
        token = keyed_hash(self._card_key, pan)
        account = Account(token, name, self.pin_token(pan, pin), limit_minor)
        self._db.insert("account", asdict(account), "OR IGNORE")

    def of(self, card_token: str) -> Account | None:
        """The account of a card, or None."""
        row = self._db.row("SELECT * FROM account WHERE card_token = ?", (card_token,))
        return None if row is None else Account(**row)  # type: ignore[arg-type]  # columns

    def is_locked(self, account: Account, day: str) -> bool:
        """True after three wrong PINs on this day; the next day brings new tries."""
        return account.wrong_on == day and account.wrong_pins >= MOST_WRONG_PINS

    def count_wrong_pin(self, account: Account, day: str) -> None:
        """One more wrong PIN on this day."""
        count = account.wrong_pins + 1 if account.wrong_on == day else 1
        self._set_wrong_pins(account, count, day)

    def forget_wrong_pins(self, account: Account) -> None:
        """The right PIN was given."""
        self._set_wrong_pins(account, 0, "")

    def _set_wrong_pins(self, account: Account, count: int, day: str) -> None:
        query = "UPDATE account SET wrong_pins = ?, wrong_on = ? WHERE card_token = ?"
        self._db.run(query, (count, day, account.card_token))
