// The time line: one operation across wires, host and journal, a lane for each of them.

import { element, show } from "./elements.js";
import { isAboutMoney, operations } from "./moments.js";
import { clockTime } from "./trace.js";
import { word } from "./words.js";

const LANES = ["keypad", "reader", "scanner", "display", "printer", "journal", "acquirer", "ledger"];
const MARKS = { journal: "▣", ledger: "●" };
const TO_TERMINAL = "to terminal";
const NEWEST = "";

/** Draws the chosen operation; `bench` has the entries of the trace, records and bookings. */
export class TimelineView {
  constructor(place) {
    this.place = place;
    this.chosen = NEWEST;
    this.choice = element("select", { id: "operation", onchange: () => this.choose() });
    this.money = element("input", { type: "checkbox", id: "only-money", onchange: () => this.fill() });
    this.list = element("div", { class: "timeline", tabindex: "0", role: "region" });
  }

  draw(entries, { journal, ledger }) {
    this.told = operations(entries, journal, ledger);
    const drawn = JSON.stringify([word("operation"), this.told.map((each) => each.moments.length)]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.list.setAttribute("aria-label", word("tabTimeline"));
    this.drawChoice();
    show(this.place,
      element("p", { class: "filters" },
        element("label", { for: "operation" }, word("operation")), this.choice,
        element("label", {}, this.money, ` ${word("onlyMoney")}`)),
      element("p", { class: "note" }, word("timelineNote")), this.list);
    this.fill();
  }

  drawChoice() {
    const newest = element("option", { value: NEWEST }, word("newestOperation"));
    const others = this.told.map((operation) =>
      element("option", { value: keyOf(operation) }, titleOf(operation))).reverse();
    show(this.choice, newest, ...others);
    this.choice.value = this.chosen;
    if (this.choice.value !== this.chosen) this.choice.value = this.chosen = NEWEST;
  }

  choose() {
    this.chosen = this.choice.value;
    this.fill();
  }

  fill() {
    const operation = this.chosen === NEWEST ? this.told.at(-1)
      : this.told.find((each) => keyOf(each) === this.chosen);
    if (!operation) return show(this.list, element("p", { class: "none" }, word("noOperation")));
    const began = operation.moments[0].at;
    const wanted = operation.moments.filter((each) => !this.money.checked || isAboutMoney(each));
    return show(this.list, heads(), ...wanted.map((each) => line(each, began)));
  }
}

function keyOf(operation) {
  return String(operation.moments[0].at);
}

/** 12:30:01 refund.amount … refund.approved */
function titleOf({ names, moments }) {
  const [first, last] = [names[0], names.at(-1)];
  const time = clockTime(new Date(moments[0].at)).slice(0, 8);
  return `${time} ${first === last ? first : `${first} … ${last}`}`;
}

function heads() {
  const names = LANES.map((lane) => element("span", {}, word(`wire_${lane}`)));
  return element("div", { class: "heads", "aria-hidden": "true" },
    element("span"), element("span", { class: "lanes" }, ...names), element("span"));
}

function line(moment, began) {
  const seconds = ((moment.at - began) / 1000).toFixed(3);
  const lanes = LANES.map((lane) =>
    element("span", {}, lane === moment.lane ? markOf(moment) : null));
  return element("details", { class: `moment lane-${moment.lane}`, "data-lane": moment.lane },
    element("summary", {},
      element("time", {}, `+${seconds}`),
      element("span", { class: "lanes", "aria-hidden": "true" }, ...lanes),
      element("span", { class: "unseen" }, `${word(`wire_${moment.lane}`, moment.lane)}: `),
      element("span", { class: "said" },
        ...moment.parts.map((text) => element("span", { class: "part" }, text)))));
}

/** An arrow to or from the terminal, which stands between its devices and the host. */
function markOf({ lane, direction }) {
  if (MARKS[lane]) return MARKS[lane];
  if (direction === "-") return "×";
  const isRight = (direction === TO_TERMINAL) !== (lane === "acquirer");
  return isRight ? "▶" : "◀";
}
