// The whole page: what the emulator tells goes into `bench`, and the views draw it.

import { Connection } from "./connection.js";
import { CounterView } from "./counter.js";
import { FaultsView } from "./faults.js";
import { GuideView } from "./guide.js";
import { keepFocusOnClick, KeypadView } from "./keypad.js";
import { LedgerView } from "./ledger.js";
import { PaperView } from "./paper.js";
import { PeopleView } from "./people.js";
import { PowerView } from "./power.js";
import { ScreenView } from "./screen.js";
import { Tabs } from "./tabs.js";
import { TraceView } from "./trace.js";
import { firstLanguage, language, setLanguage, translatePage, word } from "./words.js";

const NOTICE_MS = 6000;

const bench = {
  screen: { rows: Array(8).fill(""), inverse: [], name: "", seq: 0, beeps: 0 },
  firmware: { state: "off", last_line: "", devices_only: false, links: {} },
  people: [], cards: [], sales: [], ledger: [], faults: [],
  printer: { slips: [], cover: "closed", paper: "loaded" },
  shop: "", scanned: null, held: "",
};

setLanguage(firstLanguage());
const tabs = new Tabs(["Counter", "People", "Ledger", "Trace", "Faults", "Power"], (name) => {
  if (name === "Trace") views?.trace.toEnd();
  if (name === "Ledger") loadBooks();
});
const views = {
  screen: new ScreenView(),
  keypad: new KeypadView((keys) => ask("press", { keys })),
  guide: new GuideView(act),
  paper: new PaperView(ask),
  counter: new CounterView(tabs.panels.Counter, act),
  people: new PeopleView(tabs.panels.People),
  ledger: new LedgerView(tabs.panels.Ledger),
  trace: new TraceView(tabs.panels.Trace),
  faults: new FaultsView(tabs.panels.Faults, ask),
  power: new PowerView(tabs.panels.Power, ask),
};
const connection = new Connection({ onEvent, onUp, onDown });

/** Sends a verb; what goes wrong is told at the foot of the page. */
async function ask(verb, fields = {}) {
  try {
    return await connection.ask(verb, fields);
  } catch (error) {
    if (error.message !== "offline") notice(error.message);
    return null;
  }
}

/** Does things at the counter or at the keys, in their order, and goes back to the terminal. */
async function act(what) {
  // Who clicked with the mouse has the focus nowhere, and the keyboard is the terminal's anyway.
  if (document.activeElement !== document.body) {
    document.getElementById("terminal").focus({ preventScroll: true });
  }
  for (const [verb, value] of Object.entries(what)) await ask(verb, fieldsOf(verb, value));
}

function fieldsOf(verb, value) {
  if (verb === "press") return { keys: value };
  if (verb === "scan") {
    bench.scanned = bench.sales.find((sale) => sale.code === value) ?? null;
    return { text: value };
  }
  if (typeof value !== "string") return value;
  bench.held = value;
  return { card: value };
}

function onUp() {
  document.getElementById("offline").hidden = true;
  document.body.classList.remove("offline");
  for (const what of Object.keys(LOADERS)) load(what);
}

function onDown() {
  document.getElementById("offline").hidden = false;
  document.body.classList.add("offline");
}

const LOADERS = {
  firmware: (reply) => Object.assign(bench.firmware, reply),
  people: (reply) => { bench.people = reply.people; },
  cards: (reply) => { bench.cards = reply.cards; },
  sales: (reply) => { bench.sales = reply.sales; bench.shop = usualShop(reply.sales); },
  paper: (reply) => Object.assign(bench.printer, reply),
  ledger: (reply) => { bench.ledger = reply.bookings; },
  faults: (reply) => { bench.faults = reply.faults; },
  trace: (reply) => views.trace.replace(reply.entries),
};
const DRAWERS = {
  screen: () => views.screen.draw(bench.screen),
  firmware: () => {
    views.screen.setPower(bench.firmware.state === "on" || bench.screen.name !== "");
    views.power.draw(bench);
  },
  people: () => views.people.draw(bench),
  cards: () => views.counter.draw(bench),
  sales: () => views.counter.draw(bench),
  paper: () => views.paper.draw(bench.printer),
  ledger: () => views.ledger.draw(bench),
  faults: () => views.faults.draw(bench),
};
const loading = new Map();

/** Asks for `what` and draws it; while an answer is on its way, one more asking is enough. */
async function load(what) {
  if (loading.has(what)) return loading.set(what, true);
  loading.set(what, false);
  const reply = await ask(what);
  if (reply) {
    LOADERS[what](reply);
    draw(what);
  }
  const isStale = loading.get(what);
  loading.delete(what);
  if (isStale) load(what);
}

function draw(what) {
  DRAWERS[what]?.(); // the trace draws itself
  views.guide.draw(bench);
}

function onEvent(message) {
  if (message.event === "screen") {
    bench.screen = message;
    draw("screen");
    DRAWERS.firmware();
  } else if (message.event === "trace") {
    views.trace.add(message.entry);
    // A settlement or a reversal changes what is booked, and books nothing itself.
    if (message.entry.wire === "acquirer") loadBooks();
  } else if (message.event === "firmware") {
    Object.assign(bench.firmware, message);
    draw("firmware");
  } else if (message.event === "ledger") {
    loadBooks();
  } else {
    load(message.event);
  }
}

function loadBooks() {
  load("ledger");
  load("sales");
}

/** The shop of most slips is the one this terminal belongs to. */
function usualShop(sales) {
  const counts = new Map();
  for (const { merchant } of sales) counts.set(merchant, (counts.get(merchant) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? "";
}

function notice(text) {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { place.hidden = true; }, NOTICE_MS);
}

function drawAll() {
  translatePage();
  document.getElementById("language").textContent = word("language");
  views.keypad.label();
  tabs.label();
  views.trace.draw();
  for (const what of Object.keys(DRAWERS)) draw(what);
}

document.getElementById("language").addEventListener("click", () => {
  setLanguage(language() === "zh" ? "en" : "zh");
  drawAll();
});
keepFocusOnClick();
drawAll();
