// The faults there are, as the emulator lists them: find one, arm it, clear it.

import { button, element, show } from "./elements.js";
import { FaultForm } from "./fault_form.js";
import { FAULT_WORDS } from "./fault_words.js";
import { word } from "./words.js";

/** Draws the faults. `ask` sends a verb; `arm` too, and its promise breaks with the error. */
export class FaultsView {
  constructor(place, ask, arm) {
    this.ask = ask;
    this.arm = arm;
    this.chips = element("p", { class: "chips", role: "status" });
    this.note = element("p", { class: "note" });
    this.label = element("label", { for: "fault-find" });
    this.find = element("input", { id: "fault-find", type: "search", autocomplete: "off",
      spellcheck: "false", oninput: () => this.sift(), onkeydown: (event) => this.typed(event) });
    this.list = element("div", { id: "fault-list" });
    this.forms = new Map();
    show(place, this.note, element("p", { class: "finder" }, this.label, this.find),
      this.chips, this.list);
  }

  /** The field that finds a fault gets the keyboard. */
  focus() {
    this.find.focus();
    this.find.select();
  }

  draw({ faults }) {
    this.note.textContent = word("faultsNote");
    this.label.textContent = word("findFault");
    this.find.placeholder = word("faultHelp");
    this.drawChips(faults.filter((fault) => fault.armed));
    const drawn = JSON.stringify([faults.map((fault) => fault.name), word("arm")]);
    if (drawn !== this.drawn) this.build(faults);
    this.drawn = drawn;
    for (const fault of faults) this.forms.get(fault.name).update(fault);
  }

  /** What is armed, each with the button that ends it. */
  drawChips(armed) {
    const chips = armed.map((fault) =>
      element("span", { class: "chip", "data-chip": fault.name },
        `${titleOf(fault.name)} · ${leftOf(fault)}`,
        button("✕", () => this.ask("clear", { name: fault.name }),
          { "aria-label": `${word("clear")}: ${titleOf(fault.name)}` })));
    const last = armed.length ? button(word("clearAll"), () => this.ask("clear")) : null;
    show(this.chips, ...chips, last ?? word("nothingArmed"));
  }

  build(faults) {
    this.forms = new Map(faults.map((fault) =>
      [fault.name, new FaultForm(fault, titleOf(fault.name), this)]));
    const groups = new Map();
    for (const { name } of faults) {
      const group = name.split(".")[0];
      groups.set(group, [...(groups.get(group) ?? []), this.forms.get(name).node]);
    }
    const sections = [...groups].map(([group, nodes]) =>
      element("section", {}, element("h2", {}, groupName(group)), ...nodes));
    this.nothing = element("p", { class: "none", role: "status" }, word("noFault"));
    show(this.list, ...sections, this.nothing);
    this.sift();
  }

  /** Shows the faults whose name or title has all words that were typed. */
  sift() {
    const wanted = this.find.value.toLowerCase().split(/\s+/).filter((text) => !text.includes("="));
    for (const [name, form] of this.forms) {
      const own = `${name} ${FAULT_WORDS[`fault_${name}`] ?? ""}`.toLowerCase();
      form.node.hidden = !wanted.every((text) => own.includes(text));
    }
    for (const section of this.list.querySelectorAll("section")) {
      section.hidden = !section.querySelector(".fault:not([hidden])");
    }
    this.nothing.hidden = this.found().length > 0;
  }

  found() {
    return [...this.forms.values()].filter((form) => !form.node.hidden);
  }

  /** Enter arms the first fault that was found, with the values that were typed. */
  typed(event) {
    const text = this.find.value.trim();
    if (event.key !== "Enter" || !text) return;
    event.preventDefault();
    this.found()[0]?.armWith(new Map(text.split(/\s+/).filter((each) => each.includes("="))
      .map((each) => each.split("=", 2))));
  }
}

function titleOf(name) {
  return word(`fault_${name}`, name.split(".").at(-1).replaceAll("_", " "));
}

/** The wire or part that a group of faults is about. */
function groupName(group) {
  return word(`group_${group}`, word(`wire_${group}`, group));
}

function leftOf(fault) {
  return fault.left ? `${fault.left}×` : word("untilCleared");
}
