// The faults there are: arm one, clear it.

import { button, element, show } from "./elements.js";
import { word } from "./words.js";

/** Draws the faults with their parameters; `ask` sends a verb. */
export class FaultsView {
  constructor(place, ask) {
    this.place = place;
    this.ask = ask;
  }

  draw(bench) {
    const open = new Set([...this.place.querySelectorAll("details[open]")]
      .map((details) => details.dataset.fault));
    show(this.place,
      element("p", { class: "note" }, word("faultsNote")),
      ...bench.faults.map((fault) => this.fault(fault, open.has(fault.name))),
      element("p", {}, button(word("clearAll"), () => this.ask("clear"))));
  }

  fault(fault, isOpen) {
    const title = word(`fault_${fault.name}`, fault.name);
    return element("details",
      { class: fault.armed ? "fault armed" : "fault", open: isOpen, "data-fault": fault.name },
      element("summary", {},
        element("span", {}, title), element("code", {}, fault.name),
        fault.armed ? element("strong", { class: "badge" }, armedText(fault)) : null),
      this.form(fault));
  }

  form(fault) {
    const inputs = Object.entries(fault.parameters).map(([name, parameter]) =>
      input(`${fault.name}-${name}`, name, parameter.type, fault.with[name] ?? parameter.default));
    const count = input(`${fault.name}-count`, "count", "int", 1, word("count"));
    const arm = (event) => {
      event.preventDefault();
      const values = Object.fromEntries([...inputs, count].map((each) => each.read()));
      this.ask("fault", { name: fault.name, ...values });
    };
    return element("form", { onsubmit: arm }, ...[...inputs, count].map((each) => each.node),
      element("p", { class: "buttons" },
        element("button", { class: "main" }, word("arm")),
        button(word("clear"), () => this.ask("clear", { name: fault.name }),
          { disabled: !fault.armed })));
  }
}

function armedText(fault) {
  const left = fault.left ? `${fault.left} ${word("timesLeft")}` : word("untilCleared");
  return `${word("armed")}: ${left}`;
}

const READ = {
  bool: (field) => field.checked,
  int: (field) => Math.trunc(Number(field.value)),
  float: (field) => Number(field.value),
  str: (field) => field.value,
};

function input(id, name, type, value, label = word(`param_${name}`, name)) {
  const kinds = { bool: "checkbox", int: "number", float: "number", str: "text" };
  const field = element("input", { id, type: kinds[type] ?? "text", autocomplete: "off",
    step: type === "float" ? "any" : null, min: name === "count" ? 0 : null });
  if (type === "bool") field.checked = value;
  else field.value = value;
  const node = element("p", { class: "field" }, element("label", { for: id }, label), field);
  return { node, read: () => [name, (READ[type] ?? READ.str)(field)] };
}
