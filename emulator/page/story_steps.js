// One step of a story in words: what is to be seen, what is done, what is true then.

import { element } from "./elements.js";
import { word } from "./words.js";

const BOOKS = ["ledger", "journal", "slips"];
const BEFORE_THE_ACT = ["screen", "shows", "hides", "within_s", "of", "expect"];
const BARE = ["remove", "leave", "paper", "tear"];

/** What stands in a step's line. */
export function stepWords(step) {
  const act = Object.keys(step).find((key) => !BEFORE_THE_ACT.includes(key));
  return [
    ...looks(step),
    ...(act ? [element("span", {}, "→ ", ...doing(act, step))] : []),
    ...(step.expect ? bookWords(step.expect) : []),
  ];
}

/** What the books and the paper are to say. */
export function bookWords(expect) {
  return BOOKS.filter((book) => expect[book]).map((book) =>
    element("span", {}, `${word(`act_${book}`)}: `, value(expect[book].map(line).join(" · "))));
}

function looks({ screen = [], shows = [], hides = [] }) {
  const names = screen.map((name) => element("code", {}, name));
  const texts = [...said("shows", shows), ...said("hides", hides)];
  if (!names.length && !texts.length) return [];
  if (!names.length) names.push(word("says_anyScreen"));
  return [element("span", {}, ...names.flatMap((each, at) => (at ? [" / ", each] : [each])), ...texts)];
}

function said(how, texts) {
  return texts.length ? [` ${word(`says_${how}`)} ${texts.map((text) => `“${text}”`).join(" ")}`] : [];
}

function doing(act, step) {
  const name = word(`act_${act}`);
  if (BARE.includes(act)) return [name];
  if (act === "keys") return [`${name} `, ...step.keys.split(" ").map(cap), ...of(step)];
  return [`${name} `, value(act === "fault" ? faultText(step.fault) : valueText(act, step[act]))];
}

function cap(key) {
  return element("kbd", {}, /^[A-Z]+$/.test(key) ? word(`key${key}`, key) : key);
}

function of(step) {
  return step.of ? [" ", value(step.of)] : [];
}

function valueText(act, given) {
  if (act === "pull" || act === "plug") return word(`wire_${given}`);
  if (act === "clear") return given === "all" ? word("clearAll") : word(`fault_${given}`, given);
  return word(`${act}_${given}`, String(given));
}

function faultText({ name, ...parameters }) {
  const values = Object.entries(parameters).map(([key, given]) => `${key}=${given}`);
  return [word(`fault_${name}`, name), ...values].join(", ");
}

function line(one) {
  return Array.isArray(one) ? one.join(" + ") : one;
}

function value(text) {
  return element("b", {}, text || word("nothing"));
}
