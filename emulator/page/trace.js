// What passes on every wire, decoded; a line opens to its bytes.

import { element, show } from "./elements.js";
import { word } from "./words.js";

const WIRES = ["keypad", "display", "reader", "scanner", "printer", "acquirer"];
const MOST = 1500;
const SHOWN = 300;
const ARROWS = { "to terminal": "▸", "from terminal": "◂" };

/** Keeps the last entries and draws those of the chosen wire. */
export class TraceView {
  constructor(place) {
    this.place = place;
    this.entries = [];
    this.wire = "";
    this.withPolls = false;
    this.fresh = [];
    this.list = element("div", { class: "trace", tabindex: "0", role: "region" });
  }

  /** Starts again with what the emulator has kept. */
  replace(entries) {
    this.entries = entries.slice(-MOST);
    this.fill();
  }

  /** One more entry. A list that nobody sees is drawn when its tab opens. */
  add(entry) {
    this.entries.push(entry);
    if (this.entries.length > MOST) this.entries.shift();
    if (this.place.hidden || !this.isWanted(entry)) return;
    if (!this.fresh.length) requestAnimationFrame(() => this.append());
    this.fresh.push(entry);
    if (this.fresh.length > SHOWN) this.fresh.shift(); // a window in the background gets no frames
  }

  /** What came since the last frame; the list stays at its end if it was there. */
  append() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    const wasAtEnd = scrollTop + clientHeight >= scrollHeight - 24;
    this.list.querySelector(".none")?.remove();
    this.list.append(...this.fresh.map(line));
    this.fresh = [];
    while (this.list.childElementCount > SHOWN) this.list.firstElementChild.remove();
    if (wasAtEnd) this.toEnd();
  }

  draw() {
    this.list.setAttribute("aria-label", word("tabTrace"));
    show(this.place, this.filters(), element("p", { class: "note" }, word("traceNote")), this.list);
    this.fill();
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  filters() {
    const options = ["", ...WIRES].map((wire) =>
      element("option", { value: wire, selected: wire === this.wire },
        wire ? word(`wire_${wire}`) : word("allWires")));
    const choose = (event) => { this.wire = event.target.value; this.fill(); };
    const polls = (event) => { this.withPolls = event.target.checked; this.fill(); };
    return element("p", { class: "filters" },
      element("select", { onchange: choose, "aria-label": word("wire") }, ...options),
      element("label", {},
        element("input", { type: "checkbox", onchange: polls, checked: this.withPolls }),
        ` ${word("polls")}`));
  }

  isWanted(entry) {
    return (!this.wire || entry.wire === this.wire) && (this.withPolls || !entry.poll);
  }

  /** All that is wanted, also when the tab opens. */
  fill() {
    this.fresh = [];
    const wanted = this.entries.filter((entry) => this.isWanted(entry)).slice(-SHOWN);
    show(this.list, ...wanted.map(line));
    if (!wanted.length) show(this.list, element("p", { class: "none" }, word("noTrace")));
    this.toEnd();
  }
}

function line(entry) {
  const bytes = entry.hex.replace(/(..)/g, "$1 ").trim();
  return element("details", { class: `entry wire-${entry.wire}`, "data-wire": entry.wire },
    element("summary", {},
      element("time", { datetime: entry.time }, clockTime(new Date(entry.time))),
      element("b", {}, word(`wire_${entry.wire}`, entry.wire)),
      element("i", {}, ARROWS[entry.direction] ?? "·"),
      element("span", {}, ...parts(entry.meaning))),
    element("code", { class: "hex" }, bytes || word("noBytes")));
}

/** Fields of a message and rows of a screen: side by side, and one below the other when open. */
function parts(meaning) {
  return meaning.split(" | ").map((text) => element("span", { class: "part" }, text));
}

/** 12:30:01.234 */
export function clockTime(at) {
  const two = (number, digits = 2) => String(number).padStart(digits, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.`
    + two(at.getMilliseconds(), 3);
}
