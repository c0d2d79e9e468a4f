"""Prints, checks or restores the records of a journal that nobody has open."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence

from terminal.journal.books_fold import BooksFold
from terminal.journal.looking import check_whole, whole_journal
from terminal.journal.record import JournalError, Record, Verdict
from terminal.journal.restoring import restore

_ADVICE: dict[Verdict, str] = {
    "missing": "check the name of the file / 没有流水，请检查文件名",
    "damaged": "keep the file, call service / 流水已损坏，请保留文件并联系服务商",
    "locked": "export it on the terminal and read the export / 终端正在使用，请在终端上导出后再读",
}


def main(arguments: Sequence[str]) -> int:
    """Returns 0, or 2 with one line that says what is wrong and what to do."""
    wanted = _parser().parse_args(arguments)
    try:
        if wanted.restore:
            _restore(wanted.file, wanted.restore)
        elif wanted.check:
            _check(wanted.file)
        else:
            _print_records(wanted.file, _json_line if wanted.json else _table_line)
        sys.stdout.flush()
    except JournalError as error:
        sys.stdout.flush()  # the good records come before the line that names the bad one
        advice = _ADVICE.get(error.verdict, "")
        print(f"{_printable(wanted.file)}: {error.reason}; {advice}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, head or less, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/journal", description="Read a journal / 查看流水", allow_abbrev=False
    )
    parser.add_argument("file", metavar="FILE", help="an export, or a journal nobody has open")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one record a line, as JSON")
    form.add_argument("--check", action="store_true", help="check all records, print no record")
    form.add_argument(
        "--restore", metavar="JOURNAL", help="copy FILE to JOURNAL, which must not be there yet"
    )
    return parser


def _restore(path: str, target: str) -> None:
    try:
        found = restore(path, target, BooksFold())
    except FileExistsError:
        raise JournalError("ok", f"{target} is there already: move it away first") from None
    number = found.head.number if found.head else 0
    print(
        f"ok / 完好: {number} records are in {_printable(target)}; the keypad decides at the next"
    )
    print("start whether they are new enough / 下次启动时由密码键盘确认是否足够新")


def _check(path: str) -> None:
    head = check_whole(path)
    print(f"ok / 完好: {head.number} records, the last is {head.hash.hex()}")


def _print_records(path: str, line: Callable[[Record], str]) -> None:
    with whole_journal(path) as records:
        for record in records:
            print(line(record))


def _json_line(record: Record) -> str:
    fields = {
        "number": record.number,
        "kind": record.kind,
        "body": record.body,
        "wall": record.wall,
        "monotonic_ms": record.monotonic_ms,
        "previous": record.previous.hex(),
        "hash": record.hash.hex(),
    }
    return json.dumps(fields, ensure_ascii=True)


def _table_line(record: Record) -> str:
    body = json.dumps(record.body, ensure_ascii=False, separators=(", ", "="))
    line = f"{record.number:>7}  {record.wall:<24}  {record.kind:<12}  {body[1:-1]}"
    return _printable(line.rstrip())


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
