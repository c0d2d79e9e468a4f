// Tabs: one panel is seen at a time; arrow keys go from tab to tab.

import { element } from "./elements.js";
import { word } from "./words.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Tabs and their panels; `panels` has the panel's element by name. */
export class Tabs {
  constructor(names, onOpen) {
    this.names = names;
    this.onOpen = onOpen;
    this.panels = Object.fromEntries(names.map((name) => [name, panel(name)]));
    this.tabs = Object.fromEntries(names.map((name) => [name, this.tab(name)]));
    document.getElementById("tabs").append(...Object.values(this.tabs));
    document.getElementById("panels").append(...Object.values(this.panels));
    this.open(names[0]);
  }

  open(name) {
    for (const each of this.names) {
      const isOpen = each === name;
      this.panels[each].hidden = !isOpen;
      this.tabs[each].setAttribute("aria-selected", isOpen);
      this.tabs[each].tabIndex = isOpen ? 0 : -1;
    }
    this.onOpen(name);
  }

  isOpen(name) {
    return !this.panels[name].hidden;
  }

  label() {
    for (const name of this.names) this.tabs[name].textContent = word(`tab${name}`);
  }

  tab(name) {
    return element("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
      onclick: () => this.open(name), onkeydown: (event) => this.move(event, name),
    });
  }

  move(event, name) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const count = this.names.length;
    const next = this.names[(this.names.indexOf(name) + step + count) % count];
    this.open(next);
    this.tabs[next].focus();
  }
}

function panel(name) {
  return element("div", {
    id: `panel-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}`, tabindex: "-1",
  });
}
