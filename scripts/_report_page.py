"""A report as one HTML page: charts, the same figures as tables, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain

from scripts._report_charts import bars, columns
from scripts._report_rows import Terminal, added_up, by_day, rows
from terminal.domain.day_report import Days, Line, Section
from terminal.domain.money import Amount
from terminal.domain.parameters import Parameters
from terminal.domain.receipt_day import TITLES, in_words

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --dim: #5c6b7a; --paper: #f4f6f8;
  --card: #fff; --line: #d8dfe6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf0; --dim: #9aa8b5;
  --paper: #12171c; --card: #1b2229; --line: #323d47; } }
body { margin: 0 auto; max-width: 1100px; padding: 24px; background: var(--paper);
  color: var(--ink); font: 15px/1.45 sans-serif; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 0 0 8px; }
p { color: var(--dim); margin: 0 0 16px; }
section, .figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 16px; }
section { margin-top: 16px; break-inside: avoid; }
.figures { display: flex; gap: 12px; flex-wrap: wrap; }
.figure { flex: 1 1 130px; } .figure b { display: block; font-size: 24px; }
.figure span { color: var(--dim); }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 16px; }
.two section { margin: 0; } .two { margin-top: 16px; }
svg { width: 100%; height: auto; } svg .guides path { opacity: .25; }
table { border-collapse: collapse; width: 100%; } code { overflow-wrap: anywhere; }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: normal; } .n { text-align: right; white-space: nowrap; }
"""
# Nothing of this page may ask anybody for anything.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LISTS = {
    "unresolved": "未决交易 Unresolved now",
    "by_hand": "人工核实 Found out by hand",
    "to_look_at": "需要留意 To be looked at",
    "not_done": "未成交易 Not done",
    "journal_head": "日志最后一条 Newest record of each journal",
}


def report_page(terminals: Sequence[Terminal], days: Days, parameters: Parameters) -> str:
    """One page that needs nothing else."""
    title = "退货报表 Refund report"
    parts = (
        f"<h1>{title}</h1><p>{escape(_span(terminals, days))}</p>",
        _figures(terminals),
        _by_day(terminals),
        f'<div class="two">{"".join(_sections(terminals, parameters))}</div>',
        *_lists(terminals, parameters),
    )
    head = (
        '<!doctype html><html lang="zh"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
    )
    return f"{head}<title>{title}</title><style>{STYLE}</style>\n" + "\n".join(parts) + "\n"


def _span(terminals: Sequence[Terminal], days: Days) -> str:
    seen = [day for terminal in terminals for day in terminal.report.days]
    first, last = days.first or min(seen, default=None), days.last or max(seen, default=None)
    names = ", ".join(terminal.name for terminal in terminals)
    return f"{first or '–'} … {last or '–'} · {len(terminals)} 台终端 terminals: {names}"


def _figures(terminals: Sequence[Terminal]) -> str:
    reports = [terminal.report for terminal in terminals]
    given = [report.given_back for report in reports]
    count, amount_minor = sum(g.count for g in given), sum(g.amount_minor for g in given)
    figures = (
        (_money(amount_minor), "退出金额 given back, RMB"),
        (f"{count}", "笔数 refunds and voids"),
        (_money(amount_minor // count) if count else "–", "平均 average, RMB"),
        (f"{sum(sum(r.not_done.values()) for r in reports)}", "未成 not done"),
        (f"{sum(len(r.unresolved) for r in reports)}", "未决 unresolved now"),
        (f"{sum(len(r.warned) for r in reports)}", "需要留意 to be looked at"),
    )
    boxes = (f'<div class="figure"><b>{b}</b><span>{said}</span></div>' for b, said in figures)
    return f'<div class="figures">{"".join(boxes)}</div>'


def _by_day(terminals: Sequence[Terminal]) -> str:
    names = sorted({line.name for t in terminals for line in by_day(t.report)})
    if not names:
        return ""
    series = {t.name: _on_days(t, names) for t in terminals}
    chart = columns(names, series, 900)
    return f"<section><h2>每日退出 Given back each day, RMB</h2>{chart}</section>"


def _on_days(terminal: Terminal, names: Sequence[str]) -> list[float]:
    found = {line.name: line.amount_minor / 100 for line in by_day(terminal.report)}
    return [found.get(name, 0.0) for name in names]


def _sections(terminals: Sequence[Terminal], parameters: Parameters) -> Iterable[str]:
    for section in Section:
        every = chain.from_iterable(t.report.lines(section) for t in terminals)
        lines = added_up(every)
        if not lines:
            continue
        names = [in_words(section, line.name, parameters) for line in lines]
        yield f"<section><h2>{TITLES[section]}</h2>{_chart(section, names, lines)}"
        yield f"{_sums(names, lines)}</section>"


def _chart(section: Section, names: Sequence[str], lines: Sequence[Line]) -> str:
    values = [line.amount_minor / 100 for line in lines]
    if section is Section.HOUR:
        return columns([line.name for line in lines], {"": values}, 560)
    return bars(names, values)


def _sums(names: Sequence[str], lines: Sequence[Line]) -> str:
    body = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{line.count}</td>'
        f'<td class="n">{_money(line.amount_minor)}</td></tr>'
        for name, line in zip(names, lines, strict=True)
    )
    heads = '<tr><th></th><th class="n">笔数 count</th><th class="n">金额 RMB</th></tr>'
    return f"<table>{heads}{body}</table>"


def _lists(terminals: Sequence[Terminal], parameters: Parameters) -> Iterable[str]:
    every = [row for terminal in terminals for row in rows(terminal, parameters)]
    for section, title in LISTS.items():
        cells = (
            (row.terminal, row.name, row.words, row.count, row.amount)
            for row in every
            if row.section == section
        )
        body = "".join(map(_table_row, cells))
        if body:
            yield f"<section><h2>{title}</h2><table>{body}</table></section>"


def _table_row(cells: Iterable[object]) -> str:
    return f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in cells)}</tr>"


def _money(amount_minor: int) -> str:
    return Amount(amount_minor).plain
