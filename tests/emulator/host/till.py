"""A terminal in a few lines, for asking the host: it signs in, refunds and reads answers."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from emulator.cards import card_named, deck, seed_sales
from emulator.host.config import HostProfile, TerminalConfig, demo_config
from emulator.host.core import Close, Connection, Framing, Host, Send
from emulator.host.crypto import WorkingKeys, mac, open_key_block
from emulator.host.ledger import Ledger
from emulator.host.message import Message, Value, decode, encode

VECTORS = Path(__file__).parents[2] / "vectors"
TODAY = datetime(2026, 6, 15, 10, 15, 9, tzinfo=UTC)
HEAD = bytes.fromhex("6000030000603100310001")
SWAPPED_HEAD = bytes.fromhex("6000000003603100310001")


def packet(name: str) -> bytes:
    """A packet of the shared vectors by the first word of its name."""
    packets = json.loads((VECTORS / "unionpay_messages.json").read_text())
    return next(bytes.fromhex(p["hex"]) for p in packets if p["name"].split()[0] == name)


def crypto_vectors(kind: str) -> list[dict[str, Any]]:
    """The shared cryptographic vectors of one kind."""
    vectors = json.loads((VECTORS / "crypto.json").read_text())
    return [vector for vector in vectors if vector["kind"] == kind]


def framed(body: bytes, head: bytes = HEAD) -> bytes:
    """A message as it goes onto a TCP line."""
    return len(head + body).to_bytes(2, "big") + head + body


def sent(actions: tuple[Send | Close, ...]) -> list[bytes]:
    """The writes among the actions."""
    return [action.raw for action in actions if isinstance(action, Send)]


def body_of(raw: bytes) -> Message:
    """The message in one TCP frame."""
    assert int.from_bytes(raw[:2], "big") == len(raw) - 2
    return decode(raw[13:])


@dataclass
class Till:
    """One terminal on one line of one host."""

    host: Host
    line: Connection
    terminal: TerminalConfig
    keys: WorkingKeys | None = None
    batch: str = "000000"
    stan: int = 0
    traffic: list[Any] = field(default_factory=list)

    def ask(self, body: bytes) -> Message:
        """One request, exactly one answer."""
        (answer,) = sent(self.line.receive(framed(body), 0.0))
        return body_of(answer)

    def sign_in(self, kind: str = "003") -> Message:
        """Sign in and keep batch and keys if the host gives them."""
        fields = self._named() | {60: f"00{self.batch}{kind}", 63: "01 "}
        answer = self.ask(encode(Message("0800", fields)))
        if answer.text(39) == "00":
            self.batch = answer.text(60)[2:8]
            self.keys = open_key_block(self.terminal.tmk, answer.raw(62))
        return answer

    def refund_fields(self, sale: dict[str, Any], amount_minor: int) -> dict[int, Value]:
        """A refund by swipe of the card that paid."""
        track = card_named(deck(), sale["card"]).track2.strip(";?").replace("=", "D")
        return self._named() | {
            3: "200000",
            4: f"{amount_minor:012d}",
            22: "022",
            25: "00",
            35: track,
            37: sale["rrn"],
            49: "156",
            53: "0600000000000000",
            60: f"25{self.batch}000500",
            61: "000000000000" + sale["date"][4:],
            63: "000",
        }

    def signed(self, fields: dict[int, Value], mti: str = "0220") -> bytes:
        """The message with the MAC of this terminal's key."""
        assert self.keys is not None
        unsigned = encode(Message(mti, {**fields, 64: bytes(8)}))[:-8]
        return unsigned + mac(self.terminal.mac_algorithm, self.keys.mak, unsigned)

    def refund(self, sale: dict[str, Any], amount_minor: int, **changes: Value | None) -> Message:
        """One refund; changes are fields by name, `f37="…"`, None to leave one out."""
        fields = self.refund_fields(sale, amount_minor)
        for name, value in changes.items():
            fields.pop(int(name[1:]), None)
            if value is not None:
                fields[int(name[1:])] = value
        return self.ask(self.signed(fields))

    def verifies(self, answer: Message) -> bool:
        """Whether the answer's MAC is right under this terminal's key."""
        assert self.keys is not None
        unsigned = encode(answer)[:-8]
        wanted = mac(self.terminal.mac_algorithm, self.keys.mak, unsigned)
        return answer.raw(64) == wanted

    def sale(self, **wanted: Any) -> dict[str, Any]:
        """The first sale on the host's ledger with these values."""
        for sale in self.host.sales():
            if all(sale[key] == value for key, value in wanted.items()):
                return sale
        raise AssertionError(f"no such sale: {wanted}")

    def movements(self) -> list[dict[str, Any]]:
        """What this till has made the host book: the refunds that were not seeded."""
        return [row for row in self.host.ledger.bookings() if row["batch"] == self.batch]

    def _named(self) -> dict[int, Value]:
        self.stan += 1
        return {11: f"{self.stan:06d}", 41: self.terminal.tid, 42: self.terminal.mid}


def make_till(
    profile: HostProfile | None = None,
    ledger: Ledger | None = None,
    framing: Framing = "tcp",
    **terminal: Any,
) -> Till:
    """A till at a fresh host with the seeded sales, not signed in."""
    config = demo_config(profile)
    shop = replace(config.terminals[0], **terminal)
    books = ledger or Ledger()
    seed_sales(books, deck(), shop, TODAY.date(), seed=7)
    host = Host(replace(config, terminals=(shop,)), books, lambda: TODAY, seed=7)
    till = Till(host, host.connection(framing), shop)
    host.on_traffic = till.traffic.append
    return till


def signed_in_till(profile: HostProfile | None = None, **terminal: Any) -> Till:
    """A till that has signed in."""
    till = make_till(profile, **terminal)
    till.sign_in()
    return till
