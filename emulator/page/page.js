// The whole page: what the emulator tells goes into `bench`, and the views draw it.

import { Connection } from "./connection.js";
import { CounterView, usualShop } from "./counter.js";
import { FaultsView } from "./faults.js";
import { GuideView } from "./guide.js";
import { makeAct } from "./hands.js";
import { isFree, keepFocusOnClick, KeypadView } from "./keypad.js";
import { LedgerView } from "./ledger.js";
import { notice } from "./notice.js";
import { OnStageView } from "./on_stage.js";
import { PaperView } from "./paper.js";
import { PeopleView } from "./people.js";
import { PowerView } from "./power.js";
import { ScreenView } from "./screen.js";
import { StoryTab } from "./story_tab.js";
import { Tabs } from "./tabs.js";
import { TimelineView } from "./timeline.js";
import { TraceView } from "./trace.js";
import { Views } from "./views.js";
import { firstLanguage, language, setLanguage, translatePage, word } from "./words.js";

const bench = {
  screen: { rows: Array(8).fill(""), inverse: [], name: "", seq: 0, beeps: 0 },
  firmware: { state: "off", last_line: "", devices_only: false, links: {} },
  people: [], cards: [], sales: [], ledger: [], journal: [], faults: [],
  printer: { slips: [], cover: "closed", paper: "loaded" },
  shop: "", scanned: null, held: "", playing: null, era: 0,
};

setLanguage(firstLanguage());
const TABS = ["Counter", "People", "Stories", "Ledger", "Timeline", "Trace", "Faults", "Power"];
const tabs = new Tabs(TABS, (name) => {
  if (name === "Trace") views?.trace.fill();
  if (name === "Ledger") loadBooks();
  if (name === "Timeline") load("journal");
  if (name === "Stories") views?.stories.load();
});
const doThings = makeAct(bench, ask);
const views = {
  screen: new ScreenView(),
  keypad: new KeypadView((keys) => ask("press", { keys })),
  guide: new GuideView(act),
  paper: new PaperView(ask),
  counter: new CounterView(tabs.panels.Counter, act),
  people: new PeopleView(tabs.panels.People),
  stories: new StoryTab(tabs.panels.Stories, act, tell),
  onStage: new OnStageView(showPlayed, () => ask("play", { to: "leave" })),
  ledger: new LedgerView(tabs.panels.Ledger),
  trace: new TraceView(tabs.panels.Trace),
  timeline: new TimelineView(tabs.panels.Timeline),
  faults: new FaultsView(tabs.panels.Faults, ask, tell),
  power: new PowerView(tabs.panels.Power, ask),
};
const switches = new Views((view) => { if (view === "cashier") tabs.open("Counter"); });
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

/** Sends a verb; who asks tells what goes wrong. */
function tell(verb, fields) {
  return connection.ask(verb, fields);
}

/** Does things at the counter; a cashier's phone shows the terminal again. */
function act(what) {
  switches.setSide("terminal");
  return doThings(what);
}

function onUp() {
  document.getElementById("offline").hidden = true;
  document.body.classList.remove("offline");
  bench.journal = [];
  bench.era += 1;
  for (const what of Object.keys(LOADERS)) {
    if (what !== "journal" || tabs.isOpen("Timeline")) load(what);
  }
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
  journal: (reply) => { bench.journal.push(...reply.records); },
  playing: (reply) => { bench.playing = reply.playing; },
  trace: (reply) => views.trace.replace(reply.entries),
};
const DRAWERS = {
  screen: () => views.screen.draw(bench.screen),
  firmware: () => {
    drawPower();
    views.power.draw(bench);
  },
  people: () => views.people.draw(bench),
  cards: () => views.counter.draw(bench),
  sales: () => views.counter.draw(bench),
  paper: () => views.paper.draw(bench.printer),
  ledger: () => views.ledger.draw(bench),
  faults: () => views.faults.draw(bench),
  journal: () => views.timeline.draw(views.trace.entries, bench),
  playing: () => {
    views.onStage.draw(bench);
    views.stories.drawFiles(bench);
  },
};
const loading = new Map();

/** Asks for `what` and draws it; while an answer is on its way, one more asking is enough. */
async function load(what) {
  if (loading.has(what)) return loading.set(what, true);
  loading.set(what, false);
  const since = what === "journal" ? { since: bench.journal.at(-1)?.number ?? 0 } : {};
  const { era } = bench;
  const reply = await ask(what, since);
  if (reply && era === bench.era) { // else it is of a terminal that isn't shown any more
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
  views.stories.drawTraining(bench);
}

function onEvent(message) {
  if (message.event === "screen") {
    bench.screen = message;
    drawPower();
    draw("screen");
    if (tabs.isOpen("Timeline")) load("journal");
  } else if (message.event === "trace") {
    views.trace.add(message.entry);
    // A settlement or a reversal changes what is booked, and books nothing itself.
    if (message.entry.wire === "acquirer") loadBooks();
  } else if (message.event === "firmware") {
    Object.assign(bench.firmware, message);
    draw("firmware");
  } else if (message.event === "ledger") {
    loadBooks();
  } else if (message.event === "bench") {
    onUp();
  } else {
    load(message.event);
  }
}

function showPlayed() {
  switches.setView("developer");
  tabs.open("Stories");
  views.stories.showPlayed();
}

function drawPower() {
  views.screen.setPower(bench.firmware.state === "on" || bench.screen.name !== "");
}

function loadBooks() {
  load("ledger");
  load("sales");
}

function drawAll() {
  translatePage();
  document.getElementById("language").textContent = word("language");
  views.keypad.label();
  tabs.label();
  switches.label();
  views.trace.draw();
  for (const what of Object.keys(DRAWERS)) draw(what);
}

document.getElementById("language").addEventListener("click", () => {
  setLanguage(language() === "zh" ? "en" : "zh");
  drawAll();
});
const LETTERS = { f: ["Faults", () => views.faults], s: ["Stories", () => views.stories] };
document.addEventListener("keydown", (event) => {
  const [tab, view] = LETTERS[event.key.toLowerCase()] ?? [];
  if (!tab || !isFree(event)) return;
  event.preventDefault();
  switches.setView("developer");
  tabs.open(tab);
  view().focus();
});
keepFocusOnClick();
drawAll();
