// One operation as moments in their order: what passed on the wires, what the terminal wrote into
// its journal, what the host booked. No drawing here.

const REST = ["idle", "logon"];
const ANSWER = { "0200": "0210", "0220": "0230", "0400": "0410" };
const MONEY = ["journal", "acquirer", "ledger"];

/** Whether money moves at a moment, or is kept in mind. */
export function isAboutMoney(moment) {
  return MONEY.includes(moment.lane);
}

/**
 * The operations in these trace entries, oldest first: {first, names, moments}, `names` are the
 * screens that were shown. Each goes from one screen of rest to the next; the last may go on.
 */
export function operations(entries, records, bookings) {
  const told = inOrder(entries, records, bookings);
  const found = [];
  let now = fresh();
  for (const moment of told) {
    now.moments.push(moment);
    if (moment.screen && !REST.includes(moment.screen)) now.names.push(moment.screen);
    if (!REST.includes(moment.screen)) continue;
    if (now.names.length) found.push(now);
    now = fresh();
  }
  return now.names.length ? [...found, now] : found;
}

function fresh() {
  return { names: [], moments: [] };
}

/** All moments by time; at the same millisecond the journal comes first: persist, then send. */
function inOrder(entries, records, bookings) {
  const wires = entries.filter((entry) => !entry.poll && !isReceipt(entry)).map(ofWire);
  const journal = records.map(ofRecord);
  const all = [...wires, ...journal].map((moment, place) => ({ ...moment, place }));
  all.sort((one, other) => one.at - other.at || rank(one) - rank(other) || one.place - other.place);
  for (const booking of bookings) insert(all, booking);
  return all;
}

/** The display only says that it has shown what it was to show. */
function isReceipt(entry) {
  return entry.wire === "display" && entry.direction === "to terminal";
}

function rank(moment) {
  return moment.lane === "journal" ? 0 : 1;
}

function ofWire(entry) {
  const [, screen] = entry.meaning.match(/^SHOW #\d+ ([^:]*):/) ?? [];
  return { at: Date.parse(entry.time), lane: entry.wire, direction: entry.direction,
    parts: entry.meaning.split(" | "), screen };
}

function ofRecord({ number, kind, body, wall }) {
  const parts = Object.entries(body).map(([name, value]) => `${name} = ${plain(value)}`);
  return { at: Date.parse(wall), lane: "journal", direction: "", parts: [`${number} ${kind}`, ...parts] };
}

function plain(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A booking has no finer time than a second: it stands before the answer that tells of it. */
function insert(moments, booking) {
  const asked = moments.findLastIndex((moment) => isAbout(moment, booking, booking.mti));
  if (asked < 0) return;
  const told = moments.findIndex((moment, place) =>
    place > asked && isAbout(moment, booking, ANSWER[booking.mti]));
  const place = told < 0 ? asked + 1 : told;
  const { response_code: code, state, amount_minor: amount, rrn } = booking;
  moments.splice(place, 0, { at: moments[Math.min(place, moments.length - 1)].at, lane: "ledger",
    direction: "", parts: [`${code} ${state}`, `amount_minor = ${amount}`, `rrn = ${rrn}`] });
}

function isAbout(moment, booking, mti) {
  return moment.lane === "acquirer" && moment.parts[0] === mti
    && moment.parts.some((part) => /^11 /.test(part) && part.endsWith(` = ${booking.stan}`));
}
