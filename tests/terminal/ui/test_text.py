"""Every text of the screens: the same in both languages, and with room on the display."""

import re

from terminal.domain.cells import drawable, width, wrap
from terminal.domain.phrase import Language
from terminal.ui.text import Text

PLACEHOLDER = re.compile(r"\{(\w+)\}")
ONE_ROW = ("TITLE_", "HINT_", "MENU_", "LABEL_", "WIRE_")
MENU_NUMBER_CELLS = 2
ROWS_MAX = 4

IN_BOTH = [(t.name, t.value.in_language(language)) for t in Text for language in Language]


def test_both_languages_have_the_same_placeholders() -> None:
    names = {
        t.name: [sorted(PLACEHOLDER.findall(p)) for p in (t.value.en, t.value.zh_cn)] for t in Text
    }
    assert [name for name, (en, zh_cn) in names.items() if en != zh_cn] == []


def test_every_text_says_something_that_can_be_drawn() -> None:
    assert [name for name, shown in IN_BOTH if not shown or drawable(shown) != shown] == []


def test_every_text_leaves_room_for_others() -> None:
    assert [name for name, shown in IN_BOTH if len(wrap(shown, 20)) > ROWS_MAX] == []


def test_titles_hints_labels_and_items_fit_one_row() -> None:
    rows = [(name, shown) for name, shown in IN_BOTH if name.startswith(ONE_ROW)]
    assert [name for name, shown in rows if width(_with_pages(shown)) > _room(name)] == []


def _with_pages(shown: str) -> str:
    return shown.replace("{page}", "9").replace("{pages}", "9")


def _room(name: str) -> int:
    return 20 - MENU_NUMBER_CELLS if name.startswith("MENU_") else 20
