"""All screens on one page, drawn as the display draws them: 20 by 8 cells, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from scripts._shots import Shot
from terminal.domain.phrase import Language
from terminal.ports import PictureRow

STYLE = """
body { margin: 1.5em; background: #eceff1; color: #222; font: 14px sans-serif; }
h2 { margin: 1.6em 0 .4em; font-size: 16px; }
main { display: flex; flex-wrap: wrap; gap: 16px; }
figure { margin: 0; padding: 8px; background: #fff; border-radius: 6px; }
figcaption { max-width: 420px; padding-top: 4px; font-size: 12px; }
small { color: #607d8b; }
.pair { display: flex; gap: 8px; }
.screen { display: grid; grid-template-columns: repeat(20, 10px); grid-auto-rows: 20px;
  padding: 4px; background: #d7e8c8; color: #10240c; font: 16px/20px monospace; }
.screen span { text-align: center; overflow: hidden; }
.wide { grid-column: span 2; }
.inverse { background: #10240c; color: #d7e8c8; }
"""


def gallery_page(shots: Iterable[Shot]) -> str:
    """One HTML file that needs no other."""
    ordered = sorted(shots, key=lambda shot: (shot.screen.name, shot.name))
    parts = [
        f"<h2>{escape(name)}</h2>\n<main>{''.join(map(_figure, group))}</main>"
        for name, group in groupby(ordered, key=lambda shot: shot.screen.name)
    ]
    head = '<!doctype html><meta charset="utf-8"><title>Screens</title>'
    return f"{head}<style>{STYLE}</style>\n<h1>Screens 屏幕</h1>\n" + "\n".join(parts) + "\n"


def _figure(shot: Shot) -> str:
    pair = "".join(_screen(shot.rows(language)) for language in (Language.ZH, Language.EN))
    said = ", ".join(f"{flow} {state}" for flow, state in shot.states)
    caption = f"{escape(shot.name)} <small>{escape(said)}</small>"
    return f'<figure><div class="pair">{pair}</div><figcaption>{caption}</figcaption></figure>'


def _screen(rows: tuple[PictureRow, ...]) -> str:
    cells = (_cell(char, row.inverse) for row in rows for char in row.text)
    return f'<div class="screen">{"".join(cells)}</div>'


def _cell(char: str, is_inverse: bool) -> str:
    names = [*(["wide"] if not char.isascii() else []), *(["inverse"] if is_inverse else [])]
    kind = f' class="{" ".join(names)}"' if names else ""
    return f"<span{kind}>{escape(char)}</span>"
