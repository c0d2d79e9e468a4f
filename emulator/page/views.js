// Whose page it is: the cashier's, with the terminal alone, or the developer's; light or dark.

import { button, show } from "./elements.js";
import { word } from "./words.js";

const VIEWS = ["developer", "cashier"];
const THEMES = ["auto", "light", "dark"];
const SIDES = ["terminal", "slips", "cards", "printer"];

/** The switches in the page's head, and at its foot on a phone; `onView` hears of each view. */
export class Views {
  constructor(onView) {
    this.onView = onView;
    this.body = document.body.dataset;
    this.theme = document.getElementById("theme");
    this.theme.addEventListener("click", () => this.setTheme(next(this.theme.dataset.theme)));
    this.setView(remembered("view", VIEWS));
    this.setTheme(remembered("theme", THEMES));
    this.setSide("terminal");
  }

  /** The switches again, in the page's language. */
  label() {
    this.draw("views", VIEWS, this.body.view, (view) => this.setView(view));
    this.theme.textContent = `◐ ${word(`theme_${this.theme.dataset.theme}`)}`;
    this.theme.setAttribute("aria-label", `${word("theme")}: ${this.theme.textContent}`);
    this.draw("sides", SIDES, this.body.side, (side) => this.setSide(side));
  }

  setView(view) {
    this.body.view = view;
    localStorage.setItem("view", view);
    this.onView(view);
    this.label();
  }

  setTheme(theme) {
    this.theme.dataset.theme = theme;
    localStorage.setItem("theme", theme);
    document.documentElement.style.colorScheme = theme === "auto" ? "" : theme;
    this.label();
  }

  /** Which side of the counter a cashier's phone shows: it has room for one. */
  setSide(side) {
    this.body.side = side;
    this.label();
  }

  draw(id, names, chosen, choose) {
    const place = document.getElementById(id);
    const focused = place.contains(document.activeElement);
    show(place, ...names.map((name) => button(word(`${id}_${name}`), () => choose(name),
      { "aria-pressed": String(name === chosen), [`data-${id}`]: name })));
    if (focused) place.querySelector('[aria-pressed="true"]').focus();
  }
}

/** What was chosen last on this computer, else the first. */
function remembered(key, names) {
  const chosen = localStorage.getItem(key);
  return names.includes(chosen) ? chosen : names[0];
}

function next(theme) {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
}
