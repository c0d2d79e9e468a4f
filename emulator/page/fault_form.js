// One fault: a line that arms it as it is, and a form with its parameters behind it.

import { button, element, show } from "./elements.js";
import { word } from "./words.js";

const KINDS = { bool: "checkbox", int: "number", float: "number" };
const READ = {
  bool: (input) => input.checked,
  int: (input) => Math.trunc(Number(input.value)),
  float: (input) => Number(input.value),
  str: (input) => input.value,
};

/** What is typed into it stays while the emulator tells of other things. */
export class FaultForm {
  constructor(fault, title, { ask, arm }) {
    this.name = fault.name;
    this.tell = arm;
    this.fields = Object.entries(fault.parameters).map(([key, parameter]) =>
      field(`${fault.name}-${key}`, key, parameter.type, parameter.default, nameOf(key)));
    this.fields.push(field(`${fault.name}-count`, "count", "int", 1, word("count")));
    this.badge = element("strong", { class: "badge" }, word("armed"));
    this.clear = button(word("clear"), () => ask("clear", { name: this.name }));
    this.trouble = element("p", { class: "trouble", role: "alert", hidden: true });
    this.form = this.parameters();
    this.opener = button("", () => this.open(this.form.hidden),
      { class: "opener", "aria-expanded": "false", "aria-controls": this.form.id });
    show(this.opener, element("span", {}, title), element("code", {}, this.name));
    const isHere = fault.worlds?.includes("emulator") ?? true;
    const armIt = button(word("arm"), () => this.arm(),
      { "aria-label": `${word("arm")}: ${title}` });
    this.node = element("div", { class: "fault", "data-fault": this.name },
      element("p", { class: "line" }, this.opener, this.badge,
        isHere ? armIt : element("small", {}, word("simulationOnly"))),
      this.form);
  }

  parameters() {
    const arm = (event) => { event.preventDefault(); this.arm(); };
    return element("form", { id: `fault-${this.name}`, hidden: true, onsubmit: arm },
      ...this.fields.map((each) => each.node),
      element("p", { class: "buttons" },
        element("button", { class: "main" }, word("arm")), this.clear), this.trouble);
  }

  open(isOpen) {
    this.form.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
  }

  /** Whether it is armed; the values are those it was armed with, on every open page. */
  update(fault) {
    this.node.classList.toggle("armed", fault.armed);
    this.badge.hidden = !fault.armed;
    this.clear.disabled = !fault.armed;
    const armedWith = JSON.stringify(fault.with);
    if (fault.armed && armedWith !== this.armedWith) this.fill(new Map(Object.entries(fault.with)));
    this.armedWith = armedWith;
  }

  /** Arms it with these values and, for the rest, what stands in the form. */
  armWith(values) {
    this.fill(values);
    const unknown = [...values.keys()].find((key) => !this.fields.some((each) => each.key === key));
    if (unknown === undefined) return this.arm();
    return this.refused(`${this.name}: ${word("noParameter")} ${unknown}`);
  }

  fill(values) {
    for (const each of this.fields) {
      if (values.has(each.key)) each.write(values.get(each.key));
    }
  }

  /** What the emulator refuses is said beside the form. */
  async arm() {
    try {
      const values = Object.fromEntries(this.fields.map((each) => [each.key, each.read()]));
      await this.tell("fault", { name: this.name, ...values });
      this.trouble.hidden = true;
    } catch (error) {
      this.refused(error.message);
    }
  }

  refused(text) {
    this.open(true);
    this.trouble.hidden = false;
    this.trouble.textContent = text;
  }
}

function nameOf(key) {
  return word(`param_${key}`, key.replaceAll("_", " "));
}

/** A labelled field with what reads and writes its value; a text is taken for any type. */
function field(id, key, type, value, label) {
  const input = element("input", { id, type: KINDS[type] ?? "text", autocomplete: "off",
    step: type === "float" ? "any" : null, min: key === "count" ? 0 : null });
  const write = (given) => {
    if (type === "bool") input.checked = given === true || given === "true";
    else input.value = given;
  };
  write(value);
  const node = element("p", { class: "field" }, element("label", { for: id }, label), input);
  return { key, node, write, read: () => (READ[type] ?? READ.str)(input) };
}
