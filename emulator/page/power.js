// Power and cables of the terminal.

import { button, element, show } from "./elements.js";
import { word } from "./words.js";

/** Draws the switches; `ask` sends a verb. */
export class PowerView {
  constructor(place, ask) {
    this.place = place;
    this.ask = ask;
    this.chip = document.getElementById("power-state");
  }

  draw({ firmware }) {
    const state = firmware.devices_only ? "elsewhere" : firmware.state;
    this.chip.textContent = word(`power_${state}`, state);
    this.chip.className = `state ${state}`;
    show(this.place,
      ...(firmware.devices_only ? this.elsewhere() : this.switches(firmware)),
      element("h2", {}, word("cables")),
      element("ul", { class: "cables" },
        ...Object.entries(firmware.links).map(([wire, link]) => this.cable(wire, link === "up"))));
  }

  /** The firmware is somebody else's process: there is no power to cut. */
  elsewhere() {
    return [element("p", { class: "note" }, word("elsewhereNote"))];
  }

  switches(firmware) {
    const isOn = firmware.state === "on";
    return [
      element("p", { class: "note" }, word("powerNote")),
      firmware.last_line ? element("p", { class: "badge" }, firmware.last_line) : null,
      element("p", { class: "buttons" },
        button(word("off"), () => this.ask("power", { to: "off" }),
          { class: "danger", disabled: !isOn }),
        button(word("on"), () => this.ask("power", { to: "on" }),
          { class: "main", disabled: isOn })),
    ];
  }

  cable(wire, isUp) {
    const name = word(`wire_${wire}`);
    const act = word(isUp ? "pull" : "plug");
    return element("li", { class: isUp ? "cable" : "cable pulled", "data-wire": wire },
      element("strong", {}, name),
      element("span", {}, word(isUp ? "up" : "down")),
      button(act, () => this.ask("link", { wire, to: isUp ? "down" : "up" }),
        { "aria-label": `${act}: ${name}` }));
  }
}
