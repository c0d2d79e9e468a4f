"""Charts of a report as SVG that needs no script and no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree

import pygal
from pygal.style import Style

# Seen well on white and on near black; neighbours can be told apart without seeing red or green.
COLOURS: Final = ("#3b82c4", "#e08a1e", "#2a9d78", "#b5579b", "#8a7a2c", "#6a6fd8")
SVG: Final = "{http://www.w3.org/2000/svg}"
# currentColor: the page's text, whatever its scheme.
STYLE: Final = Style(
    background="transparent",
    plot_background="transparent",
    foreground="currentColor",
    foreground_strong="currentColor",
    foreground_subtle="currentColor",
    guide_stroke_color="currentColor",
    major_guide_stroke_color="currentColor",
    colors=COLOURS,
    opacity="1",
    value_colors=("currentColor",) * len(COLOURS),
    font_family="sans-serif",
    label_font_size=15,
    major_label_font_size=15,
    value_font_size=13,
    legend_font_size=15,
)
SETTINGS: Final[Mapping[str, Any]] = {
    "style": STYLE,
    "js": (),
    "disable_xml_declaration": True,
    "no_data_text": "",
}
LABELS_MOST: Final = 16  # more of them would stand on top of each other


def columns(names: Sequence[str], series: Mapping[str, Sequence[float]], width: int) -> str:
    """Upright bars, the series of one name on top of each other; in yuan."""
    chart = pygal.StackedBar(
        **SETTINGS,
        width=width,
        height=300,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        x_label_rotation=-40 if max(map(len, names), default=0) > 5 else 0,
        x_labels_major_every=max(1, -(-len(names) // LABELS_MOST)),
        show_minor_x_labels=False,
        value_formatter=_yuan,
    )
    chart.x_labels = names
    for name, values in series.items():
        chart.add(name, values)
    return _plain(chart)


def bars(names: Sequence[str], values: Sequence[float]) -> str:
    """Bars that lie, one a name, the first on top; in yuan."""
    chart = pygal.HorizontalBar(
        **SETTINGS,
        width=560,
        height=30 + 44 * max(1, len(names)),
        show_legend=False,
        show_x_labels=False,
        print_values=True,
        value_formatter="{:,.2f}".format,
    )
    chart.x_labels = list(reversed(names))
    chart.add("", list(reversed(values)))
    return _plain(chart)


def _yuan(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.2f}".removesuffix(".00")


def _plain(chart: Any) -> str:
    """Without the scripts that the library puts into every picture."""
    tree = chart.render_tree()
    for parent in tree.iter():
        for child in [c for c in parent if c.tag in ("script", f"{SVG}script")]:
            parent.remove(child)
    return ElementTree.tostring(tree, encoding="unicode")
