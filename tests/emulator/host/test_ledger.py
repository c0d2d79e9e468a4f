"""The books: on disk, after a restart, and without card numbers."""

from pathlib import Path
from typing import Any

import apsw
import pytest

from emulator.host.core import Close
from emulator.host.ledger import Ledger, LedgerError
from emulator.host.totals import Totals
from tests.emulator.host.counter import counter_till, reverse, sale_fields, settle, upload
from tests.emulator.host.till import TODAY, Till, framed, make_till

PAN = "6212345678901232"


def refunded(till: Till, amount_minor: int) -> str:
    return till.refund(till.sale(card="debit", amount_minor=10000), amount_minor).text(39)


def test_bookings_and_session_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    first = make_till(ledger=Ledger(path))
    first.sign_in()
    assert refunded(first, 6000) == "00"
    before = first.host.ledger.bookings()
    first.host.ledger.close()

    second = make_till(ledger=Ledger(path))
    second.keys, second.batch, second.stan = first.keys, first.batch, first.stan
    assert second.host.ledger.bookings() == before
    assert refunded(second, 4001) == "61"
    assert refunded(second, 4000) == "00"


def test_a_killed_host_has_kept_what_it_answered(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    till = make_till(ledger=Ledger(path))
    till.sign_in()
    assert refunded(till, 6000) == "00"
    onlooker = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    query = "SELECT state FROM booking WHERE batch = ?"
    assert onlooker.execute(query, (till.batch,)).fetchall() == [("booked",)]


def test_a_restarted_host_gives_new_keys_and_new_reference_numbers(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    first = make_till(ledger=Ledger(path))
    answers = [first.sign_in()]
    first.host.ledger.close()
    second = make_till(ledger=Ledger(path))
    answers.append(second.sign_in())
    assert answers[0].text(37) < answers[1].text(37)
    assert first.keys != second.keys


def test_file_is_written_ahead_and_synced(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    ledger = Ledger(path)
    ledger.next_batch("12345678", "898310058120001")
    assert apsw.Connection(str(path)).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_exception_undoes_the_whole_transaction() -> None:
    till = make_till()
    ledger, before = till.host.ledger, till.host.ledger.bookings()
    sale = ledger.sales()[0]

    def mark_and_fail() -> None:
        with ledger.transaction():
            ledger.mark_voided(sale.id)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        mark_and_fail()
    assert ledger.bookings() == before


def test_one_key_is_booked_once_even_past_the_rules() -> None:
    ledger = make_till().host.ledger
    with pytest.raises(apsw.ConstraintError):
        ledger.book(ledger.sales()[0])


def test_bookings_since_an_id_are_the_later_ones() -> None:
    ledger = make_till().host.ledger
    rows: list[dict[str, Any]] = ledger.bookings()
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    assert ledger.bookings(since=rows[3]["id"]) == rows[4:]
    assert ledger.bookings(since=rows[-1]["id"]) == []


def test_no_card_number_and_no_key_is_on_disk(tmp_path: Path) -> None:
    till = make_till(ledger=Ledger(tmp_path / "host.db"))
    till.sign_in()
    refunded(till, 100)
    assert till.keys is not None
    till.host.ledger.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (PAN.encode(), bytes.fromhex(PAN), PAN.encode()[::-1]):
        assert secret not in raw
    for key in (till.keys.mak, till.keys.pik, till.terminal.tmk):
        assert key not in raw


def test_tokens_depend_on_the_key_and_the_card() -> None:
    one, other = Ledger(), Ledger(card_key=b"another key")
    assert one.card_token(PAN) != other.card_token(PAN)
    assert one.card_token(PAN) != one.card_token(PAN[:-1] + "3")


def test_a_ledger_that_fails_closes_the_line_without_an_answer() -> None:
    till = make_till()
    till.sign_in()
    raw = framed(till.signed(till.refund_fields(till.sale(amount_minor=10000), 100)))
    till.host.ledger.close()
    assert till.line.receive(raw, 0.0) == (Close(0.0),)
    assert "no answer" in till.traffic[-1].note


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    path.write_bytes(b"not a database, but long enough to look at" * 30)
    with pytest.raises(LedgerError, match=r"host\.db"):
        Ledger(path)


def test_books_of_another_version_are_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    Ledger(path).close()
    apsw.Connection(str(path)).execute("PRAGMA user_version = 1")
    with pytest.raises(LedgerError, match="another version"):
        Ledger(path)
    assert apsw.Connection(str(path)).execute("PRAGMA user_version").fetchone() == (1,)


def test_closed_numbers_and_batches_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "host.db"
    first = counter_till(ledger=Ledger(path))
    late = sale_fields(first, 700)
    assert reverse(first, late).text(39) == "00"
    assert settle(first, Totals().text()).text(48)[30] == "1"
    first.host.ledger.close()

    second = counter_till(ledger=Ledger(path))
    assert second.ask(second.signed(late, "0200")).text(39) == "94"
    assert upload(second, "207", "0000").text(39) == "00"
    assert [row["state"] for row in second.host.ledger.batches.listing()] == ["closed"]


def test_a_number_may_be_set_for_replays() -> None:
    ledger = make_till().host.ledger
    ledger.set_counter("rrn", 10153001)
    assert ledger.next_rrn(TODAY) == "061510153002"
    ledger.set_counter("auth_code", 100000)
    assert ledger.next_auth_code() == "B00001"
